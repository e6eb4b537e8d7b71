import Clinical
import Config

extension PackCompiler {
    /// Where a criterion's names are looked up.
    enum Scope {
        /// Inside a ladder: the term's own questions.
        case term(Int)
        /// In a rule: any term; the one it is about, if one.
        case rule(Int?)

        var term: Int? {
            switch self {
            case .term(let term): term
            case .rule(let term): term
            }
        }
    }

    /// What a name in a criterion turned out to be.
    private enum Meaning {
        case slot(UInt8)
        case qualifier(Int)
        case grade(CriterionNode.Family, Direction)
        case flag
    }

    /// The parsed text; nil, with a mistake noted, when it is not one.
    mutating func parse(_ text: Located<String>) -> Expression? {
        do {
            return try ExpressionParser.parse(text.value)
        } catch {
            mistakes.add(at: mark(text, error.column), "in the criterion '\(text.value)': \(error.problem)")
            return nil
        }
    }

    private func mark(_ text: Located<String>, _ column: Int) -> Mark {
        // The scalar may be quoted; the caret then stands one column early, which is near enough to find the word.
        Mark(file: text.mark.file, line: text.mark.line, column: text.mark.column + column)
    }

    /// Compiles an expression; the place of its first node, or nil with mistakes noted.
    mutating func compile(_ expression: Expression, scope: Scope, _ text: Located<String>) -> Int? {
        let start = tables.evaluator.nodes.count
        guard add(expression, scope, text) else {
            tables.evaluator.nodes.removeSubrange(start...)
            return nil
        }
        return start
    }

    private mutating func add(_ expression: Expression, _ scope: Scope, _ text: Located<String>) -> Bool {
        switch expression {
        case .all(let parts): return addGroup(.all, parts, scope, text)
        case .any(let parts): return addGroup(.any, parts, scope, text)
        case .not(let inner): return addGroup(.not, [inner], scope, text)
        case .compare(let operand, let comparison, let limit, let column):
            return addComparison(operand, comparison, limit, scope, text, column)
        case .range(let operand, let low, let high, let upperIsOut, let column):
            let lower = Expression.compare(operand, .greaterOrEqual, low, column: column)
            let upper = Expression.compare(operand, upperIsOut ? .less : .lessOrEqual, high, column: column)
            return addGroup(.all, [lower, upper], scope, text)
        case .member(let operand, let words, let column): return addMembership(operand, words, scope, text, column)
        case .claim(let operand, let column): return addClaim(operand, scope, text, column)
        case .lasting(let inner, let minutes, let over, let column):
            return addLasting(inner, minutes, over, scope, text, column)
        }
    }

    private mutating func addGroup(
        _ kind: CriterionNode.Kind, _ parts: [Expression], _ scope: Scope, _ text: Located<String>
    ) -> Bool {
        let place = tables.evaluator.nodes.count
        tables.evaluator.nodes.append(CriterionNode(kind))
        var isGood = true
        for part in parts where !add(part, scope, text) { isGood = false }
        tables.evaluator.nodes[place].end = Int32(tables.evaluator.nodes.count)
        return isGood
    }

    private mutating func append(_ node: CriterionNode) -> Bool {
        var node = node
        node.end = Int32(tables.evaluator.nodes.count + 1)
        tables.evaluator.nodes.append(node)
        return true
    }

