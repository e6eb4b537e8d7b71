import Clinical

/// Fills a fact sheet with what one event says about one term.
struct FactReader: Sendable {
    /// By symbol of `Vocabulary.labels`: yes (1), no (0) or neither (-1).
    var claims: [Int8] = []
    /// By symbol of `Vocabulary.qualifiers`: the qualifiers that it denies.
    var denials: [UInt64] = []

    /// Returns whether every answer was one that the term asks; `sheet` holds the facts either way.
    @discardableResult
    func read(
        _ event: EventRecord, _ batch: EventBatch, _ term: CompiledTerm, _ binding: CodeBinding, into sheet: inout FactSheet
    ) -> Bool {
        for slot in 0..<term.template.count { sheet.facts[slot] = term.template[slot] }
        sheet.answered = 0
        sheet.unusable = 0
        sheet.flag = event.flag
        sheet.hasLow = event.has.contains(.low)
        sheet.hasHigh = event.has.contains(.high)
        sheet.hasBaseline = event.has.contains(.baseline)
        sheet.low = event.low
        sheet.high = event.high
        sheet.baseline = event.baseline
        sheet.baselineFlag = event.baselineFlag
        sheet.baselineSharesUnit = true
        sheet.qualifiers = 0
        sheet.denied = 0
        if event.has.contains(.qualifier) { readQualifiers(event, batch, &sheet) }
        var isAllAsked = true
        for index in event.answers.range {
            let answer = batch.answers[index]
            guard let slot = slot(of: answer, term, binding) else {
                isAllAsked = false
                continue
            }
            let fact = fact(answer, event, term.slots[Int(slot)])
            sheet.facts[Int(slot)] = fact
            sheet.answered |= 1 << UInt32(slot)
            if fact.state == .unusable { sheet.unusable |= 1 << UInt32(slot) }
        }
        return isAllAsked
    }

    private func readQualifiers(_ event: EventRecord, _ batch: EventBatch, _ sheet: inout FactSheet) {
        for index in event.names.range where batch.names[index].role == .qualifier {
            let symbol = batch.names[index].symbol
            guard !symbol.isNone, symbol.index < denials.count else { continue }
            sheet.qualifiers |= 1 << UInt64(symbol.index)
            sheet.denied |= denials[symbol.index]
        }
    }

    private func slot(of answer: AnswerRecord, _ term: CompiledTerm, _ binding: CodeBinding) -> UInt8? {
        if answer.attribute.isNone { return answer.attributeText.isEmpty ? binding.slot : nil }
        return term.slot(of: answer.attribute)
    }

    private func fact(_ answer: AnswerRecord, _ event: EventRecord, _ slot: Slot) -> Fact {
        switch slot.kind {
        case .number: number(answer, event, slot)
        case .choice: choice(answer, slot)
        case .claim: claim(answer)
        case .grade: grade(answer)
        }
    }

    private func number(_ answer: AnswerRecord, _ event: EventRecord, _ slot: Slot) -> Fact {
        guard answer.kind == .number else { return .unusable(.notANumber) }
        var fact = Fact(number: answer.number, state: .number, comparator: event.comparator)
        if !slot.unit.isNone {
            if event.has.contains(.unit), !event.has.contains(.answers) {
                fact.unit = event.unitSymbol
                fact.conversion = slot.conversion(of: event.unitSymbol)
            } else if event.has.contains(.answers) || slot.assumesUnit {
                fact.unit = slot.unit
            } else {
                fact.conversion = .unstated
            }
        }
        if let plausible = slot.plausible, fact.conversion.isUsable, fact.comparator == .none,
            !isPlausible(fact, plausible, slot)
        {
            return .unusable(.implausible)
        }
        return fact
    }

    private func isPlausible(_ fact: Fact, _ range: ClosedLimits, _ slot: Slot) -> Bool {
        if fact.conversion == .same {
            return ExactDecimal.compare(fact.number, range.low) != .less
                && ExactDecimal.compare(fact.number, range.high) != .greater
        }
        return conversions[Int(fact.conversion.rawValue)].isWithin(range, fact.number)
    }

    /// The pack's table of conversions, as the evaluator has it.
    var conversions: [UnitConversion] = [.same]

    private func choice(_ answer: AnswerRecord, _ slot: Slot) -> Fact {
        switch answer.kind {
        case .number:
            let number = answer.number.normalized
            guard number.exponent >= 0, number.exponent < 3, number.mantissa >= 0 else { return .unusable(.notAChoice) }
            var rank = number.mantissa
            for _ in 0..<number.exponent { rank *= 10 }
            return rank < slot.choiceCount ? .rank(Int(rank)) : .unusable(.notAChoice)
        case .text:
            for entry in slot.ranks where entry.label == answer.label && !answer.label.isNone { return .rank(Int(entry.rank)) }
            return .unusable(.notAChoice)
        case .bool: return .unusable(.notAChoice)
        }
    }

    private func claim(_ answer: AnswerRecord) -> Fact {
        switch answer.kind {
        case .bool: return .claim(answer.bool)
        case .number:
            let number = answer.number.normalized
            guard number.exponent == 0, number.mantissa == 0 || number.mantissa == 1 else { return .unusable(.notYesOrNo) }
            return .claim(number.mantissa == 1)
        case .text:
            guard !answer.label.isNone, answer.label.index < claims.count, claims[answer.label.index] >= 0 else {
                return .unusable(.notYesOrNo)
            }
            return .claim(claims[answer.label.index] == 1)
        }
    }

    /// A clinician's grade: a whole number from 0 to 5.
    private func grade(_ answer: AnswerRecord) -> Fact {
        let number = answer.number.normalized
        guard answer.kind == .number, number.exponent == 0, (0...5).contains(number.mantissa) else {
            return .unusable(.notAGrade)
        }
        return Fact(number: number, state: .number)
    }
}

extension Fact {
    /// An answer that is there but cannot be used.
    static func unusable(_ fault: Fault) -> Fact { Fact(state: .unusable, fault: fault) }
}
