import CLibYAML

/// Where and why libyaml gave up on a file.
struct YAMLSyntaxError: Error {
    private let problem: String
    /// What libyaml was about, such as `while scanning a quoted scalar`; empty when it does not say.
    private let context: String
    private let place: Place
    private let contextPlace: Place

    /// Line and column from 1.
    private struct Place {
        let line: Int
        let column: Int

        init(_ mark: yaml_mark_t) { self.init(line: mark.line + 1, column: mark.column + 1) }

        init(line: Int, column: Int) {
            self.line = line
            self.column = column
        }

        /// This place, or the end of the text when it lies beyond that, as libyaml's may.
        func within(_ lines: SourceLines) -> Place {
            let end = lines.endOfText
            return (line, column) > end ? Place(line: end.line, column: end.column) : self
        }
    }

    init(_ parser: yaml_parser_t) {
        problem = parser.problem.map { String(cString: $0) } ?? "there is no memory to read the file"
        context = parser.context.map { String(cString: $0) } ?? ""
        place = Place(parser.problem_mark)
        contextPlace = Place(parser.context_mark)
    }

    /// The error in plain words, at the place that has to be mended.
    func mistake(file: String, lines: SourceLines) -> Mistake {
        if let tab = tab(lines) {
            return Mistake(
                at: Mark(file: file, line: tab.line, column: tab.column), "a tab cannot indent", help: "use spaces")
        }
        let found = lines.character(line: place.line, column: place.column)
        let words =
            Self.misplacedWords(problem, found, beginsLine: lines.isFirst(column: place.column, ofLine: place.line))
            ?? Self.words(problem, context, found)
        let place = (words.isAtContext ? contextPlace : self.place).within(lines)
        let start = "\(contextPlace.line):\(contextPlace.column)"
        return Mistake(
            at: Mark(file: file, line: place.line, column: place.column), words.problem.replacing("START", with: start),
            help: words.help)
    }

    /// The tab that stands where spaces should, if that is why libyaml stumbled.
    private func tab(_ lines: SourceLines) -> (line: Int, column: Int)? {
        if lines.character(line: place.line, column: place.column) == "\t" { return (place.line, place.column) }
        if context.contains("quoted scalar") { return nil }
        for line in [place.line, contextPlace.line] {
            if let column = lines.indentingTab(line: line) { return (line, column) }
        }
        return nil
    }
}

// MARK: - Plain words

extension YAMLSyntaxError {
    private typealias Words = (problem: String, help: String, isAtContext: Bool)

    /// libyaml's words turned into ours; `START` stands for the place where the surrounding value begins.
    private static func words(_ problem: String, _ context: String, _ found: Unicode.Scalar?) -> Words {
        if context.hasSuffix("a tag") || problem == "found undefined tag handle" {
            return ("tags (!…) are not supported", "quote the text if it begins with '!'", context.hasSuffix("a tag"))
        }
        if context.contains("quoted scalar") { return quotedWords(problem) }
        if context.contains("directive") || problem.contains("directive") || problem.contains("YAML document") {
            return ("a line that begins with '%' is not understood here", "delete it, or quote the text", false)
        }
        return structureWords(problem) ?? characterWords(problem, context, found)
    }

    /// Words for what libyaml takes for a wrong indentation, though something else is wrong.
    private static func misplacedWords(_ problem: String, _ found: Unicode.Scalar?, beginsLine: Bool) -> Words? {
        let indentation: Set = [
            "did not find expected key", "did not find expected '-' indicator",
            "did not find expected <document start>",
        ]
        guard indentation.contains(problem) else { return nil }
        if !beginsLine {
            let help = "put the whole text in one pair of quotes, or look for a bracket too many"
            return ("this cannot follow what stands before it in the line", help, false)
        }
        return found == ":" ? ("a key is missing before the ':'", "", false) : nil
    }

    private static func quotedWords(_ problem: String) -> Words {
        switch problem {
        case "found unexpected end of stream": ("this quoted text never ends", "add the closing quote", true)
        case "found unexpected document indicator":
            ("this quoted text runs into a line of '---' or '...'", "add the closing quote", true)
        case "found unknown escape character":
            ("unknown escape in double quotes", "write '\\\\' for a backslash, or use single quotes", false)
        case "did not find expected hexdecimal number":
            ("the escape needs hexadecimal digits: \\x41, \\u0041 or \\U00000041", "", false)
        default: ("the escape stands for no character", "", false)
        }
    }

    private static func structureWords(_ problem: String) -> Words? {
        switch problem {
        case "could not find expected ':'":
            ("a ':' is missing after this", "write 'key: value', or indent the text if it continues a value", true)
        case "mapping values are not allowed in this context":
            (
                "a ':' cannot stand here",
                "check the indentation and the line above, or quote the text if the ':' belongs to it", false
            )
        case "block sequence entries are not allowed in this context":
            ("a '-' cannot begin a list here", "begin the list on a line of its own", false)
        case "mapping keys are not allowed in this context":
            ("a '?' cannot stand here", "quote the text if the '?' belongs to it", false)
        case "did not find expected key":
            ("this does not line up with the keys of the mapping that begins at START", "check the indentation", false)
        case "did not find expected '-' indicator":
            ("this does not line up with the list that begins at START", "check the indentation", false)
        case "did not find expected ',' or ']'":
            ("a ',' or ']' is missing in the list that begins at START", "", false)
        case "did not find expected ',' or '}'":
            ("a ',' or '}' is missing in the mapping that begins at START", "", false)
        case "did not find expected node content": ("a value is missing here", "", false)
        case "did not find expected <document start>":
            (
                "this stands outside the value that the file holds",
                "check the indentation, and the lines above for '---', '...' or '%'", false
            )
        default: nil
        }
    }

    private static func characterWords(_ problem: String, _ context: String, _ found: Unicode.Scalar?) -> Words {
        switch problem {
        case "found character that cannot start any token":
            ("'\(found.map { String($0) } ?? "")' cannot begin a value", "put the text in quotes", false)
        case "did not find expected alphabetic or numeric character":
            (
                "a name of letters, digits, '_' or '-' must follow the '\(context.hasSuffix("alias") ? "*" : "&")'",
                "quote the text if it begins with that character", true
            )
        case "did not find expected comment or line break" where context.contains("block scalar"):
            ("only a comment may follow '|' or '>'", "begin the text on the next line", false)
        case "found an indentation indicator equal to 0": ("the indentation of a block of text is 1 to 9", "", false)
        default: ("this is not YAML: \(problem)", "", false)
        }
    }
}
