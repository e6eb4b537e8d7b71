/// A mapping while it is being read: every key must be asked for, or it is reported as unknown.
///
/// ```swift
/// guard var section = Section(node, "a rule", &mistakes) else { return }
/// let id = section.requiredText("id", &mistakes)
/// let window = section.node("window")
/// section.finish(&mistakes)
/// ```
package struct Section: Sendable {
    /// Where the mapping begins.
    package let mark: Mark
    /// What the mapping is, in words for a message, such as `a rule`.
    package let what: String
    /// The entries in the order of the file, asked for or not.
    package let entries: [Node.Entry]
    /// The keys asked for, in the order of asking, some perhaps twice.
    private var asked: [String] = []
    /// Which of the first 64 entries were asked for, one bit to an entry.
    private var found: UInt64 = 0

    /// Nil, with a mistake noted, when the node is no mapping.
    package init?(_ node: Node, _ what: String, _ mistakes: inout Mistakes) {
        guard let entries = node.entries else {
            mistakes.add(at: node.mark, "\(what) must be a mapping, found \(node.kind)")
            return nil
        }
        self.entries = entries
        self.what = what
        mark = node.mark
        asked.reserveCapacity(16)
    }

    /// The value of an optional key; nil when it is absent or null.
    package mutating func node(_ key: String) -> Node? {
        guard let index = ask(key), !entries[index].value.isNull else { return nil }
        return entries[index].value
    }

    /// The place of a key among the entries, noted as asked for.
    private mutating func ask(_ key: String) -> Int? {
        asked.append(key)
        for index in entries.indices where entries[index].key == key {
            if index < 64 { found |= 1 << UInt64(index) }
            return index
        }
        return nil
    }

    /// The value of a key that must be there.
    package mutating func requiredNode(_ key: String, _ mistakes: inout Mistakes) -> Node? {
        if let node = node(key) { return node }
        let mark = entries.first(where: { $0.key == key })?.keyMark ?? self.mark
        mistakes.add(at: mark, "\(what) needs '\(key)'")
        return nil
    }

    /// The text of an optional key.
    package mutating func text(_ key: String, _ mistakes: inout Mistakes) -> Located<String>? {
        guard let index = ask(key), !entries[index].value.isNull else { return nil }
        return Located.text(entries[index].value, "'\(key)'", &mistakes)
    }

    /// The text of a key that must be there.
    package mutating func requiredText(_ key: String, _ mistakes: inout Mistakes) -> Located<String>? {
        requiredNode(key, &mistakes).flatMap { Located.text($0, "'\(key)'", &mistakes) }
    }

    /// The texts of an optional key that holds one text or a list of them; empty when absent.
    package mutating func texts(_ key: String, _ mistakes: inout Mistakes) -> [Located<String>] {
        guard let node = node(key) else { return [] }
        guard let members = node.members else {
            return Located.text(node, "'\(key)'", &mistakes).map { [$0] } ?? []
        }
        return members.compactMap { Located.text($0, "a member of '\(key)'", &mistakes) }
    }

    /// `true` or `false` (also `yes` or `no`) of an optional key.
    package mutating func bool(_ key: String, _ mistakes: inout Mistakes) -> Bool? {
        guard let text = text(key, &mistakes) else { return nil }
        switch text.value {
        case "true", "yes": return true
        case "false", "no": return false
        default:
            mistakes.add(at: text.mark, "'\(key)' must be true or false, found '\(text.value)'")
            return nil
        }
    }

    /// Reports every key that nobody asked for, with the nearest one that somebody did.
    package func finish(_ mistakes: inout Mistakes) {
        for (index, entry) in entries.enumerated() where found >> UInt64(index) & 1 == 0 {
            if asked.contains(entry.key) { continue }
            mistakes.addUnknown("key", entry.key, known: Set(asked), at: entry.keyMark)
        }
    }
}

/// A value with its place.
package struct Located<Value: Sendable>: Sendable {
    /// What was read.
    package var value: Value
    /// Where it stands in its file.
    package var mark: Mark

    /// Takes what was read and where.
    package init(_ value: Value, at mark: Mark) {
        self.value = value
        self.mark = mark
    }
}

extension Located where Value == String {
    /// The text of a scalar node; nil, with a mistake noted, for anything else.
    ///
    /// `what` names the value in the message.
    package static func text(
        _ node: Node, _ what: @autoclosure () -> String, _ mistakes: inout Mistakes
    ) -> Located<String>? {
        guard let text = node.text else {
            mistakes.add(at: node.mark, "\(what()) must be a single value, found \(node.kind)")
            return nil
        }
        return Located(text, at: node.mark)
    }
}
