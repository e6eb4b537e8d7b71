import Testing

@testable import Classifier

/// Published tables from answers to a composite, and the answers as findings of their own.
struct CompositeTests {
    private static let files = [
        "shared.yaml": """
        attributes:
          frequency: {choices: [never, rarely, occasionally, frequently, almost constantly]}
          severity: {choices: [none, mild, moderate, severe, very severe]}
          interference: {choices: [not at all, a little bit, somewhat, quite a bit, very much]}
          presence: {kind: bool}

        """,
        "pro.yaml": """
        scale: composite
        title: Composite
        family: composite
        answers: answers
        phrase: "{term} composite {grade}"
        answer_phrase: "{term} answered {grade}"
        source: published table
        tables:
          severity: [0, 1, 2, 3, ~]
          frequency, severity:
            - [0, 0, 0, 0, 0]
            - [1, 1, 1, 2, 2]
            - [1, 1, 2, 2, ~]
            - [1, 1, 2, 3, 3]
            - [~, ~, ~, ~, ~]
        terms:
          dry: {title: Dry mouth, concern: bowel, asks: [severity]}
          nausea: {title: Nausea, concern: bowel, asks: [severity, frequency], codes: {frequency: [q1], severity: [q2]}}
          bruise: {title: Bruise, concern: skin, asks: [presence]}

        """,
        "any.yaml": "therapy: any\ntriage_by_scale: {answers: {default: {3: soon}}}\n",
    ]

    private static let pack = Result { try TestPack(files) }

    @Test(arguments: [
        ("nausea{frequency=1,severity=3}", 2, 3), ("nausea{frequency=3,severity=1}", 1, 3),
        ("nausea{frequency=3,severity=3}", 3, 3),
        ("nausea{frequency=rarely,severity=severe}", 2, 3), ("nausea{severity=2,frequency=2}", 2, 2),
        ("nausea{frequency=0,severity=4}", 0, 4),
    ])
    func `a composite is looked up by attribute, whatever order the term asks in`(
        event: String, grade: Int, answer: Int
    ) throws {
        let found = try Self.pack.get().findings(event)
        #expect(found == ["nausea@composite \(grade)", "nausea@answers \(answer)"])
    }

    @Test(arguments: [
        ("nausea{frequency=0}", "nausea@composite 0", 0), ("nausea=never attribute=frequency", "nausea@composite 0", 0),
        ("nausea{frequency=1}", "nausea@composite none..2 (no answer for severity)", 1),
        ("nausea{severity=2}", "nausea@composite none..2 (no answer for frequency)", 2),
        ("nausea{frequency=2,severity=4}", "nausea@composite none (no composite is published for these answers)", 4),
        ("nausea{frequency=4,severity=4}", "nausea@composite none (no composite is published for these answers)", 4),
        ("nausea{frequency=4}", "nausea@composite none (no answer for severity)", 4),
    ])
    func `a missing answer or an unpublished row leaves no composite, but a leading 0 settles it`(
        event: String, composite: String, answer: Int
    ) throws {
        let found = try Self.pack.get().findings(event)
        #expect(found == [composite, "nausea@answers \(answer)"])
    }

    @Test func `each answer is a finding of its own, and the highest one counts`() throws {
        let pack = try Self.pack.get()
        #expect(pack.findings("q1=4") == ["nausea@composite none (no answer for severity)", "nausea@answers 4"])
        #expect(pack.findings("q2=0") == ["nausea@composite none..1 (no answer for frequency)", "nausea@answers 0"])
        #expect(pack.findings("bruise=true") == ["bruise@answers 1"])
        #expect(pack.findings("bruise=no") == ["bruise@answers 0"])
        #expect(
            pack.findings("dry=very_severe") == [
                "dry@composite none (no composite is published for these answers)", "dry@answers 4",
            ])
    }

    @Test(arguments: ["5", "-1", "1.5", "extreme", "true"])
    func `an answer that is none of the choices is no answer`(value: String) throws {
        let found = try Self.pack.get().findings("dry=\(value)")
        let reason = "severity is not one of the answers it can have"
        #expect(found == ["dry@composite none..3 (\(reason))", "dry@answers none (\(reason))"])
    }
}
