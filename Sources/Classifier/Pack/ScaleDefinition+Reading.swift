import Clinical
import Config

extension ScaleDefinition {
    init(name: Located<String>) { self.name = name }

    /// The scale on which each answer of a composite is also a finding of its own.
    init(answers name: Located<String>, of composite: ScaleDefinition) {
        self = composite
        self.name = name
        family = .answer
        tables = []
        phrase = composite.answerPhrase
    }

    /// Reads the keys of a scale; the first file that tells it must say how its grades are said.
    mutating func read(_ section: inout Section, isFirst: Bool, _ mistakes: inout Mistakes) {
        if let title = section.text("title", &mistakes) { self.title = title.value }
        source = section.text("source", &mistakes)?.value ?? source
        confidence = SharedReader.confidence(&section, &mistakes)
        let said = isFirst ? section.requiredText("phrase", &mistakes) : section.text("phrase", &mistakes)
        if let said { phrase = said.value }
        answerPhrase = section.text("answer_phrase", &mistakes)?.value ?? phrase
        if let text = section.text("family", &mistakes) {
            if let family = Family(rawValue: text.value) {
                self.family = family
            } else {
                mistakes.addUnknown("family", text.value, known: Family.allCases.map(\.rawValue), at: text.mark)
            }
        }
        guard let node = section.node("tables"), let inner = Section(node, "'tables'", &mistakes) else { return }
        for entry in inner.entries {
            if let table = CompositeDefinition(entry, &mistakes) { tables.append(table) }
        }
    }
}

extension CompositeDefinition {
    /// `frequency, severity:` and rows of grades, `~` where nothing is published.
    init?(_ entry: Node.Entry, _ mistakes: inout Mistakes) {
        attributes = entry.key.split(separator: ",").map { Located($0.trimmed, at: entry.keyMark) }
        grades = []
        guard (1...3).contains(attributes.count) else {
            mistakes.add(at: entry.keyMark, "a table takes one to three attributes, found \(attributes.count)")
            return nil
        }
        guard Self.flatten(entry.value, depth: attributes.count, into: &grades, &mistakes) else { return nil }
    }

    private static func flatten(
        _ node: Node, depth: Int, into grades: inout [Int?], _ mistakes: inout Mistakes
    ) -> Bool {
        if depth == 0 {
            if node.isNull {
                grades.append(nil)
            } else if let text = node.text, let grade = Int(text), (0...5).contains(grade) {
                grades.append(grade)
            } else {
                mistakes.add(at: node.mark, "a table holds grades or ~, found '\(node.text ?? node.kind)'")
                return false
            }
            return true
        }
        guard let members = node.members, members.count == 5 else {
            mistakes.add(
                at: node.mark,
                "expected a list of five, one for each answer from 0 to 4, found \(node.members.map { "\($0.count)" } ?? node.kind)"
            )
            return false
        }
        for member in members where !flatten(member, depth: depth - 1, into: &grades, &mistakes) { return false }
        return true
    }
}

extension TermDefinition {
    init(name: Located<String>) { self.name = name }

    /// Adds what one scale's file says of the term.
    mutating func read(
        _ entry: Node.Entry, onScale scale: Int, _ definition: ScaleDefinition, _ mistakes: inout Mistakes
    ) {
        guard var section = Section(entry.value, "a term", &mistakes) else { return }
        readFacts(&section, &mistakes)
        readQuestions(&section, &mistakes)
        let asks = section.texts("asks", &mistakes)
        if !asks.isEmpty { composites.append((scale, asks)) }
        let source = section.text("source", &mistakes)?.value ?? definition.source
        _ = SharedReader.confidence(&section, &mistakes)
        readLadders(&section, scale, source, &mistakes)
        section.finish(&mistakes)
    }

    private mutating func readFacts(_ section: inout Section, _ mistakes: inout Mistakes) {
        if let title = section.text("title", &mistakes) {
            if let first = self.title {
                mistakes.add(
                    at: title.mark, "term '\(name.value)' has a second title",
                    help: "the first is at \(first.mark.file):\(first.mark.line)")
            }
            self.title = title
        }
        if let phrase = section.text("phrase", &mistakes) { self.phrase = phrase.value }
        if let concern = section.text("concern", &mistakes) {
            if let first = self.concern, first.value != concern.value {
                mistakes.add(
                    at: concern.mark, "term '\(name.value)' has a second concern",
                    help: "the first, '\(first.value)', is at \(first.mark.file):\(first.mark.line)")
            }
            self.concern = concern
        }
        aliases += section.texts("aliases", &mistakes)
        if let text = section.text("default", &mistakes) { defaultAttribute = text }
        guard let node = section.node("codes") else { return }
        guard let entries = node.entries else {
            codes += SharedReader.texts(node, "codes", &mistakes).map { ($0, nil) }
            return
        }
        for entry in entries {
            let attribute = Located(entry.key, at: entry.keyMark)
            codes += SharedReader.texts(entry.value, "codes", &mistakes).map { ($0, attribute) }
        }
    }

