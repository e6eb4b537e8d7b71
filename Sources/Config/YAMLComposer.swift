/// Puts libyaml's events together to nodes, and notes what it will not take.
struct YAMLComposer: ~Copyable {
    /// Thrown where the file cannot be read on; the mistake is noted by then.
    private struct Stop: Error {}

    private var events: YAMLEvents
    private let file: String
    private let text: [UInt8]
    private(set) var budget: NodeBudget
    private(set) var mistakes = Mistakes()
    private var anchors: [String: Anchor] = [:]
    private var openAnchors: Set<String> = []
    /// The deepest nesting met since the innermost open anchor began.
    private var deepest = 0

    /// A value that aliases may stand for, with what each use of it costs.
    private struct Anchor {
        let node: Node
        let count: Int
        let height: Int
    }

    init(_ events: consuming YAMLEvents, file: String, text: [UInt8], budget: NodeBudget) {
        self.events = events
        self.file = file
        self.text = text
        self.budget = budget
    }

    /// The value of the only document; nil when there is none or the file cannot be read to its end.
    mutating func document() -> Node? {
        do throws(Stop) {
            var event = try next()
            while case .border = event.kind { event = try next() }
            guard case .documentStart = event.kind else {
                let isBlank = text.allSatisfy { [0x20, 0x09, 0x0A, 0x0D].contains($0) }
                mistakes.add(at: Mark(file: file), isBlank ? "the file is empty" : "the file holds only comments")
                return nil
            }
            let root = try node(try next(), depth: 0)
            try end()
            return root
        } catch {
            return nil
        }
    }

    private mutating func end() throws(Stop) {
        var event = try next()
        while case .border = event.kind { event = try next() }
        guard case .documentStart = event.kind else { return }
        mistakes.add(
            at: mark(event), "a second document begins here; a file holds one",
            help: "delete the '---' or '...' line, or move what follows into a file of its own")
        throw Stop()
    }

    private mutating func next() throws(Stop) -> YAMLEvent {
        do {
            return try events.next()
        } catch {
            mistakes.add([error.mistake(file: file, lines: SourceLines(text))])
            throw Stop()
        }
    }

    private func mark(_ event: YAMLEvent) -> Mark { Mark(file: file, line: event.line, column: event.column) }

    // MARK: Values

    private mutating func node(_ event: YAMLEvent, depth: Int) throws(Stop) -> Node {
        let place = mark(event)
        if event.hasTag { refuseTag(at: place) }
        if case .alias = event.kind { return try alias(event.anchor ?? "", at: place, depth: depth) }
        let leftBefore = budget.left
        try charge(1, at: place)
        guard let name = event.anchor else { return try content(event, at: place, depth: depth) }
        let deepestBefore = deepest
        deepest = depth
        openAnchors.insert(name)
        let node = try content(event, at: place, depth: depth)
        openAnchors.remove(name)
        anchors[name] = Anchor(node: node, count: leftBefore - budget.left, height: deepest - depth)
        deepest = max(deepest, deepestBefore)
        return node
    }

    private mutating func content(_ event: YAMLEvent, at place: Mark, depth: Int) throws(Stop) -> Node {
        switch event.kind {
        case .scalar(let value, let quoting):
            if quoting == .double { checkEscapes(in: value, at: place) }
            return Node(.scalar(value, isPlain: quoting == .plain), at: place)
        case .sequenceStart:
            try enter(depth + 1, at: place)
            return Node(.sequence(try members(depth: depth + 1)), at: place)
        case .mappingStart:
            try enter(depth + 1, at: place)
            return Node(.mapping(try entries(depth: depth + 1)), at: place)
        default:
            mistakes.add(at: place, "a value is missing here")
            throw Stop()
        }
    }

    private mutating func members(depth: Int) throws(Stop) -> [Node] {
        var members: [Node] = []
        while true {
            let event = try next()
            if case .sequenceEnd = event.kind { return members }
            members.append(try node(event, depth: depth))
        }
    }

