import Config
import Testing

@Suite struct YAMLReaderTests {
    @Test(arguments: [
        ("a: 1", "{a@1:1: 1@1:4}@1:1"),
        ("a: yes\nb: 'yes'\nc: \"no\"", "{a@1:1: yes@1:4, b@2:1: \"yes\"@2:4, c@3:1: \"no\"@3:4}@1:1"),
        ("- one\n-   two\n-\n- ~", "[one@1:3, two@2:5, @3:2, ~@4:3]@1:1"),
        ("a:\n  - b: 1\n    c: 2", "{a@1:1: [{b@2:5: 1@2:8, c@3:5: 2@3:8}@2:5]@2:3}@1:1"),
        ("a: [b, {c: d}] # why", "{a@1:1: [b@1:5, {c@1:9: d@1:12}@1:8]@1:4}@1:1"),
        ("a: one\n  two\nb: |\n  x\n  y\n", "{a@1:1: one two@1:4, b@3:1: \"x\ny\n\"@3:4}@1:1"),
        ("발열: ü\n\"é é\": x", "{발열@1:1: ü@1:5, é é@2:1: x@2:8}@1:1"),
        ("\u{FEFF}a: 1", "{a@1:1: 1@1:4}@1:1"),
        ("a: 1\r\nb: 2\r\n", "{a@1:1: 1@1:4, b@2:1: 2@2:4}@1:1"),
        ("a:\tb", "{a@1:1: b@1:4}@1:1"),
        ("--- # top\na: 1\n...\n", "{a@2:1: 1@2:4}@2:1"),
        ("%YAML 1.2\n---\na: 1\n", "{a@3:1: 1@3:4}@3:1"),
    ])
    func `a tree keeps texts, quotes and places`(text: String, wanted: String) {
        let read = ReadYAML(text)
        #expect(read.outline == wanted)
        #expect(read.problems.isEmpty)
    }

    @Test(arguments: [
        ("a: &x 1\nb: *x", "{a@1:1: 1@1:4, b@2:1: 1@2:4}@1:1"),
        ("a: &x {k: [v]}\nb: *x", "{a@1:1: {k@1:8: [v@1:12]@1:11}@1:4, b@2:1: {k@1:8: [v@1:12]@1:11}@2:4}@1:1"),
        ("a: &x key\n*x : 1", "{a@1:1: key@1:4, key@2:1: 1@2:6}@1:1"),
        ("a: &x 1\nb: &x 2\nc: *x", "{a@1:1: 1@1:4, b@2:1: 2@2:4, c@3:1: 2@3:4}@1:1"),
        ("&k a: 1\nb: *k", "{a@1:1: 1@1:7, b@2:1: a@2:4}@1:1"),
    ])
    func `an alias stands for its anchor, at the place of the alias`(text: String, wanted: String) {
        let read = ReadYAML(text)
        #expect(read.outline == wanted)
        #expect(read.problems.isEmpty)
    }

    @Test(arguments: [("[a, b]", 3), ("{k: v}", 3), ("[&x [a, b], *x]", 7), ("[&x a, *x, *x]", 4), ("[*x]", 2)])
    func `a budget pays for every value, key and use of an alias`(text: String, cost: Int) {
        let exact = ReadYAML(text, budget: cost)
        #expect(exact.node != nil)
        #expect(exact.budget.left == 0)
        let short = ReadYAML(text, budget: cost - 1)
        #expect(short.node == nil)
        let problem = "the config holds more than \(cost - 1) values, each use of an alias counted"
        #expect(short.mistakes.all.map(\.problem).contains(problem))
    }

    @Test func `aliases of aliases are refused where the budget ends`() {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1...50 {
            let uses = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
            text += "a\(level): &a\(level) [\(uses)]\n"
        }
        let problem = "the config holds more than 200000 values, each use of an alias counted"
        #expect(ReadYAML(text).problems == ["6:10 \(problem)"])
    }

    @Test func `nesting is taken to 64 and refused at 65`() {
        func nested(_ depth: Int) -> ReadYAML {
            ReadYAML(String(repeating: "[", count: depth) + String(repeating: "]", count: depth))
        }
        #expect(nested(64).problems.isEmpty)
        #expect(nested(65).problems == ["1:65 lists and mappings stand more than 64 deep in one another"])
        #expect(nested(100_000).problems == ["1:65 lists and mappings stand more than 64 deep in one another"])
    }

