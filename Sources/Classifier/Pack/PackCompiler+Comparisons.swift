import Clinical
import Config

/// Criteria that compare a question's answer with something.
extension PackCompiler {
    /// `operand sign limit`.
    mutating func addComparison(
        _ operand: Expression.Operand?, _ comparison: Comparison, _ limit: Expression.Limit, _ scope: Scope,
        _ text: Located<String>, _ column: Int
    ) -> Bool {
        guard let meaning = meaning(operand, isGrade: isGradeLike(limit), scope, text, column) else { return false }
        switch meaning {
        case .slot(let slot):
            guard let term = scopeTerm(operand, scope) else { return false }
            return addSlotComparison(term, slot, comparison, limit, text, column)
        case .grade(let family, let direction):
            guard case .number(let amounts) = limit, let grade = Int(amounts[0].number.description) else {
                mistakes.add(at: mark(text, column), "a grade is compared with a whole number")
                return false
            }
            guard isMeantForGrade(grade, comparison, family, operand, text, column) else { return false }
            var node = CriterionNode(.grade)
            node.comparison = comparison
            node.family = family
            node.direction = direction
            node.payload = UInt32(grade)
            node.name = catalogue.number(of: operand?.text ?? "")
            return append(node)
        case .qualifier, .flag:
            mistakes.add(at: mark(text, column), "'\(operand?.text ?? "")' holds or does not; it is not compared")
            return false
        }
    }

    /// Whether the comparison is meant for the grade; false, with a mistake noted, when it must be for the measured value.
    private mutating func isMeantForGrade(
        _ grade: Int, _ comparison: Comparison, _ family: CriterionNode.Family, _ operand: Expression.Operand?,
        _ text: Located<String>, _ column: Int
    ) -> Bool {
        let name = operand?.text ?? ""
        let highest = family == .grade ? 5 : family == .composite ? 3 : FactSheet.capacity
        guard (0...highest).contains(grade) else {
            mistakes.add(
                at: mark(text, column), "'\(name)' is compared by its grade, and no grade is \(grade)",
                help: "for the measured value, write its unit behind the number")
            return false
        }
        guard comparison == .less || comparison == .lessOrEqual, case .name = operand,
            let term = scopeTerm(operand, .rule(nil)),
            let question = terms[term].slots.first(where: { $0.kind == .number && !$0.unit.isNone })
        else { return true }
        mistakes.add(
            at: mark(text, column),
            "'\(name)' is compared by its grade here, and has a measured value that may be meant",
            help:
                "write the unit behind the number, or '\(name).\(catalogue[question.name])'; for the grade, 'not (\(name) >= …)'"
        )
        return false
    }

    private mutating func addSlotComparison(
        _ term: Int, _ slot: UInt8, _ comparison: Comparison, _ limit: Expression.Limit, _ text: Located<String>,
        _ column: Int
    ) -> Bool {
        let question = terms[term].slots[Int(slot)]
        var node = CriterionNode(.number)
        node.slot = slot
        node.comparison = comparison
        node.name = question.name
        switch (question.kind, limit) {
        case (.number, .number), (.number, .reference), (.grade, .number):
            guard let compiled = compiled(limit, question, text) else { return false }
            node.payload = UInt32(tables.evaluator.limits.count)
            tables.evaluator.limits.append(compiled)
        case (.choice, .word(let word)):
            guard let rank = rank(word, question, text) else { return false }
            node.kind = .rank
            node.payload = UInt32(rank)
        case (.choice, .number(let amounts)):
            let number = Expression.Word(text: amounts[0].number.description, column: amounts[0].column)
            guard let rank = rank(number, question, text) else { return false }
            node.kind = .rank
            node.payload = UInt32(rank)
        case (.claim, .word(let word)) where tables.claims[labelSymbol(word.text).index] >= 0:
            node.kind = .rank
            node.payload = UInt32(tables.claims[labelSymbol(word.text).index])
        default:
            mistakes.add(
                at: mark(text, column), "'\(catalogue[question.name])' cannot be compared with that",
                help: Self.help(question))
            return false
        }
        return append(node)
    }

