import Clinical
import Emitter
import Testing

@Suite struct VisibleTextTests {
    private func visible(_ plain: String) -> String { text { $0.append(visible: plain) } }

    @Test(arguments: [
        ("Diarrhea grade 2 · ≥ 3 µmol/L", "Diarrhea grade 2 · ≥ 3 µmol/L"), ("ぽん 漢字 العربية 🤒", "ぽん 漢字 العربية 🤒"),
        ("a\nb", "a⏎b"), ("\r\t\u{0}", "<U+000D><U+0009><U+0000>"), ("\u{1B}[2J", "<U+001B>[2J"),
        ("\u{7F}\u{9B}", "<U+007F><U+009B>"), ("\u{202E}x\u{2069}", "<U+202E>x<U+2069>"), ("\u{200F}", "<U+200F>"),
        ("P1\u{200B}", "P1<U+200B>"), ("\u{FEFF}", "<U+FEFF>"), ("soft\u{AD}", "soft<U+00AD>"),
        ("\u{2028}\u{2029}", "<U+2028><U+2029>"), ("\u{E0041}\u{E0100}", "<U+E0041><U+E0100>"),
        ("\u{3164}\u{115F}", "<U+3164><U+115F>"), ("\u{E000}", "<U+E000>"), ("\u{0378}", "<U+0378>"),
        ("❤\u{FE0F}", "❤<U+FE0F>"), ("\u{10FFFF}", "<U+10FFFF>"),
    ])
    func `what cannot be seen is shown by its number`(plain: String, shown: String) {
        #expect(visible(plain) == shown)
    }

    @Test func `accents stay, towers of them do not`() {
        #expect(visible("e\u{301}") == "e\u{301}")
        let tower = "e" + String(repeating: "\u{301}", count: 6)
        #expect(visible(tower) == "e\u{301}\u{301}\u{301}\u{301}<U+0301><U+0301>")
        #expect(visible("\u{301}e") == "<U+0301>e")
    }

    @Test func `bytes that are not UTF-8 show as the replacement character`() {
        let broken: [UInt8] = [0x61, 0xFF, 0xE2, 0x82, 0x62]
        #expect(text { $0.append(visible: broken.span.bytes, from: 0, count: 5) } == "a\u{FFFD}\u{FFFD}b")
    }
}
