import Clinical
import Testing

@testable import Classifier

/// Criteria as ladders ask them, over whole events.
struct CriterionEvaluatorTests {
    private static let shared = """
        qualifiers:
          symptomatic: {}
          asymptomatic: {denies: symptomatic}
          on_anticoagulant: {absent: false}
        attributes:
          duration_h: {unit: h, units: {d: 24}, plausible: 0..9000}
        unit_spellings:
          "[degF]": [F]

        """

    private static func pack(_ terms: String) throws -> TestPack { try TestPack(terms: terms, shared: shared) }

    /// A term `x` with one grade, to ask one criterion.
    private static func asking(_ criterion: String, _ more: String = "") throws -> TestPack {
        try pack("x: {title: X, concern: blood, unit: g/L, units: {g/dL: 10}, \(more)grades: {1: \"\(criterion)\"}}\n")
    }

    @Test(arguments: [
        ("> 3", "2.999", "0"), ("> 3", "3", "0"), ("> 3", "3.00", "0"), ("> 3", "3.0001", "1"),
        (">= 3", "2.999", "0"), (">= 3", "3", "1"), (">= 3", "3e0", "1"),
        ("< 3", "2.999", "1"), ("< 3", "3", "0"), ("<= 3", "3", "1"), ("<= 3", "3.0001", "0"),
        ("= 3", "3.0", "1"), ("= 3", "3.1", "0"), ("!= 3", "3.0", "0"), ("!= 3", "3.1", "1"),
        ("> 0.3", "0.3", "0"), ("> 0.3", "0.30000000000000004", "1"),
        ("> 3", "1e300", "1"), ("> 3", "1e-300", "0"), ("> 3", "-1e300", "0"), ("< -2", "-2.5", "1"),
        ("< -2", "-2", "0"),
        ("> 0", "0", "0"), ("> 0", "1e-400", "1"), ("> 0", "-0", "0"),
        ("> 99999999999999999", "100000000000000000", "1"),
    ])
    func `a number is compared exactly, at, below and above its limit`(
        criterion: String, value: String, grade: String
    ) throws {
        #expect(try Self.asking(criterion).findings("x=\(value) unit=g/L") == ["x \(grade)"])
    }

    @Test(arguments: [
        ("> 3 ULN", "3.6", "1.2", "0"), ("> 3 ULN", "3.60001", "1.2", "1"), ("> 3 ULN", "3.59999", "1.2", "0"),
        ("> 1.5 ULN", "1.8", "1.2", "0"), ("> 1.5 ULN", "1.81", "1.2", "1"), ("> 1 ULN", "1.8", "1.2", "1"),
        ("> 1.5 ULN", "0.45", "0.3", "0"), ("> 3 ULN", "0.3", "0.1", "0"),
        ("> ULN", "1.2", "1.2", "0"), (">= ULN", "1.2", "1.2", "1"),
        ("> 1.5 ULN", "1e200", "1e199", "1"), ("> 1.5 ULN", "1e-200", "1e-199", "0"),
    ])
    func `a multiple of the upper limit is exact where binary fractions are not`(
        criterion: String, value: String, high: String, grade: String
    ) throws {
        #expect(try Self.asking(criterion).findings("x=\(value) high=\(high)") == ["x \(grade)"])
    }

    @Test(arguments: [
        ("< 1 LLN", "4", "4", "0"), ("< 1 LLN", "3.999", "4", "1"), ("< 0.75 LLN", "3", "4", "0"),
        ("< 0.75 LLN", "2.99", "4", "1"),
    ])
    func `a part of the lower limit`(criterion: String, value: String, low: String, grade: String) throws {
        #expect(try Self.asking(criterion).findings("x=\(value) low=\(low)") == ["x \(grade)"])
    }

    @Test(arguments: [
        (">= 1.5 baseline", "14.9", "0"), (">= 1.5 baseline", "15", "1"), ("<= baseline - 4", "6.1", "0"),
        ("<= baseline - 4", "6", "1"), ("> baseline + 0.3", "10.3", "0"), ("> baseline + 0.3", "10.31", "1"),
    ])
    func `a baseline may be multiplied, or shifted by an amount`(criterion: String, value: String, grade: String) throws
    {
        #expect(try Self.asking(criterion).findings("x=\(value) unit=g/L baseline=10") == ["x \(grade)"])
    }

