import Clinical

/// The short way for the commonest events: one answer to one question, graded by plain comparisons.
///
/// Nine events of ten are a single number that one ladder looks at. They are graded here without a list or a copy.
/// Whatever is not as simple as that is left, whole, to `ReportReader`, which would say the same of these (a test holds
/// that over random events).
struct QuickGrader: Sendable {
    private let tables: GradingTables
    private let bindingRuns: FixedTable<Run>
    private let bindings: FixedTable<CodeBinding>
    /// By slot: the one grading that asks it, a ladder; -1 where it is not as simple.
    private let gradings: FixedTable<Int32>
    /// For criteria that are more than one comparison.
    private var sheet = FactSheet()

    /// What was found: the term and its finding; grade 0 when all is well.
    struct Verdict: Sendable {
        var term: Int32
        /// The slot that was answered, among all slots.
        var slot: Int32
        var finding: Finding
    }

    init(_ pack: CompiledPack) {
        tables = pack.tables
        bindingRuns = pack.bindingRuns
        bindings = pack.bindings
        gradings = pack.quickGradings
    }

    /// By slot: the one grading that asks it, when that is a ladder; -1 otherwise.
    static func gradings(_ tables: GradingTables) -> [Int32] {
        var result = [Int32](repeating: -1, count: tables.slots.count)
        for term in 0..<tables.terms.count {
            let row = tables.terms[term]
            for slot in 0..<Int(row.slots.count) {
                let asking = row.gradings.range.filter { tables.gradings[$0].asks & 1 << UInt32(slot) != 0 }
                guard asking.count == 1, let only = asking.first, tables.gradings[only].method == .ladder else {
                    continue
                }
                result[Int(row.slots.start) + slot] = Int32(only)
            }
        }
        return result
    }

    /// The verdict on an event; nil when it is not of the simple kind. A code about several terms is simple only when
    /// all is well.
    @inline(__always)
    mutating func verdict(_ event: Int, _ batch: EventBatch) -> Verdict? {
        guard batch.events[event].answers.count == 1, batch.events[event].flag == .none,
            batch.events[event].comparator == .none,
            batch.events[event].has.isDisjoint(with: [.baseline, .qualifier, .answers]),
            batch.events[event].baselineFlag == .unstated
        else { return nil }
        let answer = Int(batch.events[event].answers.start)
        guard batch.answers[answer].kind == .number else { return nil }
        let run = bindingRuns[batch.events[event].codeSymbol.index]
        var result: Verdict?
        for place in run.range {
            let binding = bindings[place]
            guard let verdict = verdict(binding, event, answer, batch) else { return nil }
            if run.count > 1, verdict.finding.cautious != 0 { return nil }
            result = verdict
        }
        return result
    }

    @inline(__always)
    private mutating func verdict(_ binding: CodeBinding, _ event: Int, _ answer: Int, _ batch: EventBatch) -> Verdict?
    {
        let attribute = batch.answers[answer].attribute
        let slot = attribute.isNone ? binding.slot : tables.slot(of: attribute, term: Int(binding.term)) ?? UInt8.max
        guard slot != UInt8.max, !attribute.isNone || batch.answers[answer].attributeText.isEmpty else { return nil }
        let row = tables.terms[Int(binding.term)]
        let place = Int(row.slots.start) + Int(slot)
        if slot == row.gradeSlot {
            return clinicians(batch.answers[answer].number, row)
                .map { Verdict(term: binding.term, slot: Int32(place), finding: $0) }
        }
        guard gradings[place] >= 0 else { return nil }
        sheet.first = Int(row.slots.start)
        return measured(event, batch, batch.answers[answer].number, slot, tables.slots[place], Int(gradings[place]))
            .map { Verdict(term: binding.term, slot: Int32(place), finding: $0) }
    }

    @inline(__always)
    private func clinicians(_ number: ExactDecimal, _ row: TermRow) -> Finding? {
        guard row.clinicianGrading >= 0, number.exponent == 0, number.mantissa >= 0, number.mantissa <= 5 else {
            return nil
        }
        var finding = Finding(grading: Int(row.clinicianGrading))
        finding.grade = MaybeGrade(Int(number.mantissa))
        finding.isClinicians = true
        return finding
    }

    @inline(__always)
    private mutating func measured(
        _ event: Int, _ batch: EventBatch, _ number: ExactDecimal, _ place: UInt8, _ slot: SlotRow, _ grading: Int
    ) -> Finding? {
        guard slot.kind == .number else { return nil }
        if !slot.unit.isNone {
            guard batch.events[event].has.contains(.unit), batch.events[event].unitSymbol == slot.unit else {
                return nil
            }
        }
        if slot.isBounded,
            ExactDecimal.compare(number, slot.lowest) == .less || ExactDecimal.compare(number, slot.highest) == .greater
        {
            return nil
        }
        var finding = Finding(grading: grading)
        var isSheetFilled = false
        for step in tables.gradings[grading].steps.range {
            var truth = Truth.unknown
            if let shortcut = tables.steps[step].shortcut, shortcut.slot == place {
                guard let ordering = order(number, shortcut, event, batch) else { return nil }
                truth = Truth(shortcut.comparison.holds(ordering))
            } else {
                if !isSheetFilled { fill(event, batch, number, place, slot) }
                isSheetFilled = true
                truth = tables.evaluator.truth(at: Int(tables.steps[step].start), sheet, NoFindings())
            }
            switch truth {
            case .yes:
                finding.grade = MaybeGrade(Int(tables.steps[step].grade))
                finding.criterion = tables.steps[step].criterion
                return finding
            // A higher grade that cannot be excluded is not simple.
            case .unknown: return nil
            case .no: break
            }
        }
        finding.grade = MaybeGrade(0)
        return finding
    }

    /// Puts the one answer on the sheet.
    private mutating func fill(
        _ event: Int, _ batch: EventBatch, _ number: ExactDecimal, _ place: UInt8, _ slot: SlotRow
    ) {
        sheet.answered = 1 << UInt32(place)
        sheet.facts[Int(place)] = Fact(number: number, state: .number, unit: slot.unit)
        sheet.hasLow = batch.events[event].has.contains(.low)
        sheet.hasHigh = batch.events[event].has.contains(.high)
        sheet.low = batch.events[event].low
        sheet.high = batch.events[event].high
    }

    @inline(__always)
    private func order(
        _ number: ExactDecimal, _ shortcut: LadderStep.Shortcut, _ event: Int, _ batch: EventBatch
    ) -> Ordering? {
        switch shortcut.reference {
        case .none: ExactDecimal.compare(number, shortcut.number)
        case .upperLimit where batch.events[event].has.contains(.high):
            ExactDecimal.compare(number, shortcut.number, times: batch.events[event].high)
        case .lowerLimit where batch.events[event].has.contains(.low):
            ExactDecimal.compare(number, shortcut.number, times: batch.events[event].low)
        default: nil
        }
    }
}
