import Clinical

/// Cuts a criterion into words, numbers, units and signs.
struct ExpressionLexer {
    /// One piece, with its column from 0.
    struct Token: Sendable {
        enum Kind: Sendable, Equatable {
            case word(String)
            case number(String)
            case unit(String)
            case sign(String)
            case end
        }

        var kind: Kind
        var column: Int
    }

    /// A character that no criterion holds.
    struct Fault: Error {
        var problem: String
        var column: Int
    }

    /// Words with a meaning of their own, which are never units or names.
    static let keywords: Set<String> = [
        "and", "or", "not", "in", "any", "all", "of", "lasting", "over", "ULN", "LLN", "baseline",
    ]

    private let characters: [Character]
    private var index = 0
    private(set) var tokens: [Token] = []

    /// The tokens of `text`, ending with `.end`.
    static func tokens(of text: String) throws(Fault) -> [Token] {
        var lexer = ExpressionLexer(characters: Array(text))
        try lexer.run()
        return lexer.tokens
    }

    private init(characters: [Character]) { self.characters = characters }

    private mutating func run() throws(Fault) {
        while true {
            while index < characters.count, characters[index].isWhitespace { index += 1 }
            guard index < characters.count else { break }
            let start = index
            let character = characters[index]
            if character.isWholeNumber && character.isASCII || startsNegativeNumber {
                takeNumber()
                takeUnit()
            } else if character.isLetter && character.isASCII || character == "_" {
                takeWord()
            } else if let sign = takeSign() {
                tokens.append(Token(kind: .sign(sign), column: start))
            } else {
                throw Fault(problem: "'\(character)' has no meaning in a criterion", column: start)
            }
        }
        tokens.append(Token(kind: .end, column: characters.count))
    }

    /// A minus directly before a digit, where a number may begin.
    private var startsNegativeNumber: Bool {
        guard characters[index] == "-", index + 1 < characters.count, characters[index + 1].isWholeNumber else { return false }
        if case .word = tokens.last?.kind { return false }
        return true
    }

    private mutating func takeNumber() {
        let start = index
        if characters[index] == "-" { index += 1 }
        while index < characters.count, characters[index].isWholeNumber { index += 1 }
        if index + 1 < characters.count, characters[index] == ".", characters[index + 1].isWholeNumber {
            index += 1
            while index < characters.count, characters[index].isWholeNumber { index += 1 }
        }
        tokens.append(Token(kind: .number(String(characters[start..<index])), column: start))
    }

    /// A unit is whatever follows a number up to a space, a comma or an unmatched bracket, unless it is a keyword.
    private mutating func takeUnit() {
        var start = index
        while start < characters.count, characters[start] == " " { start += 1 }
        guard start < characters.count else { return }
        let first = characters[start]
        let opensUnit = first.isLetter || first == "%" || first == "{" || first == "[" || first == "/" || first == "°"
        let isPowerOfTen = start > index && first == "1" && start + 2 < characters.count && "*^".contains(characters[start + 2])
        guard opensUnit || isPowerOfTen else { return }
        var end = start
        var depth = 0
        while end < characters.count {
            let character = characters[end]
            if character.isWhitespace || character == "," && depth == 0 { break }
            if "([{".contains(character) { depth += 1 }
            if ")]}".contains(character) {
                if depth == 0 { break }
                depth -= 1
            }
            end += 1
        }
        let unit = String(characters[start..<end])
        if Self.keywords.contains(unit) { return }
        tokens.append(Token(kind: .unit(unit), column: start))
        index = end
    }

    private mutating func takeWord() {
        let start = index
        while index < characters.count {
            let character = characters[index]
            guard character.isASCII, character.isLetter || character.isNumber || character == "_" || character == "-" else { break }
            index += 1
        }
        tokens.append(Token(kind: .word(String(characters[start..<index])), column: start))
    }

    private mutating func takeSign() -> String? {
        for sign in ["..<", "..", ">=", "<=", "!=", ">", "<", "=", "(", ")", "[", "]", ",", ".", "+", "-"] {
            let end = index + sign.count
            if end <= characters.count, String(characters[index..<end]) == sign {
                index = end
                return sign
            }
        }
        return nil
    }
}
