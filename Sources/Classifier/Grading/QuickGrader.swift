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
    /// By slot: the gradings that ask it, in `ladders`; none where it is not as simple.
    private let asking: FixedTable<Run>
    private let ladders: FixedTable<Int32>
    /// By slot.
    private let calm: FixedTable<CalmRange>
    /// For criteria that are more than one comparison.
    private var sheet = FactSheet()

    /// What was found: the term and its finding; grade 0 when all is well.
    struct Verdict: Sendable, BitwiseCopyable {
        var term: Int32
        /// The slot that was answered, among all slots.
        var slot: Int32
        var finding: Finding
    }

    init(_ pack: CompiledPack) {
        tables = pack.tables
        bindingRuns = pack.bindingRuns
        bindings = pack.bindings
        asking = pack.quickGradings.asking
        ladders = pack.quickGradings.ladders
        calm = pack.quickGradings.calm
    }

    /// Whether an event is of the simple kind and says, at the first look, that all is well: its verdict has grade 0.
    ///
    /// What is well by another way, or not well, only the verdict tells.
    @inline(__always)
    func isCalm(_ event: Int, _ events: Span<EventRecord>, _ answers: Span<AnswerRecord>) -> Bool {
        guard events[event].answers.count == 1, events[event].isWithoutRemarks else { return false }
        let answer = Int(events[event].answers.start)
        guard answers[answer].kind == .number, let number = answers[answer].number.thousandths else { return false }
        let attribute = answers[answer].attribute
        guard !attribute.isNone || answers[answer].attributeText.isEmpty else { return false }
        for place in bindingRuns[events[event].codeSymbol.index].range {
            let term = Int(bindings[place].term)
            guard let slot = attribute.isNone ? bindings[place].slot : tables.slot(of: attribute, term: term),
                calm[Int(tables.terms[term].slots.start) &+ Int(slot)].holds(number, event, events)
            else { return false }
        }
        return true
    }

    /// The verdict on an event; nil when it is not of the simple kind. A code about several terms is simple as long as
    /// one of them at most is not well.
    mutating func verdict(_ event: Int, _ events: Span<EventRecord>, _ answers: Span<AnswerRecord>) -> Verdict? {
        guard events[event].answers.count == 1, events[event].isWithoutRemarks else { return nil }
        let answer = Int(events[event].answers.start)
        guard answers[answer].kind == .number else { return nil }
        let number = answers[answer].number
        let attribute = answers[answer].attribute
        guard !attribute.isNone || answers[answer].attributeText.isEmpty else { return nil }
        let run = bindingRuns[events[event].codeSymbol.index]
        var result: Verdict?
        for place in run.range {
            guard let verdict = verdict(bindings[place], event, number, attribute, events) else { return nil }
            guard let known = result else {
                result = verdict
                continue
            }
            if verdict.finding.grade.rawValue == 0 { continue }
            if known.finding.grade.rawValue != 0 { return nil }
            result = verdict
        }
        return result
    }

    @inline(__always)
    private mutating func verdict(
        _ binding: CodeBinding, _ event: Int, _ number: ExactDecimal, _ attribute: Symbol, _ events: Span<EventRecord>
    ) -> Verdict? {
        let term = Int(binding.term)
        guard let slot = attribute.isNone ? binding.slot : tables.slot(of: attribute, term: term) else { return nil }
        let first = Int(tables.terms[term].slots.start)
        let place = first &+ Int(slot)
        var finding: Finding?
        if slot == tables.terms[term].gradeSlot {
            finding = clinicians(number, tables.terms[term].clinicianGrading)
        } else if isUsable(number, tables.slots[place], event, events) {
            sheet.first = first
            finding = measured(event, events, number, slot, asking[place])
        }
        return finding.map { Verdict(term: binding.term, slot: Int32(truncatingIfNeeded: place), finding: $0) }
    }

    @inline(__always)
    private func clinicians(_ number: ExactDecimal, _ grading: Int32) -> Finding? {
        guard grading >= 0, number.exponent == 0, number.mantissa >= 0, number.mantissa <= 5 else { return nil }
        var finding = Finding(grading: Int(grading))
        finding.grade = MaybeGrade(Int(number.mantissa))
        finding.isClinicians = true
        return finding
    }

    /// Whether it is a plausible number in the canonical unit.
    @inline(__always)
    private func isUsable(_ number: ExactDecimal, _ slot: SlotRow, _ event: Int, _ events: Span<EventRecord>) -> Bool {
        guard slot.kind == .number else { return false }
        if !slot.unit.isNone {
            guard events[event].has.contains(.unit), events[event].unitSymbol == slot.unit else { return false }
        }
        return !slot.isBounded
            || ExactDecimal.compare(number, slot.lowest) != .less
                && ExactDecimal.compare(number, slot.highest) != .greater
    }

    /// The one finding above 0, else the first.
    @inline(__always)
    private mutating func measured(
        _ event: Int, _ events: Span<EventRecord>, _ number: ExactDecimal, _ slot: UInt8, _ asking: Run
    ) -> Finding? {
        var result: Finding?
        for place in asking.range {
            guard let finding = climb(event, events, number, slot, Int(ladders[place])) else { return nil }
            guard let known = result else {
                result = finding
                continue
            }
            if finding.grade.rawValue == 0 { continue }
            if known.grade.rawValue != 0 { return nil }
            result = finding
        }
        return result
    }

    @inline(__always)
    private mutating func climb(
        _ event: Int, _ events: Span<EventRecord>, _ number: ExactDecimal, _ slot: UInt8, _ grading: Int
    ) -> Finding? {
        var finding = Finding(grading: grading)
        var isSheetFilled = false
        for step in tables.gradings[grading].steps.range {
            var truth = Truth.unknown
            if let shortcut = tables.steps[step].shortcut, shortcut.slot == slot {
                guard let ordering = order(number, shortcut, event, events) else { return nil }
                truth = Truth(shortcut.comparison.holds(ordering))
            } else {
                if !isSheetFilled { fill(event, events, number, slot) }
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
    private mutating func fill(_ event: Int, _ events: Span<EventRecord>, _ number: ExactDecimal, _ slot: UInt8) {
        sheet.answered = 1 << UInt32(slot)
        sheet.facts[Int(slot)] = Fact(
            number: number, state: .number, unit: tables.slots[sheet.first + Int(slot)].unit)
        sheet.hasLow = events[event].has.contains(.low)
        sheet.hasHigh = events[event].has.contains(.high)
        sheet.low = events[event].low
        sheet.high = events[event].high
    }

    @inline(__always)
    private func order(
        _ number: ExactDecimal, _ shortcut: LadderStep.Shortcut, _ event: Int, _ events: Span<EventRecord>
    ) -> Ordering? {
        switch shortcut.reference {
        case .none: ExactDecimal.compare(number, shortcut.number)
        case .upperLimit where events[event].has.contains(.high):
            ExactDecimal.compare(number, shortcut.number, times: events[event].high)
        case .lowerLimit where events[event].has.contains(.low):
            ExactDecimal.compare(number, shortcut.number, times: events[event].low)
        default: nil
        }
    }
}
