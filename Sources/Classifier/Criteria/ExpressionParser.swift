import Clinical

/// Reads the language of criteria; `and` binds tighter than `or`.
///
/// ```
/// bsa_percent > 30 and symptoms >= moderate or adl = self_care
/// > 2.9 mmol/L (11.5 mg/dL)
/// any of [blood_in_stool, abdominal_pain >= 2, fever]
/// ```
struct ExpressionParser {
    typealias Fault = ExpressionLexer.Fault
    typealias Token = ExpressionLexer.Token

    private let tokens: [Token]
    private var index = 0
    private var depth = 0

    /// The expression that `text` spells.
    static func parse(_ text: String) throws(Fault) -> Expression {
        var parser = ExpressionParser(tokens: try ExpressionLexer.tokens(of: text))
        let expression = try parser.disjunction()
        guard parser.current.kind == .end else {
            throw Fault(problem: "unexpected \(parser.found)", column: parser.current.column)
        }
        return expression
    }

    private init(tokens: [Token]) { self.tokens = tokens }

    private var current: Token { tokens[min(index, tokens.count - 1)] }

    /// The current piece in words, for messages.
    private var found: String {
        switch current.kind {
        case .word(let text), .number(let text), .unit(let text), .sign(let text): "'\(text)'"
        case .end: "end of the criterion"
        }
    }

    private mutating func disjunction() throws(Fault) -> Expression {
        depth += 1
        defer { depth -= 1 }
        guard depth <= 32 else { throw Fault(problem: "parentheses nest too deeply", column: current.column) }
        var parts = [try conjunction()]
        while take(word: "or") { parts.append(try conjunction()) }
        return parts.count == 1 ? parts[0] : .any(parts)
    }

    private mutating func conjunction() throws(Fault) -> Expression {
        var parts = [try negation()]
        while take(word: "and") { parts.append(try negation()) }
        return parts.count == 1 ? parts[0] : .all(parts)
    }

    private mutating func negation() throws(Fault) -> Expression {
        var negations = 0
        while take(word: "not") { negations += 1 }
        let expression = try lasting()
        return negations % 2 == 0 ? expression : .not(expression)
    }

    private mutating func lasting() throws(Fault) -> Expression {
        let expression = try atom()
        let column = current.column
        guard take(word: "lasting") else { return expression }
        let over = take(word: "over")
        guard case .number(let number) = current.kind, let count = Int(number) else {
            throw Fault(problem: "expected a duration such as 24h after 'lasting', found \(found)", column: current.column)
        }
        index += 1
        guard case .unit(let unit) = current.kind, let minutes = ["m": 1, "h": 60, "d": 1440][unit] else {
            throw Fault(problem: "expected m, h or d after \(number), found \(found)", column: current.column)
        }
        index += 1
        return .lasting(expression, minutes: count * minutes, over: over, column: column)
    }

    private mutating func atom() throws(Fault) -> Expression {
        let column = current.column
        if take(sign: "(") {
            let inner = try disjunction()
            try expect(sign: ")")
            return inner
        }
        if case .word(let word) = current.kind, word == "any" || word == "all", next(is: "of") {
            index += 2
            let members = try list()
            return word == "any" ? .any(members) : .all(members)
        }
        guard let operand = try operand() else {
            guard let comparison = takeComparison() else {
                throw Fault(problem: "expected a name or a comparison, found \(found)", column: column)
            }
            return .compare(nil, comparison, try limit(), column: column)
        }
        if let comparison = takeComparison() { return .compare(operand, comparison, try limit(), column: column) }
        if take(word: "in") { return try membership(of: operand, column: column) }
        return .claim(operand, column: column)
    }

    private mutating func list() throws(Fault) -> [Expression] {
        try expect(sign: "[")
        var members = [try disjunction()]
        while take(sign: ",") { members.append(try disjunction()) }
        try expect(sign: "]")
        return members
    }

    private mutating func membership(of operand: Expression.Operand, column: Int) throws(Fault) -> Expression {
        if take(sign: "[") {
            var words: [Expression.Word] = []
            repeat {
                guard let word = takeAnyWord() else {
                    throw Fault(problem: "expected a choice, found \(found)", column: current.column)
                }
                words.append(word)
            } while take(sign: ",")
            try expect(sign: "]")
            return .member(operand, of: words, column: column)
        }
        let low = try limit()
        let upperIsOut = take(sign: "..<")
        if !upperIsOut { try expect(sign: "..") }
        return .range(operand, low: low, high: try limit(), upperIsOut: upperIsOut, column: column)
    }

