import Testing

@testable import Classifier

/// Sentences with places, some of which may have nothing to say.
struct TemplateTests {
    private func fill(_ text: String, reason: String) -> String {
        var bytes: [UInt8] = []
        Template(text).append(to: &bytes) { place, text in
            switch place {
            case .reason: text += reason.utf8
            case .grade: text += "3".utf8
            default: break
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test(arguments: [
        ("up to {grade}[ ({reason})]", "up to 3 (no unit)", "up to 3"),
        ("[{reason}: ]{grade}", "no unit: 3", "3"),
        ("{grade} ({reason})", "3 (no unit)", "3 ()"),
        ("[a] {grade} [b", "[a] 3 [b", "[a] 3 [b"),
        ("a] {grade}[, {grade}]", "a] 3, 3", "a] 3, 3"),
        ("[{term} {reason}]{grade}", "3", "3"),
    ])
    func `what stands in square brackets is left out when a place in it has nothing to say`(
        text: String, full: String, empty: String
    ) {
        #expect(fill(text, reason: "no unit") == full)
        #expect(fill(text, reason: "") == empty)
    }

    @Test func `a place in square brackets must be known like any other`() {
        #expect(Template.unknownPlaces(in: "{term}[ ({why})]") == ["why"])
    }
}
