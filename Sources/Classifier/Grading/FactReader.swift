import Clinical

extension GradingTables {
    /// Fills a fact sheet with what one event says about one term; whether every answer was one that the term asks.
    ///
    /// Events are told by their place in the batch, so that no record is copied on the way.
    func read(_ event: Int, _ batch: EventBatch, _ binding: CodeBinding, into sheet: inout FactSheet) -> Bool {
        let term = Int(binding.term)
        let row = terms[term]
        let first = Int(row.slots.start)
        sheet.startOver(event, batch, first)
        if batch.events[event].has.contains(.qualifier) { readQualifiers(event, batch, &sheet) }
        var isAllAsked = true
        for index in batch.events[event].answers.range {
            let answer = batch.answers[index]
            var slot = binding.slot
            if !answer.attribute.isNone {
                guard let own = self.slot(of: answer.attribute, term: term) else {
                    isAllAsked = false
                    continue
                }
                slot = own
            } else if !answer.attributeText.isEmpty {
                isAllAsked = false
                continue
            }
            var fact = fact(answer, event, batch, slots[first + Int(slot)])
            // Two answers to one question, under two of its names: nobody knows which one holds.
            if sheet.answered & 1 << UInt32(slot) != 0 { fact = .unusable(.answeredTwice) }
            sheet.facts[Int(slot)] = fact
            sheet.answered |= 1 << UInt32(slot)
            if fact.state == .unusable { sheet.unusable |= 1 << UInt32(slot) }
        }
        return isAllAsked
    }

    /// Whether each answer is one that some term of the event's code asks.
    func isAllAsked(_ event: Int, _ batch: EventBatch, _ bindings: FixedTable<CodeBinding>, _ terms: Range<Int>) -> Bool
    {
        guard terms.count > 1 else { return false }
        return batch.events[event].answers.range.allSatisfy { index in
            let answer = batch.answers[index]
            if answer.attribute.isNone { return answer.attributeText.isEmpty }
            return terms.contains { slot(of: answer.attribute, term: Int(bindings[$0].term)) != nil }
        }
    }

    private func readQualifiers(_ event: Int, _ batch: EventBatch, _ sheet: inout FactSheet) {
        for index in batch.events[event].names.range where batch.names[index].role == .qualifier {
            let symbol = batch.names[index].symbol
            guard !symbol.isNone, symbol.index < denials.count else { continue }
            sheet.qualifiers |= 1 << UInt64(symbol.index)
            sheet.denied |= denials[symbol.index]
        }
    }

    @inline(__always)
    private func fact(_ answer: AnswerRecord, _ event: Int, _ batch: EventBatch, _ slot: SlotRow) -> Fact {
        switch slot.kind {
        case .number: number(answer, event, batch, slot)
        case .choice: isBound(answer, event, batch) ? .unusable(.notAChoice) : choice(answer, slot)
        case .claim: isBound(answer, event, batch) ? .unusable(.notYesOrNo) : claim(answer)
        case .grade: isBound(answer, event, batch) ? .unusable(.notAGrade) : grade(answer)
        }
    }

    /// A number with a comparator: it may stand for more answers than one.
    private func isBound(_ answer: AnswerRecord, _ event: Int, _ batch: EventBatch) -> Bool {
        batch.events[event].comparator != .none && answer.kind == .number && batch.events[event].answers.count == 1
    }

    private func number(_ answer: AnswerRecord, _ event: Int, _ batch: EventBatch, _ slot: SlotRow) -> Fact {
        guard answer.kind == .number else { return .unusable(.notANumber) }
        let has = batch.events[event].has
        var fact = Fact(number: answer.number, state: .number, comparator: batch.events[event].comparator)
        if !slot.unit.isNone {
            if has.contains(.unit) {
                fact.unit = batch.events[event].unitSymbol
                fact.conversion = conversion(of: fact.unit, slot: slot)
                // Among several answers the unit belongs to those that it fits; the others come in their own.
                if !fact.conversion.isUsable, batch.events[event].answers.count > 1, !slot.isMeasurement {
                    fact.unit = slot.unit
                    fact.conversion = .same
                }
            } else if slot.assumesUnit || has.contains(.answers) && !slot.isMeasurement {
                fact.unit = slot.unit
            } else {
                fact.conversion = .unstated
            }
        }
        if slot.isBounded, fact.conversion.isUsable, fact.comparator == .none, !isPlausible(fact, slot) {
            return .unusable(.implausible)
        }
        return fact
    }