    private mutating func entries(depth: Int) throws(Stop) -> [Node.Entry] {
        var entries: [Node.Entry] = []
        var seen = SeenKeys()
        while true {
            let event = try next()
            if case .mappingEnd = event.kind { return entries }
            let key = try node(event, depth: depth)
            let value = try node(try next(), depth: depth)
            guard let name = acceptedKey(key) else { continue }
            if let first = seen.first(name, key.mark, among: entries) {
                mistakes.add(
                    at: key.mark, "duplicate key '\(name)'; it first stands at \(first.line):\(first.column)",
                    help: "keep one of the two")
            } else {
                entries.append(Node.Entry(key: name, keyMark: key.mark, value: value))
            }
        }
    }

    /// The text of a key; nil, with a mistake noted, when it cannot be one.
    private mutating func acceptedKey(_ key: Node) -> String? {
        guard case .scalar(let name, let isPlain) = key.content else {
            mistakes.add(at: key.mark, "a key must be a single value, found \(key.kind)")
            return nil
        }
        if isPlain, name == "<<" {
            mistakes.add(
                at: key.mark, "merge keys (<<) are not supported",
                help: "write the keys out, or let one key hold the whole shared value: 'key: *name'")
            return nil
        }
        if isPlain, name.isEmpty {
            mistakes.add(at: key.mark, "a key is missing before the ':'", help: "write \"\" for an empty key")
            return nil
        }
        return name
    }

    // MARK: Limits and refusals

    private mutating func alias(_ name: String, at place: Mark, depth: Int) throws(Stop) -> Node {
        guard let anchor = anchors[name], !openAnchors.contains(name) else {
            try charge(1, at: place)
            if openAnchors.contains(name) {
                mistakes.add(at: place, "'*\(name)' stands within '&\(name)', so it would hold itself")
            } else {
                mistakes.addUnknown("alias", "*\(name)", known: anchors.keys.lazy.map { "*\($0)" }, at: place)
            }
            return Node(.scalar("", isPlain: true), at: place)
        }
        try charge(anchor.count, at: place)
        try enter(depth + anchor.height, at: place)
        return Node(anchor.node.content, at: place)
    }

    private mutating func charge(_ count: Int, at place: Mark) throws(Stop) {
        if budget.take(count) { return }
        mistakes.add(
            at: place, "the config holds more than \(budget.whole) values, each use of an alias counted",
            help: "use fewer aliases within aliases, or split the config")
        throw Stop()
    }

    private mutating func enter(_ depth: Int, at place: Mark) throws(Stop) {
        deepest = max(deepest, depth)
        guard depth > YAMLReader.deepestNesting else { return }
        mistakes.add(at: place, "lists and mappings stand more than \(YAMLReader.deepestNesting) deep in one another")
        throw Stop()
    }

    private mutating func refuseTag(at place: Mark) {
        mistakes.add(
            at: place, "tags (!…) are not supported; every value is text",
            help: "leave the tag out, or quote the text if it begins with '!'")
    }

    private mutating func checkEscapes(in value: String, at place: Mark) {
        guard let wrong = value.unicodeScalars.first(where: { !TextCheck.mayBeEscaped($0) }) else { return }
        mistakes.add(at: place, "an escape asks for \(VisibleText.name(wrong)) in this text", help: "leave it out")
    }
}

/// The keys met so far in one mapping: small ones are searched, large ones indexed.
private struct SeenKeys {
    private var marks: [String: Mark] = [:]

    /// Where the key stood before; nil, with the key remembered, when it is new.
    mutating func first(_ name: String, _ mark: Mark, among entries: [Node.Entry]) -> Mark? {
        if entries.count < 12 {
            for index in entries.indices where entries[index].key == name { return entries[index].keyMark }
            return nil
        }
        if marks.isEmpty { for entry in entries { marks[entry.key] = entry.keyMark } }
        if let first = marks[name] { return first }
        marks[name] = mark
        return nil
    }
}
