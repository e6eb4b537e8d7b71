extension SwiftSource {
    /// A function, initializer or subscript with the lines that it takes, its braces included.
    struct Function: Equatable {
        /// The line that it begins on, from 1.
        let line: Int
        /// How many lines it takes.
        let length: Int
    }

    /// Every function with a body, also those within others.
    var functions: [Function] {
        let words = ["func ", "init", "subscript", "deinit"]
        let start =
            #/^\s*(?:@\w+(?:\([^)]*\))? )*(?:\w+(?:\(\w+\))? )*?(?:func\b|init[?!]?[(<]|subscript[(<]|deinit\b)/#
        return code.indices.compactMap { index in
            guard words.contains(where: { code[index].contains($0) }), code[index].prefixMatch(of: start) != nil,
                let end = endOfBody(from: index)
            else { return nil }
            return Function(line: index + 1, length: end - index + 1)
        }
    }

    /// The line on which the body that opens at or after a line closes; nil when there is none, as in a protocol.
    private func endOfBody(from start: Int) -> Int? {
        var depth = 0
        var brackets = 0
        var isOpen = false
        for index in start..<code.count {
            for byte in code[index].utf8 {
                switch byte {
                case UInt8(ascii: "("), UInt8(ascii: "["): brackets += 1
                case UInt8(ascii: ")"), UInt8(ascii: "]"): brackets -= 1
                case UInt8(ascii: "{"):
                    isOpen = isOpen || brackets == 0
                    depth += 1
                case UInt8(ascii: "}"):
                    depth -= 1
                    if depth < 0 { return nil }
                    if depth == 0, isOpen, brackets == 0 { return index }
                default: break
                }
            }
            if !isOpen, brackets == 0, !goesOn(after: index) { return nil }
        }
        return nil
    }

    /// Whether the head of a declaration goes on, or its body begins, on the line after this one.
    private func goesOn(after index: Int) -> Bool {
        guard index + 1 < code.count else { return false }
        let next = code[index + 1].trimmed
        return ["{", "where ", "->", ")", "throws"].contains { next.hasPrefix($0) }
    }
}