    private func isPlausible(_ fact: Fact, _ slot: SlotRow) -> Bool {
        if fact.conversion == .same {
            return ExactDecimal.compare(fact.number, slot.lowest) != .less
                && ExactDecimal.compare(fact.number, slot.highest) != .greater
        }
        let range = ClosedLimits(low: slot.lowest, high: slot.highest)
        return evaluator.conversions[Int(fact.conversion.rawValue)].isWithin(range, fact.number)
    }

    /// Whether the baseline can be what was measured: above nothing, and within the plausible range as far as its unit
    /// is known.
    func isPlausible(baselineOf sheet: FactSheet, _ binding: CodeBinding) -> Bool {
        let slot = slots[Int(terms[Int(binding.term)].slots.start) + Int(binding.slot)]
        guard slot.kind == .number else { return true }
        guard ExactDecimal.compare(sheet.baseline, .zero) == .greater else { return false }
        let fact = sheet.facts[Int(binding.slot)]
        let isAnswered = sheet.answered & 1 << UInt32(binding.slot) != 0
        let conversion = sheet.baselineSharesUnit && isAnswered ? fact.conversion : sheet.baselineConversion
        guard slot.isBounded, conversion.isUsable else { return true }
        return isPlausible(Fact(number: sheet.baseline, state: .number, conversion: conversion), slot)
    }

    private func choice(_ answer: AnswerRecord, _ slot: SlotRow) -> Fact {
        switch answer.kind {
        case .number:
            guard let rank = Self.wholeNumber(answer.number), rank < Int64(slot.choiceCount) else {
                return .unusable(.notAChoice)
            }
            return .rank(Int(rank))
        case .text:
            guard !answer.label.isNone else { return .unusable(.notAChoice) }
            for index in slot.ranks.range where ranks[index].label == answer.label {
                return .rank(Int(ranks[index].rank))
            }
            return .unusable(.notAChoice)
        case .bool:
            // Who says no says the first choice, where that is a no.
            guard !answer.bool else { return .unusable(.notAChoice) }
            for index in slot.ranks.range where ranks[index].rank == 0 && denies(ranks[index].label) { return .rank(0) }
            return .unusable(.notAChoice)
        }
    }

    private func denies(_ label: Symbol) -> Bool { label.index < claims.count && claims[label.index] == 0 }

    private func claim(_ answer: AnswerRecord) -> Fact {
        switch answer.kind {
        case .bool: return .claim(answer.bool)
        case .number:
            // How often or how badly, from 0 to 4, is more than a yes.
            guard let number = Self.wholeNumber(answer.number), number <= 4 else { return .unusable(.notYesOrNo) }
            return .claim(number > 0)
        case .text:
            guard !answer.label.isNone, answer.label.index < claims.count, claims[answer.label.index] >= 0 else {
                return .unusable(.notYesOrNo)
            }
            return .claim(claims[answer.label.index] == 1)
        }
    }

    /// A clinician's grade: a whole number from 0 to 5.
    private func grade(_ answer: AnswerRecord) -> Fact {
        guard answer.kind == .number, let grade = Self.wholeNumber(answer.number), grade <= 5 else {
            return .unusable(.notAGrade)
        }
        return Fact(number: ExactDecimal(mantissa: grade), state: .number)
    }

    /// A whole number from 0 to 999, however it is written; nil for any other.
    private static func wholeNumber(_ number: ExactDecimal) -> Int64? {
        if number.exponent == 0, number.mantissa >= 0, number.mantissa < 1000 { return number.mantissa }
        let normal = number.normalized
        guard normal.exponent >= 0, normal.exponent < 3, normal.mantissa >= 0, normal.mantissa < 1000 else {
            return nil
        }
        var whole = normal.mantissa
        for _ in 0..<normal.exponent { whole *= 10 }
        return whole < 1000 ? whole : nil
    }
}

extension FactSheet {
    /// Forgets the answers and takes what stands at the event itself.
    fileprivate mutating func startOver(_ event: Int, _ batch: EventBatch, _ first: Int) {
        self.first = first
        answered = 0
        unusable = 0
        qualifiers = 0
        denied = 0
        let has = batch.events[event].has
        flag = batch.events[event].flag
        hasLow = has.contains(.low)
        hasHigh = has.contains(.high)
        hasBaseline = has.contains(.baseline)
        low = batch.events[event].low
        high = batch.events[event].high
        baseline = batch.events[event].baseline
        baselineFlag = batch.events[event].baselineFlag
        baselineSharesUnit = true
    }
}

extension Fact {
    /// An answer that is there but cannot be used.
    static func unusable(_ fault: Fault) -> Fact { Fact(state: .unusable, fault: fault) }
}
