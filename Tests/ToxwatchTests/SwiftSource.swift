/// A Swift file, also without what stands in its comments and strings, so that braces and words can be counted.
struct SwiftSource {
    /// The path from the root.
    let path: String
    /// The lines as written.
    let lines: [String]
    /// The lines with every character of comments and strings made a blank; interpolated code stays.
    let code: [String]

    init(path: String, text: String) {
        self.path = path
        lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        var stripper = CodeStripper(text: Array(text.utf8))
        code = stripper.strip().split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    init(_ path: String) throws {
        self.init(path: path, text: try Repository.text(path))
    }

    /// The room that it belongs to: the folder below `Sources` or `Tests`.
    var room: String { String(path.split(separator: "/")[1]) }

    /// Its own name, without folder and ending.
    var name: String { String((path.split(separator: "/").last ?? "").dropLast(".swift".count)) }

    /// The modules that it imports, in order.
    var imports: [String] {
        let pattern =
            #/^\s*(?:@\w+ )*(?:(?:package|internal|public|private) )?import (?:(?:struct|enum|func|class) )?(\w+)/#
        return code.compactMap { line in
            line.contains("import") ? line.firstMatch(of: pattern).map { String($0.1) } : nil
        }
    }
}