    private static func help(_ question: Slot) -> String {
        switch question.kind {
        case .number, .grade: "it is a number"
        case .choice: "it is one of \(question.choiceCount) choices"
        case .claim: "it is yes or no: write its name alone, or 'not' before it"
        }
    }

    private mutating func rank(_ word: Expression.Word, _ question: Slot, _ text: Located<String>) -> Int? {
        let label = labelSymbol(word.text)
        if let entry = question.ranks.first(where: { $0.label == label }) { return Int(entry.rank) }
        if let number = Int(word.text), number >= 0, number < question.choiceCount { return number }
        mistakes.add(at: mark(text, word.column), "'\(word.text)' is not a choice of '\(catalogue[question.name])'")
        return nil
    }

    private mutating func compiled(
        _ limit: Expression.Limit, _ question: Slot, _ text: Located<String>
    ) -> CompiledLimit? {
        var result = CompiledLimit()
        let first = tables.evaluator.printed.count
        var amounts: [Expression.Amount] = []
        switch limit {
        case .number(let numbers): amounts = numbers
        case .reference(let coefficient, let reference, let offset):
            result.coefficient = coefficient
            switch reference {
            case .upperLimit: result.reference = .upperLimit
            case .lowerLimit: result.reference = .lowerLimit
            case .baseline: result.reference = .baseline
            }
            amounts = offset
        case .word: return nil
        }
        for amount in amounts {
            guard let name = amount.unit else {
                tables.evaluator.printed.append(
                    PrintedLimit(number: amount.number, unit: question.unit, conversion: .same))
                continue
            }
            let unit = vocabulary.units.symbol(name) ?? .none
            let conversion = unit.isNone ? .unknown : question.conversion(of: unit)
            guard conversion.isUsable else {
                mistakes.add(
                    at: mark(text, amount.column),
                    "no factor of '\(catalogue[question.name])' turns '\(name)' into its own unit",
                    help: "add it under 'units', or correct the unit")
                return nil
            }
            tables.evaluator.printed.append(PrintedLimit(number: amount.number, unit: unit, conversion: conversion))
        }
        result.printed = Run(start: first, count: tables.evaluator.printed.count - first)
        return result
    }

    /// A whole number without a unit: in a rule, a term compared with it is compared by its grade.
    private func isGradeLike(_ limit: Expression.Limit) -> Bool {
        guard case .number(let amounts) = limit, amounts.count == 1, amounts[0].unit == nil else { return false }
        return Int(amounts[0].number.description) != nil
    }

    /// `operand in [a, b]`.
    mutating func addMembership(
        _ operand: Expression.Operand, _ words: [Expression.Word], _ scope: Scope, _ text: Located<String>,
        _ column: Int
    ) -> Bool {
        guard let meaning = meaning(operand, isGrade: false, scope, text, column) else { return false }
        var mask: UInt32 = 0
        switch meaning {
        case .flag:
            for word in words {
                guard let flag = LabFlag.allCases.first(where: { $0.name == word.text && $0 != .none }) else {
                    let known = LabFlag.allCases.map(\.name).filter { !$0.isEmpty }
                    mistakes.addUnknown("flag", word.text, known: known, at: mark(text, word.column))
                    return false
                }
                mask |= 1 << UInt32(flag.rawValue)
            }
            var node = CriterionNode(.flag)
            node.payload = mask
            return append(node)
        case .slot(let slot):
            guard let term = scopeTerm(operand, scope), terms[term].slots[Int(slot)].kind == .choice else { break }
            for word in words {
                guard let rank = rank(word, terms[term].slots[Int(slot)], text) else { return false }
                mask |= 1 << UInt32(rank)
            }
            var node = CriterionNode(.choice)
            node.slot = slot
            node.payload = mask
            node.name = terms[term].slots[Int(slot)].name
            return append(node)
        case .qualifier, .grade: break
        }
        mistakes.add(at: mark(text, column), "'\(operand.text)' is not a choice, so it cannot be one of several")
        return false
    }
}
