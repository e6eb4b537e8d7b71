import Clinical
import Config

extension AttributeDefinition {
    /// One entry of `attributes`; an entry without a value takes the shared question of that name.
    init?(_ entry: Node.Entry, _ mistakes: inout Mistakes) {
        name = Located(entry.key, at: entry.keyMark)
        guard !entry.value.isNull else { return }
        guard var section = Section(entry.value, "an attribute", &mistakes) else { return nil }
        if let text = section.text("kind", &mistakes) {
            let kinds: [String: Kind] = ["number": .number, "choice": .choice, "bool": .claim]
            kind = kinds[text.value]
            if kind == nil { mistakes.addUnknown("kind", text.value, known: kinds.keys, at: text.mark) }
        }
        choices = section.texts("choices", &mistakes)
        readLabels(&section, &mistakes)
        readMeasurement(&section, &mistakes)
        absent = section.text("absent", &mistakes)
        codes = section.texts("codes", &mistakes)
        aliases = section.texts("aliases", &mistakes)
        section.finish(&mistakes)
        settleKind(&mistakes)
    }

    /// The measurement of a numeric term, whose keys stand at the term itself; nil when there are none.
    init?(measurementOf term: Located<String>, _ section: inout Section, _ mistakes: inout Mistakes) {
        name = Located("value", at: term.mark)
        readMeasurement(&section, &mistakes)
        guard unit != nil || plausible != nil || !units.isEmpty else { return nil }
        kind = .number
    }

    private mutating func readLabels(_ section: inout Section, _ mistakes: inout Mistakes) {
        guard let node = section.node("labels"), let inner = Section(node, "'labels'", &mistakes) else { return }
        for entry in inner.entries {
            guard let choice = Located.text(entry.value, "a label's choice", &mistakes) else { continue }
            labels.append((Located(entry.key, at: entry.keyMark), choice))
        }
    }

    private mutating func readMeasurement(_ section: inout Section, _ mistakes: inout Mistakes) {
        unit = section.text("unit", &mistakes)
        if let assumed = section.node("assume_unit"), let claim = section.bool("assume_unit", &mistakes) {
            assumesUnit = claim
            if claim, unit == nil { mistakes.add(at: assumed.mark, "'assume_unit' without the 'unit' that is assumed") }
        }
        if let text = section.text("plausible", &mistakes) { plausible = SharedReader.range(text, &mistakes) }
        guard let node = section.node("units"), let inner = Section(node, "'units'", &mistakes) else { return }
        for entry in inner.entries {
            if let unit = UnitDefinition(entry, &mistakes) { units.append(unit) }
        }
        if unit == nil { mistakes.add(at: node.mark, "'units' without the 'unit' that they turn into") }
    }

    private mutating func settleKind(_ mistakes: inout Mistakes) {
        if kind == nil { kind = !choices.isEmpty ? .choice : unit != nil || plausible != nil ? .number : nil }
        switch kind {
        case .choice where choices.count < 2:
            mistakes.add(at: name.mark, "attribute '\(name.value)' needs at least two 'choices'")
        case .choice where choices.count > 30:
            mistakes.add(at: name.mark, "attribute '\(name.value)' has \(choices.count) choices; 30 is the most")
        case nil:
            mistakes.add(
                at: name.mark, "attribute '\(name.value)' does not say what its answers are",
                help: "add 'choices', 'unit', 'plausible' or 'kind: number|bool'")
        default: break
        }
    }
}

extension UnitDefinition {
    /// `mg/dL: 88.42`, or `{factor: 5/9, offset: -32}`.
    init?(_ entry: Node.Entry, _ mistakes: inout Mistakes) {
        name = Located(entry.key, at: entry.keyMark)
        conversion = .same
        if let factor = entry.value.text {
            guard conversion.readFactor(Located(factor, at: entry.value.mark), &mistakes) else { return nil }
            return
        }
        guard var section = Section(entry.value, "a unit", &mistakes) else { return nil }
        if let factor = section.requiredText("factor", &mistakes) {
            guard conversion.readFactor(factor, &mistakes) else { return nil }
        }
        if let offset = section.text("offset", &mistakes) {
            conversion.offset = SharedReader.number(offset, &mistakes) ?? .zero
        }
        section.finish(&mistakes)
    }
}

extension UnitConversion {
    /// A number or a fraction such as `5/9`, above zero; false, with a mistake noted, otherwise.
    fileprivate mutating func readFactor(_ text: Located<String>, _ mistakes: inout Mistakes) -> Bool {
        let parts = text.value.split(separator: "/", omittingEmptySubsequences: false).map { ExactDecimal($0.trimmed) }
        if parts.count <= 2, let first = parts.first, let top = first, top > .zero {
            guard parts.count == 2 else {
                numerator = top
                return true
            }
            if let bottom = parts[1], bottom > .zero {
                numerator = top
                denominator = bottom
                return true
            }
        }
        mistakes.add(
            at: text.mark, "'\(text.value)' is not a factor",
            help: "write a number above zero, or a fraction such as 5/9")
        return false
    }
}

extension QualifierDefinition {
    /// `symptomatic: {}`, `on_anticoagulant: {absent: false}`, `asymptomatic: {denies: symptomatic}`.
    init?(_ entry: Node.Entry, _ mistakes: inout Mistakes) {
        name = Located(entry.key, at: entry.keyMark)
        guard !entry.value.isNull else { return }
        guard var section = Section(entry.value, "a qualifier", &mistakes) else { return nil }
        if let absent = section.text("absent", &mistakes) {
            let known = ["false": true, "no": true, "unknown": false]
            if let denied = known[absent.value] {
                isDeniedWhenAbsent = denied
            } else {
                mistakes.add(at: absent.mark, "'absent' must be false or unknown, found '\(absent.value)'")
            }
        }
        denies = section.text("denies", &mistakes)
        section.finish(&mistakes)
    }
}

extension AgentDefinition {
    /// `pembrolizumab: {therapy: pd1, atc: [...], rxnorm: [...], brands: [...]}`.
    init?(_ entry: Node.Entry, _ mistakes: inout Mistakes) {
        name = Located(entry.key, at: entry.keyMark)
        guard var section = Section(entry.value, "an agent", &mistakes) else { return nil }
        therapies = section.texts("therapy", &mistakes)
        if therapies.isEmpty { mistakes.add(at: name.mark, "agent '\(name.value)' needs 'therapy'") }
        codes = section.texts("brands", &mistakes)
        for system in ["atc", "rxnorm"] {
            codes += section.texts(system, &mistakes).map { Located("\(system)|\($0.value)", at: $0.mark) }
        }
        codes += section.texts("codes", &mistakes)
        section.finish(&mistakes)
    }
}
