import Clinical
import Config

extension PackCompiler {
    /// Every term with its questions, so that criteria can name them all.
    mutating func addTerms() {
        for word in Self.claims.keys.sorted() { _ = labelSymbol(word) }
        for definition in definition.terms {
            let index = terms.count
            guard let title = definition.title else {
                mistakes.add(at: definition.name.mark, "term '\(definition.name.value)' has no 'title' on any scale")
                continue
            }
            var concernNumber = 0
            if let concern = definition.concern {
                concernNumber = self.concern(concern) ?? 0
            } else {
                mistakes.add(at: definition.name.mark, "term '\(definition.name.value)' has no 'concern'")
            }
            let phrase = definition.phrase.isEmpty ? title.value : definition.phrase
            terms.append(
                CompiledTerm(
                    name: catalogue.number(of: definition.name.value), title: catalogue.number(of: phrase),
                    concern: concernNumber))
            for name in [definition.name] + definition.aliases { addTermName(name, index) }
            addSlots(definition, index)
        }
    }

    private mutating func addTermName(_ name: Located<String>, _ term: Int) {
        if let other = termIndex[name.value], other != term {
            mistakes.add(
                at: name.mark, "'\(name.value)' names two terms", help: "the other is '\(catalogue[terms[other].name])'"
            )
        }
        termIndex[name.value] = term
    }

    private mutating func addSlots(_ definition: TermDefinition, _ term: Int) {
        var questions = definition.attributes.map { resolved($0) }
        if let measurement = definition.measurement { questions.insert(measurement, at: 0) }
        for (_, asks) in definition.composites {
            for ask in asks where !questions.contains(where: { $0.name.value == ask.value }) {
                questions.append(resolved(AttributeDefinition(name: ask)))
            }
        }
        if questions.isEmpty, !definition.ladders.isEmpty {
            questions.append(AttributeDefinition(valueOf: definition.name))
        }
        guard questions.count < FactSheet.capacity else {
            mistakes.add(
                at: definition.name.mark,
                "a term may ask \(FactSheet.capacity - 1) questions, this one asks \(questions.count)")
            return
        }
        for question in questions { addSlot(question, to: term) }
        addGradeSlot(to: term)
        var wanted = definition.defaultAttribute
        if wanted == nil { wanted = definition.composites.first?.asks.first ?? questions.first?.name }
        guard let wanted, let symbol = vocabulary.attributes.symbol(wanted.value),
            let slot = terms[term].slot(of: symbol)
        else {
            let names = questions.map(\.name.value)
            if let wanted { mistakes.addUnknown("attribute", wanted.value, known: names, at: wanted.mark) }
            return
        }
        terms[term].defaultSlot = slot
    }

    /// A term's own question, filled up from the shared one of the same name.
    private mutating func resolved(_ attribute: AttributeDefinition) -> AttributeDefinition {
        guard attribute.kind == nil else { return attribute }
        if var shared = definition.attributes.first(where: { $0.name.value == attribute.name.value }) {
            shared.name = attribute.name
            return shared
        }
        mistakes.addUnknown(
            "attribute", attribute.name.value, known: definition.attributes.map(\.name.value), at: attribute.name.mark)
        return attribute
    }

    private mutating func addSlot(_ question: AttributeDefinition, to term: Int) {
        let number = UInt8(terms[term].slots.count)
        var slot = Slot(name: catalogue.number(of: question.name.value), kind: .number)
        switch question.kind ?? .number {
        case .number: addMeasurement(question, to: &slot)
        case .choice: addChoices(question, to: &slot)
        case .claim:
            slot.kind = .claim
            slot.choiceCount = 2
        }
        let symbol = attributeSymbol(question.name.value)
        if terms[term].slot(of: symbol) != nil {
            mistakes.add(at: question.name.mark, "attribute '\(question.name.value)' is told twice")
        }
        terms[term].attributes.append(AttributeRow(symbol: symbol, slot: number))
        for alias in question.aliases {
            if let other = terms[term].slot(of: attributeSymbol(alias.value)), other != number {
                mistakes.add(at: alias.mark, "attribute '\(alias.value)' is told twice")
            }
            terms[term].attributes.append(AttributeRow(symbol: attributeSymbol(alias.value), slot: number))
        }
        slot.silent = absent(question, slot)
        terms[term].slots.append(slot)
        for code in question.codes { bind(code, to: term, slot: number, sharing: true) }
    }

