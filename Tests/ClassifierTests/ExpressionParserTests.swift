import Testing

@testable import Classifier

struct ExpressionParserTests {
    @Test(arguments: [
        ("> 3 ULN", "(value > 3 ULN)"),
        ("a or b and c", "any(a, all(b, c))"),
        ("a and b or c and d", "any(all(a, b), all(c, d))"),
        ("(a or b) and c", "all(any(a, b), c)"),
        ("not a and b", "all(not(a), b)"),
        ("not (a and b)", "not(all(a, b))"),
        ("not not a", "a"),
        ("not not not a", "not(a)"),
        ("not severity >= 3 or b", "any(not((severity >= 3)), b)"),
        ("any of [a, b and c, d]", "any(a, all(b, c), d)"),
        ("all of [a, any of [b, c]]", "all(a, any(b, c))"),
        ("x in 10..30", "(x in 10 .. 30)"),
        ("x in 10..<30", "(x in 10 ..< 30)"),
        ("temp in 37.5..<38", "(temp in 37.5 ..< 38)"),
        ("x in [a, very severe, 3]", "(x in [a|very severe|3])"),
        ("x = very severe", "(x = very severe)"),
        ("x = self_care and b", "all((x = self_care), b)"),
        ("> 2.9 mmol/L (11.5 mg/dL)", "(value > 2.9 mmol/L/11.5 mg/dL)"),
        ("> ULN + 2 g/dL (20 g/L)", "(value > 1 ULN + 2 g/dL/20 g/L)"),
        ("<= baseline - 40", "(value <= 1 baseline + -40)"),
        ("< 0.75 LLN", "(value < 0.75 LLN)"),
        (">= 1.5 baseline", "(value >= 1.5 baseline)"),
        ("< 75 10*9/L", "(value < 75 10*9/L)"),
        ("> -2", "(value > -2)"),
        ("!= 2", "(value != 2)"),
        ("temp > 40 lasting 24h", "((temp > 40) lasting 1440m)"),
        ("temp > 40 lasting over 2d", "((temp > 40) lasting over 2880m)"),
        ("a and temp > 40 lasting 24h", "all(a, ((temp > 40) lasting 1440m))"),
        ("pro(nausea) >= 2", "(pro(nausea) >= 2)"),
        ("answer(nausea) >= 3", "(answer(nausea) >= 3)"),
        ("hypoxia.spo2_rest < 90", "(hypoxia.spo2_rest < 90)"),
        ("sodium.low >= 1", "(sodium.low >= 1)"),
    ])
    func `a criterion is read as it is said aloud`(text: String, tree: String) throws {
        #expect(try ExpressionParser.parse(text).spelled == tree)
    }

    @Test(arguments: [
        ("", 0, "expected a name or a comparison, found end of the criterion"),
        ("> ", 2, "expected a limit, found end of the criterion"),
        ("a and", 5, "expected a name or a comparison, found end of the criterion"),
        ("a b", 2, "unexpected 'b'"),
        ("(a or b", 7, "expected ')', found end of the criterion"),
        ("any of a", 7, "expected '[', found 'a'"),
        ("any of [a b]", 10, "expected ']', found 'b'"),
        ("any of []", 8, "expected a name or a comparison, found ']'"),
        ("x in 10", 7, "expected '..', found end of the criterion"),
        ("x in [>]", 6, "expected a choice, found '>'"),
        ("a; b", 1, "';' has no meaning in a criterion"),
        ("temp > 40 lasting", 17, "expected a duration such as 24h after 'lasting', found end of the criterion"),
        (
            "temp > 40 lasting 9223372036854775807d", 18,
            "expected a duration such as 24h after 'lasting', found '9223372036854775807'"
        ),
        ("temp > 40 lasting 24w", 20, "expected m, h or d after 24, found 'w'"),
        ("pro(>)", 4, "expected a term, found '>'"),
        ("pro(nausea >= 2", 11, "expected ')', found '>='"),
        ("a. >= 2", 3, "expected a name after '.', found '>='"),
        ("> 1234567890123456789", 2, "'1234567890123456789' is not a number of at most 18 digits"),
        ("> ULN + low", 8, "expected a number, found 'low'"),
    ])
    func `a criterion that makes no sense says where and why`(text: String, column: Int, problem: String) {
        let fault = #expect(throws: ExpressionLexer.Fault.self) { try ExpressionParser.parse(text) }
        #expect(fault?.problem == problem)
        #expect(fault?.column == column)
    }

    @Test func `parentheses nest as deep as anyone writes, and no deeper than the stack bears`() throws {
        let deep = { (count: Int) in String(repeating: "(", count: count) + "a" + String(repeating: ")", count: count) }
        #expect(try ExpressionParser.parse(deep(31)).spelled == "a")
        let fault = #expect(throws: ExpressionLexer.Fault.self) { try ExpressionParser.parse(deep(32)) }
        #expect(fault?.problem == "parentheses nest too deeply")
        #expect(throws: ExpressionLexer.Fault.self) { try ExpressionParser.parse(deep(100_000)) }
        let lists = String(repeating: "any of [", count: 10_000)
        #expect(throws: ExpressionLexer.Fault.self) { try ExpressionParser.parse(lists) }
        #expect(try ExpressionParser.parse(String(repeating: "not ", count: 100_000) + "a").spelled == "a")
    }
}

extension Expression {
    /// The tree in full parentheses.
    var spelled: String {
        switch self {
        case .all(let parts): "all(\(parts.map(\.spelled).joined(separator: ", ")))"
        case .any(let parts): "any(\(parts.map(\.spelled).joined(separator: ", ")))"
        case .not(let inner): "not(\(inner.spelled))"
        case .compare(let operand, let comparison, let limit, _):
            "(\(operand?.text ?? "value") \(comparison.spelled) \(limit.spelled))"
        case .range(let operand, let low, let high, let upperIsOut, _):
            "(\(operand?.text ?? "value") in \(low.spelled) \(upperIsOut ? "..<" : "..") \(high.spelled))"
        case .member(let operand, let words, _): "(\(operand.text) in [\(words.map(\.text).joined(separator: "|"))])"
        case .claim(let operand, _): operand.text
        case .lasting(let inner, let minutes, let over, _):
            "(\(inner.spelled) lasting \(over ? "over " : "")\(minutes)m)"
        }
    }
}

extension Expression.Limit {
    fileprivate var spelled: String {
        switch self {
        case .number(let amounts): Self.spelled(amounts)
        case .reference(let coefficient, let reference, let offset):
            "\(coefficient) \(reference.rawValue)" + (offset.isEmpty ? "" : " + " + Self.spelled(offset))
        case .word(let word): word.text
        }
    }

    private static func spelled(_ amounts: [Expression.Amount]) -> String {
        amounts.map { "\($0.number)" + ($0.unit.map { " \($0)" } ?? "") }.joined(separator: "/")
    }
}

extension Comparison {
    /// The sign as criteria write it.
    fileprivate var spelled: String {
        switch self {
        case .less: "<"
        case .lessOrEqual: "<="
        case .equal: "="
        case .notEqual: "!="
        case .greaterOrEqual: ">="
        case .greater: ">"
        }
    }
}
