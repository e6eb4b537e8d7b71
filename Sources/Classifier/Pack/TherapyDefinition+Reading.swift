import Clinical
import Config

extension TherapyDefinition {
    init(name: Located<String>) { self.name = name }

    /// One therapy file: the therapy itself and its subtypes.
    static func family(
        _ name: Located<String>, _ section: inout Section, _ mistakes: inout Mistakes
    ) -> [TherapyDefinition] {
        var therapy = TherapyDefinition(name: name)
        therapy.read(&section, &mistakes)
        var family = [therapy]
        guard let node = section.node("subtypes"), let inner = Section(node, "'subtypes'", &mistakes) else {
            return family
        }
        for entry in inner.entries {
            guard var section = Section(entry.value, "a subtype", &mistakes) else { continue }
            var subtype = TherapyDefinition(name: Located(entry.key, at: entry.keyMark))
            subtype.source = therapy.source
            subtype.read(&section, &mistakes)
            if subtype.parent == nil { subtype.parent = name }
            section.finish(&mistakes)
            family.append(subtype)
        }
        return family
    }

    mutating func read(_ section: inout Section, _ mistakes: inout Mistakes) {
        title = section.text("title", &mistakes)?.value ?? name.value
        phrase = section.text("phrase", &mistakes)?.value ?? title
        aliases = section.texts("aliases", &mistakes)
        parent = section.text("parent", &mistakes)
        agents = section.texts("agents", &mistakes)
        _ = section.texts("marks", &mistakes)
        _ = section.texts("actions", &mistakes)
        if let text = section.text("source", &mistakes) { source = text.value }
        _ = SharedReader.confidence(&section, &mistakes)
        if let node = section.node("watch") { watch = WindowDefinition(node, &mistakes) }
        readFormation(&section, &mistakes)
        readTriage(section.node("triage"), scale: nil, &mistakes)
        if let node = section.node("triage_by_scale"), let inner = Section(node, "'triage_by_scale'", &mistakes) {
            for entry in inner.entries {
                readTriage(entry.value, scale: Located(entry.key, at: entry.keyMark), &mistakes)
            }
        }
        readAdvice(&section, &mistakes)
        guard let node = section.node("rules") else { return }
        guard let members = node.members else {
            mistakes.add(at: node.mark, "'rules' must be a list, found \(node.kind)")
            return
        }
        rules = members
    }

    private mutating func readFormation(_ section: inout Section, _ mistakes: inout Mistakes) {
        guard let node = section.node("formed_by"), var inner = Section(node, "'formed_by'", &mistakes) else { return }
        let parts = inner.texts("of", &mistakes)
        var count = parts.count
        if let text = inner.text("at_least", &mistakes) {
            if let given = Int(text.value), given >= 2, given <= parts.count {
                count = given
            } else {
                mistakes.add(
                    at: text.mark,
                    "'at_least' must be from 2 to the \(parts.count) therapies in 'of', found '\(text.value)'")
            }
        }
        if parts.count < 2 { mistakes.add(at: node.mark, "'formed_by' needs two therapies or more in 'of'") }
        inner.finish(&mistakes)
        formedBy = (count, parts)
    }

    private mutating func readTriage(_ node: Node?, scale: Located<String>?, _ mistakes: inout Mistakes) {
        guard let node, let section = Section(node, "a triage table", &mistakes) else { return }
        for entry in section.entries {
            let key = Located(entry.key, at: entry.keyMark)
            for row in entry.value.members ?? [entry.value] {
                if let row = TriageDefinition(key, scale, row, source: source, &mistakes) { triage.append(row) }
            }
        }
    }

    private mutating func readAdvice(_ section: inout Section, _ mistakes: inout Mistakes) {
        guard let node = section.node("advice"), let inner = Section(node, "'advice'", &mistakes) else { return }
        for entry in inner.entries {
            guard let grades = Section(entry.value, "advice to a term", &mistakes) else { continue }
            for grade in grades.entries {
                guard let number = Int(grade.key), (1...5).contains(number) else {
                    mistakes.add(at: grade.keyMark, "'\(grade.key)' is not a grade", help: "grades are 1 to 5")
                    continue
                }
                let term = Located(entry.key, at: entry.keyMark)
                if let advice = AdviceDefinition(term, number, grade.value, &mistakes) { self.advice.append(advice) }
            }
        }
    }
}

extension AdviceDefinition {
    init?(_ term: Located<String>, _ grade: Int, _ node: Node, _ mistakes: inout Mistakes) {
        guard var section = Section(node, "advice", &mistakes) else { return nil }
        self.term = term
        self.grade = grade
        text = section.requiredText("text", &mistakes)?.value ?? ""
        confidence = SharedReader.confidence(&section, &mistakes)
        source = section.requiredText("source", &mistakes)?.value ?? ""
        section.finish(&mistakes)
    }
}

