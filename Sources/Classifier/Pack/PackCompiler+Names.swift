import Clinical
import Config

/// What the names in criteria mean.
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
    enum Meaning {
        case slot(UInt8)
        case qualifier(Int)
        case grade(CriterionNode.Family, Direction)
        case flag
    }

    /// What an operand is, or the term's own value without one; nil, with a mistake noted, when it is nothing.
    mutating func meaning(
        _ operand: Expression.Operand?, isGrade: Bool, _ scope: Scope, _ text: Located<String>, _ column: Int
    ) -> Meaning? {
        switch scope {
        case .term(let term):
            guard let operand else { return .slot(terms[term].defaultSlot) }
            guard case .name(let name) = operand else {
                mistakes.add(
                    at: mark(text, column), "'\(operand.text)' has no place in a term's own criteria",
                    help: "name one of its attributes")
                return nil
            }
            if let symbol = vocabulary.attributes.symbol(name), let slot = terms[term].slot(of: symbol) {
                return .slot(slot)
            }
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
            if let symbol = vocabulary.attributes.symbol(member), let slot = terms[term].slot(of: symbol) {
                return .slot(slot)
            }
            mistakes.addUnknown(
                "attribute", member, known: terms[term].slots.map { catalogue[$0.name] }, at: mark(text, column))
            return nil
        case .name(let name):
            if let term = termIndex[name] {
                return isGrade ? .grade(family(of: term), .none) : .slot(terms[term].defaultSlot)
            }
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
        let known = Array(termIndex.keys) + definition.qualifiers.map(\.name.value) + bareCodes
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

    /// Every term that an expression names, once.
    func terms(in expression: Expression) -> [Int] {
        var found: [Int] = []
        addTerms(in: expression, to: &found)
        return found
    }

    private func addTerms(in expression: Expression, to found: inout [Int]) {
        let named: Expression.Operand?
        switch expression {
        case .all(let parts), .any(let parts):
            for part in parts { addTerms(in: part, to: &found) }
            return
        case .not(let inner), .lasting(let inner, _, _, _): return addTerms(in: inner, to: &found)
        case .compare(let operand, _, _, _), .range(let operand, _, _, _, _): named = operand
        case .member(let operand, _, _), .claim(let operand, _): named = operand
        }
        if let named, let term = term(of: named), !found.contains(term) { found.append(term) }
    }
}
