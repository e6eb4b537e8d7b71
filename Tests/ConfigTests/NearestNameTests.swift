import Config
import Testing

@Suite struct NearestNameTests {
    @Test(
        arguments: [
            ("diarhea", "diarrhea"), ("Diarrhea", "diarrhea"), ("fevre", "fever"), ("alt", "alt"), ("ats", "ast"),
            ("xyz", nil), ("", nil), ("blood", nil), ("fe\u{301}ver", "fever"),
        ] as [(String, String?)])
    func `a mistyped name finds the one it means`(word: String, wanted: String?) {
        #expect(NearestName.of(word, among: ["diarrhea", "fever", "alt", "ast"]) == wanted)
    }

    @Test func `among equally near names the first of the alphabet is taken`() {
        #expect(NearestName.of("alx", among: ["alt", "alp"]) == "alp")
        #expect(NearestName.of("alx", among: ["alp", "alt"]) == "alp")
    }

    @Test func `no names are no help`() {
        #expect(NearestName.of("alt", among: []) == nil)
    }
}
