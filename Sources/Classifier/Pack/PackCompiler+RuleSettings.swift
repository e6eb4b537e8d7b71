import Clinical
import Config

/// Settings that several kinds of rules share.
extension PackCompiler {
    /// The condition under `when`, as an atom, and the one term that it is about.
    mutating func condition(_ section: inout Section, _ kind: String) -> (atom: Int, term: Int)? {
        guard let text = section.requiredText("when", &mistakes), let expression = parse(text) else { return nil }
        let named = terms(in: expression)
        guard named.count <= 1 else {
            mistakes.add(
                at: text.mark, "a rule of kind '\(kind)' looks at one term, and this asks about \(named.count)",
                help: "use kind: together for reports about several")
            return nil
        }
        guard case .some(.atom(let atom)) = clause(expression, text) else { return nil }
        return (atom, atoms[atom].term)
    }

    /// The terms listed under `terms`, or all.
    mutating func terms(of section: inout Section, _ kind: String) -> (listed: [Int], isAll: Bool)? {
        let names = section.texts("terms", &mistakes)
        if names.map(\.value) == ["all"] { return ([], true) }
        if names.isEmpty {
            mistakes.add(
                at: section.mark, "a rule of kind '\(kind)' needs 'terms'", help: "write terms: all, or a list")
            return nil
        }
        let listed = names.compactMap { termNamed($0) }
        return listed.count == names.count ? (listed, false) : nil
    }

    /// The number of a scale; nil, with a mistake noted, when the pack has none of that name.
    mutating func scaleNamed(_ name: Located<String>) -> Int? {
        if let index = definition.scales.firstIndex(where: { $0.name.value == name.value }) { return index }
        mistakes.addUnknown("scale", name.value, known: definition.scales.map(\.name.value), at: name.mark)
        return nil
    }
}

extension Section {
    /// A duration that must be there and is not 0, in milliseconds.
    mutating func requiredSpan(_ key: String, _ mistakes: inout Mistakes) -> Int64? {
        guard let text = requiredText(key, &mistakes), let duration = SharedReader.duration(text, &mistakes) else {
            return nil
        }
        if duration.minutes > 0 { return Int64(duration.minutes) * 60_000 }
        mistakes.add(at: text.mark, "'\(key)' is no time at all", help: "write a longer one, such as 24h")
        return nil
    }
}
