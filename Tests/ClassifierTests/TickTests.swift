import Clinical
import TestSupport
import Testing

@testable import Classifier

/// Time passing in any steps, before, between and behind events in any order.
struct TickTests {
    private static let pack = Result {
        try SilencePack(
            """
            - {id: worse, kind: worsened, terms: [x], by: 2, within: 3d, severity: urgent}
            - {id: left, kind: unjudged, terms: all, severity: soon}
            - {id: quiet, kind: silent, within: 2d, severity: soon, severity_after: {urgent: urgent}, concern: data}
            - {id: quieter, kind: silent, within: 3d, grace: 1h, severity: urgent, concern: data}
            - {id: stopped, kind: feed_silent, feeds: [app], within: 4d, severity: urgent, concern: liver}
            """)
    }

    private static let values = [
        "x=0.5", "x=1.5", "x=2.5", "x=3.5", "x='much'", "y=0.5", "y=1.5", "y=2.5", "y=3.5",
        "crea=95 unit=umol/L high=100", "crea=150 unit=umol/L high=100",
    ]

    private static func stream(_ random: inout SeededGenerator, count: Int) -> [String] {
        (0..<count).map { number in
            let value = values.randomElement(using: &random) ?? "x=0.5"
            let time = "d\(number * 20 / count)h\(Int.random(in: 0..<24, using: &random))"
            let id = number > 5 && Int.random(in: 0..<8, using: &random) == 0 ? number - 3 : number
            let status = id == number ? "" : ["corrected", "cancelled"].randomElement(using: &random) ?? ""
            let source = ["", " source=app", " source=lab"].randomElement(using: &random) ?? ""
            return "\(value) id=e\(id) t=\(time) patient=P\(id % 3 + 1)\(source)"
                + (status.isEmpty ? "" : " status=\(status)")
        }
    }

    private static func roster(_ pack: SilencePack) -> Roster {
        var roster = pack.roster(expects: 1, [(.paused, "d9"), (.active, "d15"), (.deceased, "d40")])
        roster[Array("P7".utf8)] = pack.roster(expects: 5, started: "d3")[Array("P1".utf8)]
        return roster
    }

    @Test(arguments: Trials.seeds(0..<20))
    func `it does not matter in how many steps time passes`(seed: UInt64) throws {
        let pack = try Self.pack.get()
        var random = SeededGenerator(seed: seed)
        let events = Self.stream(&random, count: 40)
        let (first, rest) = (Array(events[..<20]), Array(events[20...]))
        func run(_ hours: [Int]) -> [AlertView] {
            let between: [SilencePack.Step] = hours.filter { $0 <= 300 }.map { .tick("d\($0 / 24)h\($0 % 24)") }
            let after: [SilencePack.Step] = hours.filter { $0 > 300 }.map { .tick("d\($0 / 24)h\($0 % 24)") }
            let steps: [SilencePack.Step] = [.expectRoster, .events(first)] + between + [.events(rest)] + after
            return pack.alerts(steps, roster: Self.roster(pack))
        }
        let wanted = run([300, 2400])
        #expect(wanted.contains { $0.transition == "stale" } && wanted.contains { $0.concern == "data" })
        #expect(wanted.contains { $0.patient.isEmpty } && wanted.contains { $0.reason == "deceased" })
        #expect(run((0...300).filter { $0 % 7 == 0 } + [300] + Array(301...2400)) == wanted)
        #expect(run([300, 300, 2400, 2400]) == wanted)
    }