    @Test(arguments: [
        ("x=180 unit=g/L high=160", "0"), ("x=180.1 unit=g/L high=160", "1"),
        ("x=18 unit=g/dL high=16", "0"), ("x=18.01 unit=g/dL high=16", "1"),
    ])
    func `an amount above the upper limit is taken in the reported unit`(event: String, grade: String) throws {
        #expect(try Self.asking("> ULN + 2 g/dL (20 g/L)").findings(event) == ["x \(grade)"])
        #expect(try Self.asking("> ULN + 20").findings(event) == ["x \(grade)"])
    }

    @Test func `numbers too long for an exact comparison are not compared`() throws {
        let pack = try Self.asking("> ULN + 20")
        let reason = "the numbers are too long to compare"
        #expect(pack.findings("x=1e300 unit=g/L high=160") == ["x none..1 (\(reason))"])
        #expect(pack.findings("x=1e15 unit=g/L high=160") == ["x 1"])
    }

    /// 2.9 mmol/L is 11.62 mg/dL: a value between the two printed limits tells which of them decided.
    @Test(arguments: [
        ("x=2.9 unit=mmol/L", "0"), ("x=2.91 unit=mmol/L", "1"), ("x=11.5 unit=mg/dL", "0"),
        ("x=11.51 unit=mg/dL", "1"),
        ("x=11.6 unit=mg/dL", "1"), ("x=2900 unit=umol/L", "0"), ("x=2900.1 unit=umol/L", "1"),
    ])
    func `the limit printed in the reported unit decides, and others are converted`(event: String, grade: String) throws
    {
        let pack = try Self.pack(
            """
            x:
              title: X
              concern: blood
              unit: mmol/L
              units: {mg/dL: 0.2495, umol/L: 0.001}
              grades: {1: "> 2.9 mmol/L (11.5 mg/dL)"}

            """)
        #expect(pack.findings(event) == ["x \(grade)"])
    }

    /// 100.4 °F is 38 °C exactly, and five ninths are no decimal fraction.
    @Test(arguments: [
        ("100.3", "0"), ("100.4", "1"), ("102.2", "1"), ("102.20001", "2"), ("103.99", "2"), ("104", "2"),
        ("104.01", "3"),
    ])
    func `degrees Fahrenheit are converted exactly`(value: String, grade: String) throws {
        let pack = try Self.pack(
            """
            x:
              title: X
              concern: fever
              attributes: {temp: {unit: Cel, units: {"[degF]": {factor: 5/9, offset: -32}}, plausible: 25..45}}
              grades: {1: temp >= 38, 2: temp > 39, 3: temp > 40}

            """)
        #expect(pack.findings("x=\(value) unit=[degF]") == ["x \(grade)"])
        #expect(pack.findings("x=\(value) unit=F") == ["x \(grade)"])
    }

    @Test(arguments: [
        ("severity >= moderate", "mild", "0"), ("severity >= moderate", "moderate", "1"),
        ("severity >= moderate", "severe", "1"),
        ("severity > mild", "mild", "0"), ("severity = severe", "severe", "1"), ("severity != none", "none", "0"),
        ("severity in [mild, severe]", "moderate", "0"), ("severity in [mild, severe]", "severe", "1"),
        ("severity >= moderate", "1", "0"), ("severity >= moderate", "2", "1"), ("severity >= 2", "2", "1"),
        ("severity >= very_severe", "very_severe", "1"), ("severity = very severe", "very_severe", "1"),
        ("severity < mild", "none", "1"), ("severity in none..mild", "mild", "1"),
        ("severity in none..<mild", "mild", "0"),
    ])
    func `choices are ordered as listed, and answered by label or number`(
        criterion: String, value: String, grade: String
    ) throws {
        let pack = try Self.pack(
            """
            x:
              title: X
              concern: skin
              attributes: {severity: {choices: [none, mild, moderate, severe, very severe]}}
              grades: {1: "\(criterion)"}

            """)
        #expect(pack.findings("x=\(value)") == ["x \(grade)"])
    }

