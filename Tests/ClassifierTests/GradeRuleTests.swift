import Testing

@testable import Classifier

/// The rule kind `grade`: a row of triage says what a term's grade means. Its windows and scales are in `TriageTests`.
struct GradeRuleTests {
    private static let pack = Result {
        try TestPack(
            terms: "x: {title: X, concern: skin, grades: {1: \"> 1\", 2: \"> 2\", 3: \"> 3\", 4: \"> 4\"}}\n",
            therapies: "therapy: any\nsource: s\ntriage: {x: {1: none, 2: soon, 4: emergency}}\n")
    }

    @Test(arguments: [
        ("x=1", []), ("x=2", []), ("x=2.5", ["grade:x soon"]), ("x=3", ["grade:x soon"]), ("x=4", ["grade:x soon"]),
        ("x=4.01", ["grade:x emergency"]),
    ])
    func `a grade means the severity of its cell, or of the next lower grade's`(event: String, alerts: [String]) throws
    {
        #expect(try Self.pack.get().alerts(event).map { "\($0.rule) \($0.severity)" } == alerts)
    }

    @Test func `an alert leads with the rule's name and the grade`() throws {
        let alert = try #require(try Self.pack.get().alerts("x=5").first)
        #expect(alert.grade == 4)
        #expect(alert.summary.hasPrefix("X grade 4"))
        #expect(alert.because == [])
    }
}
