import Clinical
import Testing

@testable import Classifier

/// Ladders, baselines and a clinician's own grade.
struct GraderTests {
    private static let terms = """
        alt:
          title: ALT
          concern: liver
          unit: U/L
          units: {ukat/L: 60}
          plausible: 0..50000
          direction: high
          grades: {1: "> 1 ULN", 2: "> 3 ULN", 3: "> 5 ULN", 4: "> 20 ULN"}
          when baseline high: {1: ">= 1.5 baseline", 2: "> 3 baseline", 3: "> 5 baseline", 4: "> 20 baseline"}
        fib:
          title: Fibrinogen
          concern: blood
          unit: g/L
          direction: low
          grades: {1: "< 1 LLN", 2: "< 0.5 LLN"}
          when baseline abnormal: {1: "< 1 baseline", 2: "< 0.5 baseline"}
        gluc:
          title: Glucose
          concern: blood
          unit: mmol/L
          grades: {1: "> 7"}
          when baseline low: {1: "> 5"}
          when baseline high: {1: "> 9"}
        sodium:
          title: Sodium
          concern: kidney
          unit: mmol/L
          low: {title: Hyponatremia, grades: {1: "< 1 LLN", 2: "< 130", 3: "< 125 or < 130 and symptomatic", 4: "< 120"}}
          high: {title: Hypernatremia, grades: {1: "> 1 ULN", 2: "> 150", 3: "> 155", 4: "> 160"}}
        rash:
          title: Rash
          concern: skin
          attributes:
            bsa_percent: {unit: "%", plausible: 0..100}
            adl: {choices: [none, instrumental, self_care]}
            symptoms: {choices: [none, mild, moderate, severe]}
          grades:
            1: bsa_percent > 0 and bsa_percent < 10
            2: bsa_percent in 10..30 or adl = instrumental or bsa_percent > 30
            3: bsa_percent > 30 and symptoms >= moderate or adl = self_care
        creat:
          title: Creatinine
          concern: kidney
          unit: mg/dL
          grades: {1: "> 1 ULN", 2: "> 1.5 ULN", 3: "> 3 ULN"}
          when baseline known: {1: "> 1 ULN", 2: "> 1.5 ULN or > 1.5 baseline", 3: "> 3 ULN or > 3 baseline"}
        bili:
          title: Bilirubin
          concern: liver
          grades: {1: "> 1 ULN"}
          when baseline high: {2: "> 1 baseline"}
          when baseline known: {3: "> 1 baseline"}
        inr: {title: INR, concern: blood, unit: "{INR}", assume_unit: true, plausible: 0.4..25, grades: {1: "> 1.2"}}

        """

    private static let pack = Result { try TestPack(terms: terms, shared: "qualifiers: {symptomatic: {}}\n") }

    private static func findings(_ line: String) throws -> [String] { try pack.get().findings(line) }

    @Test(arguments: [
        ("40", "alt 0"), ("40.1", "alt 1"), ("120", "alt 1"), ("120.1", "alt 2"), ("200", "alt 2"), ("200.1", "alt 3"),
        ("800", "alt 3"), ("800.1", "alt 4"),
    ])
    func `the highest grade whose criterion is true is the grade`(value: String, finding: String) throws {
        #expect(try Self.findings("alt=\(value) high=40") == [finding.replacing("alt", with: "alt.high")])
    }

    @Test func `creatinine of one and a half times its limit is grade 1, whatever binary fractions say`() throws {
        #expect(try Self.findings("creat=1.8 unit=mg/dL high=1.2") == ["creat 1"])
        #expect(try Self.findings("creat=1.80000001 unit=mg/dL high=1.2") == ["creat 2"])
    }

    @Test(arguments: [
        ("alt=120", "alt.high none..4 (no upper limit of normal (high) with the result)"),
        (
            "sodium=118 unit=mmol/L",
            "sodium.low 4; sodium.high none..1 (no upper limit of normal (high) with the result)"
        ),
        ("sodium=128 unit=mmol/L qualifier=symptomatic high=145", "sodium.low 3; sodium.high 0"),
        (
            "sodium=128 unit=mmol/L high=145",
            "sodium.low 2..3 (no word on whether symptomatic); sodium.high 0"
        ),
        (
            "sodium=140 unit=mmol/L",
            "sodium.low none..1 (no lower limit of normal (low) with the result); "
                + "sodium.high none..1 (no upper limit of normal (high) with the result)"
        ),
    ])
    func `a missing limit may leave a grade open or be beside the point, but never disproves one`(
        event: String, finding: String
    ) throws {
        let found = try Self.findings(event).joined(separator: "; ")
        #expect(found == finding)
    }

    @Test(arguments: [
        ("rash=5", "rash 1..3 (no answer for adl)"), ("rash{bsa_percent=5,adl=none}", "rash 1"),
        ("rash{bsa_percent=0,adl=none}", "rash 0"), ("rash{bsa_percent=35,adl=none,symptoms=mild}", "rash 2"),
        ("rash{bsa_percent=35,adl=none}", "rash 2..3 (no answer for symptoms)"),
        ("rash{bsa_percent=35}", "rash 2..3 (no answer for symptoms; no answer for adl)"),
        ("rash{bsa_percent=10,adl=none}", "rash 2"), ("rash{bsa_percent=30,adl=none}", "rash 2"),
        ("rash{adl=self_care}", "rash 3"),
        ("rash{adl=none}", "rash none..3 (no answer for bsa_percent; no answer for symptoms)"),
    ])
    func `a higher grade that cannot be excluded stays possible, and the finding says for want of what`(
        event: String, finding: String
    ) throws {
        let found = try Self.findings(event)
        #expect(found == [finding])
    }