    @Test(arguments: Trials.seeds(20..<50))
    func `time changes nothing of what events make, whatever their order`(seed: UInt64) throws {
        let pack = try Self.pack.get()
        var random = SeededGenerator(seed: seed)
        var events = Self.stream(&random, count: 40)
        if seed % 2 == 1 { events.shuffle(using: &random) }
        let wanted = pack.alerts([.events(events)], roster: Self.roster(pack))
        var steps: [SilencePack.Step] = []
        for event in events {
            steps += [.tick("d\(Int.random(in: 0...30, using: &random))h5"), .events([event])]
        }
        let found = pack.alerts(steps, roster: Self.roster(pack))
        let ofTime = found.filter { $0.transition == "stale" || ["data", "liver"].contains($0.concern) }
        #expect(!ofTime.isEmpty)
        // A death is told by the roster alone, so it closes what it closes at any time.
        #expect(
            found.filter { $0.transition != "stale" && !["data", "liver"].contains($0.concern) }
                .map { "\($0.alertID)\($0)" } == wanted.map { "\($0.alertID)\($0)" })
    }

    @Test(arguments: Trials.seeds(50..<60))
    func `a stale episode keeps its severity, and no alert is told twice`(seed: UInt64) throws {
        let pack = try Self.pack.get()
        var random = SeededGenerator(seed: seed)
        let steps: [SilencePack.Step] = Self.stream(&random, count: 40).enumerated().flatMap { number, event in
            [SilencePack.Step.events([event]), .tick("d\(number / 2)h23")]
        }
        let alerts = pack.alerts(steps + [.tick("d90h0")])
        let stale = alerts.filter { $0.transition == "stale" }
        #expect(!stale.isEmpty)
        for alert in stale { #expect(alert.severity == alert.previousSeverity && alert.severity != "none") }
        var told: [StableID: StableID] = [:]
        for alert in alerts {
            // What is over may begin anew, as when the report that ended it is cancelled.
            if alert.transition == "resolved" { told = told.filter { $0.value != alert.episodeID } }
            guard alert.transition == "stale" || alert.concern == "data", alert.transition != "resolved" else {
                continue
            }
            #expect(told.updateValue(alert.episodeID, forKey: alert.alertID) == nil, "\(alert)")
        }
    }

    @Test func `alerts come in the order in which they fell due, of one instant by patient`() throws {
        let pack = try Self.pack.get()
        let events = ["P9", "P10", "P2"].map { "x=0.5 t=d0h8 patient=\($0)" } + ["x=0.5 t=d0h7 patient=P5"]
        let found = pack.lines([.events(events), .tick("d2h8")])
        #expect(
            found == [
                "P5 d2h7 opened soon data by quiet", "P10 d2h8 opened soon data by quiet",
                "P2 d2h8 opened soon data by quiet", "P9 d2h8 opened soon data by quiet",
            ])
    }

    @Test func `patients of any length of id are called by it`() throws {
        let names = ["a", "abcdefgh", "abcdefghi", "abcdefghijklmnop", "abcdefghijklmnopq", "ü-é"]
        let pack = try Self.pack.get()
        let events = names.map { "x=0.5 t=d0h8 patient=\($0)" }
        #expect(pack.alerts([.events(events), .tick("d2h8")]).map(\.patient) == names)
    }

    @Test func `every alert of time is counted`() throws {
        let pack = try Self.pack.get()
        var classifier = EventClassifier(pack: pack.pack.compiled)
        let alerts = pack.alerts(
            [.events(["x=2.5 t=d0h8 source=app"]), .tick("d40h0"), .events(["x=0.5 t=d41h0 source=app"])], &classifier)
        let counted = classifier.tally.alerts.reduce(0, +)
        #expect(counted == alerts.count)
        #expect(
            alerts.map(\.transition) == [
                "opened", "opened", "worsened", "opened", "stale", "resolved", "resolved", "resolved",
            ])
    }

    @Test func `what is not wanted is not awaited`() throws {
        let pack = try Self.pack.get()
        let steps: [SilencePack.Step] = [.events(["x=2.5 t=d0h8 source=app"]), .tick("d40h0")]
        #expect(pack.alerts(steps, kinds: ["grade", "when"]).map(\.transition) == ["opened", "stale"])
        #expect(pack.alerts(steps, kinds: ["grade", "silent"]).map(\.concern) == ["skin", "data", "data", "skin"])
    }
}
