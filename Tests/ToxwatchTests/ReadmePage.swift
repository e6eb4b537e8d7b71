import TestSupport

/// The README with everything in it made anew that the program can say: outputs of commands, and tables of its lists.
///
/// In a block of kind `console`, what follows a line `$ command` is what the command writes. A block of kind `json` under
/// a comment `<!-- $ command -->` is the JSON that it writes. What stands between `<!-- table: name -->` and
/// `<!-- end -->` is a table.
struct ReadmePage {
    /// What a command writes to stdout and stderr.
    var output: (String) throws -> String
    /// The rows of a table by its name.
    var tables: [String: [String]]

    private var lines: ArraySlice<Substring> = []
    private var result: [String] = []

    init(tables: [String: [String]], output: @escaping (String) throws -> String) {
        self.tables = tables
        self.output = output
    }

    /// The page made anew.
    mutating func rebuilt(_ text: String) throws -> String {
        lines = text.split(separator: "\n", omittingEmptySubsequences: false)[...]
        result = []
        while let line = take() {
            if line == "```console" {
                try rebuildConsole()
            } else if let command = line.wholeMatch(of: #/<!-- \$ (.*) -->/#)?.1, lines.first == "```json" {
                try rebuildJSON(of: String(command))
            } else if let name = line.wholeMatch(of: #/<!-- table: (.*) -->/#)?.1 {
                result += tables[String(name)] ?? ["There is no table of that name."]
                skip { $0 == "<!-- end -->" }
            }
        }
        return result.joined(separator: "\n")
    }

    /// Keeps the next line and returns it.
    private mutating func take() -> Substring? {
        guard let line = lines.popFirst() else { return nil }
        result.append(String(line))
        return line
    }

    private mutating func skip(until isEnd: (Substring) -> Bool) {
        while let line = lines.first, !isEnd(line) { lines.removeFirst() }
    }

    private mutating func rebuildConsole() throws {
        while let line = lines.first, line != "```" {
            var command = String(line.dropFirst(2))
            _ = take()
            while command.hasSuffix("\\"), let more = take() { command = command.dropLast() + String(more) }
            let written = try output(command)
            result += written.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            if written.hasSuffix("\n") || written.isEmpty { result.removeLast() }
            skip { $0 == "```" || $0.hasPrefix("$ ") }
        }
    }

    private mutating func rebuildJSON(of command: String) throws {
        _ = take()
        skip { $0 == "```" }
        let written = try output(command)
        guard case .object(let members)? = JSONText(written.utf8) else {
            result.append(written)
            return
        }
        result.append("{")
        for (place, member) in members.enumerated() {
            result.append("  \"\(member.name)\": \(member.value.written)\(place == members.count - 1 ? "" : ",")")
        }
        result.append("}")
    }
}

extension JSONText {
    /// As JSON on one line.
    var written: String {
        switch self {
        case .null: "null"
        case .bool(let value): "\(value)"
        case .number(let text): text
        case .string(let text): "\"\(text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
        case .array(let elements): "[" + elements.map(\.written).joined(separator: ", ") + "]"
        case .object(let members):
            "{" + members.map { "\"\($0.name)\": \($0.value.written)" }.joined(separator: ", ") + "}"
        }
    }
}
