/// A piece of YAML that knows where it stands.
package struct Node: Sendable {
    /// What the piece is. A plain scalar was written without quotes.
    package enum Content: Sendable {
        case scalar(String, isPlain: Bool)
        case sequence([Node])
        case mapping([Entry])
    }

    /// One key of a mapping, in the order of the file.
    package struct Entry: Sendable {
        /// The text before the colon, without its quotes.
        package var key: String
        /// Where the key begins.
        package var keyMark: Mark
        /// What stands after the colon; null when nothing does.
        package var value: Node

        /// Takes a key with its place, and what it holds.
        package init(key: String, keyMark: Mark, value: Node) {
            self.key = key
            self.keyMark = keyMark
            self.value = value
        }
    }

    /// A text, a list or a mapping.
    package var content: Content
    /// Where it begins; for an alias, where the alias stands.
    package var mark: Mark

    /// Takes what was read and the place where it begins.
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
        switch text.utf8.count {
        case 0: return true
        case 1: return text == "~"
        case 4: return text == "null" || text == "Null" || text == "NULL"
        default: return false
        }
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
