import TestSupport
import Testing

@testable import Classifier

/// Several concerns at once: the rule of two ambers.
struct SeveralRuleTests {
    private static let rule = """
        - {id: ambers, kind: several, concerns: 2, at_least: soon, within: 24h, concern: data, severity: urgent, title: two ambers}
        """

    @Test(arguments: [
        (["x=2.5 t=d0h8", "y=2.5 t=d1h8"], true),
        (["x=2.5 t=d0h8", "y=2.5 t=d1h8m1"], false),
        (["x=2.5 t=d0h8", "y=1.5 t=d0h9"], false),
        (["x=2.5 t=d0h8", "x=3.5 t=d0h9"], false),
        (["x=2.5 t=d0h8", "y=2.5 t=d0h8"], true),
        (["x=2.5 t=d0h8", "y=2.5 t=d0h9 patient=P2"], false),
    ])
    func `it counts concerns, not reports, in any order`(events: [String], speaks: Bool) throws {
        #expect(try TimePack.with(Self.rule).speaks("ambers", events) == speaks)
    }

    @Test func `it has a concern of its own and tells of one report for each`() throws {
        let alerts = try TimePack.with(Self.rule).alerts("x=2.5 id=a t=d0h8", "y=2.5 id=b t=d0h9")
        let alert = try #require(alerts.first { $0.rule == "ambers" })
        #expect(alert.concern == "data" && alert.evidence == ["b y.value=2.5", "a x.value=2.5"])
        #expect(alert.summary == "Y grade 2 with X grade 2 on any: two ambers")
    }

    @Test func `it does not count itself`() throws {
        let pack = try TimePack.with(
            Self.rule + "\n"
                + "- {id: more, kind: several, concerns: 3, at_least: soon, within: 24h, concern: fever, severity: emergency}"
        )
        #expect(!pack.speaks("more", ["x=2.5 t=d0h8", "y=2.5 t=d0h9", "x=3.5 t=d0h10"]))
        #expect(pack.speaks("more", ["x=2.5 t=d0h8", "y=2.5 t=d0h9", "crea=300 unit=umol/L high=100 t=d0h10"]))
    }

    @Test(arguments: [
        ("at_least: soon, within: 24h, concern: data", "a rule needs 'concerns'"),
        ("concerns: 1, at_least: soon, within: 24h, concern: data", "'1' is not a number of concerns"),
        ("concerns: 2, at_least: soonish, within: 24h, concern: data", "unknown severity 'soonish'"),
        ("concerns: 2, at_least: soon, concern: data", "a rule needs 'within'"),
        ("concerns: 2, at_least: soon, within: 24h", "rule 'a' needs 'concern'"),
    ])
    func `a mistake in it is told`(settings: String, mistake: String) {
        let mistakes = TimePack.mistakes("- {id: a, kind: several, severity: soon, \(settings)}")
        #expect(mistakes.contains("any.yaml:5:") && mistakes.contains(mistake), "\(mistakes)")
    }
}