    private mutating func readQuestions(_ section: inout Section, _ mistakes: inout Mistakes) {
        if let measurement = AttributeDefinition(measurementOf: name, &section, &mistakes) {
            if let first = self.measurement?.unit, let second = measurement.unit {
                mistakes.add(
                    at: second.mark, "term '\(name.value)' has a second unit",
                    help: "the first is at \(first.mark.file):\(first.mark.line)")
            }
            self.measurement = measurement
        }
        guard let node = section.node("attributes") else { return }
        if let members = node.members {
            for member in members {
                guard let text = Located.text(member, "an attribute", &mistakes) else { continue }
                attributes.append(AttributeDefinition(name: text))
            }
            return
        }
        guard let inner = Section(node, "'attributes'", &mistakes) else { return }
        for entry in inner.entries {
            if let attribute = AttributeDefinition(entry, &mistakes) { attributes.append(attribute) }
        }
    }

    private mutating func readLadders(
        _ section: inout Section, _ scale: Int, _ source: String, _ mistakes: inout Mistakes
    ) {
        var direction = Direction.none
        if let text = section.text("direction", &mistakes) {
            switch text.value {
            case "high": direction = .high
            case "low": direction = .low
            default: mistakes.addUnknown("direction", text.value, known: ["high", "low"], at: text.mark)
            }
        }
        var plain = LadderDefinition(scale: scale, direction: direction, mark: name.mark)
        plain.readRows(&section, source, &mistakes)
        if !plain.branches.isEmpty { ladders.append(plain) }
        for (key, direction) in [("low", Direction.low), ("high", Direction.high)] {
            guard let node = section.node(key), var inner = Section(node, "'\(key)'", &mistakes) else { continue }
            var ladder = LadderDefinition(scale: scale, direction: direction, mark: node.mark)
            ladder.title = inner.text("title", &mistakes)?.value ?? ""
            ladder.readRows(&inner, inner.text("source", &mistakes)?.value ?? source, &mistakes)
            inner.finish(&mistakes)
            if ladder.branches.isEmpty { mistakes.add(at: node.mark, "'\(key)' needs 'grades'") }
            ladders.append(ladder)
        }
    }
}

extension LadderDefinition {
    fileprivate mutating func readRows(_ section: inout Section, _ source: String, _ mistakes: inout Mistakes) {
        for baseline in Baseline.allCases {
            guard let node = section.node(baseline.rawValue),
                let inner = Section(node, "'\(baseline.rawValue)'", &mistakes)
            else { continue }
            mark = node.mark
            let rows = inner.entries.compactMap { Row($0, source, &mistakes) }
            branches.append((baseline, rows.sorted { $0.grade < $1.grade }))
        }
        if let branch = branches.first, branch.baseline != .any {
            mistakes.add(at: mark, "'\(branch.baseline.rawValue)' without 'grades' for all other patients")
        }
    }
}

extension LadderDefinition.Row {
    /// `2: "> 3 ULN"` or `2: {is: "> 3 ULN", source: ...}`.
    fileprivate init?(_ entry: Node.Entry, _ source: String, _ mistakes: inout Mistakes) {
        guard let grade = Int(entry.key), (1...5).contains(grade) else {
            mistakes.add(at: entry.keyMark, "'\(entry.key)' is not a grade", help: "grades are 1 to 5")
            return nil
        }
        self.grade = grade
        self.source = source
        if let text = entry.value.text {
            criterion = Located(text, at: entry.value.mark)
            return
        }
        guard var section = Section(entry.value, "a grade", &mistakes), let text = section.requiredText("is", &mistakes)
        else { return nil }
        criterion = text
        if let own = section.text("source", &mistakes) { self.source = own.value }
        _ = SharedReader.confidence(&section, &mistakes)
        section.finish(&mistakes)
    }
}
