import Clinical
import Testing

@testable import Emitter

@Suite struct JSONNumberTests {
    private func isOne(_ text: String) -> Bool {
        let bytes = Array("9\(text)9".utf8)
        return JSONNumber.isOne(bytes.span.bytes, from: 1, to: bytes.count - 1)
    }

    @Test(arguments: ["0", "-0", "10", "1.5", "0.50", "1e3", "1E+3", "1.25e-10", "123456789012345678901234567890"])
    func `a JSON number is one`(text: String) { #expect(isOne(text)) }

    @Test(arguments: [
        "", "-", "+1", "01", "-01", ".5", "5.", "1e", "1e+", "1.e3", "1 ", " 1", "0x1", "NaN", "1,5", "--1",
    ])
    func `all else is none`(text: String) { #expect(!isOne(text)) }
}
