import Clinical

/// Turns a fact sheet into findings: ladders, composites and single answers of one term.
struct Grader: Sendable {
    var evaluator = CriterionEvaluator()
    var criteria: [CompiledCriterion] = []
    var steps: [LadderStep] = []
    var gradings: [Grading] = []

    /// Appends a finding for every grading of the term that the report says something to; none when it says nothing
    /// that any of them asks.
    func grade(_ term: CompiledTerm, _ sheet: FactSheet, into findings: inout [Finding]) {
        for index in term.gradings {
            if gradings[index].asks & sheet.answered != 0 { findings.append(finding(index, sheet)) }
        }
        if sheet.answered & 1 << UInt32(term.gradeSlot) != 0 { addClinicians(term, sheet, &findings) }
    }

    private func finding(_ index: Int, _ sheet: FactSheet) -> Finding {
        switch gradings[index].method {
        case .ladder(let any, let high, let low):
            let state = sheet.hasBaseline || sheet.baselineFlag != .unstated ? sheet.baselineState : .unstated
            let branch = state == .high && !high.isEmpty ? high : state == .low && !low.isEmpty ? low : any
            return climb(branch, sheet, Finding(grading: index))
        case .composite(let grades, let slots): return composite(grades, slots, sheet, Finding(grading: index))
        case .answers(let slots): return highestAnswer(slots, sheet, Finding(grading: index))
        }
    }

    /// The highest grade whose criterion is true; 0 only when all are false.
    private func climb(_ branch: Range<Int>, _ sheet: FactSheet, _ blank: Finding) -> Finding {
        var finding = blank
        for index in branch {
            let step = steps[index]
            switch evaluator.truth(at: Int(criteria[Int(step.criterion)].start), sheet, NoFindings()) {
            case .yes:
                finding.grade = MaybeGrade(Int(step.grade))
                finding.criterion = step.criterion
                return finding
            case .unknown where finding.possible.isNone: finding.possible = MaybeGrade(Int(step.grade))
            case .unknown, .no: break
            }
        }
        if finding.possible.isNone { finding.grade = MaybeGrade(0) }
        return finding
    }

    /// A published grade, or none; a leading answer that settles every published row settles it.
    private func composite(_ grades: [Int8], _ slots: [UInt8], _ sheet: FactSheet, _ blank: Finding) -> Finding {
        var finding = blank
        var low = Int8.max
        var high: Int8 = -1
        Self.visit(grades, slots, sheet, at: 0, row: 0) { grade in
            low = min(low, grade)
            high = max(high, grade)
        }
        if high < 0 { return finding }
        if low == high {
            finding.grade = MaybeGrade(Int(low))
        } else {
            finding.possible = MaybeGrade(Int(high))
        }
        return finding
    }

    /// Visits the published grade of every completion of the answers; an unpublished one counts as no grade at all.
    private static func visit(
        _ grades: [Int8], _ slots: [UInt8], _ sheet: FactSheet, at position: Int, row: Int, _ visitor: (Int8) -> Void
    ) {
        guard position < slots.count else {
            if grades[row] >= 0 { visitor(grades[row]) }
            return
        }
        let fact = sheet.facts[Int(slots[position])]
        let isAnswered = fact.state == .rank && sheet.answered & 1 << UInt32(slots[position]) != 0
        let answers = isAnswered ? Int(fact.number.mantissa)...Int(fact.number.mantissa) : 0...4
        for answer in answers where answer < 5 {
            visit(grades, slots, sheet, at: position + 1, row: row * 5 + answer, visitor)
        }
    }

    private func highestAnswer(_ slots: [UInt8], _ sheet: FactSheet, _ blank: Finding) -> Finding {
        var finding = blank
        for slot in slots where sheet.answered & ~sheet.unusable & 1 << UInt32(slot) != 0 {
            let rank = Int(sheet.facts[Int(slot)].number.mantissa)
            if rank > Int(finding.grade.rawValue) { finding.grade = MaybeGrade(rank) }
        }
        return finding
    }

    /// A clinician's grade counts on the term's own scale; a ladder that reaches higher stands.
    private func addClinicians(_ term: CompiledTerm, _ sheet: FactSheet, _ findings: inout [Finding]) {
        guard let grading = term.clinicianGrading else { return }
        let fact = sheet.facts[Int(term.gradeSlot)]
        let grade = fact.state == .number ? MaybeGrade(Int(fact.number.mantissa)) : .none
        if let index = findings.firstIndex(where: { Int($0.grading) == grading }) {
            if grade.rawValue > findings[index].grade.rawValue {
                findings[index].grade = grade
                findings[index].isClinicians = true
                findings[index].criterion = -1
            }
            if findings[index].possible.rawValue <= findings[index].grade.rawValue { findings[index].possible = .none }
            return
        }
        var finding = Finding(grading: grading)
        finding.grade = grade
        finding.isClinicians = !grade.isNone
        findings.append(finding)
    }
}

extension FactSheet {
    /// Whether the pre-treatment value lay outside its range: by its flag, else by this result's own limits.
    var baselineState: BaselineFlag {
        if baselineFlag != .unstated { return baselineFlag }
        guard hasBaseline, baselineSharesUnit else { return .unstated }
        if hasHigh, ExactDecimal.compare(baseline, high) == .greater { return .high }
        if hasLow, ExactDecimal.compare(baseline, low) == .less { return .low }
        return hasHigh || hasLow ? .normal : .unstated
    }
}
