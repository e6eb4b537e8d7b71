import Testing

@testable import Config

@Suite struct SourceExcerptTests {
    @Test(arguments: [
        ("abc", 1, "abc", 0), ("abc", 3, "abc", 2), ("abc", 4, "abc", 3), ("abc", 9, "abc", 3), ("", 1, "", 0),
        ("\tb", 2, "    b", 4), ("a\tb", 3, "a   b", 4), ("abcd\te", 6, "abcd    e", 8), ("発熱x", 3, "発熱x", 4),
        ("e\u{301}x", 3, "e\u{301}x", 1), ("😀x", 2, "😀x", 2), ("a\u{7F}b", 3, "a<U+007F>b", 9),
    ])
    func `the caret stands under its character`(line: String, column: Int, text: String, caret: Int) {
        let excerpt = SourceExcerpt(Array(line.utf8), column: column)
        #expect(excerpt.text == text)
        #expect(excerpt.caret == caret)
    }

    @Test(arguments: [1, 2, 79, 80, 81, 82, 99, 100, 101, 102, 250, 480, 499, 500, 501])
    func `a long line is cut around the caret`(column: Int) throws {
        let line = (1...500).map { String($0 % 10) }.joined()
        let excerpt = SourceExcerpt(Array(line.utf8), column: column)
        let characters = Array(excerpt.text)
        #expect(characters.count <= 102)
        #expect((characters.first == "…") == (column > 81))
        #expect(characters.contains("…"))
        let wanted: Character = column > 500 ? "0" : Character(String(column % 10))
        #expect(characters[column > 500 ? excerpt.caret - 1 : excerpt.caret] == wanted)
    }

    @Test func `a line of 100 columns is shown whole`() {
        let line = String(repeating: "x", count: 100)
        #expect(SourceExcerpt(Array(line.utf8), column: 1).text == line)
        #expect(SourceExcerpt(Array((line + "y").utf8), column: 1).text == line + "…")
    }
}