extension TriageDefinition {
    /// `{1: routine, 3: {severity: urgent, respond_within: 4h}, window: {...}, source: ...}`.
    init?(
        _ key: Located<String>, _ scale: Located<String>?, _ node: Node, source inherited: String,
        _ mistakes: inout Mistakes
    ) {
        guard var section = Section(node, "a triage row", &mistakes) else { return nil }
        self.key = key
        self.scale = scale
        if let node = section.node("window") { window = WindowDefinition(node, &mistakes) }
        let source = section.text("source", &mistakes)?.value ?? inherited
        let respondWithin = section.text("respond_within", &mistakes).flatMap {
            SharedReader.duration($0, &mistakes)?.minutes
        }
        _ = section.text("reason", &mistakes)
        _ = SharedReader.confidence(&section, &mistakes)
        for grade in 0...5 {
            guard let node = section.node(String(grade)) else { continue }
            if var cell = Cell(grade, node, source, &mistakes) {
                cell.respondWithin = cell.respondWithin ?? respondWithin
                cells.append(cell)
            }
        }
        section.finish(&mistakes)
        if cells.isEmpty { mistakes.add(at: node.mark, "a triage row needs a severity for at least one grade") }
        let severities = cells.sorted { $0.grade < $1.grade }
        for (lower, higher) in zip(severities, severities.dropFirst()) where higher.severity < lower.severity {
            mistakes.add(
                at: node.mark,
                "severity falls from \(lower.severity.name) at grade \(lower.grade) to \(higher.severity.name) at grade \(higher.grade)"
            )
        }
    }
}

extension TriageDefinition.Cell {
    fileprivate init?(_ grade: Int, _ node: Node, _ source: String, _ mistakes: inout Mistakes) {
        self.grade = grade
        self.source = source
        if let text = node.text {
            guard let severity = SharedReader.severity(Located(text, at: node.mark), &mistakes) else { return nil }
            self.severity = severity
            return
        }
        guard var section = Section(node, "a triage cell", &mistakes),
            let text = section.requiredText("severity", &mistakes),
            let severity = SharedReader.severity(text, &mistakes)
        else { return nil }
        self.severity = severity
        respondWithin = section.text("respond_within", &mistakes).flatMap {
            SharedReader.duration($0, &mistakes)?.minutes
        }
        if let own = section.text("source", &mistakes) { self.source = own.value }
        _ = section.text("reason", &mistakes)
        _ = SharedReader.confidence(&section, &mistakes)
        section.finish(&mistakes)
    }
}

extension WindowDefinition {
    /// `{from: 0d, until: 365d after last_dose, since: dose, dose_phase: [step_up]}`.
    init?(_ node: Node, _ mistakes: inout Mistakes) {
        guard var section = Section(node, "a window", &mistakes) else { return nil }
        var clock = Clock.dose
        if let since = section.text("since", &mistakes) {
            let clocks: [String: Clock] = ["dose": .dose, "any dose": .anyDose, "start": .start]
            if let known = clocks[since.value] {
                clock = known
            } else {
                mistakes.addUnknown("clock", since.value, known: clocks.keys, at: since.mark)
            }
        }
        from = section.text("from", &mistakes).flatMap { Bound($0, clock, &mistakes) }
        until = section.text("until", &mistakes).flatMap { Bound($0, clock, &mistakes) }
        dosePhases = section.texts("dose_phase", &mistakes).map(\.value)
        section.finish(&mistakes)
        if let from, let until, from.amount > until.amount {
            mistakes.add(at: node.mark, "the window ends before it begins")
        }
        if from == nil, until == nil, dosePhases.isEmpty {
            mistakes.add(at: node.mark, "a window needs 'from', 'until' or 'dose_phase'")
        }
    }
}

extension WindowDefinition.Bound {
    /// `365d`, or `365d after last_dose`, `after start`.
    fileprivate init?(_ text: Located<String>, _ clock: WindowDefinition.Clock, _ mistakes: inout Mistakes) {
        let parts = text.value.split(separator: " ").map(String.init)
        self.clock = clock
        if parts.count == 3, parts[1] == "after" {
            switch parts[2] {
            case "last_dose", "dose": self.clock = .dose
            case "start", "started": self.clock = .start
            default: mistakes.addUnknown("clock", parts[2], known: ["last_dose", "start"], at: text.mark)
            }
        } else if parts.count != 1 {
            mistakes.add(at: text.mark, "'\(text.value)' is not a bound", help: "write 14d, or 365d after last_dose")
            return nil
        }
        guard let duration = SharedReader.duration(Located(parts[0], at: text.mark), &mistakes) else { return nil }
        amount = duration.minutes
        isInHours = !duration.isInDays
    }
}
