import TestSupport
import Testing

@testable import Classifier

/// So many reports within a span.
struct RepeatedRuleTests {
    private static let rule = """
        - {id: thrice, kind: repeated, when: "x >= 1", times: 3, within: 24h, severity: urgent, title: three times a day}
        """

    @Test(arguments: [
        (["x=1.5 t=d0h8", "x=1.5 t=d0h9", "x=1.5 t=d1h8"], true),
        (["x=1.5 t=d0h8", "x=1.5 t=d0h9", "x=1.5 t=d1h8m1"], false),
        (["x=1.5 t=d0h8", "x=0.5 t=d0h9", "x=1.5 t=d1h8"], false),
        (["x=1.5 t=d0h8", "x=0.5 t=d0h9", "x=2.5 t=d0h10", "x=1.5 t=d0h11"], true),
        (["x=1.5 t=d0h8", "x=1.5 t=d0h9"], false),
        (["x=1.5 t=d0h8", "y=1.5 t=d0h9", "x=1.5 t=d0h10"], false),
        (["x=1.5 id=a t=d0h8", "x=1.5 id=b t=d0h8", "x=1.5 id=c t=d0h9"], true),
    ])
    func `it counts the reports of the span, both edges in, in any order`(events: [String], speaks: Bool) throws {
        #expect(try TimePack.with(Self.rule).speaks("thrice", events) == speaks)
    }

    @Test func `a report that comes again counts once`() throws {
        let pack = try TimePack.with(Self.rule)
        #expect(
            !pack.alerts("x=1.5 id=a t=d0h8", "x=1.5 id=a t=d0h8", "x=1.5 id=b t=d0h9").contains { $0.rule == "thrice" }
        )
    }

    @Test func `the alert tells of each report that counts`() throws {
        let alerts = try TimePack.with(Self.rule).alerts(
            "x=1.5 id=a t=d0h8", "x=1.6 id=b t=d0h9", "x=1.7 id=c t=d0h10")
        #expect(alerts.last?.evidence == ["c x.value=1.7", "b x.value=1.6", "a x.value=1.5"])
    }

    @Test(arguments: [
        ("when: \"x >= 1\", within: 1d", "a rule needs 'times'"),
        ("when: \"x >= 1\", times: 1, within: 1d", "'1' is not a number of reports"),
        ("when: \"x >= 1\", times: three, within: 1d", "'three' is not a number of reports"),
        ("when: \"x >= 1\", times: 3", "a rule needs 'within'"),
        ("times: 3, within: 1d", "a rule needs 'when'"),
    ])
    func `a mistake in it is told`(settings: String, mistake: String) {
        let mistakes = TimePack.mistakes("- {id: a, kind: repeated, severity: soon, \(settings)}")
        #expect(mistakes.contains("any.yaml:5:") && mistakes.contains(mistake), "\(mistakes)")
    }
}
