package import Clinical
package import Config

extension SourceMapping {
    /// Reads `sources:` of every file of a config; `zone` finds a zone by its IANA name.
    ///
    /// With a vocabulary, constants that the pack does not know are mistakes too.
    package static func read(
        _ tree: ConfigTree, vocabulary: Vocabulary? = nil, zone: (String) -> SiteZone?, mistakes: inout Mistakes
    ) -> [SourceMapping] {
        var mappings: [SourceMapping] = []
        for document in tree.documents {
            for entry in document.root.entries ?? [] where entry.key == "sources" && !entry.value.isNull {
                read(entry.value, vocabulary, zone, into: &mappings, &mistakes)
            }
        }
        return mappings
    }

    private static func read(
        _ node: Node, _ vocabulary: Vocabulary?, _ zone: (String) -> SiteZone?, into mappings: inout [SourceMapping],
        _ mistakes: inout Mistakes
    ) {
        guard let entries = node.entries else {
            return mistakes.add(at: node.mark, "'sources' must be a mapping, found \(node.kind)")
        }
        for entry in entries {
            if mappings.contains(where: { $0.name == entry.key }) {
                mistakes.add(at: entry.keyMark, "a second source is named '\(entry.key)'")
                continue
            }
            var decoder = SourceMappingDecoder(mapping: SourceMapping(name: entry.key), vocabulary: vocabulary)
            if let mapping = decoder.decode(entry.value, zone: zone, &mistakes) { mappings.append(mapping) }
        }
    }
}

/// Reads one entry under `sources:`.
private struct SourceMappingDecoder {
    var mapping: SourceMapping
    let vocabulary: Vocabulary?

    mutating func decode(
        _ node: Node, zone: (String) -> SiteZone?, _ mistakes: inout Mistakes
    ) -> SourceMapping? {
        guard var section = Section(node, "source '\(mapping.name)'", &mistakes) else { return nil }
        mapping.title = section.text("title", &mistakes)?.value ?? mapping.name
        decodeTable(&section, &mistakes)
        decodeZone(&section, zone, &mistakes)
        mapping.match = section.texts("match", &mistakes).map(\.value)
        for member in Member.known where member != .answers && member != .timePrecision {
            guard let node = section.node(member.name) else { continue }
            let isTime = [.time, .lastDose, .started].contains(member)
            guard let rule = CellRule(node, "'\(member.name)'", isTime: isTime, &mistakes) else { continue }
            if case .constant(let text) = rule.origin { check(text, of: member, at: node.mark, &mistakes) }
            mapping.rules.append((member, rule))
        }
        decodeAnswers(&section, &mistakes)
        decodeForm(&section, &mistakes)
        if let labels = section.node("labels") { mapping.labels = ValueMap(labels, "'labels'", &mistakes) }
        for text in section.texts("missing", &mistakes) {
            _ = mapping.missing.add(text.value, meaning: "")
            if text.value.isEmpty { mapping.missesEmpty = true }
        }
        decodeSkips(&section, &mistakes)
        section.finish(&mistakes)
        return mapping
    }

    private mutating func decodeTable(_ section: inout Section, _ mistakes: inout Mistakes) {
        if let format = section.text("format", &mistakes), format.value != "csv" {
            mistakes.addUnknown("format", format.value, known: ["csv"], at: format.mark)
        }
        if let mark = oneByte("delimiter", &section, &mistakes) {
            mapping.dialect.delimiter = mark
            mapping.hasDelimiter = true
        }
        if let mark = oneByte("quote", &section, &mistakes) { mapping.dialect.quote = mark }
        if let encoding = section.text("encoding", &mistakes) {
            if let known = TextEncoding(rawValue: encoding.value.lowercased()) {
                mapping.encoding = known
            } else {
                let names = TextEncoding.allCases.map(\.rawValue)
                mistakes.addUnknown("encoding", encoding.value, known: names, at: encoding.mark)
            }
        }
        guard let decimal = section.text("decimal", &mistakes) else { return }
        if decimal.value == "." || decimal.value == "," {
            mapping.decimal = decimal.value == "," ? UInt8(ascii: ",") : UInt8(ascii: ".")
        } else {
            mistakes.add(at: decimal.mark, "'decimal' must be '.' or ','")
        }
    }

    private func oneByte(_ key: String, _ section: inout Section, _ mistakes: inout Mistakes) -> UInt8? {
        guard let text = section.text(key, &mistakes) else { return nil }
        let spelled = text.value == "tab" || text.value == "\\t" ? "\t" : text.value
        if let byte = spelled.utf8.first, spelled.utf8.count == 1, byte < 0x80, byte != 10, byte != 13 { return byte }
        mistakes.add(at: text.mark, "'\(key)' must be one ASCII character", help: "write tab for a tabulator")
        return nil
    }

    private mutating func decodeZone(
        _ section: inout Section, _ find: (String) -> SiteZone?, _ mistakes: inout Mistakes
    ) {
        guard let text = section.text("zone", &mistakes) else { return }
        if text.value == "site" {
            mapping.isInSiteZone = true
            return
        }
        mapping.zone = SiteZone(offset: text.value) ?? find(text.value)
        if mapping.zone == nil {
            let help = "site, an IANA name such as Europe/Berlin, UTC, or an offset such as +02:00"
            mistakes.add(at: text.mark, "unknown time zone '\(text.value)'", help: help)
        }
    }