    @Test(arguments: [(40, 23, true), (40, 24, false), (63, 0, true), (62, 1, true), (62, 2, false)])
    func `aliases count with the nesting of what they stand for`(inner: Int, outer: Int, isTaken: Bool) {
        func brackets(_ count: Int, _ middle: String) -> String {
            String(repeating: "[", count: count) + middle + String(repeating: "]", count: count)
        }
        let read = ReadYAML("- &x \(brackets(inner, "y"))\n- \(brackets(outer, "*x"))")
        let problem = "2:\(3 + outer) lists and mappings stand more than 64 deep in one another"
        #expect(read.problems == (isTaken ? [] : [problem]))
    }

    @Test func `a file of the largest size is read and a larger one refused`() {
        let filler = [UInt8](repeating: UInt8(ascii: "#"), count: YAMLReader.largestFile - 5)
        let largest = Array("a: 1\n".utf8) + filler
        #expect(ReadYAML(bytes: largest).problems.isEmpty)
        let tooLarge = ReadYAML(bytes: largest + filler.prefix(1))
        #expect(tooLarge.problems == ["0:0 the file has 4194305 bytes; at most 4194304 are read"])
        #expect(tooLarge.node == nil)
    }

    @Test func `mistakes that leave the rest readable are told together`() {
        let read = ReadYAML("a: !t 1\na: *b\n<<: {}\nc: \"\\a\"\n[d]: e")
        #expect(
            read.problems == [
                "1:4 tags (!…) are not supported; every value is text", "2:4 unknown alias '*b'",
                "2:1 duplicate key 'a'; it first stands at 1:1", "3:1 merge keys (<<) are not supported",
                "4:4 an escape asks for the control character U+0007 in this text",
                "5:1 a key must be a single value, found a list",
            ])
        #expect(read.outline == "{a@1:1: 1@1:4, c@4:1: \"\u{7}\"@4:4}@1:1")
    }

    @Test(arguments: 1...40)
    func `a duplicate key is found in small and in large mappings`(size: Int) {
        let keys = (1...size).map { "k\($0): 1\n" }.joined()
        for repeated in [1, size] {
            let problem = "\(size + 1):1 duplicate key 'k\(repeated)'; it first stands at \(repeated):1"
            #expect(ReadYAML(keys + "k\(repeated): 2\n").problems == [problem])
        }
        #expect(ReadYAML(keys).problems.isEmpty)
    }

    private static let codes: [UInt32] =
        Array(0...0x26) + Array(0x28...0xA0)
        + [0x200D, 0x2028, 0x2029, 0x202E, 0x2066, 0xFEFF, 0xFFFE, 0xFFFF, 0x1F600]

    @Test(arguments: codes)
    func `only characters that people can see or expect may stand`(code: UInt32) throws {
        let scalar = try #require(Unicode.Scalar(code))
        let isRefused =
            switch code {
            case 0x09, 0x0A, 0x0D, 0x20...0x7E, 0xA0, 0x200D, 0x1F600: false
            default: true
            }
        let problems = ReadYAML("a: 'x\(scalar)y'\n").problems
        #expect(problems.isEmpty != isRefused)
        #expect(problems.allSatisfy { $0.hasPrefix("1:6 ") })
    }

    @Test(arguments: [
        [0x80], [0xC3], [0xC1, 0xBF], [0xE0, 0x9F, 0xBF], [0xED, 0xA0, 0x80], [0xEF, 0xBF], [0xF0, 0x8F, 0xBF, 0xBF],
        [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFF],
    ])
    func `bytes that are no UTF-8 are found where they stand`(bytes: [UInt8]) {
        let read = ReadYAML(bytes: Array("a: ü\n# ℃😀".utf8) + bytes + Array("\nb: 1\n".utf8))
        let hex = String(bytes[0], radix: 16, uppercase: true)
        #expect(read.problems == ["2:5 byte \(hex) is not UTF-8"])
    }
}
