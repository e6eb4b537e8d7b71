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
        current.kind == .end ? "end of the criterion" : "'\(current.text)'"
    }

    private mutating func disjunction() throws(Fault) -> Expression {
        depth += 1
        defer { depth -= 1 }
        guard depth <= 32 else { throw Fault(problem: "parentheses nest too deeply", column: current.column) }
        var parts = [try conjunction()]
        while take(.or) { parts.append(try conjunction()) }
        return parts.count == 1 ? parts[0] : .any(parts)
    }

    private mutating func conjunction() throws(Fault) -> Expression {
        var parts = [try negation()]
        while take(.and) { parts.append(try negation()) }
        return parts.count == 1 ? parts[0] : .all(parts)
    }

    private mutating func negation() throws(Fault) -> Expression {
        var negations = 0
        while take(.not) { negations += 1 }
        let expression = try lasting()
        return negations % 2 == 0 ? expression : .not(expression)
    }

    private mutating func lasting() throws(Fault) -> Expression {
        let expression = try atom()
        let column = current.column
        guard take(.lasting) else { return expression }
        let over = take(.over)
        let number = current.text
        guard current.kind == .number, let count = Int(number), count < 100_000 else {
            throw Fault(
                problem: "expected a duration such as 24h after 'lasting', found \(found)", column: current.column)
        }
        index += 1
        guard current.kind == .unit, let minutes = ["m": 1, "h": 60, "d": 1440][current.text] else {
            throw Fault(problem: "expected m, h or d after \(number), found \(found)", column: current.column)
        }
        index += 1
        return .lasting(expression, minutes: count * minutes, over: over, column: column)
    }

    private mutating func atom() throws(Fault) -> Expression {
        let column = current.column
        if take(.opening) {
            let inner = try disjunction()
            try expect(.closing)
            return inner
        }
        if current.kind == .keyword(.any) || current.kind == .keyword(.all), next(is: .of) {
            let isAny = current.kind == .keyword(.any)
            index += 2
            return isAny ? .any(try list()) : .all(try list())
        }
        guard let operand = try operand() else {
            guard let comparison = takeComparison() else {
                throw Fault(problem: "expected a name or a comparison, found \(found)", column: column)
            }
            return .compare(nil, comparison, try limit(), column: column)
        }
        if let comparison = takeComparison() { return .compare(operand, comparison, try limit(), column: column) }
        if take(.in) { return try membership(of: operand, column: column) }
        return .claim(operand, column: column)
    }

    private mutating func list() throws(Fault) -> [Expression] {
        try expect(.openingList)
        var members = [try disjunction()]
        while take(.comma) { members.append(try disjunction()) }
        try expect(.closingList)
        return members
    }

    private mutating func membership(of operand: Expression.Operand, column: Int) throws(Fault) -> Expression {
        if take(.openingList) {
            var words: [Expression.Word] = []
            repeat {
                guard let word = takeAnyWord() else {
                    throw Fault(problem: "expected a choice, found \(found)", column: current.column)
                }
                words.append(word)
            } while take(.comma)
            try expect(.closingList)
            return .member(operand, of: words, column: column)
        }
        let low = try limit()
        let upperIsOut = take(.halfOpen)
        if !upperIsOut { try expect(.through) }
        return .range(operand, low: low, high: try limit(), upperIsOut: upperIsOut, column: column)
    }

    private mutating func operand() throws(Fault) -> Expression.Operand? {
        guard current.kind == .word else { return nil }
        let word = current.text
        index += 1
        if word == "pro" || word == "answer", take(.opening) {
            guard let term = takeName() else {
                throw Fault(problem: "expected a term, found \(found)", column: current.column)
            }
            try expect(.closing)
            return word == "pro" ? .composite(term) : .answer(term)
        }
        guard take(.point) else { return .name(word) }
        guard let member = takeName() else {
            throw Fault(problem: "expected a name after '.', found \(found)", column: current.column)
        }
        return .member(word, member)
    }

    private mutating func limit() throws(Fault) -> Expression.Limit {
        if let reference = takeReference() { return .reference(.one, reference, offset: try offset()) }
        if current.kind == .number {
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
        let isAdded = take(.plus)
        guard isAdded || take(.minus) else { return [] }
        var amounts = [try amount()] + (try otherUnits())
        if !isAdded { for position in amounts.indices { amounts[position].number.mantissa.negate() } }
        return amounts
    }

    /// `(11.5 mg/dL)` behind a limit: the same limit as printed in another unit.
    private mutating func otherUnits() throws(Fault) -> [Expression.Amount] {
        var amounts: [Expression.Amount] = []
        while take(.opening) {
            amounts.append(try amount())
            try expect(.closing)
        }
        return amounts
    }

    private mutating func amount() throws(Fault) -> Expression.Amount {
        let column = current.column
        let text = current.text
        guard current.kind == .number else {
            throw Fault(problem: "expected a number, found \(found)", column: column)
        }
        guard let number = ExactDecimal(text) else {
            throw Fault(
                problem: "'\(text)' is not a number of at most \(ExactDecimal.digitLimit) digits", column: column)
        }
        index += 1
        guard current.kind == .unit else { return Expression.Amount(number: number, unit: nil, column: column) }
        defer { index += 1 }
        return Expression.Amount(number: number, unit: current.text, column: column)
    }

    private mutating func takeReference() -> Expression.Reference? {
        if take(.ULN) { return .upperLimit }
        if take(.LLN) { return .lowerLimit }
        return take(.baseline) ? .baseline : nil
    }

    private mutating func takeComparison() -> Comparison? {
        guard case .sign(let sign) = current.kind,
            let match = Comparison.allCases.first(where: { $0.sign == sign.rawValue })
        else { return nil }
        index += 1
        return match
    }

    private mutating func takeName() -> String? {
        switch current.kind {
        case .word, .keyword:
            defer { index += 1 }
            return current.text
        case .number, .unit, .sign, .end: return nil
        }
    }

    /// A choice: a word, or a number as a word; several words in a row are one choice.
    private mutating func takeAnyWord() -> Expression.Word? {
        let first = current
        guard first.kind == .word || first.kind == .number else { return nil }
        var text = first.text
        index += 1
        while current.kind == .word {
            text += " " + current.text
            index += 1
        }
        return Expression.Word(text: text, column: first.column)
    }

    private func next(is keyword: ExpressionLexer.Keyword) -> Bool {
        index + 1 < tokens.count && tokens[index + 1].kind == .keyword(keyword)
    }

    private mutating func take(_ keyword: ExpressionLexer.Keyword) -> Bool { take(.keyword(keyword)) }

    private mutating func take(_ sign: ExpressionLexer.Sign) -> Bool { take(.sign(sign)) }

    private mutating func take(_ kind: Token.Kind) -> Bool {
        guard current.kind == kind else { return false }
        index += 1
        return true
    }

    private mutating func expect(_ sign: ExpressionLexer.Sign) throws(Fault) {
        guard take(sign) else {
            throw Fault(problem: "expected '\(sign.rawValue)', found \(found)", column: current.column)
        }
    }
}
