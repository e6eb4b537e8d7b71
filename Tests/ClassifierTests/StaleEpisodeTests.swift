import Clinical
import TestSupport
import Testing

@testable import Classifier

/// Open episodes of which nothing is reported any more.
struct StaleEpisodeTests {
    private static let pack = Result { try SilencePack("[]") }

    private static func lines(_ steps: [SilencePack.Step], roster: Roster? = nil) throws -> [String] {
        try pack.get().lines(steps, roster: roster)
    }

    @Test(arguments: [
        ("x=2.5", "d5h7", []), ("x=2.5", "d5h8", ["d5h8 stale soon skin by grade:x"]),
        ("x=2.5", "d99h0", ["d5h8 stale soon skin by grade:x"]),
        ("x=3.5", "d3h8", ["d3h8 stale urgent skin by grade:x"]), ("x=1.5", "d9h0", []),
        ("x=1.5", "d10h8", ["d10h8 stale routine skin by grade:x"]),
        // The severity `emergency` has no `stale_after`.
        ("x=9", "d99h0", []), ("x=0.5", "d99h0", []),
    ])
    func `an episode is stale after its severity's span, and its alert bears the deadline`(
        event: String, now: String, wanted: [String]
    ) throws {
        let lines = try Self.lines([.events(["\(event) t=d0h8"]), .tick(now)])
        #expect(lines.filter { $0.contains("stale") } == wanted)
    }

    @Test func `it keeps its severity, its id and its last report, and says how long nothing came`() throws {
        let alerts = try Self.pack.get().alerts([
            .events(["x=2.5 id=a t=d0h8 therapy=cells started=d-3"]), .tick("d9h0"),
        ])
        let (opened, stale) = (try #require(alerts.first), try #require(alerts.last))
        #expect(stale.episodeID == opened.episodeID && stale.alertID != opened.alertID)
        #expect((stale.severity, stale.previousSeverity) == ("soon", "soon"))
        #expect((stale.term, stale.grade, stale.scale) == ("x", 2, "ctcae"))
        #expect(stale.evidence == ["a x.value=2.5"])
        #expect(stale.summary == "X grade 2 on cells, day 8: no word of it for 5d")
        #expect(stale.respondBy == TestEvents.moment("d6h8"))
        #expect(stale.therapy == "cells" && stale.sources == ["scale source"])
    }

    @Test func `it is told once, and again when a report came and then none`() throws {
        #expect(
            try Self.lines([
                .events(["x=2.5 t=d0h8"]), .tick("d6h0"), .tick("d7h0"), .events(["x=2.5 t=d8h8"]), .tick("d12h0"),
                .tick("d14h0"), .tick("d99h0"),
            ]) == [
                "d0h8 opened soon skin by grade:x", "d5h8 stale soon skin by grade:x",
                "d8h8 reminded soon skin by grade:x", "d13h8 stale soon skin by grade:x",
            ])
    }

    @Test func `a stale episode goes on with its next report`() throws {
        func told(_ next: String, _ isStale: Bool) throws -> [AlertView] {
            let tick: [SilencePack.Step] = isStale ? [.tick("d7h0")] : []
            return try Self.pack.get().alerts([.events(["x=2.5 t=d0h8"])] + tick + [.events([next])])
        }
        for next in ["x=3.5 t=d8h8", "x=1.5 t=d8h8", "x=0.5 t=d8h8", "x=2.5 t=d1h9", "x=2.5 t=d8h8"] {
            #expect(try told(next, true).filter { $0.transition != "stale" } == told(next, false), "\(next)")
        }
    }

    @Test func `only a report about its terms keeps it fresh`() throws {
        let reports = ["x=2.5 t=d0h8", "y=0.5 t=d4h8"]
        #expect(try Self.lines([.events(reports), .tick("d6h0")]).last == "d5h8 stale soon skin by grade:x")
        #expect(try Self.lines([.events(reports + ["x=2.5 t=d1h8"]), .tick("d6h0")]).count == 1)
        // That it could not be graded says that somebody reported.
        #expect(try Self.lines([.events(reports + ["x='much' t=d2h8"]), .tick("d6h0")]).count == 1)
    }

    @Test func `of a day's report the whole day counts`() throws {
        #expect(try Self.lines([.events(["x=2.5 t=d0"]), .tick("d5h23")]).count == 1)
        #expect(try Self.lines([.events(["x=2.5 t=d0"]), .tick("d6h0")]).count == 2)
    }

