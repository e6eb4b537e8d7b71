import TestSupport
import Testing

@testable import Classifier

/// A rise by so many grades within a span, against the lowest of that span.
struct WorsenedRuleTests {
    private static let rule = """
        - {id: worse, kind: worsened, terms: [x], by: 2, within: 7d, severity: urgent, title: worse by two grades}
        """

    @Test(arguments: [
        (["x=0.5 t=d0h8", "x=2.5 t=d7h8"], true),
        (["x=0.5 t=d0h8", "x=2.5 t=d7h9"], false),
        (["x=1.5 t=d0h8", "x=2.5 t=d1h8"], false),
        (["x=1.5 t=d0h8", "x=3.5 t=d1h8"], true),
        (["x=0.5 t=d0h8", "x=1.5 t=d1h8", "x=2.5 t=d2h8"], true),
        (["x=2.5 t=d0h8", "x=0.5 t=d1h8"], false),
        (["x=2.5 t=d1h8"], false),
        (["x='much' t=d0h8", "x=2.5 t=d1h8"], false),
        (["y=0.5 t=d0h8", "x=2.5 t=d1h8"], false),
        (["x=0.5 t=d0h8 patient=P2", "x=2.5 t=d1h8"], false),
    ])
    func `it looks at the lowest grade of the span, both edges in, in any order`(events: [String], speaks: Bool) throws
    {
        #expect(try TimePack.with(Self.rule).speaks("worse", events) == speaks)
    }

    @Test func `the alert tells of both reports`() throws {
        let alerts = try TimePack.with(Self.rule).alerts("x=0.5 id=a t=d0h8", "x=3.5 id=b t=d1h8")
        let alert = try #require(alerts.first { $0.rule == "worse" })
        #expect(alert.evidence == ["b x.value=3.5", "a x.value=0.5"])
        #expect(alert.summary == "X grade 3 with X on any: worse by two grades")
    }

    @Test func `all terms and a scale of its own can be asked for`() throws {
        let pack = try TimePack.with(
            "- {id: worse, kind: worsened, terms: all, scale: ctcae, by: 1, within: 7d, severity: urgent}")
        #expect(pack.speaks("worse", ["y=0.5 t=d0h8", "y=1.5 t=d1h8"]))
    }

    @Test(arguments: [
        ("terms: [x], within: 7d", "a rule needs 'by'"),
        ("terms: [x], by: 2", "a rule needs 'within'"),
        ("by: 2, within: 7d", "a rule of kind 'worsened' needs 'terms'"),
        ("terms: [x], by: 5, within: 7d", "'5' is not a number of grades"),
        ("terms: [x], by: 2, within: 0d", "'within' is no time at all"),
        ("terms: [xx], by: 2, within: 7d", "unknown term 'xx'"),
        ("terms: [x], by: 2, within: 7d, scale: ctc", "unknown scale 'ctc'"),
        ("terms: [x], by: 2, within: 7d, times: 2", "unknown key 'times'"),
    ])
    func `a mistake in it is told`(settings: String, mistake: String) {
        let mistakes = TimePack.mistakes("- {id: a, kind: worsened, severity: soon, \(settings)}")
        #expect(mistakes.contains("any.yaml:5:") && mistakes.contains(mistake), "\(mistakes)")
    }
}
