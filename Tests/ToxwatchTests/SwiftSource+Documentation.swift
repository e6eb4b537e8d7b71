extension SwiftSource {
    /// Places, `file:line: declaration`, of `package` declarations without a `///` comment.
    ///
    /// An initializer may go without: its type says what it makes. So may what fulfils a protocol, whose own comment
    /// says it.
    var undocumented: [String] {
        let declaration =
            #/^\s*(?:@\w+(?:\([^)]*\))? )*package (?:\w+(?:\(\w+\))? )*?(?:func|var|let|struct|class|enum|protocol|typealias|subscript|actor) ?([\w<=]*)/#
        return code.indices.compactMap { index in
            guard code[index].contains("package "), let match = code[index].prefixMatch(of: declaration),
                !Self.saidByProtocols.contains(String(match.1)), !isDocumented(index)
            else { return nil }
            return "\(path):\(index + 1): \(lines[index].trimmed)"
        }
    }

    /// The members that the house's protocols, and Swift's own, ask for.
    private static let saidByProtocols: Set<String> = [
        "name", "summary", "example", "fileExtension", "recognizes", "reader", "read", "write", "finish", "rawValue",
        "<", "==",
    ]

    private func isDocumented(_ index: Int) -> Bool {
        var above = index - 1
        while above >= 0, lines[above].trimmed.hasPrefix("@") { above -= 1 }
        return above >= 0 && lines[above].trimmed.hasPrefix("///")
    }
}

extension StringProtocol {
    /// Without blanks at its ends.
    var trimmed: SubSequence {
        var rest = drop { $0 == " " || $0 == "\t" }
        while rest.last == " " || rest.last == "\t" { rest.removeLast() }
        return rest
    }
}