    private mutating func decodeAnswers(_ section: inout Section, _ mistakes: inout Mistakes) {
        guard let node = section.node("answers") else { return }
        guard let entries = node.entries else {
            mistakes.add(at: node.mark, "'answers' must be a mapping from attributes to columns, found \(node.kind)")
            return
        }
        for entry in entries {
            check(entry.key, of: .attribute, at: entry.keyMark, &mistakes)
            guard let rule = CellRule(entry.value, "'\(entry.key)'", isTime: false, &mistakes) else { continue }
            mapping.answers.append((entry.key, rule))
        }
    }

    private mutating func decodeForm(_ section: inout Section, _ mistakes: inout Mistakes) {
        let form = section.text("form", &mistakes)
        if let form, form.value != "wide", form.value != "long" {
            mistakes.addUnknown("form", form.value, known: ["long", "wide"], at: form.mark)
        }
        let isWide = form?.value == "wide"
        let given = Set(mapping.rules.map(\.member))
        for member in [Member.patient, .time] + (isWide ? [] : [.code]) where !given.contains(member) {
            mistakes.add(at: section.mark, "\(section.what) needs '\(member.name)'")
        }
        guard isWide else {
            if !given.contains(.value), mapping.answers.isEmpty {
                mistakes.add(at: section.mark, "\(section.what) needs 'value' or 'answers'")
            }
            for key in ["questions", "partial"] {
                if let node = section.node(key) { mistakes.add(at: node.mark, "'\(key)' goes with 'form: wide'") }
            }
            return
        }
        mapping.isPartial = section.bool("partial", &mistakes) ?? false
        for member in [Member.code, .value, .attribute, .unit] where given.contains(member) {
            let place = section.entries.first { $0.key == member.name }?.keyMark ?? section.mark
            mistakes.add(at: place, "'\(member.name)' does not go with 'form: wide'", help: "say it under 'questions'")
        }
        guard let entries = section.requiredNode("questions", &mistakes)?.entries else { return }
        for entry in entries { decodeQuestion(entry, &mistakes) }
    }

    private mutating func decodeQuestion(_ entry: Node.Entry, _ mistakes: inout Mistakes) {
        var question = SourceMapping.Question(column: entry.key, code: "")
        if let text = entry.value.text {
            question.code = text
            check(text, of: .code, at: entry.value.mark, &mistakes)
        } else {
            guard var section = Section(entry.value, "question '\(entry.key)'", &mistakes) else { return }
            guard let code = section.requiredText("code", &mistakes) else { return }
            question.code = code.value
            check(code.value, of: .code, at: code.mark, &mistakes)
            if let attribute = section.text("attribute", &mistakes) {
                check(attribute.value, of: .attribute, at: attribute.mark, &mistakes)
                question.attribute = attribute.value
            }
            question.unit = section.text("unit", &mistakes)?.value
            if let values = section.node("values") { question.values = ValueMap(values, "'values'", &mistakes) }
            section.finish(&mistakes)
        }
        let sameTerm = mapping.questions.filter { $0.code == question.code }
        if sameTerm.contains(where: {
            $0.attribute == nil || question.attribute == nil || $0.attribute == question.attribute
        }) {
            mistakes.add(
                at: entry.keyMark, "a second question for '\(question.code)' needs an attribute of its own",
                help: "give both of them 'attribute'")
        }
        mapping.questions.append(question)
    }

    private mutating func decodeSkips(_ section: inout Section, _ mistakes: inout Mistakes) {
        guard let node = section.node("skip") else { return }
        for node in node.members ?? [node] {
            guard var rule = Section(node, "a member of 'skip'", &mistakes) else { continue }
            let origin = CellRule.Origin(&rule, rule.what, &mistakes)
            let isOptional = rule.bool("optional", &mistakes) ?? false
            let isGiven = rule.node("is") != nil
            let listed = rule.texts(isGiven ? "is" : "is_not", &mistakes)
            if isGiven == (rule.node("is_not") != nil) {
                mistakes.add(at: rule.mark, "a member of 'skip' needs either 'is' or 'is_not'")
            }
            rule.finish(&mistakes)
            guard let origin else { continue }
            let cell = CellRule(origin: origin, isOptional: isOptional)
            mapping.skip.append(.init(rule: cell, cells: listed.map(\.value), isListed: isGiven))
        }
    }

    /// Notes a constant that the pack does not know.
    private func check(_ name: String, of member: Member, at mark: Mark, _ mistakes: inout Mistakes) {
        guard let vocabulary else { return }
        let (table, what): (SymbolTable, String)
        switch member {
        case .code: (table, what) = (vocabulary.codes, "term or code")
        case .attribute: (table, what) = (vocabulary.attributes, "attribute")
        case .unit: (table, what) = (vocabulary.units, "unit")
        case .therapy, .agent, .modifier: (table, what) = (vocabulary.treatments, member.name)
        default: return
        }
        if table.symbol(name) == nil { mistakes.addUnknown(what, name, known: table.spellings, at: mark) }
    }
}
