import TestSupport
import Testing

@testable import Classifier

/// A measurement that rose within a span.
struct RisingRuleTests {
    private static let factor = """
        - {id: rising, kind: rising, terms: [crea], by_factor: 1.5, within: 7d, severity: urgent, title: rising fast}
        """
    private static let amount = """
        - {id: rising, kind: rising, terms: [crea], by: 0.3 mg/dL, within: 48h, severity: urgent}
        """

    @Test(arguments: [
        (["crea=60 unit=umol/L high=100 t=d0h8", "crea=90 unit=umol/L high=100 t=d7h8"], true),
        (["crea=60 unit=umol/L high=100 t=d0h8", "crea=90 unit=umol/L high=100 t=d7h9"], false),
        (["crea=60 unit=umol/L high=100 t=d0h8", "crea=89.9 unit=umol/L high=100 t=d1h8"], false),
        (["crea=90 unit=umol/L high=100 t=d0h8", "crea=60 unit=umol/L high=100 t=d1h8"], false),
        (["crea=1 unit=mg/dL high=1.2 t=d0h8", "crea=132.63 unit=umol/L high=100 t=d1h8"], true),
        (["crea=1 unit=mg/dL high=1.2 t=d0h8", "crea=132.62 unit=umol/L high=100 t=d1h8"], false),
        (["crea=60 unit=umol/L high=100 t=d0h8", "crea=90 unit=ounce high=100 t=d1h8"], false),
        (["crea=0 unit=umol/L high=100 t=d0h8", "crea=90 unit=umol/L high=100 t=d1h8"], false),
        (["crea=60 unit=umol/L high=100 t=d0h8", "crea=90 unit=umol/L high=100 comparator=> t=d1h8"], false),
    ])
    func `by a factor, exactly, in any units, though the values be normal`(events: [String], speaks: Bool) throws {
        #expect(try TimePack.with(Self.factor).speaks("rising", events) == speaks)
    }

    @Test(arguments: [
        (["crea=0.9 unit=mg/dL high=1.3 t=d0h8", "crea=1.2 unit=mg/dL high=1.3 t=d2h8"], true),
        (["crea=0.9 unit=mg/dL high=1.3 t=d0h8", "crea=1.19 unit=mg/dL high=1.3 t=d2h8"], false),
        (["crea=70 unit=umol/L high=100 t=d0h8", "crea=96.526 unit=umol/L high=100 t=d2h8"], true),
        (["crea=70 unit=umol/L high=100 t=d0h8", "crea=96.525 unit=umol/L high=100 t=d2h8"], false),
        (["crea=0.9 unit=mg/dL high=1.3 t=d0h8", "crea=200 unit=umol/L high=300 t=d2h8"], false),
    ])
    func `by an amount, in the unit of the values`(events: [String], speaks: Bool) throws {
        #expect(try TimePack.with(Self.amount).speaks("rising", events) == speaks)
    }

    @Test func `the alert tells of both values`() throws {
        let alerts = try TimePack.with(Self.factor).alerts(
            "crea=60 id=a unit=umol/L high=100 t=d0h8", "crea=90 id=b unit=umol/L high=100 t=d1h8")
        #expect(alerts.map(\.rule) == ["rising"])
        #expect(alerts.last?.evidence == ["b crea.value=90 umol/L", "a crea.value=60 umol/L"])
    }

    @Test(arguments: [
        ("terms: [crea], within: 7d", "needs one of 'by_factor' and 'by'"),
        ("terms: [crea], by_factor: 1.5, by: 3 umol/L, within: 7d", "needs one of 'by_factor' and 'by'"),
        ("terms: [crea], by_factor: 1, within: 7d", "a factor of '1' is no rise"),
        ("terms: [crea], by_factor: fast, within: 7d", "'fast' is not a number"),
        ("terms: [crea], by: 0 umol/L, within: 7d", "'0 umol/L' is no rise"),
        ("terms: [crea], by: 3 ounce, within: 7d", "'3 ounce' is not an amount of 'crea'"),
        ("terms: [crea], by: 3, within: 7d", "'3' is not an amount of 'crea'"),
        ("terms: all, by_factor: 2, within: 7d", "looks at single measurements"),
        ("terms: [crea], by_factor: 2", "a rule needs 'within'"),
    ])
    func `a mistake in it is told`(settings: String, mistake: String) {
        let mistakes = TimePack.mistakes("- {id: a, kind: rising, severity: soon, \(settings)}")
        #expect(mistakes.contains("any.yaml:5:") && mistakes.contains(mistake), "\(mistakes)")
    }
}
