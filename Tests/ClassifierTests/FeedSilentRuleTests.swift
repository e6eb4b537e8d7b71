import Clinical
import TestSupport
import Testing

@testable import Classifier

/// Feeds that stop: one alert for all of their patients.
struct FeedSilentRuleTests {
    private static let pack = Result { try SilencePack() }
    private static let start = ["x=0.5 t=d0h8 source=app", "x=0.5 t=d0h8 source=app patient=P2"]

    @Test func `a feed that stopped is told once, and the silence of its patients waits for it`() throws {
        let pack = try Self.pack.get()
        #expect(
            pack.lines([.events(Self.start), .tick("d4h7"), .tick("d5h0"), .tick("d20h0")]) == [
                "feed d4h8 opened urgent liver by stopped"
            ])
    }

    @Test func `once it is back, what its patients still owe is told`() throws {
        let pack = try Self.pack.get()
        let alerts = pack.alerts([
            .events(Self.start), .tick("d9h0"), .events(["x=0.5 t=d9h8 source=app patient=P2"]), .tick("d9h9"),
        ])
        #expect(
            alerts.map(SilencePack.line) == [
                "feed d4h8 opened urgent liver by stopped", "feed d9h8 resolved none liver by stopped",
                "d8h8 opened soon data by quiet",
            ])
        #expect(alerts[0].summary == "Feed app: no word for 4d" && alerts[1].summary == "Feed app: word came")
        #expect(alerts[0].respondBy == TestEvents.moment("d4h12") && alerts[0].patient.isEmpty)
        #expect(alerts[0].episodeID == alerts[1].episodeID && alerts[0].alertID != alerts[1].alertID)
    }

    @Test func `patients of a feed that goes on, and of none, are called for`() throws {
        let pack = try Self.pack.get()
        let lines = pack.lines([
            .events(Self.start + ["x=0.5 t=d0h8 source=lab patient=P3", "x=0.5 t=d0h8 patient=P4"]),
            .events(["x=0.5 t=d8h0 source=lab patient=P5"]), .tick("d9h0"),
        ])
        #expect(
            lines == [
                "feed d4h8 opened urgent liver by stopped", "P3 d8h8 opened soon data by quiet",
                "P4 d8h8 opened soon data by quiet",
            ])
    }

    @Test func `a patient's feed is that of the newest report`() throws {
        let pack = try Self.pack.get()
        let lines = pack.lines([
            .events(["x=0.5 t=d1h8 source=lab", "x=0.5 t=d0h8 source=app"]),
            .events(["x=0.5 t=d9h0 source=lab patient=P2"]), .tick("d9h9"),
        ])
        #expect(lines == ["feed d4h8 opened urgent liver by stopped", "d9h8 opened soon data by quiet"])
    }

    @Test func `any event shows that a feed is there, unless its clock is ahead`() throws {
        let pack = try Self.pack.get()
        #expect(pack.lines([.events(Self.start + ["zzz=1 t=d3h0 source=app"]), .tick("d6h0")]) == [])
        #expect(
            pack.lines([.events(Self.start + ["x=0.5 t=d30h0 source=app"]), .tick("d6h0")], now: "d3h0") == [
                "feed d4h8 opened urgent liver by stopped"
            ])
    }

    @Test func `a feed may have a span of its own, and only named ones may be watched`() throws {
        let rules = """
            - {id: lab, kind: feed_silent, feeds: [lab, ward], within: 4h, severity: emergency, concern: liver}
            - {id: rest, kind: feed_silent, feeds: all, within: 4d, severity: urgent, concern: liver}
            """
        let events = ["x=0.5 t=d0h8 source=app", "x=0.5 t=d0h8 source=lab"]
        #expect(
            try SilencePack(rules).lines([.events(events), .tick("d9h0")]) == [
                "feed d0h12 opened emergency liver by lab", "feed d4h8 opened urgent liver by rest",
            ])
        let named = String(rules.split(separator: "\n")[0])
        #expect(
            try SilencePack(named).lines([.events(events), .tick("d9h0")]) == [
                "feed d0h12 opened emergency liver by lab"
            ])
    }

    @Test func `what is known of feeds goes from run to run`() throws {
        let pack = try Self.pack.get()
        func begun() -> EventClassifier { EventClassifier(pack: pack.pack.compiled) }
        var first = begun()
        _ = pack.alerts([.events(Self.start + ["x=0.5 t=d2h8 source=lab"]), .tick("d5h0")], &first)
        let next = first.nextFeedDue
        #expect(next == TestEvents.moment("d6h8"))
        var second = begun()
        let kept = first.feedMemory
        let isTaken = second.restoreFeeds(kept)
        let again = second.feedMemory
        #expect(isTaken && again == kept)
        #expect(
            pack.alerts([.tick("d7h0"), .events(["x=0.5 t=d7h8 source=app"])], &second).map(SilencePack.line) == [
                "feed d6h8 opened urgent liver by stopped", "feed d7h8 resolved none liver by stopped",
            ])
        let broken: [[UInt8]] = [[1], kept.dropLast(), kept + [9], Array(repeating: 0xFF, count: 40)]
        for bytes in broken {
            var other = begun()
            let isTaken = other.restoreFeeds(bytes)
            let known = other.feedMemory
            #expect(!isTaken && known.isEmpty)
        }
    }

    @Test func `there is a bound to the feeds that are watched`() throws {
        let pack = try Self.pack.get()
        let events = (0..<100).map { "x=0.5 t=d0h8 source=feed\($0)" }
        #expect(pack.lines([.events(events), .tick("d5h0")]).count == FeedTable.limit)
    }

    @Test(arguments: [
        ("within: 1d, concern: data", "a rule of kind 'feed_silent' needs 'feeds'"),
        ("feeds: all, concern: data", "a rule needs 'within'"),
        ("feeds: all, within: 1d", "rule 'a' needs 'concern'"),
        ("feeds: all, within: 1d, concern: skin", "rule 'a' is about silence, and its concern 'skin' about reports"),
    ])
    func `a mistake in it is told`(settings: String, mistake: String) {
        let mistakes = TimePack.mistakes("- {id: a, kind: feed_silent, severity: soon, \(settings)}")
        #expect(mistakes.contains("any.yaml:5:") && mistakes.contains(mistake), "\(mistakes)")
    }

    @Test func `it stands at the root of the tree`() throws {
        let rule = "- {id: a, kind: feed_silent, feeds: all, within: 1d, severity: soon, concern: data}"
        #expect {
            try SilencePack("[]", cells: rule)
        } throws: {
            "\($0)".contains("rule 'a' is about a feed, which is on no therapy")
        }
    }
}
