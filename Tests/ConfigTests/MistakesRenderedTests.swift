import Config
import Testing

@Suite struct MistakesRenderedTests {
    @Test func `nothing wrong is nothing told`() {
        #expect(Mistakes().rendered(sources: ["a.yaml": [1]]) == "")
    }

    @Test func `mistakes stand by file as read, then by place, none twice`() {
        var mistakes = Mistakes()
        mistakes.keep(source: Array("x\ny".utf8), of: "z.yaml")
        mistakes.keep(source: Array("one\n\ttwo".utf8), of: "a.yaml")
        mistakes.add(at: Mark(file: "other.yaml", line: 1, column: 1), "fifth")
        mistakes.add(at: Mark(file: "a.yaml", line: 2, column: 2), "fourth", help: "mend it")
        mistakes.add(at: Mark(file: "a.yaml", line: 1, column: 3), "third")
        mistakes.add(at: Mark(file: "z.yaml", line: 2, column: 1), "second")
        mistakes.add(at: Mark(file: "z.yaml"), "first")
        mistakes.add(at: Mark(file: "z.yaml"), "first")
        #expect(
            mistakes.rendered() == """
                z.yaml: error: first
                z.yaml:2:1: error: second
                    y
                    ^
                a.yaml:1:3: error: third
                    one
                      ^
                a.yaml:2:2: error: fourth
                        two
                        ^
                  help: mend it
                other.yaml:1:1: error: fifth
                5 mistakes

                """)
    }

    @Test func `colour is laid over the same words`() {
        var mistakes = Mistakes()
        mistakes.add(at: Mark(file: "a.yaml", line: 1, column: 2), "wrong", help: "mend it")
        let coloured = mistakes.rendered(sources: ["a.yaml": Array("abc".utf8)], colour: true)
        #expect(
            coloured
                == "\u{1B}[1ma.yaml:1:2\u{1B}[0m: \u{1B}[1;31merror:\u{1B}[0m wrong\n    abc\n"
                + "     \u{1B}[1;31m^\u{1B}[0m\n  \u{1B}[36mhelp:\u{1B}[0m mend it\n1 mistake\n")
    }

    @Test func `characters that would hide or restyle something are spelled out`() {
        var mistakes = Mistakes()
        mistakes.add(at: Mark(file: "a\u{1B}.yaml", line: 1, column: 5), "bad\nkey '\u{202E}'", help: "no \u{7}")
        #expect(
            mistakes.rendered(sources: ["a\u{1B}.yaml": [0x61, 0x1B, 0xFF, 0x62, 0x63]]) == """
                a<U+001B>.yaml:1:5: error: bad<U+000A>key '<U+202E>'
                    a<U+001B><FF>bc
                                  ^
                  help: no <U+0007>
                1 mistake

                """)
    }

    @Test func `a very long problem loses its middle`() {
        var mistakes = Mistakes()
        mistakes.add(at: Mark(file: "a.yaml"), "x" + String(repeating: "-", count: 10_000) + "y")
        let half = String(repeating: "-", count: 249)
        #expect(mistakes.rendered() == "a.yaml: error: x\(half) … \(half)y\n1 mistake\n")
    }
}
