import Config
import Testing

@Suite struct ConfigTreeCanonicalTests {
    private static func form(_ files: String...) -> [UInt8] {
        let documents = files.enumerated().compactMap { index, text in
            ReadYAML(text).node.map { ConfigTree.Document(path: "\(index).yaml", root: $0) }
        }
        return documents.count == files.count ? ConfigTree(documents: documents, sources: [:]).canonicalBytes() : []
    }

    @Test(arguments: [
        ("a: 1\nb: [x, y]", "# note\nb:\n  - \"x\"\n  - 'y'\na: |-\n  1\n"),
        ("a: ~\nb:", "b: null\na: Null"),
        ("a: &x {k: v}\nb: *x", "a: {k: v}\nb: {k: v}"),
        ("a: 1\ninclude: [x.yaml]\napproval: {by: me}", "a: 1"),
        ("a: {z: 1, é: 2, b: 3}", "a: {b: 3, z: 1, é: 2}"),
    ])
    func `writing it otherwise changes nothing`(one: String, other: String) {
        #expect(!Self.form(one).isEmpty)
        #expect(Self.form(one) == Self.form(other))
    }

    @Test(arguments: [
        ("a: 1", "a: 2"), ("a: 1", "b: 1"), ("a: [1, 2]", "a: [2, 1]"), ("a: [1, 2]", "a: [[1, 2]]"),
        ("a: [1, 2]", "a: {1: 2}"), ("a: ~", "a: '~'"), ("a:", "a: ''"), ("a: []", "a: {}"), ("a: 1", "a: 1\nb:"),
        ("a: {include: x}", "a: {}"), ("a: 'x '", "a: x"), ("a: [xy, z]", "a: [x, yz]"), ("a: [[x], y]", "a: [[x, y]]"),
        ("a: é", "a: e\u{301}"), ("a: [1]", "a: 1"), ("ab: c", "a: bc"),
    ])
    func `a change of meaning changes the bytes`(one: String, other: String) {
        #expect(!Self.form(one).isEmpty)
        #expect(Self.form(one) != Self.form(other))
    }

    @Test func `files may come in any order, but what stands in which file counts`() {
        #expect(Self.form("a: 1", "b: 2") == Self.form("b: 2", "a: 1"))
        #expect(Self.form("a: 1", "b: 2") != Self.form("a: 1\nb: 2"))
        #expect(Self.form("a: 1", "a: 1") != Self.form("a: 1"))
        #expect(Self.form("include: [x]", "a: 1") == Self.form("a: 1"))
    }

    @Test func `the form is what it has been, so that hashes stay`() {
        let wanted = "f2" + "m1" + "t1a" + "t1x" + "m2" + "t1a" + "l2" + "t1y" + "n0" + "t1b" + "m0"
        let shown = Self.form("b: {}\na: [y, ~]", "a: x").filter { $0 != 0 }.map { byte in
            byte < 0x20 ? String(byte) : String(Unicode.Scalar(byte))
        }
        #expect(shown.joined() == wanted.filter { $0 != "0" })
    }
}
