import TestSupport
import Testing

/// The checker that the other tests trust.
@Suite struct JSONTextTests {
    @Test(arguments: [
        "{}", "[]", "\"\"", "0", "-1.5e+3", "true", "null", #" {"a":[1,{"b":"\u00e9\ud83e\udd12\n"}]} "#,
    ])
    func `JSON is read`(text: String) { #expect(JSONText(text.utf8) != nil) }

    @Test(arguments: [
        "", "{", "{}{}", "[1,]", "{\"a\":1,}", "{a:1}", "{'a':1}", "01", "1.", ".5", "+1", "nul", "\"\n\"", "\"\\x\"",
        "\"\\u12\"", "\"\\ud800\"", "\"\\udc00\"", "\"\\ud800\\u0041\"", "\"", "NaN", "{\"a\":1,\"a\":2}", "\u{FEFF}{}",
        "[1 2]", "{\"a\" 1}",
    ])
    func `all else is refused`(text: String) { #expect(JSONText(text.utf8) == nil) }

    @Test func `bytes that are not UTF-8 are refused`() {
        #expect(JSONText([0x22, 0xFF, 0x22]) == nil)
    }

    @Test func `members keep their order and numbers their digits`() {
        let value = JSONText(#"{"b":1.50,"a":"\u0041\/"}"#.utf8)
        #expect(value?.members.map(\.name) == ["b", "a"])
        #expect(value?["b"] == .number("1.50"))
        #expect(value?["a"] == .string("A/"))
    }
}
