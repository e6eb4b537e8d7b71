import TestSupport
import Testing

@testable import Classifier

/// A condition that every report has shown for a span.
struct SustainedRuleTests {
    private static let rule = """
        - {id: lasting, kind: sustained, when: "x >= 2", for: 72h, severity: urgent, title: for three days}
        """

    @Test(arguments: [
        (["x=2.5 t=d0h8", "x=2.5 t=d3h8"], true),
        (["x=2.5 t=d0h8", "x=2.5 t=d3h7"], false),
        (["x=2.5 t=d0h8", "x=2.5 t=d6h8"], true),
        (["x=2.5 t=d0h8", "x=2.5 t=d6h9"], false),
        (["x=2.5 t=d0h8", "x=1.5 t=d1h8", "x=2.5 t=d3h8"], false),
        (["x=2.5 t=d0h8", "x='much' t=d1h8", "x=2.5 t=d3h8"], true),
        (["x=2.5 t=d0h8", "y=0.5 t=d1h8", "x=2.5 t=d3h8"], true),
        (["x=3.5 t=d0h8", "x=2.5 t=d1h8", "x=2.5 t=d3h8"], true),
        (["x=2.5 t=d0h8", "x=1.5 t=d3h8"], false),
        (["x=2.5 t=d0", "x=2.5 t=d3"], true),
    ])
    func `it holds when all reports of the span say so, in any order`(events: [String], speaks: Bool) throws {
        #expect(try TimePack.with(Self.rule).speaks("lasting", events) == speaks)
    }

    @Test func `how far it looks back can be told`() throws {
        let pack = try TimePack.with(
            "- {id: lasting, kind: sustained, when: \"x >= 2\", for: 72h, within: 14d, severity: urgent}")
        #expect(pack.speaks("lasting", ["x=2.5 t=d0h8", "x=2.5 t=d14h8"]))
        #expect(!pack.speaks("lasting", ["x=2.5 t=d0h8", "x=2.5 t=d14h9"]))
    }

    @Test func `the alert tells since when`() throws {
        let alerts = try TimePack.with(Self.rule).alerts("x=2.5 id=a t=d0h8", "x=2.6 id=b t=d3h8")
        #expect(alerts.last?.evidence == ["b x.value=2.6", "a x.value=2.5"])
    }

    @Test(arguments: [
        ("for: 72h", "a rule needs 'when'"),
        ("when: \"x >= 2\"", "a rule needs 'for'"),
        ("when: \"x >= 2\", for: 72h, within: 2d", "'within' is shorter than 'for'"),
        ("when: \"x >= 2 and y >= 2\", for: 72h", "looks at one term, and this asks about 2"),
        ("when: \"x >= two\", for: 72h", "x >= two"),
    ])
    func `a mistake in it is told`(settings: String, mistake: String) {
        let mistakes = TimePack.mistakes("- {id: a, kind: sustained, severity: soon, \(settings)}")
        #expect(mistakes.contains("any.yaml:5:") && mistakes.contains(mistake), "\(mistakes)")
    }
}
