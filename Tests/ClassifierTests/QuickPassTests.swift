import Clinical
import TestSupport
import Testing

@testable import Classifier

/// The kind `grade` alone: each report by itself, as it comes.
struct QuickPassTests {
    private static func told(_ lines: [String], roster: Roster? = nil, remembersAll: Bool = false) throws -> [String] {
        let pack = try TestPack(terms: TimePack.terms, remindAfter: ["urgent": "3d"])
        var classifier = EventClassifier(
            pack: pack.compiled, roster: roster, kinds: ["grade"], remembersAll: remembersAll)
        return pack.alerts(TestEvents(pack.compiled.vocabulary, lines).batch, &classifier).map {
            "\($0.transition) \($0.severity) \($0.term) \($0.grade ?? -1)"
        }
    }

    private static let course = [
        "x=2.5 id=a t=d1h8", "x=2.5 id=b t=d1h9", "x=0.5 id=c t=d1h10", "x=3.5 id=d t=d1h11", "x=1.5 id=e t=d0h8",
        "x=2.5 id=d t=d1h11", "x id=d status=cancelled t=d1h12", "x=3.5 id=f t=d30h8",
    ]

    @Test(arguments: [nil, Roster()])
    func `what is new is told once; nothing eases, ends or is taken back`(roster: Roster?) throws {
        #expect(
            try Self.told(Self.course, roster: roster) == [
                "opened soon x 2", "worsened urgent x 3", "reminded urgent x 3",
            ])
    }

    @Test func `asked to remember all, the same kind alone eases, ends and takes back`() throws {
        let told = try Self.told(Self.course, remembersAll: true)
        #expect(told.contains { $0.hasPrefix("resolved") })
        #expect(told.contains { $0.hasPrefix("retracted") })
    }

    @Test func `beside another kind it is no quick pass`() throws {
        let pack = try TimePack.with("")
        #expect(
            pack.alerts("x=2.5 t=d1h8", "x=0.5 t=d1h9", kinds: ["grade", "when"]).map(\.transition) == [
                "opened", "resolved",
            ])
    }

    @Test func `a correction is a new report, a withdrawn one is counted, and no report is kept`() throws {
        let pack = try TimePack.with("")
        var classifier = EventClassifier(pack: pack.compiled, kinds: ["grade"])
        let lines = [
            "x=1.5 id=a t=d1h8", "x=2.5 id=a t=d1h8", "x=2.5 id=a t=d1h8", "x id=a status=cancelled t=d1h9",
            "y='1' t=d1h9",
        ]
        let alerts = pack.alerts(TestEvents(pack.compiled.vocabulary, lines).batch, &classifier)
        #expect(alerts.map(\.transition) == ["opened", "worsened"])
        let tally = classifier.tally
        #expect((tally.graded, tally.repeats, tally.cancelled, tally.ungradable) == (2, 1, 1, 1))
        #expect(classifier.memory(of: "P1")?.log.count == 0)
    }

    @Test(arguments: Trials.seeds(0..<10))
    func `over random reports it opens, worsens and reminds, and does nothing else`(seed: UInt64) throws {
        let pack = try EventClassifierTests.pack.get()
        let alerts = pack.alerts(RandomEvents.batch(seed: seed, count: 300, pack), kinds: ["grade"])
        #expect(Set(alerts.map(\.transition)).isSubset(of: ["opened", "worsened", "reminded"]))
        #expect(alerts.count > 10)
    }
}