    private mutating func operand() throws(Fault) -> Expression.Operand? {
        guard case .word(let word) = current.kind, !ExpressionLexer.keywords.contains(word) else { return nil }
        index += 1
        if word == "pro" || word == "answer", take(sign: "(") {
            guard let term = takeName() else { throw Fault(problem: "expected a term, found \(found)", column: current.column) }
            try expect(sign: ")")
            return word == "pro" ? .composite(term) : .answer(term)
        }
        guard take(sign: ".") else { return .name(word) }
        guard let member = takeName() else {
            throw Fault(problem: "expected a name after '.', found \(found)", column: current.column)
        }
        return .member(word, member)
    }

    private mutating func limit() throws(Fault) -> Expression.Limit {
        if let reference = takeReference() { return .reference(.one, reference, offset: try offset()) }
        if case .number = current.kind {
            let first = try amount()
            if first.unit == nil, let reference = takeReference() {
                return .reference(first.number, reference, offset: try offset())
            }
            return .number([first] + (try otherUnits()))
        }
        if let word = takeAnyWord() { return .word(word) }
        throw Fault(problem: "expected a limit, found \(found)", column: current.column)
    }

    private mutating func offset() throws(Fault) -> [Expression.Amount] {
        let isAdded = take(sign: "+")
        guard isAdded || take(sign: "-") else { return [] }
        var amounts = [try amount()] + (try otherUnits())
        if !isAdded { for position in amounts.indices { amounts[position].number.mantissa.negate() } }
        return amounts
    }

    /// `(11.5 mg/dL)` behind a limit: the same limit as printed in another unit.
    private mutating func otherUnits() throws(Fault) -> [Expression.Amount] {
        var amounts: [Expression.Amount] = []
        while case .sign("(") = current.kind {
            index += 1
            amounts.append(try amount())
            try expect(sign: ")")
        }
        return amounts
    }

    private mutating func amount() throws(Fault) -> Expression.Amount {
        let column = current.column
        guard case .number(let text) = current.kind else {
            throw Fault(problem: "expected a number, found \(found)", column: column)
        }
        guard let number = ExactDecimal(text) else {
            throw Fault(problem: "'\(text)' is not a number of at most \(ExactDecimal.digitLimit) digits", column: column)
        }
        index += 1
        guard case .unit(let unit) = current.kind else { return Expression.Amount(number: number, unit: nil, column: column) }
        index += 1
        return Expression.Amount(number: number, unit: unit, column: column)
    }

    private mutating func takeReference() -> Expression.Reference? {
        guard case .word(let word) = current.kind, let reference = Expression.Reference(rawValue: word) else { return nil }
        index += 1
        return reference
    }

    private mutating func takeComparison() -> Comparison? {
        guard case .sign(let sign) = current.kind, let match = Comparison.allCases.first(where: { $0.sign == sign }) else {
            return nil
        }
        index += 1
        return match
    }

    private mutating func takeName() -> String? {
        guard case .word(let word) = current.kind else { return nil }
        index += 1
        return word
    }

    /// A choice: a word, or a number as a word; several words in a row are one choice.
    private mutating func takeAnyWord() -> Expression.Word? {
        let column = current.column
        var parts: [String] = []
        while true {
            switch current.kind {
            case .word(let word) where !ExpressionLexer.keywords.contains(word): parts.append(word)
            case .number(let number) where parts.isEmpty: parts.append(number)
            default: return parts.isEmpty ? nil : Expression.Word(text: parts.joined(separator: " "), column: column)
            }
            index += 1
        }
    }

    private func next(is word: String) -> Bool {
        index + 1 < tokens.count && tokens[index + 1].kind == .word(word)
    }

    private mutating func take(word: String) -> Bool {
        guard current.kind == .word(word) else { return false }
        index += 1
        return true
    }

    private mutating func take(sign: String) -> Bool {
        guard current.kind == .sign(sign) else { return false }
        index += 1
        return true
    }

    private mutating func expect(sign: String) throws(Fault) {
        guard take(sign: sign) else { throw Fault(problem: "expected '\(sign)', found \(found)", column: current.column) }
    }
}
