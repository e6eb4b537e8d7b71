/// A piece of YAML that knows where it stands.
package struct Node: Sendable {
    /// What the piece is. A plain scalar was written without quotes.
    package indirect enum Content: Sendable {
        case scalar(String, isPlain: Bool)
        case sequence([Node])
        case mapping([Entry])
    }

    /// One key of a mapping, in the order of the file.
    package struct Entry: Sendable {
        package var key: String
        package var keyMark: Mark
        package var value: Node

        package init(key: String, keyMark: Mark, value: Node) {
            self.key = key
            self.keyMark = keyMark
            self.value = value
        }
    }

    package var content: Content
    package var mark: Mark

    package init(_ content: Content, at mark: Mark) {
        self.content = content
        self.mark = mark
    }

    /// The text of a scalar; nil for the others.
    package var text: String? {
        if case .scalar(let text, _) = content { text } else { nil }
    }

    /// The members of a sequence; nil for the others.
    package var members: [Node]? {
        if case .sequence(let members) = content { members } else { nil }
    }

    /// The entries of a mapping; nil for the others.
    package var entries: [Entry]? {
        if case .mapping(let entries) = content { entries } else { nil }
    }

    /// An unquoted `~`, `null` or nothing at all.
    package var isNull: Bool {
        guard case .scalar(let text, isPlain: true) = content else { return false }
        return text.isEmpty || ["~", "null", "Null", "NULL"].contains(text)
    }

    /// What the piece is, in words for a message.
    package var kind: String {
        switch content {
        case .scalar: isNull ? "nothing" : "a single value"
        case .sequence: "a list"
        case .mapping: "a mapping"
        }
    }
}