    @Test func `what a report has ended is not stale`() throws {
        #expect(
            try Self.lines([.events(["x=2.5 t=d0h8", "x=0.5 t=d1h8"]), .tick("d99h0")]) == [
                "d0h8 opened soon skin by grade:x", "d1h8 resolved none skin by grade:x",
            ])
    }

    @Test func `the next instant is known beforehand`() throws {
        let pack = try Self.pack.get()
        var classifier = EventClassifier(pack: pack.pack.compiled)
        var next = classifier.nextDue(of: Array("P1".utf8))
        #expect(!next.isKnown)
        _ = pack.alerts([.events(["x=2.5 t=d0h8", "y=3.5 t=d1h8"])], &classifier)
        next = classifier.nextDue(of: Array("P1".utf8))
        #expect(next == TestEvents.moment("d4h8"))
        _ = pack.alerts([.tick("d4h8")], &classifier)
        next = classifier.nextDue(of: Array("P1".utf8))
        #expect(next == TestEvents.moment("d5h8"))
        _ = pack.alerts([.tick("d5h8")], &classifier)
        next = classifier.nextDue(of: Array("P1".utf8))
        #expect(!next.isKnown)
    }

    @Test func `what is open of a patient who died is closed once, at the death, and never stale after it`() throws {
        let pack = try Self.pack.get()
        let steps: [SilencePack.Step] = [
            .events(["x=2.5 id=a t=d0h8", "y=3.5 t=d1h8", "crea=150 unit=umol/L high=100 t=d1h9"]), .tick("d99h0"),
            .tick("d100h0"),
        ]
        let roster = pack.roster([(.active, nil), (.deceased, "d4")])
        let alerts = pack.alerts(steps, roster: roster).filter { $0.transition != "opened" }
        #expect(
            alerts.map(SilencePack.line) == [
                "d4h0 resolved none skin by grade:x", "d4h0 resolved none bowel by grade:y",
                "d4h0 resolved none kidney by grade:crea",
            ])
        #expect(alerts.first?.summary == "X grade 2 on cells: deceased")
        #expect(alerts.first?.previousSeverity == "soon" && alerts.first?.reason == "deceased")
        #expect(alerts.first?.respondBy.isKnown == false)
        // A death without a date counts from the last report on.
        let undated = pack.lines(steps, roster: pack.roster([(.deceased, nil)]))
        #expect(undated.contains("d1h9 resolved none skin by grade:x"))
    }

    @Test func `it names the report that called, though its clock was ahead, and never before that one came`() throws {
        let pack = try Self.pack.get()
        let alerts = pack.alerts(
            [.events(["x=0.5 id=a t=d0h8"]), .events(["x=3.5 id=b t=d9000h8"]), .tick("d4h23"), .tick("d20h0")],
            now: "d5h0")
        #expect(
            alerts.map(SilencePack.line) == ["d5h0 opened urgent skin by grade:x", "d8h0 stale urgent skin by grade:x"])
        #expect(alerts.last?.summary == "X grade 3 on unknown therapy: no word of it for 3d")
        #expect(alerts.last?.evidence == ["b x.value=3.5"])
        // What comes ahead again keeps nothing fresh.
        let again = ["x=3.5 id=b t=d9000h8", "x=3.5 id=c t=d9001h8"]
        var classifier = EventClassifier(pack: pack.pack.compiled)
        classifier.now = TestEvents.moment("d5h0")
        _ = pack.alerts([.events([again[0]])], &classifier)
        classifier.now = TestEvents.moment("d7h0")
        #expect(
            pack.alerts([.events([again[1]]), .tick("d8h0")], &classifier).last.map(SilencePack.line)
                == "d8h0 stale urgent skin by grade:x")
    }

    @Test func `it has the title and the advice of what called, a rule before the grade it leans on`() throws {
        let pack = try SilencePack(
            """
            - {id: rare, kind: when, when: "y >= 1", severity: soon, title: rarely well, advice: {text: Look., confidence: knowledge, source: s}}
            - {id: fire, kind: when, when: "x >= 2", severity: soon, title: possible fire, advice: {text: Run., confidence: knowledge, source: s}}
            """)
        let alerts = pack.alerts([.events(["x=2.5 id=a t=d0h8", "y=0.5 id=b t=d0h9"]), .tick("d9h0")])
        #expect(alerts.map(\.transition) == ["opened", "stale"])
        #expect(alerts.map(\.rule) == ["fire", "fire"] && alerts.map(\.advice) == ["Run.", "Run."])
        #expect(alerts.last?.summary == "X grade 2 on unknown therapy: possible fire: no word of it for 5d")
        #expect(alerts.last?.evidence == ["a x.value=2.5"])
    }

    @Test func `it has the advice for the grade, as its alert had it`() throws {
        let root = """
            therapy: any
            source: root source
            triage: {default: {1: routine, 2: soon}}
            advice: {x: {2: {text: Hold., confidence: confirmed, source: guide}}}

            """
        let pack = try TestPack(terms: TimePack.terms, therapies: root)
        var classifier = EventClassifier(pack: pack.compiled)
        var output = AlertBatch()
        classifier.judge(TestEvents(pack.compiled.vocabulary, ["x=2.5 id=a t=d0h8"]).batch, into: &output)
        let episode = try #require(output.alerts.first?.episodeID)
        let isTold = classifier.tellOverdue(
            episode, of: Array("P1".utf8), at: TestEvents.moment("d1h8"), into: &output)
        let alerts = output.alerts.map { AlertView($0, output, pack.compiled.catalogue) }
        #expect(isTold && alerts.map(\.advice) == ["Hold.", "Hold."])
        #expect(alerts.last?.sources == ["scale source", "guide"])
    }

    @Test func `that nobody answered a record that could not be read does not speak of silence`() throws {
        let pack = try SilencePack(
            "- {id: unread, kind: unjudged, records: unread, concern: blood, severity: soon, title: unread}")
        var events = TestEvents(pack.pack.compiled.vocabulary, ["x=0.5 id=a t=d0h8"])
        events.addReject(patient: "P1", at: TestEvents.moment("d1h8"))
        var classifier = EventClassifier(pack: pack.pack.compiled)
        var output = AlertBatch()
        classifier.judge(events.batch, into: &output)
        let episode = try #require(output.alerts.first?.episodeID)
        let isTold = classifier.tellOverdue(
            episode, of: Array("P1".utf8), at: TestEvents.moment("d2h8"), into: &output)
        #expect(isTold)
        let summary = AlertView(output.alerts[1], output, pack.pack.compiled.catalogue).summary
        #expect(summary == "A record could not be read: ; nobody answered")
    }

    @Test func `of a patient who died what is open is closed, though the roster expects nothing`() throws {
        let pack = try Self.pack.get()
        let kept = KeptMemory()
        var first = kept.classifier(pack.pack)
        _ = pack.alerts([.events(["x=2.5 t=d0h8"])], &first)
        kept.fold(&first)
        var roster = pack.roster([(.deceased, "d1")])
        roster[Array("P2".utf8)] = roster[Array("P1".utf8)]
        var next = kept.classifier(pack.pack, roster: roster)
        let alerts = pack.alerts([.expectRoster, .tick("d2h0")], &next)
        #expect(alerts.map(SilencePack.line) == ["d1h0 resolved none skin by grade:x"])
        // Nobody looks at one of whom nothing is remembered.
        #expect(next.memory(of: "P2") == nil)
    }

    @Test(arguments: [
        // A result of before the death, and one of after it; one that says nothing new.
        ("x=3.5 id=b t=d3h8", ["d3h8 worsened urgent skin by grade:x", "d4h0 resolved none skin by grade:x"]),
        ("x=3.5 id=b t=d9h8", ["d9h8 worsened urgent skin by grade:x", "d9h8 resolved none skin by grade:x"]),
        ("y=0.5 id=b t=d9h8", []),
    ])
    func `what a report makes of it after the death is closed too`(report: String, wanted: [String]) throws {
        let roster = try Self.pack.get().roster([(.deceased, "d4")])
        let steps: [SilencePack.Step] = [
            .events(["x=2.5 id=a t=d0h8"]), .tick("d5h0"), .events([report]), .tick("d10h0"), .tick("d20h0"),
        ]
        #expect(try Self.lines(steps, roster: roster).dropFirst(2) == wanted[...])
    }

    @Test(arguments: [Roster.Status.admitted, .paused, .withdrawn])
    func `other stations let an episode get stale`(status: Roster.Status) throws {
        let roster = try Self.pack.get().roster([(status, "d1")])
        #expect(
            try Self.lines([.events(["x=2.5 t=d0h8"]), .tick("d99h0")], roster: roster).last
                == "d5h8 stale soon skin by grade:x")
    }
}
