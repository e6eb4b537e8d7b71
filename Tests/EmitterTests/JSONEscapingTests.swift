import Clinical
import Emitter
import TestSupport
import Testing

@Suite struct JSONEscapingTests {
    @Test(arguments: [
        ("", #""""#), ("plain", #""plain""#), ("\"", #""\"""#), ("\\", #""\\""#), ("a/b", #""a/b""#),
        ("\n", #""\u000a""#), ("\u{0}\u{1F}", #""\u0000\u001f""#), ("\u{7F}", "\"\u{7F}\""),
        ("\u{2028}\u{202E}", "\"\u{2028}\u{202E}\""), ("≥ 3 µmol 🤒", "\"≥ 3 µmol 🤒\""),
    ])
    func `text becomes a JSON string`(plain: String, escaped: String) {
        #expect(text { $0.append(json: plain) } == escaped)
    }

    @Test func `every character is escaped alike wherever it stands in a word`() {
        let specials = (0..<0x80).compactMap(Unicode.Scalar.init).map(String.init) + ["µ", "≥", "🤒"]
        for special in specials {
            for before in 0..<17 {
                for after in [0, 1, 7, 8, 9] {
                    let plain = String(repeating: "a", count: before) + special + String(repeating: "z", count: after)
                    let json = JSONText(bytes { $0.append(json: plain) })
                    if json != .string(plain) {
                        Issue.record("\(plain.debugDescription) became \(String(describing: json))")
                        return
                    }
                }
            }
        }
    }

    @Test func `text between other text is read to its end and no further`() {
        let around = Array("\"\"abcdefgh\"\"".utf8)
        for count in 0...8 {
            let written = text { $0.append(json: around.span.bytes, from: 2, count: count) }
            #expect(written == "\"" + "abcdefgh".prefix(count) + "\"")
        }
    }

    private static let broken: [[UInt8]] = [
        [0xFF], [0xC0, 0x80], [0x80], [0xC3], [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80],
        [0xF0, 0x9F, 0xA4], [0xE0, 0x9F, 0xBF], [0xF0, 0x8F, 0xBF, 0xBF], [0xC3, 0x28],
        [0xF8, 0x88, 0x80, 0x80, 0x80],
    ]

    @Test(arguments: broken)
    func `bytes that are not UTF-8 become the replacement character as the standard says`(broken: [UInt8]) {
        let surrounded = Array("a".utf8) + broken + Array("b".utf8)
        let written = bytes { $0.append(json: surrounded.span.bytes, from: 0, count: surrounded.count) }
        #expect(JSONText(written) == .string(String(decoding: surrounded, as: UTF8.self)))
    }

    @Test func `every scalar goes through unharmed`() {
        let scalars = stride(from: UInt32(0), to: 0x11_0000, by: 37).compactMap(Unicode.Scalar.init)
        let whole = String(String.UnicodeScalarView(scalars))
        #expect(JSONText(bytes { $0.append(json: whole) }) == .string(whole))
    }
}