    @Test(arguments: [
        ("baseline=30", "alt.high 2"), ("baseline=40", "alt.high 2"), ("baseline=41", "alt.high 1"),
        ("baseline=100", "alt.high 0"),
        ("baseline=80.6", "alt.high 1"), ("baseline=80.7", "alt.high 0"),
        ("baseline=30 baseline_flag=high", "alt.high 2"),
        ("baseline=100 baseline_flag=normal", "alt.high 2"), ("baseline=100 baseline_flag=low", "alt.high 2"),
        ("baseline_flag=high", "alt.high none..4 (no baseline value)"), ("baseline_flag=normal", "alt.high 2"),
    ])
    func `an abnormal baseline has criteria of its own; its flag decides, else this result's limits do`(
        baseline: String, finding: String
    ) throws {
        let found = try Self.findings("alt=121 high=40 \(baseline)")
        #expect(found == [finding])
    }

    @Test(arguments: ["baseline=0", "baseline=-1", "baseline=9999999"])
    func `a baseline that cannot be is none`(baseline: String) throws {
        #expect(try Self.findings("alt=121 unit=U/L high=40 \(baseline)") == ["alt.high 2"])
    }

    @Test(arguments: [
        ("fib=1.5 low=2 baseline=2", "fib.low 1"), ("fib=1.5 low=2 baseline=1.6", "fib.low 1"),
        ("fib=1.5 low=2 baseline=1.5", "fib.low 0"), ("fib=1.5 low=2 high=4 baseline=4.1", "fib.low 2"),
        ("fib=2.04 low=2 high=4 baseline=4.1", "fib.low 2"), ("fib=2.06 low=2 high=4 baseline=4.1", "fib.low 1"),
        ("gluc=8 unit=mmol/L", "gluc 1"), ("gluc=8 unit=mmol/L baseline_flag=high", "gluc 0"),
        ("gluc=6 unit=mmol/L baseline_flag=low", "gluc 1"), ("gluc=6 unit=mmol/L baseline_flag=normal", "gluc 0"),
    ])
    func `a baseline may be abnormal to either side, or one`(event: String, finding: String) throws {
        let found = try Self.findings(event)
        #expect(found == [finding])
    }

    @Test(arguments: [
        ("creat=1.3 high=1.2", "creat 1"), ("creat=1.3 high=1.2 baseline=0.8", "creat 2"),
        ("creat=1.2 high=1.2 baseline=0.8", "creat 0"),
        ("creat=1.19 high=1.2 baseline=0.79", "creat 2"), ("creat=2.5 high=1.2 baseline=0.8", "creat 3"),
        ("creat=2.4 high=1.2 baseline=0.8", "creat 2"), ("creat=1.9 high=1.2 baseline=1.8", "creat 2"),
        ("creat=1.9 baseline=1.8", "creat none..3 (no upper limit of normal (high) with the result)"),
        ("creat=6 baseline=1.8", "creat 3"), ("creat=1.3 high=1.2 baseline_flag=high", "creat 1"),
        ("bili=3 high=2 baseline=2.5", "bili 2"), ("bili=3 high=2 baseline=2.5 baseline_flag=normal", "bili 3"),
        ("bili=3 high=2 baseline=1", "bili 3"), ("bili=3 high=2", "bili 1"),
        ("bili=3 high=2 baseline_flag=normal", "bili 1"),
    ])
    func `a known baseline has criteria of its own where no more special ones apply`(event: String, finding: String)
        throws
    {
        let found = try Self.findings(event)
        #expect(found == [finding])
    }

    @Test(arguments: [
        ("inr=1.3", "inr 1"), ("inr=1.2", "inr 0"), ("inr=1.3 unit={INR}", "inr 1"),
        ("inr=30", "inr none..1 (value is outside its plausible range)"),
        ("inr=1.3 unit=s", "inr none..1 (no factor turns the unit 's' into '{INR}')"),
    ])
    func `a unit may be taken for granted, but another one is never taken for it`(event: String, finding: String) throws
    {
        let found = try Self.findings(event)
        #expect(found == [finding])
    }

    @Test(arguments: [
        ("alt=3 attribute=grade", "alt.high 3"), ("alt{grade=3,value=41} high=40", "alt.high 3"),
        ("alt{grade=1,value=900} high=40", "alt.high 4"),
        ("alt{grade=2,value=900}", "alt.high 2..4 (no upper limit of normal (high) with the result)"),
        ("alt=0 attribute=grade", "alt.high 0"), ("alt=5 attribute=grade", "alt.high 5"),
        ("alt=6 attribute=grade", "alt.high none (grade is not a whole number from 0 to 5; no answer for value)"),
        ("alt=2.5 attribute=grade", "alt.high none (grade is not a whole number from 0 to 5; no answer for value)"),
        ("rash{grade=2,bsa_percent=5}", "rash 2..3 (no answer for adl)"), ("rash=3.0 attribute=grade", "rash 3"),
    ])
    func `a clinician's grade counts on the term's own scale, and a ladder that reaches higher stands`(
        event: String, finding: String
    ) throws {
        let found = try Self.findings(event)
        #expect(found == [finding])
    }

    @Test func `a clinician's grade of a term with two directions is ungradable, for it names neither`() throws {
        let found = try Self.findings("sodium=3 attribute=grade")
        #expect(found == ["sodium.low none (a grade alone does not say whether it is low or high)"])
    }
}
