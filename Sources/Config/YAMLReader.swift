/// Reads one YAML file strictly: every value is text, and everything has a place.
///
/// Refused, with a message that says what to write instead: duplicate keys, keys that are no single values, tags,
/// merge keys (`<<`), several documents, control characters, bad UTF-8, tabs as indentation, nesting deeper than 64.
package enum YAMLReader {
    /// The largest file that is read, in bytes.
    package static let largestFile = 4 << 20
    /// How deep lists and mappings may stand within one another, aliases followed.
    package static let deepestNesting = 64

    /// The one value of the file; nil when its text cannot be read to the end.
    ///
    /// Mistakes that leave the rest readable, such as a duplicate key, are noted and passed over: a value comes
    /// back, but it must not be used while `mistakes` holds any.
    package static func read(
        _ bytes: [UInt8], file: String, budget: inout NodeBudget, mistakes: inout Mistakes
    ) -> Node? {
        let whole = Mark(file: file)
        guard bytes.count <= largestFile else {
            mistakes.add(
                at: whole, "the file has \(bytes.count) bytes; at most \(largestFile) are read",
                help: "split it into several files and name them under 'include'")
            return nil
        }
        let text = SourceLines.withoutByteOrderMark(bytes)
        if let fault = TextCheck.firstFault(in: text) {
            let place = SourceLines(text).place(of: fault.offset)
            let mark = Mark(file: file, line: place.line, column: place.column)
            mistakes.add(at: mark, fault.problem, help: fault.help)
            return nil
        }
        guard let events = YAMLEvents(text) else {
            mistakes.add(at: whole, "there is no memory to read the file")
            return nil
        }
        var composer = YAMLComposer(events, file: file, text: text, budget: budget)
        let root = composer.document()
        budget = composer.budget
        mistakes.add(composer.mistakes.all)
        return root
    }
}

/// How many values a config may still hold, each value behind an alias counted at every use.
package struct NodeBudget: Sendable {
    /// How many values it was given at first.
    package let whole: Int
    /// How many values may still come.
    package private(set) var left: Int

    /// Begins with all of it left.
    package init(_ whole: Int = 200_000) {
        self.whole = whole
        left = whole
    }

    /// Takes `count` values; false, with nothing taken, when fewer are left.
    mutating func take(_ count: Int) -> Bool {
        guard count <= left else { return false }
        left -= count
        return true
    }
}
