import Clinical
import TestSupport
import Testing

@testable import Classifier

/// Patients of whom nothing is heard though a report was due.
struct SilentRuleTests {
    private static let pack = Result { try SilencePack() }

    private static func silences(
        _ steps: [SilencePack.Step], roster: Roster? = nil, _ pack: SilencePack? = nil
    ) throws -> [String] {
        try (pack ?? Self.pack.get()).lines(steps, roster: roster).filter { $0.contains(" data by ") }
    }

    @Test(arguments: [
        ("x=0.5", "d8h7", []), ("x=0.5", "d8h8", ["d8h8 opened soon data by quiet"]),
        ("x=2.5", "d99h0", ["d8h8 opened soon data by quiet"]),
        ("x=3.5", "d99h0", ["d8h8 opened urgent data by quiet"]),
        ("x=9", "d99h0", ["d8h8 opened urgent data by quiet"]),
    ])
    func `it speaks at the deadline, as severe as the last report makes it`(
        event: String, now: String, wanted: [String]
    ) throws {
        #expect(
            try Self.silences(
                [.events(["\(event) t=d0h8"]), .tick(now), .tick("d99h1")].dropLast(now == "d8h7" ? 1 : 0)) == wanted)
    }

    @Test func `the alert tells how long nothing came, and what the last report said`() throws {
        let roster = try Self.pack.get().roster(started: "d-10", lastDose: "d-2")
        let alerts = try Self.pack.get().alerts(
            [.events(["x=2.5 id=a t=d0h8", "y=0.5 id=b t=d1h8"]), .tick("d9h8")], roster: roster)
        let alert = try #require(alerts.last)
        #expect(alert.summary == "No word for 8d on cells, day 19: quiet")
        #expect(alert.evidence == ["b y.value=0.5"])
        #expect(alert.term.isEmpty && alert.grade == nil && alert.therapy == "cells")
        #expect(alert.respondBy == TestEvents.moment("d10h8") && alert.sources == ["root source"])
        let ill = try Self.pack.get().alerts([.events(["x=2.5 id=a t=d0h8"]), .tick("d8h8")])
        #expect(ill.last?.summary == "No word for 8d, the last of X grade 2 on unknown therapy: quiet")
    }

    @Test func `the next report ends it, and is its evidence`() throws {
        let alerts = try Self.pack.get().alerts([
            .events(["x=0.5 t=d0h8"]), .tick("d9h0"), .events(["y=1.5 id=z t=d9h1", "y=1.5 t=d9h2"]), .tick("d10h0"),
        ])
        #expect(
            alerts.map(SilencePack.line) == [
                "d8h8 opened soon data by quiet", "d9h1 opened routine bowel by grade:y",
                "d9h1 resolved none data by quiet",
            ])
        #expect(alerts[0].episodeID == alerts[2].episodeID && alerts[2].previousSeverity == "soon")
        #expect(alerts[2].evidence == ["z y.value=1.5"])
        #expect(alerts[2].summary == "Word came after 8d on unknown therapy")
    }

    @Test func `an older report, a repeat and one that nobody watches do not end it`() throws {
        let lines = try Self.silences([
            .events(["x=0.5 id=a t=d0h8"]), .tick("d9h0"),
            .events(["x=0.4 t=d-1h8", "x=0.5 id=a t=d0h8", "zzz=1 t=d9h1"]), .tick("d10h0"),
        ])
        #expect(lines == ["d8h8 opened soon data by quiet"])
    }

    @Test func `each silence is told once, and is an episode of its own`() throws {
        let alerts = try Self.pack.get().alerts([
            .events(["x=0.5 t=d0h8"]), .tick("d9h0"), .tick("d20h0"), .events(["x=0.5 t=d20h8"]), .tick("d40h0"),
        ])
        #expect(alerts.map(\.transition) == ["opened", "resolved", "opened"])
        #expect(Set(alerts.map(\.episodeID)).count == 2 && Set(alerts.map(\.alertID)).count == 3)
    }

    @Test func `what the roster expects comes before the rule's own span`() throws {
        let pack = try Self.pack.get()
        let steps: [SilencePack.Step] = [.events(["x=0.5 t=d0h8"]), .tick("d99h0")]
        #expect(
            try Self.silences(steps, roster: pack.roster(expects: 2)) == ["d3h8 opened soon data by quiet"])
        #expect(
            try Self.silences(steps, roster: pack.roster(expects: 14)) == ["d15h8 opened soon data by quiet"])
    }

    @Test func `without a span of its own it awaits only patients of whom the roster expects reports`() throws {
        let pack = try SilencePack("- {id: quiet, kind: silent, severity: soon, concern: data}")
        let steps: [SilencePack.Step] = [.events(["x=0.5 t=d0h8"]), .tick("d99h0")]
        #expect(try Self.silences(steps, pack) == [])
        #expect(try Self.silences(steps, roster: pack.roster(), pack) == [])
        #expect(try Self.silences(steps, roster: pack.roster(expects: 3), pack) == ["d3h8 opened soon data by quiet"])
    }

    @Test func `once no therapy is watched, only what the roster expects is due`() throws {
        let pack = try Self.pack.get()
        let steps: [SilencePack.Step] = [.events(["x=0.5 t=d0h8"]), .tick("d99h0")]
        #expect(try Self.silences(steps, roster: pack.roster(lastDose: "d-19")).count == 1)
        #expect(try Self.silences(steps, roster: pack.roster(lastDose: "d-21")) == [])
        #expect(try Self.silences(steps, roster: pack.roster(expects: 7, lastDose: "d-60")).count == 1)
        // The event itself may tell the therapy and its clock.
        #expect(try Self.silences([.events(["x=0.5 t=d0h8 therapy=cells last_dose=d-21"]), .tick("d99h0")]) == [])
    }

    @Test func `a therapy of more risk waits less, or is told as more severe`() throws {
        let pack = try SilencePack(
            cells:
                "- {id: quiet-cells, kind: silent, within: 2d, window: {until: 14d after last_dose}, severity: urgent, concern: data}"
        )
        let steps: [SilencePack.Step] = [.events(["x=0.5 t=d0h8"]), .tick("d99h0")]
        #expect(
            try Self.silences(steps, roster: pack.roster(lastDose: "d-1"), pack) == [
                "d2h8 opened urgent data by quiet-cells"
            ])
        #expect(
            try Self.silences(steps, roster: pack.roster(lastDose: "d-13"), pack) == ["d8h8 opened soon data by quiet"])
    }

    @Test func `a longer silence may be told as more severe`() throws {
        let pack = try SilencePack(
            """
            - {id: quiet, kind: silent, within: 2d, severity: soon, concern: data}
            - {id: quieter, kind: silent, within: 4d, severity: urgent, concern: data}
            - {id: milder, kind: silent, within: 6d, severity: routine, concern: data}
            """)
        let alerts = pack.alerts([.events(["x=0.5 t=d0h8"]), .tick("d99h0"), .events(["x=0.5 t=d99h8"])])
        #expect(
            alerts.map(SilencePack.line) == [
                "d2h8 opened soon data by quiet", "d4h8 worsened urgent data by quieter",
                "d99h8 resolved none data by quieter",
            ])
        #expect(Set(alerts.map(\.episodeID)).count == 1 && alerts[1].previousSeverity == "soon")
    }

    @Test func `it may await reports about some terms alone`() throws {
        let pack = try SilencePack(
            "- {id: quiet, kind: silent, within: 7d, terms: [x], severity: soon, concern: data}")
        let steps: [SilencePack.Step] = [
            .events(["x=0.5 t=d0h8", "y=0.5 t=d6h8"]), .tick("d8h0"), .events(["y=0.5 t=d8h8"]),
            .events(["x=0.5 t=d9h8"]),
        ]
        #expect(
            try Self.silences(steps, pack) == ["d7h8 opened soon data by quiet", "d9h8 resolved none data by quiet"])
    }

    @Test func `a patient who never sent a report is awaited from the start of the therapy on`() throws {
        let pack = try Self.pack.get()
        let steps: [SilencePack.Step] = [.expectRoster, .tick("d9h0")]
        #expect(
            try Self.silences(steps, roster: pack.roster(expects: 3, started: "d0h8")) == [
                "d4h8 opened soon data by quiet"
            ])
        #expect(try Self.silences(steps, roster: pack.roster(expects: 3)) == [])
        #expect(try Self.silences(steps, roster: pack.roster(started: "d0h8")) == [])
        #expect(
            try Self.silences(steps + [.events(["x=0.5 t=d9h8"])], roster: pack.roster(expects: 3, started: "d0h8"))
                .last
                == "d9h8 resolved none data by quiet")
    }

    @Test func `who becomes active after a silence that was explained is awaited again`() throws {
        let pack = try Self.pack.get()
        let roster = pack.roster([(.paused, "d10"), (.active, "d20"), (.paused, "d30"), (.active, "d40")])
        let steps: [SilencePack.Step] = [.events(["x=0.5 t=d0h8"]), .tick("d9h0"), .tick("d29h0"), .tick("d99h0")]
        let wanted = [
            "d8h8 opened soon data by quiet", "d10h0 resolved none data by quiet", "d28h0 opened soon data by quiet",
            "d30h0 resolved none data by quiet", "d48h0 opened soon data by quiet",
        ]
        #expect(try Self.silences(steps, roster: roster) == wanted)
        #expect(try Self.silences([steps[0], .tick("d99h0")], roster: roster) == wanted)
    }

    @Test func `who is called active anew while a silence lasts is not called for twice`() throws {
        let pack = try Self.pack.get()
        let roster = pack.roster([(.active, "d20")])
        #expect(
            try Self.silences([.events(["x=0.5 t=d0h8"]), .tick("d99h0")], roster: roster) == [
                "d8h8 opened soon data by quiet"
            ])
    }

    @Test func `a report that ended a silence and is withdrawn is awaited again`() throws {
        let events = ["x=0.5 id=b t=d9h8", "x=0.5 id=b t=d9h8 status=cancelled"]
        #expect(
            try Self.silences([.events(["x=0.5 id=a t=d0h8"]), .tick("d9h0"), .events(events), .tick("d99h0")]) == [
                "d8h8 opened soon data by quiet", "d9h8 resolved none data by quiet", "d17h8 opened soon data by quiet",
            ])
    }

    @Test(arguments: [Roster.Status.admitted, .paused, .withdrawn, .deceased])
    func `nobody awaits a patient whose station says why nothing comes`(status: Roster.Status) throws {
        let pack = try Self.pack.get()
        let steps: [SilencePack.Step] = [.events(["x=0.5 t=d0h8"]), .tick("d7h0"), .tick("d99h0")]
        #expect(try Self.silences(steps, roster: pack.roster([(status, nil)])) == [])
        #expect(try Self.silences(steps, roster: pack.roster([(status, "d8")])) == [])
        #expect(
            try Self.silences(steps, roster: pack.roster([(status, "d10")])) == [
                "d8h8 opened soon data by quiet", "d10h0 resolved none data by quiet",
            ])
        let alerts = pack.alerts(steps, roster: pack.roster([(status, "d10")]))
        #expect(alerts.last?.summary == "No word for 8d on cells: \(status)")
    }

    @Test func `who becomes active again is awaited from then on`() throws {
        let pack = try Self.pack.get()
        let roster = pack.roster([(.paused, "d3"), (.active, "d20")])
        #expect(
            try Self.silences([.events(["x=0.5 t=d0h8"]), .tick("d99h0")], roster: roster) == [
                "d28h0 opened soon data by quiet"
            ])
    }

    @Test func `a silence is explained, though the roster expects nothing any more`() throws {
        let pack = try Self.pack.get()
        let kept = KeptMemory()
        var first = kept.classifier(pack.pack, roster: pack.roster(expects: 3))
        _ = pack.alerts([.events(["x=0.5 t=d0h8"]), .tick("d5h0")], &first)
        kept.fold(&first)
        var next = kept.classifier(pack.pack, roster: pack.roster([(.withdrawn, "d6")]))
        #expect(
            pack.alerts([.expectRoster, .tick("d9h0")], &next).map(SilencePack.line) == [
                "d6h0 resolved none data by quiet"
            ])
    }

    @Test(arguments: [
        ("severity: soon, within: 7d", "rule 'a' needs 'concern'"),
        ("severity: soon, within: 0d, concern: data", "'within' is no time at all"),
        ("severity: soon, within: week, concern: data", "'week' is not a duration"),
        (
            "severity: soon, within: 7d, concern: skin",
            "rule 'a' is about silence, and its concern 'skin' about reports"
        ),
        ("severity: soon, terms: [z], concern: data", "unknown term 'z'"),
        ("severity: soon, severity_after: {bad: urgent}, concern: data", "unknown key 'bad'"),
        ("severity: soon, severity_after: {soon: bad}, concern: data", "unknown severity 'bad'"),
        (
            "severity: soon, severity_after: {soon: urgent, urgent: soon}, concern: data",
            "silence after a report that was 'urgent' is milder than after a milder one"
        ),
    ])
    func `a mistake in it is told`(settings: String, mistake: String) {
        let mistakes = TimePack.mistakes("- {id: a, kind: silent, \(settings)}")
        #expect(mistakes.contains("any.yaml:5:") && mistakes.contains(mistake), "\(mistakes)")
    }
}
