import Clinical
import Config

extension PackCompiler {
    /// The parsed text; nil, with a mistake noted, when it is not one.
    mutating func parse(_ text: Located<String>) -> Expression? {
        expression(Self.reading(text), text)
    }

    /// The expression that a text spells, or why it spells none.
    static func reading(_ text: Located<String>) -> Result<Expression, ExpressionParser.Fault> {
        Result { () throws(ExpressionParser.Fault) in try ExpressionParser.parse(text.value) }
    }

    /// What a text was parsed to; nil, with a mistake noted, when it is no criterion.
    mutating func expression(
        _ reading: Result<Expression, ExpressionParser.Fault>, _ text: Located<String>
    ) -> Expression? {
        switch reading {
        case .success(let expression): return expression
        case .failure(let fault):
            mistakes.add(at: mark(text, fault.column), "in the criterion '\(text.value)': \(fault.problem)")
            return nil
        }
    }

    /// The place of a column, counted from 0, of a criterion.
    func mark(_ text: Located<String>, _ column: Int) -> Mark {
        // The scalar may be quoted; the caret then stands one column early, which is near enough to find the word.
        Mark(file: text.mark.file, line: text.mark.line, column: text.mark.column + column)
    }

    /// Compiles an expression; the place of its first node, or nil with mistakes noted.
    mutating func compile(_ expression: Expression, scope: Scope, _ text: Located<String>) -> Int? {
        let start = tables.evaluator.nodes.count
        guard add(expression, scope, text) else {
            tables.evaluator.nodes.removeSubrange(start...)
            return nil
        }
        return start
    }

    private mutating func add(_ expression: Expression, _ scope: Scope, _ text: Located<String>) -> Bool {
        switch expression {
        case .all(let parts): return addGroup(.all, parts, scope, text)
        case .any(let parts): return addGroup(.any, parts, scope, text)
        case .not(let inner): return addGroup(.not, [inner], scope, text)
        case .compare(let operand, let comparison, let limit, let column):
            return addComparison(operand, comparison, limit, scope, text, column)
        case .range(let operand, let low, let high, let upperIsOut, let column):
            let lower = Expression.compare(operand, .greaterOrEqual, low, column: column)
            let upper = Expression.compare(operand, upperIsOut ? .less : .lessOrEqual, high, column: column)
            return addGroup(.all, [lower, upper], scope, text)
        case .member(let operand, let words, let column): return addMembership(operand, words, scope, text, column)
        case .claim(let operand, let column): return addClaim(operand, scope, text, column)
        case .lasting(let inner, let minutes, let over, let column):
            return addLasting(inner, minutes, over, scope, text, column)
        }
    }

    private mutating func addGroup(
        _ kind: CriterionNode.Kind, _ parts: [Expression], _ scope: Scope, _ text: Located<String>
    ) -> Bool {
        let place = tables.evaluator.nodes.count
        tables.evaluator.nodes.append(CriterionNode(kind))
        var isGood = true
        for part in parts where !add(part, scope, text) { isGood = false }
        tables.evaluator.nodes[place].end = Int32(tables.evaluator.nodes.count)
        return isGood
    }

    /// Adds a node without children.
    mutating func append(_ node: CriterionNode) -> Bool {
        var node = node
        node.end = Int32(tables.evaluator.nodes.count + 1)
        tables.evaluator.nodes.append(node)
        return true
    }

    private mutating func addClaim(
        _ operand: Expression.Operand, _ scope: Scope, _ text: Located<String>, _ column: Int
    ) -> Bool {
        guard let meaning = meaning(operand, isGrade: true, scope, text, column) else { return false }
        switch meaning {
        case .slot(let slot):
            guard let term = scopeTerm(operand, scope) else { return false }
            guard terms[term].slots[Int(slot)].kind == .claim else {
                mistakes.add(
                    at: mark(text, column), "'\(operand.text)' is not a yes/no attribute; compare it with something")
                return false
            }
            var node = CriterionNode(.claim)
            node.slot = slot
            node.name = terms[term].slots[Int(slot)].name
            return append(node)
        case .qualifier(let index):
            var node = CriterionNode(.qualifier)
            node.payload = UInt32(index)
            node.name = catalogue.number(of: operand.text)
            return append(node)
        case .grade(let family, let direction):
            var node = CriterionNode(.grade)
            node.comparison = .greaterOrEqual
            node.family = family
            node.direction = direction
            node.payload = 1
            node.name = catalogue.number(of: operand.text)
            return append(node)
        case .flag:
            mistakes.add(at: mark(text, column), "'flag' must be compared", help: "write flag in [HH, LL, AA]")
            return false
        }
    }

    private mutating func addLasting(
        _ inner: Expression, _ minutes: Int, _ over: Bool, _ scope: Scope, _ text: Located<String>, _ column: Int
    ) -> Bool {
        guard let term = scope.term, let symbol = vocabulary.attributes.symbol("duration_h"),
            let slot = terms[term].slot(of: symbol), minutes % 60 == 0
        else {
            mistakes.add(
                at: mark(text, column), "'lasting' needs an attribute 'duration_h' of the term and whole hours",
                help: "declare duration_h: {kind: number} among the term's attributes")
            return false
        }
        let place = tables.evaluator.nodes.count
        tables.evaluator.nodes.append(CriterionNode(.all))
        guard add(inner, scope, text) else { return false }
        var node = CriterionNode(.hours)
        node.slot = slot
        node.comparison = over ? .greater : .greaterOrEqual
        node.name = terms[term].slots[Int(slot)].name
        node.payload = UInt32(tables.evaluator.limits.count)
        let hours = ExactDecimal(mantissa: Int64(minutes / 60))
        let unit = terms[term].slots[Int(slot)].unit
        let printed = Run(start: tables.evaluator.printed.count, count: 1)
        tables.evaluator.printed.append(PrintedLimit(number: hours, unit: unit, conversion: .same))
        tables.evaluator.limits.append(CompiledLimit(printed: printed))
        _ = append(node)
        tables.evaluator.nodes[place].end = Int32(tables.evaluator.nodes.count)
        return true
    }

    /// Whether the criterion at `start` asks for the laboratory's flag.
    func asksFlag(from start: Int) -> Bool {
        tables.evaluator.nodes[start..<Int(tables.evaluator.nodes[start].end)].contains { $0.kind == .flag }
    }
}
