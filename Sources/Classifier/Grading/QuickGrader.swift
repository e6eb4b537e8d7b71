import Clinical

/// The short way for the commonest events: one answer to one question, graded by plain comparisons.
///
/// Nine events of ten are a single number that no criterion combines with anything else. They are graded here without
/// a fact sheet, a list or a copy. Whatever is not as simple as that is left, whole, to `ReportReader`, which would say
/// the same of these (a test holds that over random events).
struct QuickGrader: Sendable {
    private let tables: GradingTables
    private let bindingRuns: FixedTable<Run>
    private let bindings: FixedTable<CodeBinding>
    /// By slot: the one grading that asks it, by comparisons with this slot alone; -1 where it is not as simple.
    private let gradings: [Int32]

    /// What was found: the term and its finding; grade 0 when all is well.
    struct Verdict: Sendable {
        var term: Int32
        var finding: Finding
    }

    init(_ pack: CompiledPack) {
        tables = pack.tables
        bindingRuns = pack.bindingRuns
        bindings = pack.bindings
        gradings = Self.simpleGradings(pack.tables)
    }

    private static func simpleGradings(_ tables: GradingTables) -> [Int32] {
        var result = [Int32](repeating: -1, count: tables.slots.count)
        for term in 0..<tables.terms.count {
            let row = tables.terms[term]
            for slot in 0..<Int(row.slots.count) {
                let bit: UInt32 = 1 << UInt32(slot)
                let asking = row.gradings.range.filter { tables.gradings[$0].asks & bit != 0 }
                guard asking.count == 1, let only = asking.first, tables.gradings[only].method == .ladder else { continue }
                let isSimple = tables.gradings[only].steps.range.allSatisfy { tables.steps[$0].shortcut?.slot == UInt8(slot) }
                if isSimple { result[Int(row.slots.start) + slot] = Int32(only) }
            }
        }
        return result
    }

    /// The verdict on an event; nil when it is not of the simple kind.
    @inline(__always)
    func verdict(_ event: Int, _ batch: EventBatch) -> Verdict? {
        let run = bindingRuns[batch.events[event].codeSymbol.index]
        guard run.count == 1, batch.events[event].answers.count == 1, batch.events[event].flag == .none,
            batch.events[event].comparator == .none,
            batch.events[event].has.isDisjoint(with: [.baseline, .qualifier, .answers]),
            batch.events[event].baselineFlag == .unstated
        else { return nil }
        let binding = bindings[Int(run.start)]
        let answer = Int(batch.events[event].answers.start)
        guard batch.answers[answer].kind == .number else { return nil }
        let attribute = batch.answers[answer].attribute
        let slot = attribute.isNone ? binding.slot : tables.slot(of: attribute, term: Int(binding.term)) ?? UInt8.max
        guard slot != UInt8.max, !attribute.isNone || batch.answers[answer].attributeText.isEmpty else { return nil }
        let row = tables.terms[Int(binding.term)]
        let place = Int(row.slots.start) + Int(slot)
        if slot == row.gradeSlot {
            return clinicians(batch.answers[answer].number, row).map { Verdict(term: binding.term, finding: $0) }
        }
        guard gradings[place] >= 0 else { return nil }
        return measured(event, batch, batch.answers[answer].number, tables.slots[place], Int(gradings[place]))
            .map { Verdict(term: binding.term, finding: $0) }
    }

    @inline(__always)
    private func clinicians(_ number: ExactDecimal, _ row: TermRow) -> Finding? {
        guard row.clinicianGrading >= 0, number.exponent == 0, number.mantissa >= 0, number.mantissa <= 5 else { return nil }
        var finding = Finding(grading: Int(row.clinicianGrading))
        finding.grade = MaybeGrade(Int(number.mantissa))
        finding.isClinicians = true
        return finding
    }

    @inline(__always)
    private func measured(
        _ event: Int, _ batch: EventBatch, _ number: ExactDecimal, _ slot: SlotRow, _ grading: Int
    ) -> Finding? {
        guard slot.kind == .number else { return nil }
        if !slot.unit.isNone {
            guard batch.events[event].has.contains(.unit), batch.events[event].unitSymbol == slot.unit else { return nil }
        }
        if slot.isBounded,
            ExactDecimal.compare(number, slot.lowest) == .less || ExactDecimal.compare(number, slot.highest) == .greater
        {
            return nil
        }
        var finding = Finding(grading: grading)
        for place in tables.gradings[grading].steps.range {
            guard let shortcut = tables.steps[place].shortcut, let ordering = order(number, shortcut, event, batch) else {
                return nil
            }
            if shortcut.comparison.holds(ordering) {
                finding.grade = MaybeGrade(Int(tables.steps[place].grade))
                finding.criterion = tables.steps[place].criterion
                return finding
            }
        }
        finding.grade = MaybeGrade(0)
        return finding
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
