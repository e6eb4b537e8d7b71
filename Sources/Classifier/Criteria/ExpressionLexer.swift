import Clinical

/// Cuts a criterion into words, numbers, units and signs.
struct ExpressionLexer {
    /// One piece, with its column from 0.
    struct Token: Sendable {
        /// What the piece is; `keyword` and `sign` say which.
        enum Kind: Sendable, Equatable {
            case word, number, unit, end
            case keyword(Keyword)
            case sign(Sign)
        }

        var kind: Kind
        /// As it is written; empty at the end.
        var text: String
        var column: Int
    }

    /// Words with a meaning of their own, which are never units or names.
    enum Keyword: String, Sendable, CaseIterable {
        case and, or, not, `in`, any, all, of, lasting, over, ULN, LLN, baseline
    }

    /// Comparisons, brackets and what else is no word.
    enum Sign: String, Sendable {
        case halfOpen = "..<"
        case through = ".."
        case greaterOrEqual = ">="
        case lessOrEqual = "<="
        case notEqual = "!="
        case greater = ">"
        case less = "<"
        case equal = "="
        case opening = "("
        case closing = ")"
        case openingList = "["
        case closingList = "]"
        case comma = ","
        case point = "."
        case plus = "+"
        case minus = "-"
    }

    /// A character that no criterion holds.
    struct Fault: Error {
        var problem: String
        var column: Int
    }

    private let text: ExpressionText
    private var index = 0
    private(set) var tokens: [Token] = []

    /// The tokens of `text`, ending with `.end`.
    static func tokens(of text: String) throws(Fault) -> [Token] {
        var lexer = ExpressionLexer(ExpressionText(text))
        try lexer.run()
        return lexer.tokens
    }

    private init(_ text: ExpressionText) { self.text = text }

    private mutating func run() throws(Fault) {
        tokens.reserveCapacity(16)
        while true {
            while text[index].isSpace { index += 1 }
            guard index < text.count else { break }
            let letter = text[index]
            if letter.isASCIIDigit || startsNegativeNumber {
                takeNumber()
                takeUnit()
            } else if letter.isASCIILetter || letter == "_" {
                takeWord()
            } else if let sign = sign() {
                let start = index
                index += sign.rawValue.utf8.count
                tokens.append(Token(kind: .sign(sign), text: sign.rawValue, column: start))
            } else {
                throw Fault(problem: "'\(text.string(index..<index + 1))' has no meaning in a criterion", column: index)
            }
        }
        tokens.append(Token(kind: .end, text: "", column: text.count))
    }

    /// A minus directly before a digit, where a number may begin.
    private var startsNegativeNumber: Bool {
        guard text[index] == "-", text[index + 1].isDigit, let last = tokens.last else {
            return text[index] == "-" && text[index + 1].isDigit
        }
        switch last.kind {
        case .word, .keyword: return false
        case .number, .unit, .sign, .end: return true
        }
    }

    private mutating func takeNumber() {
        let start = index
        if text[index] == "-" { index += 1 }
        while text[index].isDigit { index += 1 }
        if text[index] == ".", text[index + 1].isDigit {
            index += 1
            while text[index].isDigit { index += 1 }
        }
        tokens.append(Token(kind: .number, text: text.string(start..<index), column: start))
    }

    /// A unit is whatever follows a number up to a space, a comma or an unmatched bracket, unless it is a keyword.
    private mutating func takeUnit() {
        var start = index
        while text[start] == " " { start += 1 }
        guard start < text.count else { return }
        let isPowerOfTen =
            start > index && text[start] == "1" && (text[start + 2] == "*" || text[start + 2] == "^")
        guard text[start].opensUnit || isPowerOfTen else { return }
        let end = text.endOfUnit(from: start)
        let unit = text.string(start..<end)
        if Keyword(rawValue: unit) != nil { return }
        tokens.append(Token(kind: .unit, text: unit, column: start))
        index = end
    }

    private mutating func takeWord() {
        let start = index
        while text[index].continuesWord { index += 1 }
        let word = text.string(start..<index)
        tokens.append(Token(kind: Keyword(rawValue: word).map { .keyword($0) } ?? .word, text: word, column: start))
    }

    /// The longest sign that stands here.
    private func sign() -> Sign? {
        let next = text[index + 1]
        switch text[index] {
        case ".": return next != "." ? .point : text[index + 2] == "<" ? .halfOpen : .through
        case ">": return next == "=" ? .greaterOrEqual : .greater
        case "<": return next == "=" ? .lessOrEqual : .less
        case "!": return next == "=" ? .notEqual : nil
        case "=": return .equal
        case "(": return .opening
        case ")": return .closing
        case "[": return .openingList
        case "]": return .closingList
        case ",": return .comma
        case "+": return .plus
        case "-": return .minus
        default: return nil
        }
    }
}
