import Config
import Testing

@Suite struct SectionTests {
    private static func section(_ text: String, _ mistakes: inout Mistakes) -> Section? {
        ReadYAML(text).node.flatMap { Section($0, "a rule", &mistakes) }
    }

    @Test(arguments: [
        ("[a]", "a rule must be a mapping, found a list"), ("a", "a rule must be a mapping, found a single value"),
        ("---", "a rule must be a mapping, found nothing"),
    ])
    func `what is no mapping is a mistake`(text: String, problem: String) {
        var mistakes = Mistakes()
        #expect(Self.section(text, &mistakes) == nil)
        #expect(mistakes.all.map(\.problem) == [problem])
    }

    @Test func `keys that nobody asked for are told with the nearest that somebody did`() throws {
        var mistakes = Mistakes()
        var section = try #require(Self.section("id: one\nkidn: grade\nzzzzzz: 1", &mistakes))
        #expect(section.requiredText("id", &mistakes)?.value == "one")
        #expect(section.text("kind", &mistakes) == nil)
        section.finish(&mistakes)
        #expect(mistakes.all.map(\.problem) == ["unknown key 'kidn'", "unknown key 'zzzzzz'"])
        #expect(mistakes.all.map(\.help) == ["did you mean 'kind'?", "known: id, kind"])
    }

    @Test func `a required key that is absent or empty is told at the best place`() throws {
        var mistakes = Mistakes()
        var section = try #require(Self.section("a: 1\nid: ~", &mistakes))
        #expect(section.requiredText("id", &mistakes) == nil)
        #expect(section.requiredNode("kind", &mistakes) == nil)
        #expect(
            mistakes.all.map(\.mark) == [
                Mark(file: "a.yaml", line: 2, column: 1), Mark(file: "a.yaml", line: 1, column: 1),
            ])
        #expect(mistakes.all.map(\.problem) == ["a rule needs 'id'", "a rule needs 'kind'"])
    }

    @Test(arguments: [("a: x", ["x"]), ("a: [x, y]", ["x", "y"]), ("a: []", []), ("b: x", []), ("a: [[z], y]", ["y"])])
    func `one text is a list of one`(text: String, wanted: [String]) throws {
        var mistakes = Mistakes()
        var section = try #require(Self.section(text, &mistakes))
        #expect(section.texts("a", &mistakes).map(\.value) == wanted)
        #expect(mistakes.isEmpty != text.contains("[["))
    }

    @Test(arguments: [("true", true), ("yes", true), ("false", false), ("no", false), ("True", nil), ("1", nil)])
    func `a yes or no is written in few ways`(text: String, wanted: Bool?) throws {
        var mistakes = Mistakes()
        var section = try #require(Self.section("a: \(text)", &mistakes))
        #expect(section.bool("a", &mistakes) == wanted)
        #expect(mistakes.isEmpty == (wanted != nil))
    }
}
