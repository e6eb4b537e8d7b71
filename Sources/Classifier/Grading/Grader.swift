import Clinical

extension GradingTables {
    /// Appends a finding for every grading of the term that the report says something to; none when it says nothing
    /// that any of them asks.
    func grade(_ term: Int, _ sheet: FactSheet, into findings: inout [Finding]) {
        let row = terms[term]
        for index in row.gradings.range where gradings[index].asks & sheet.answered != 0 {
            findings.append(finding(index, sheet))
        }
        if sheet.answered & 1 << UInt32(row.gradeSlot) != 0 { addClinicians(row, sheet, &findings) }
    }

    private func finding(_ index: Int, _ sheet: FactSheet) -> Finding {
        let row = gradings[index]
        switch row.method {
        case .ladder: return climb(steps(row, sheet), sheet, index)
        case .composite: return composite(row, sheet, index)
        case .answers: return highestAnswer(row, sheet, index)
        }
    }

    /// The highest grade whose criterion is true; 0 only when all are false.
    private func climb(_ branch: Run, _ sheet: FactSheet, _ index: Int) -> Finding {
        var finding = Finding(grading: index)
        for place in branch.range {
            let step = steps[place]
            switch truth(step, sheet) {
            case .yes:
                finding.grade = MaybeGrade(Int(step.grade))
                finding.criterion = step.criterion
                return finding
            case .unknown: if finding.possible.isNone { finding.possible = MaybeGrade(Int(step.grade)) }
            case .no: break
            }
        }
        if finding.possible.isNone { finding.grade = MaybeGrade(0) }
        return finding
    }

    /// Whether a step's criterion holds; most are one comparison, which needs no walk.
    @inline(__always)
    private func truth(_ step: LadderStep, _ sheet: FactSheet) -> Truth {
        if let shortcut = step.shortcut, sheet.answered & ~sheet.unusable & 1 << UInt32(shortcut.slot) != 0 {
            let fact = sheet.facts[Int(shortcut.slot)]
            if fact.state == .number, fact.comparator == .none {
                switch shortcut.reference {
                case .none where fact.unit == shortcut.unit:
                    return Truth(shortcut.comparison.holds(ExactDecimal.compare(fact.number, shortcut.number)))
                case .upperLimit where sheet.hasHigh:
                    return Truth(
                        shortcut.comparison.holds(ExactDecimal.compare(fact.number, shortcut.number, times: sheet.high))
                    )
                case .lowerLimit where sheet.hasLow:
                    return Truth(
                        shortcut.comparison.holds(ExactDecimal.compare(fact.number, shortcut.number, times: sheet.low)))
                default: break
                }
            }
        }
        return evaluator.truth(at: Int(step.start), sheet, NoFindings())
    }

    /// A published grade, or none; a leading answer that settles every published row settles it.
    private func composite(_ row: GradingRow, _ sheet: FactSheet, _ index: Int) -> Finding {
        var finding = Finding(grading: index)
        var low = Int8.max
        var high: Int8 = -1
        visit(row, sheet, at: 0, place: 0, &low, &high)
        if high < 0 { return finding }
        if low == high {
            finding.grade = MaybeGrade(Int(low))
        } else {
            finding.possible = MaybeGrade(Int(high))
        }
        return finding
    }

    /// Visits the published grade of every completion of the answers; an unpublished one counts as no grade at all.
    private func visit(
        _ row: GradingRow, _ sheet: FactSheet, at position: Int, place: Int, _ low: inout Int8, _ high: inout Int8
    ) {
        guard position < Int(row.asked.count) else {
            let grade = tables[Int(row.table) + place]
            if grade >= 0 {
                low = min(low, grade)
                high = max(high, grade)
            }
            return
        }
        let slot = asked[Int(row.asked.start) + position]
        let fact = sheet.facts[Int(slot)]
        let isAnswered = fact.state == .rank && sheet.answered & 1 << UInt32(slot) != 0
        let answers = isAnswered ? Int(fact.number.mantissa)...Int(fact.number.mantissa) : 0...4
        for answer in answers where answer < 5 {
            visit(row, sheet, at: position + 1, place: place * 5 + answer, &low, &high)
        }
    }

    private func highestAnswer(_ row: GradingRow, _ sheet: FactSheet, _ index: Int) -> Finding {
        var finding = Finding(grading: index)
        for place in row.asked.range {
            let slot = asked[place]
            guard sheet.answered & ~sheet.unusable & 1 << UInt32(slot) != 0 else { continue }
            let rank = Int(sheet.facts[Int(slot)].number.mantissa)
            if rank > Int(finding.grade.rawValue) { finding.grade = MaybeGrade(rank) }
        }
        return finding
    }

    /// A clinician's grade counts on the term's own scale; a ladder that reaches higher stands.
    private func addClinicians(_ row: TermRow, _ sheet: FactSheet, _ findings: inout [Finding]) {
        guard row.clinicianGrading >= 0 else { return }
        let fact = sheet.facts[Int(row.gradeSlot)]
        let grade = fact.state == .number ? MaybeGrade(Int(fact.number.mantissa)) : .none
        for index in findings.indices where findings[index].grading == row.clinicianGrading {
            if grade.rawValue > findings[index].grade.rawValue {
                findings[index].grade = grade
                findings[index].isClinicians = true
                findings[index].criterion = -1
            }
            if findings[index].possible.rawValue <= findings[index].grade.rawValue { findings[index].possible = .none }
            return
        }
        var finding = Finding(grading: Int(row.clinicianGrading))
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