    private mutating func addComparison(
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
            node.kind = .rank
            node.payload = UInt32(Int(amounts[0].number.description) ?? 0)
        case (.claim, .word(let word)) where tables.claims[labelSymbol(word.text).index] >= 0:
            node.kind = .rank
            node.payload = UInt32(tables.claims[labelSymbol(word.text).index])
        default:
            mistakes.add(at: mark(text, column), "'\(catalogue[question.name])' cannot be compared with that", help: Self.help(question))
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
                tables.evaluator.printed.append(PrintedLimit(number: amount.number, unit: question.unit, conversion: .same))
                continue
            }
            let unit = vocabulary.units.symbol(name) ?? .none
            let conversion = unit.isNone ? .unknown : question.conversion(of: unit)
            guard conversion.isUsable else {
                mistakes.add(
                    at: mark(text, amount.column), "no factor of '\(catalogue[question.name])' turns '\(name)' into its own unit",
                    help: "add it under 'units', or correct the unit")
                return nil
            }
            tables.evaluator.printed.append(PrintedLimit(number: amount.number, unit: unit, conversion: conversion))
        }
        result.printed = Run(start: first, count: tables.evaluator.printed.count - first)
        return result
    }

    private mutating func addMembership(
        _ operand: Expression.Operand, _ words: [Expression.Word], _ scope: Scope, _ text: Located<String>, _ column: Int
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

    private mutating func addClaim(
        _ operand: Expression.Operand, _ scope: Scope, _ text: Located<String>, _ column: Int
    ) -> Bool {
        guard let meaning = meaning(operand, isGrade: true, scope, text, column) else { return false }
        switch meaning {
        case .slot(let slot):
            guard let term = scopeTerm(operand, scope) else { return false }
            guard terms[term].slots[Int(slot)].kind == .claim else {
                mistakes.add(at: mark(text, column), "'\(operand.text)' is not a yes/no attribute; compare it with something")
                return false
            }
            var node = CriterionNode(.claim)
            node.slot = slot
            node.name = terms[term].slots[Int(slot)].name
            return append(node)
        case .qualifier(let index):
            var node = CriterionNode(.qualifier)
            node.payload = UInt32(index)
            node.name = catalogue.number(of: operand.text)
            return append(node)
        case .grade(let family, let direction):
            var node = CriterionNode(.grade)
            node.comparison = .greaterOrEqual
            node.family = family
            node.direction = direction
            node.payload = 1
            node.name = catalogue.number(of: operand.text)
            return append(node)
        case .flag:
            mistakes.add(at: mark(text, column), "'flag' must be compared", help: "write flag in [HH, LL, AA]")
            return false
        }
    }

    private mutating func addLasting(
        _ inner: Expression, _ minutes: Int, _ over: Bool, _ scope: Scope, _ text: Located<String>, _ column: Int
    ) -> Bool {
        guard let term = scope.term, let symbol = vocabulary.attributes.symbol("duration_h"),
            let slot = terms[term].slot(of: symbol), minutes % 60 == 0
        else {
            mistakes.add(
                at: mark(text, column), "'lasting' needs an attribute 'duration_h' of the term and whole hours",
                help: "declare duration_h: {kind: number} among the term's attributes")
            return false
        }
        let place = tables.evaluator.nodes.count
        tables.evaluator.nodes.append(CriterionNode(.all))
        guard add(inner, scope, text) else { return false }
        var node = CriterionNode(.hours)
        node.slot = slot
        node.comparison = over ? .greater : .greaterOrEqual
        node.name = terms[term].slots[Int(slot)].name
        node.payload = UInt32(tables.evaluator.limits.count)
        let hours = ExactDecimal(mantissa: Int64(minutes / 60))
        let unit = terms[term].slots[Int(slot)].unit
        let printed = Run(start: tables.evaluator.printed.count, count: 1)
        tables.evaluator.printed.append(PrintedLimit(number: hours, unit: unit, conversion: .same))
        tables.evaluator.limits.append(CompiledLimit(printed: printed))
        _ = append(node)
        tables.evaluator.nodes[place].end = Int32(tables.evaluator.nodes.count)
        return true
    }

    // MARK: Names

    /// A whole number without a unit: in a rule, a term compared with it is compared by its grade.
    private func isGradeLike(_ limit: Expression.Limit) -> Bool {
        guard case .number(let amounts) = limit, amounts.count == 1, amounts[0].unit == nil else { return false }
        return Int(amounts[0].number.description) != nil
    }

    private mutating func meaning(
        _ operand: Expression.Operand?, isGrade: Bool, _ scope: Scope, _ text: Located<String>, _ column: Int
    ) -> Meaning? {
        switch scope {
        case .term(let term):
            guard let operand else { return .slot(terms[term].defaultSlot) }
            guard case .name(let name) = operand else {
                mistakes.add(at: mark(text, column), "'\(operand.text)' has no place in a term's own criteria", help: "name one of its attributes")
                return nil
            }
            if let symbol = vocabulary.attributes.symbol(name), let slot = terms[term].slot(of: symbol) { return .slot(slot) }
            if let symbol = vocabulary.qualifiers.symbol(name) { return .qualifier(symbol.index) }
            let known = terms[term].slots.map { catalogue[$0.name] } + definition.qualifiers.map(\.name.value)
            mistakes.addUnknown("attribute or qualifier", name, known: known, at: mark(text, column))
            return nil
        case .rule:
            guard let operand else {
                mistakes.add(at: mark(text, column), "a rule must name what it compares")
                return nil
            }
            return ruleMeaning(operand, isGrade: isGrade, text, column)
        }
    }

    private mutating func ruleMeaning(
        _ operand: Expression.Operand, isGrade: Bool, _ text: Located<String>, _ column: Int
    ) -> Meaning? {
        switch operand {
        case .composite: return .grade(.composite, .none)
        case .answer: return .grade(.answer, .none)
        case .member(let name, let member):
            guard let term = termIndex[name] else { return unknownName(name, text, column) }
            if member == "low" || member == "high" { return .grade(.grade, member == "low" ? .low : .high) }
            if let symbol = vocabulary.attributes.symbol(member), let slot = terms[term].slot(of: symbol) { return .slot(slot) }
            mistakes.addUnknown("attribute", member, known: terms[term].slots.map { catalogue[$0.name] }, at: mark(text, column))
            return nil
        case .name(let name):
            if let term = termIndex[name] { return isGrade ? .grade(family(of: term), .none) : .slot(terms[term].defaultSlot) }
            if let symbol = vocabulary.codes.symbol(name) { return .slot(bindings[symbol.index][0].slot) }
            if let symbol = vocabulary.qualifiers.symbol(name) { return .qualifier(symbol.index) }
            if name == "flag" { return .flag }
            return unknownName(name, text, column)
        }
    }

    /// A term that has no scale of the grade family is asked by its answers (a sign is there or not).
    private func family(of term: Int) -> CriterionNode.Family {
        let families = terms[term].gradings.map { gradings[$0].family }
        if families.contains(.grade) || families.isEmpty { return .grade }
        return families.contains(.answer) ? .answer : .composite
    }

    private mutating func unknownName(_ name: String, _ text: Located<String>, _ column: Int) -> Meaning? {
        let known = Array(termIndex.keys) + definition.qualifiers.map(\.name.value) + codePlaces.keys.filter { !$0.contains("|") }
        mistakes.addUnknown("name", name, known: known, at: mark(text, column))
        return nil
    }

    /// The term that an operand is about.
    func scopeTerm(_ operand: Expression.Operand?, _ scope: Scope) -> Int? {
        if case .term(let term) = scope { return term }
        guard let operand else { return scope.term }
        return term(of: operand)
    }

    /// The term that an operand of a rule names, if one.
    func term(of operand: Expression.Operand) -> Int? {
        switch operand {
        case .name(let name):
            if let term = termIndex[name] { return term }
            return vocabulary.codes.symbol(name).map { Int(bindings[$0.index][0].term) }
        case .member(let name, _), .composite(let name), .answer(let name): return termIndex[name]
        }
    }

    /// Every term that an expression names.
    func terms(in expression: Expression) -> Set<Int> {
        switch expression {
        case .all(let parts), .any(let parts): parts.reduce(into: []) { $0.formUnion(terms(in: $1)) }
        case .not(let inner), .lasting(let inner, _, _, _): terms(in: inner)
        case .compare(let operand, _, _, _), .range(let operand, _, _, _, _): Set(operand.flatMap(term).map { [$0] } ?? [])
        case .member(let operand, _, _), .claim(let operand, _): Set(term(of: operand).map { [$0] } ?? [])
        }
    }

    /// Whether the criterion at `start` asks for the laboratory's flag.
    func asksFlag(from start: Int) -> Bool {
        tables.evaluator.nodes[start..<Int(tables.evaluator.nodes[start].end)].contains { $0.kind == .flag }
    }
}
