import Clinical
import Config

/// Reads every file of a config tree into one `PackDefinition`, noting every mistake.
struct PackReader {
    private(set) var pack = PackDefinition()
    private var mistakes = Mistakes()
    private var termIndex: [String: Int] = [:]

    /// What the files say, and what is wrong in them.
    static func read(_ tree: ConfigTree) -> (PackDefinition, Mistakes) {
        var reader = PackReader()
        for document in tree.documents { reader.read(document) }
        return (reader.pack, reader.mistakes)
    }

    private init() {}

    private mutating func read(_ document: ConfigTree.Document) {
        guard var section = Section(document.root, "a config file", &mistakes) else { return }
        _ = section.node("include")
        _ = section.node("sources")
        readFront(&section)
        readShared(&section)
        readScale(&section)
        readTherapies(&section)
        section.finish(&mistakes)
    }

    private mutating func readFront(_ section: inout Section) {
        if let name = section.text("pack", &mistakes) {
            if let first = pack.front.name {
                mistakes.add(
                    at: name.mark, "a second front page", help: "the first is at \(first.mark.file):\(first.mark.line)")
            }
            pack.front.name = name
        }
        pack.front.read(&section, &mistakes)
    }

    private mutating func readShared(_ section: inout Section) {
        for entry in entries(of: "unit_spellings", &section) {
            let spellings = SharedReader.texts(entry.value, "spellings of a unit", &mistakes)
            pack.unitSpellings.append((Located(entry.key, at: entry.keyMark), spellings))
        }
        for entry in entries(of: "qualifiers", &section) {
            if let qualifier = QualifierDefinition(entry, &mistakes) { pack.qualifiers.append(qualifier) }
        }
        for entry in entries(of: "attributes", &section) {
            if let attribute = AttributeDefinition(entry, &mistakes) { pack.attributes.append(attribute) }
        }
        // In a therapy's own file `agents` lists that therapy's drugs; elsewhere it tells drugs by name.
        let isTherapy = section.entries.contains { $0.key == "therapy" }
        for entry in isTherapy ? [] : entries(of: "agents", &section) {
            if let agent = AgentDefinition(entry, &mistakes) { pack.agents.append(agent) }
        }
        for entry in entries(of: "codes", &section) {
            let codes = SharedReader.texts(entry.value, "codes", &mistakes)
            pack.codes.append((Located(entry.key, at: entry.keyMark), codes))
        }
    }

    private mutating func readScale(_ section: inout Section) {
        let terms = section.node("terms")
        guard let name = section.text("scale", &mistakes) else {
            if let terms {
                mistakes.add(
                    at: terms.mark, "'terms' without the scale that grades them", help: "add 'scale: NAME' to this file"
                )
            }
            return
        }
        // A scale may be told in several files (laboratory values and symptoms, say); the first one describes it.
        let known = pack.scales.firstIndex { $0.name.value == name.value }
        var scale = known.map { pack.scales[$0] } ?? ScaleDefinition(name: name)
        scale.read(&section, isFirst: known == nil, &mistakes)
        let index = known ?? pack.scales.count
        if known == nil { pack.scales.append(scale) } else { pack.scales[index] = scale }
        if let answers = section.text("answers", &mistakes) {
            pack.scales.append(ScaleDefinition(answers: answers, of: scale))
        }
        guard let terms else { return }
        guard let entries = terms.entries else {
            mistakes.add(at: terms.mark, "'terms' must be a mapping, found \(terms.kind)")
            return
        }
        for entry in entries {
            var term =
                termIndex[entry.key].map { pack.terms[$0] }
                ?? TermDefinition(name: Located(entry.key, at: entry.keyMark))
            term.read(entry, onScale: index, scale, &mistakes)
            if let known = termIndex[entry.key] {
                pack.terms[known] = term
            } else {
                termIndex[entry.key] = pack.terms.count
                pack.terms.append(term)
            }
        }
    }

    private mutating func readTherapies(_ section: inout Section) {
        if let name = section.text("therapy", &mistakes) {
            pack.therapies += TherapyDefinition.family(name, &section, &mistakes)
        }
        for entry in entries(of: "modifiers", &section) {
            guard var inner = Section(entry.value, "a modifier", &mistakes) else { continue }
            var modifier = TherapyDefinition(name: Located(entry.key, at: entry.keyMark))
            modifier.isModifier = true
            modifier.read(&inner, &mistakes)
            inner.finish(&mistakes)
            pack.therapies.append(modifier)
        }
    }

    private mutating func entries(of key: String, _ section: inout Section) -> [Node.Entry] {
        guard let node = section.node(key) else { return [] }
        guard let entries = node.entries else {
            mistakes.add(at: node.mark, "'\(key)' must be a mapping, found \(node.kind)")
            return []
        }
        return entries
    }
}