    private mutating func addMeasurement(_ question: AttributeDefinition, to slot: inout Slot) {
        slot.plausible = question.plausible
        guard let unit = question.unit else { return }
        slot.unit = unitSymbol(unit.value)
        slot.isMeasurement = question.name.value == "value"
        slot.assumesUnit = question.assumesUnit || question.units.isEmpty && question.name.value != "value"
        for other in question.units {
            let symbol = unitSymbol(other.name.value)
            if symbol == slot.unit || slot.units.contains(where: { $0.symbol == symbol }) {
                mistakes.add(
                    at: other.name.mark, "unit '\(other.name.value)' is told twice (or is a spelling of another)")
            }
            slot.units.append(UnitRow(symbol: symbol, conversion: index(of: other.conversion)))
        }
    }

    private mutating func addChoices(_ question: AttributeDefinition, to slot: inout Slot) {
        slot.kind = .choice
        slot.choiceCount = question.choices.count
        for (rank, choice) in question.choices.enumerated() { addLabel(choice.value, rank, to: &slot) }
        for (spelling, choice) in question.labels {
            guard let rank = question.choices.firstIndex(where: { Self.isSameLabel($0.value, choice.value) }) else {
                mistakes.addUnknown("choice", choice.value, known: question.choices.map(\.value), at: choice.mark)
                continue
            }
            addLabel(spelling.value, rank, to: &slot)
        }
    }

    private mutating func addLabel(_ label: String, _ rank: Int, to slot: inout Slot) {
        let symbol = labelSymbol(label)
        slot.ranks.append(RankRow(label: symbol, rank: UInt8(rank)))
        // Whoever says how bad a thing is says yes to it.
        guard rank > 0, let none = slot.ranks.first, tables.claims[none.label.index] == 0 else { return }
        if tables.claims[symbol.index] < 0 { tables.claims[symbol.index] = 1 }
    }

    /// Spaces and underscores are the same in a label.
    static func isSameLabel(_ left: String, _ right: String) -> Bool {
        left == right || left.withSpaces.lowercased() == right.withSpaces.lowercased()
    }

    /// The symbol of an answer label, new or known.
    mutating func labelSymbol(_ label: String) -> Symbol {
        let spaced = label.withSpaces
        if let known = vocabulary.labels.symbol(spaced) { return known }
        let symbol = Symbol(tables.claims.count)
        vocabulary.labels.add(spaced, as: symbol)
        vocabulary.labels.add(spaced.withUnderscores, as: symbol)
        tables.claims.append(Self.claims[spaced.lowercased()] ?? -1)
        return symbol
    }

    /// Words that answer a yes/no question, part of the event format.
    private static let claims: [String: Int8] = [
        "yes": 1, "no": 0, "true": 1, "false": 0, "y": 1, "n": 0, "none": 0, "never": 0,
    ]

    private mutating func attributeSymbol(_ name: String) -> Symbol {
        if let known = vocabulary.attributes.symbol(name) { return known }
        let symbol = Symbol(vocabulary.attributes.count)
        vocabulary.attributes.add(name, as: symbol)
        return symbol
    }

    private mutating func addGradeSlot(to term: Int) {
        let number = UInt8(terms[term].slots.count)
        terms[term].gradeSlot = number
        terms[term].attributes.append(AttributeRow(symbol: attributeSymbol("grade"), slot: number))
        terms[term].slots.append(Slot(name: catalogue.number(of: "grade"), kind: .grade))
    }

    /// What a report that says nothing says.
    private mutating func absent(_ question: AttributeDefinition, _ slot: Slot) -> Fact {
        guard let absent = question.absent else { return .unknown }
        if absent.value == "unknown" { return .unknown }
        switch slot.kind {
        case .claim:
            if let claim = Self.claims[absent.value.lowercased()] { return .claim(claim == 1) }
            mistakes.add(at: absent.mark, "'absent' of a yes/no attribute must be true, false or unknown")
        case .choice:
            if let rank = question.choices.firstIndex(where: { Self.isSameLabel($0.value, absent.value) }) {
                return .rank(rank)
            }
            mistakes.addUnknown("choice", absent.value, known: question.choices.map(\.value), at: absent.mark)
        case .number, .grade:
            if let number = SharedReader.number(absent, &mistakes) {
                return Fact(number: number, state: .number, unit: slot.unit)
            }
        }
        return .unknown
    }
}

extension AttributeDefinition {
    init(name: Located<String>) { self.name = name }

    /// The bare value of a term that states no unit.
    init(valueOf term: Located<String>) {
        name = Located("value", at: term.mark)
        kind = .number
    }
}

extension String {
    /// With spaces for underscores.
    var withSpaces: String { replacing(UInt8(ascii: "_"), UInt8(ascii: " ")) }
    /// With underscores for spaces.
    var withUnderscores: String { replacing(UInt8(ascii: " "), UInt8(ascii: "_")) }

    private func replacing(_ old: UInt8, _ new: UInt8) -> String {
        utf8.contains(old) ? String(decoding: utf8.map { $0 == old ? new : $0 }, as: UTF8.self) : self
    }
}