    @Test(arguments: [
        ("9.99", "0", "0"), ("10", "1", "1"), ("29.99", "1", "1"), ("30", "1", "0"), ("30.01", "0", "0"),
    ])
    func `two dots take both ends in, two dots and a sign leave the upper one out`(
        value: String, closed: String, open: String
    ) throws {
        let event = "x=\(value) unit=g/L"
        let attribute = "attributes: {y: {unit: g/L}}, default: y, "
        for (criterion, grade) in [("y in 10..30", closed), ("y in 10..<30", open)] {
            let pack = try Self.pack("x: {title: X, concern: blood, \(attribute)grades: {1: \"\(criterion)\"}}\n")
            #expect(pack.findings(event) == ["x \(grade)"])
        }
    }

    @Test(arguments: [
        ("symptomatic", "", "x none..1 (no word on whether symptomatic)"),
        ("symptomatic", " qualifier=symptomatic", "x 1"),
        ("symptomatic", " qualifier=asymptomatic", "x 0"), ("not symptomatic", " qualifier=asymptomatic", "x 1"),
        ("on_anticoagulant", "", "x 0"), ("on_anticoagulant", " qualifier=on_anticoagulant", "x 1"),
        ("symptomatic", " qualifier=symptomatic+asymptomatic", "x 1"),
        ("symptomatic", " qualifier=unheard_of+symptomatic", "x 1"),
    ])
    func `a qualifier is known when mentioned, denied by its opposite, else unknown unless the pack says no`(
        criterion: String, qualifiers: String, finding: String
    ) throws {
        #expect(try Self.asking("> 0 and \(criterion)").findings("x=1 unit=g/L" + qualifiers) == [finding])
    }

    @Test(arguments: [
        ("temp > 40 lasting 24h", "23.9", "x 0"), ("temp > 40 lasting 24h", "24", "x 1"),
        ("temp > 40 lasting over 24h", "24", "x 0"), ("temp > 40 lasting over 24h", "24.1", "x 1"),
        ("temp > 40 lasting 1d", "24", "x 1"), ("temp > 41 lasting 24h", "48", "x 0"),
    ])
    func `lasting is told by the report's own duration`(criterion: String, hours: String, finding: String) throws {
        let pack = try Self.pack(
            """
            x:
              title: X
              concern: fever
              attributes: {temp: {unit: Cel, plausible: 25..45}, duration_h: }
              grades: {1: "\(criterion)"}

            """)
        #expect(pack.findings("x{temp=40.5,duration_h=\(hours)}") == [finding])
        let unknown = criterion.contains("41") ? "x 0" : "x none..1 (no answer for duration_h)"
        #expect(pack.findings("x{temp=40.5}") == [unknown])
    }

    @Test(arguments: [
        ("< 0.5", "0.5", "<", "x 1"), ("< 0.5", "0.5", "<=", "x none..1 (the laboratory gave only a bound)"),
        ("<= 0.5", "0.5", "<=", "x 1"), ("< 0.4", "0.5", "<", "x none..1 (the laboratory gave only a bound)"),
        ("< 0.6", "0.5", "<", "x 1"), ("> 0.5", "0.5", "<", "x 0"), (">= 0.5", "0.5", "<", "x 0"),
        (">= 0.5", "0.5", "<=", "x none..1 (the laboratory gave only a bound)"), ("> 100", "100", ">", "x 1"),
        ("> 101", "100", ">", "x none..1 (the laboratory gave only a bound)"),
        ("> 100", "100", ">=", "x none..1 (the laboratory gave only a bound)"),
        ("< 100", "100", ">=", "x 0"),
    ])
    func `a value with a comparator is an interval`(
        criterion: String, value: String, comparator: String, finding: String
    ) throws {
        #expect(try Self.asking(criterion).findings("x=\(value) unit=g/L comparator=\(comparator)") == [finding])
    }

    @Test(arguments: [
        ("adl = none", "1"), ("adl = self_care", "0"), ("ill", "0"), ("not ill", "1"), ("score < 5", "1"),
    ])
    func `an attribute's absence means what the pack says it means`(criterion: String, grade: String) throws {
        let pack = try Self.pack(
            """
            x:
              title: X
              concern: skin
              attributes:
                value: {kind: number}
                adl: {choices: [none, instrumental, self_care], absent: none}
                ill: {kind: bool, absent: false}
                score: {kind: number, absent: 2}
              grades: {1: "value > 0 and \(criterion)"}

            """)
        #expect(pack.findings("x=1") == ["x \(grade)"])
    }
}
