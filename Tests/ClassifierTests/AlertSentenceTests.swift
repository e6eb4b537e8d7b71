import TestSupport
import Testing

@testable import Classifier

/// What the sentence of an alert says, and what it leaves out.
struct AlertSentenceTests {
    private static let files = [
        "scale.yaml": TestPack.scale + """
              x: {title: X, concern: skin, grades: {3: "> 1 and symptomatic"}}
              w: {title: W, concern: kidney, grades: {1: "> 1", 3: "> 1 and symptomatic"}}
              y: {title: Y, concern: bowel, grades: {1: "> 1"}}
              hb: {title: Hemoglobin, concern: blood, unit: g/L, low: {title: Anemia, grades: {2: "< 100"}}, high: {title: Polycythemia, grades: {3: "> 1 ULN"}}}

            """,
        "pro.yaml": """
        scale: composite
        family: composite
        answers: answers
        phrase: "{term} composite {grade}"
        answer_phrase: "{term} answered {grade}"
        source: published
        tables: {"frequency, severity": [[0, 0, 0, 0, 0], [1, 1, 1, 2, 2], [1, 1, 2, 2, 2], [1, 1, 2, 3, 3], [1, 1, 2, 3, 3]]}
        terms: {nausea: {title: Nausea, concern: bowel, asks: [frequency, severity]}}

        """,
        "shared.yaml": """
        qualifiers: {symptomatic: {}}
        attributes:
          frequency: {choices: [never, rarely, occasionally, frequently, almost constantly]}
          severity: {choices: [none, mild, moderate, severe, very severe]}

        """,
        "any.yaml": """
        therapy: any
        source: root source
        triage: {default: {1: routine, 2: soon, 3: urgent}}
        triage_by_scale: {answers: {default: {2: soon, 3: soon}}, composite: {default: {2: soon, 3: urgent}}}
        rules:
          - {id: not-graded, kind: unjudged, terms: all, title: not graded, severity: soon}
          - {id: near, kind: when, when: y > 0.5, title: almost, severity: soon}
          - {id: x-pair, kind: together, of: [x >= 3, y >= 1], within: 3d, title: pair, severity: emergency}
          - {id: w-pair, kind: together, of: [w >= 3, y >= 1], within: 3d, title: pair, severity: emergency}

        """,
    ]

    private static let pack = Result { try TestPack(files) }

    /// It once said `composite 0, possibly 2 ()`.
    @Test(arguments: [
        ("x=2", "X grade 3 possible with Y grade 1 on any: pair"),
        ("w=2", "W grade 1, possibly 3 with Y grade 1 on any: pair"),
    ])
    func `an earlier report of which nobody says why leaves no empty brackets and no grade that was not found`(
        report: String, summary: String
    ) throws {
        let alerts = try Self.pack.get().alerts("\(report) therapy=any", "y=2 t=d1h8 therapy=any")
        #expect(alerts.filter { $0.rule.hasSuffix("-pair") }.map(\.summary) == [summary])
    }

    @Test func `a grade of 0 is not told where a rule leads`() throws {
        let pack = try Self.pack.get()
        #expect(pack.alerts("y=0.7 therapy=any").map(\.summary) == ["Y on any: almost"])
        #expect(pack.alerts("y=2 therapy=any").map(\.summary) == ["Y grade 1 on any: almost"])
    }

    @Test func `a value that is too low does not say that nobody knows whether it is too high`() throws {
        let pack = try Self.pack.get()
        let low = pack.alerts("hb=90 unit=g/L therapy=any")
        #expect(low.map(\.summary) == ["Anemia grade 2 on any"])
        #expect(low.map(\.because) == [[]])
        #expect(pack.alerts("hb=120 unit=g/L therapy=any").map(\.rule) == ["not-graded"])
    }

    /// One answer of two once hid that the composite may be worse than the answer.
    @Test(arguments: [
        (
            "nausea{severity=3} therapy=any",
            "Nausea answered 3 with nausea composite 3 possible (no answer for frequency) on any"
        ),
        ("nausea{severity=2} therapy=any", "Nausea answered 2 on any"),
        ("nausea{frequency=1,severity=3} therapy=any", "Nausea composite 2 on any"),
    ])
    func `an answer that stands alone tells which more severe composite stays possible`(
        event: String, summary: String
    ) throws {
        // The second as the short way fills it in from the first.
        let summaries = try Self.pack.get().alerts(event, event + " patient=P2").map(\.summary)
        #expect(summaries == [summary, summary])
    }

    @Test func `the shipped pack tells staff of an unread record without the words of the reader`() throws {
        var events = TestEvents(TestPack.shipped.compiled.vocabulary)
        events.addReject(patient: "P7", raw: "{\"patient\":\"P7\",", reason: "the object does not end")
        let alert = try #require(TestPack.shipped.alerts(events.batch).first)
        #expect(!alert.summary.contains("object"))
        #expect(alert.reason == "the object does not end")
    }
}
