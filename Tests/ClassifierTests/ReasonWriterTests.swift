import Testing

@testable import Classifier

/// Why reports cannot be graded.
struct ReasonWriterTests {
    private static let pack = Result {
        try TestPack(
            terms: """
                alb:
                  title: Albumin
                  concern: liver
                  unit: g/L
                  units: {g/dL: 10}
                  plausible: 3..90
                  direction: low
                  grades: {2: "< 30"}
                rash:
                  title: Rash
                  concern: skin
                  attributes:
                    bsa_percent: {unit: "%", plausible: 0..100}
                    seen: {kind: bool, absent: false}
                    itch: {choices: [none, some]}
                  grades: {1: "bsa_percent > 3", 2: seen}

                """)
    }

    @Test(arguments: [
        ("alb=25", "alb.low none..2 (no unit with value)"),
        ("alb=25 unit=mg/mL", "alb.low none..2 (no factor turns the unit 'mg/mL' into 'g/L')"),
        ("alb=2.99 unit=g/L", "alb.low none..2 (value is outside its plausible range)"),
        ("alb=3 unit=g/L", "alb.low 2"), ("alb=90 unit=g/L", "alb.low 0"),
        ("alb=90.01 unit=g/L", "alb.low none..2 (value is outside its plausible range)"),
        ("alb=9 unit=g/dL", "alb.low 0"),
        ("alb=9.001 unit=g/dL", "alb.low none..2 (value is outside its plausible range)"),
        ("alb='25' unit=g/L", "alb.low none..2 (value is not a number (a number in quotes is text))"),
        ("alb=true unit=g/L", "alb.low none..2 (value is not a number (a number in quotes is text))"),
        ("alb=low unit=g/L", "alb.low none..2 (value is not a number (a number in quotes is text))"),
        ("alb=2 unit=g/L comparator=<", "alb.low 2"),
        ("rash=101 unit=%", "rash none..1 (bsa_percent is outside its plausible range)"),
        ("rash=4", "rash 1"), ("rash{bsa_percent=4,seen=maybe}", "rash 1..2 (seen is neither yes nor no)"),
        ("rash{bsa_percent=4,seen=5}", "rash 1..2 (seen is neither yes nor no)"),
        ("rash{bsa_percent=4,seen=1}", "rash 2"), ("rash{bsa_percent=4,seen=4}", "rash 2"),
        ("rash{bsa_percent=4,seen=some}", "rash 2"), ("rash{bsa_percent=4,seen=0}", "rash 1"),
        ("rash{bsa_percent=4,seen=y}", "rash 2"), ("rash{bsa_percent=4,seen=No}", "rash 1"),
        (
            "rash=3 attribute=area",
            "rash none (an attribute that rash does not ask; asked are bsa_percent, seen, itch, grade)"
        ),
        ("rash{area=3}", "rash none (an attribute that rash does not ask; asked are bsa_percent, seen, itch, grade)"),
        (
            "rash{area=3,bsa_percent=4}",
            "rash 1 (an attribute that rash does not ask; asked are bsa_percent, seen, itch, grade)"
        ),
        (
            "rash=some attribute=itch",
            "rash none (nothing that a scale looks at was answered; asked are bsa_percent, seen, itch, grade)"
        ),
        ("rash=7 attribute=itch", "rash none (itch is not one of the answers it can have)"),
    ])
    func `an ungradable report says why, without the value`(event: String, finding: String) throws {
        let found = try Self.pack.get().findings(event)
        #expect(found == [finding])
    }

    /// 2 µkat/L once counted as 2 U/L when it came as one of several answers.
    @Test(arguments: [
        ("alb{value=25} unit=g/L", "alb.low 2"), ("alb{value=2.5} unit=g/dL", "alb.low 2"),
        ("alb{value=3.5} unit=g/dL", "alb.low 0"),
        ("alb{value=25}", "alb.low none..2 (no unit with value)"),
        ("alb{value=25} unit=mg/mL", "alb.low none..2 (no factor turns the unit 'mg/mL' into 'g/L')"),
        ("alb{value=25,grade=1} unit=mg/mL", "alb.low 1..2 (no factor turns the unit 'mg/mL' into 'g/L')"),
        ("rash{bsa_percent=4,seen=false}", "rash 1"), ("rash{bsa_percent=4,seen=false} unit=%", "rash 1"),
        ("rash{bsa_percent=4,seen=false} unit=g/L", "rash 1"),
        ("rash{bsa_percent=4} unit=g/L", "rash none..1 (no factor turns the unit 'g/L' into '%')"),
    ])
    func `the unit of several answers belongs to those it fits, and a measured value needs one`(
        event: String, finding: String
    ) throws {
        let found = try Self.pack.get().findings(event)
        #expect(found == [finding])
    }

    @Test func `what is not watched has no finding`() throws {
        #expect(try Self.pack.get().findings("sparkle=3").isEmpty)
    }
}
