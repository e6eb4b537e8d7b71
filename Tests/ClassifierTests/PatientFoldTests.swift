import Clinical
import TestSupport
import Testing

@testable import Classifier

/// Reports in any order: late ones, completed ones, corrected ones.
struct PatientFoldTests {
    private static let pack = Result {
        try TimePack.with(
            """
            - {id: worse, kind: worsened, terms: [x], by: 2, within: 3d, severity: urgent}
            - {id: lasting, kind: sustained, when: "x >= 1", for: 24h, severity: soon}
            - {id: thrice, kind: repeated, when: "y >= 1", times: 3, within: 2d, severity: urgent}
            - {id: pair, kind: together, of: [x >= 1, y >= 2], within: 2d, concern: blood, severity: urgent}
            - {id: ambers, kind: several, concerns: 2, at_least: soon, within: 24h, concern: data, severity: urgent}
            - {id: rising, kind: rising, terms: [crea], by_factor: 1.5, within: 3d, severity: soon}
            - {id: left, kind: unjudged, terms: all, severity: soon}
            """)
    }

    /// What stands at the end of a run: alerts that were issued and not taken back, as far as they must be the same
    /// whatever the order. That an episode eased, ended or was told again may be shown by another report; and what was
    /// known of why may have been more or less.
    private static func standing(_ alerts: [AlertView]) -> Set<String> {
        var standing: [StableID: String] = [:]
        for alert in alerts {
            if let retracted = alert.retracts {
                standing[retracted] = nil
                continue
            }
            let isAny = ["eased", "resolved", "reminded"].contains(alert.transition)
            standing[alert.alertID] =
                "\(alert.patient) \(alert.episodeID.low % 1000) \(alert.transition) \(alert.severity)"
                + (isAny ? "" : " \(alert.term) \(alert.grade ?? -1) \(alert.alertID.low % 1000)")
        }
        return Set(standing.values)
    }

    private static let values = [
        "x=0.5", "x=1.5", "x=2.5", "x=3.5", "x=9", "x='much'", "y=0.5", "y=0.5", "y=1.5", "y=2.5", "y=3.5",
        "crea=60 unit=umol/L high=100", "crea=95 unit=umol/L high=100", "crea=150 unit=umol/L high=100",
        "crea=1 unit=mg/dL high=1.2", "crea=80 unit=ounce",
    ]

    /// Reports in the order of their time; some of one time.
    private static func stream(_ random: inout SeededGenerator, count: Int) -> [String] {
        let times = (0..<count).map { _ in
            (Int.random(in: 0..<6, using: &random), Int.random(in: 0..<24, using: &random))
        }
        .sorted { $0 < $1 }
        return times.enumerated().map { number, time in
            let value = values.randomElement(using: &random) ?? "x=0.5"
            let id = Int.random(in: 0..<10_000, using: &random) * 1000 + number
            return "\(value) id=e\(id) t=d\(time.0)h\(time.1) patient=P\(Int.random(in: 1...2, using: &random))"
        }
    }

    @Test(arguments: Trials.seeds(20..<50))
    func `what stands at the end is the same in any order`(seed: UInt64) throws {
        let pack = try Self.pack.get()
        var random = SeededGenerator(seed: seed)
        let lines = Self.stream(&random, count: 30)
        let wanted = Self.standing(pack.alerts(lines))
        #expect(!wanted.isEmpty)
        for _ in 0..<3 {
            let shuffled = lines.shuffled(using: &random)
            let found = Self.standing(pack.alerts(shuffled))
            #expect(found == wanted, "\(found.symmetricDifference(wanted)) \(shuffled)")
        }
    }

    @Test(arguments: Trials.seeds(0..<15))
    func `the patient stands the same, whatever the order`(seed: UInt64) throws {
        let pack = try Self.pack.get()
        var random = SeededGenerator(seed: seed + 1000)
        let lines = Self.stream(&random, count: 30)
        func episodes(_ lines: [String]) -> [[Episode]] {
            var classifier = EventClassifier(pack: pack.compiled)
            _ = pack.alerts(TestEvents(pack.compiled.vocabulary, lines).batch, &classifier)
            return ["P1", "P2"].map { patient in
                (classifier.memory(of: patient)?.episodes ?? []).sorted { $0.concern < $1.concern }
            }
        }
        let wanted = episodes(lines)
        #expect(episodes(lines.shuffled(using: &random)) == wanted)
        #expect(episodes(lines.reversed()) == wanted)
    }

    @Test(arguments: Trials.seeds(0..<15))
    func `a patient stands as if a withdrawn report had never come, and a corrected one always been so`(
        seed: UInt64
    ) throws {
        let pack = try Self.pack.get()
        var random = SeededGenerator(seed: seed + 2000)
        // Four times a day, so that several reports are of one time.
        let lines = Self.stream(&random, count: 30).map { $0.replacing(#/h(\d+)/#) { "h\((Int($0.1) ?? 0) / 6 * 6)" } }
        func episodes(_ lines: [String]) -> [[Episode]] {
            var classifier = EventClassifier(pack: pack.compiled)
            _ = pack.alerts(TestEvents(pack.compiled.vocabulary, lines).batch, &classifier)
            return ["P1", "P2"].map { patient in
                (classifier.memory(of: patient)?.episodes ?? []).sorted { $0.concern < $1.concern }
            }
        }
        let changed = Set((0..<6).map { _ in Int.random(in: 0..<30, using: &random) })
        let others = lines.indices.filter { !changed.contains($0) }.map { lines[$0] }
        func without(_ value: String) -> [String] {
            changed.sorted().map { lines[$0].replacing(#/^\S+/#, with: value) }
        }
        #expect(episodes(lines + without("x").map { $0 + " status=cancelled" }) == episodes(others))
        #expect(
            episodes(lines + without("x=2.7").map { $0 + " status=corrected" }) == episodes(others + without("x=2.7")))
    }

    @Test func `a late report takes its place, and what it changes is told with both times`() throws {
        let pack = try TimePack.with("")
        let alerts = pack.alerts("x=2.5 id=b t=d5h8", "x=3.5 id=a t=d2h8")
        #expect(
            alerts.map { "\($0.transition) \($0.severity) \($0.time == TestEvents.moment("d2h8"))" } == [
                "opened soon false", "retracted none false", "opened urgent true", "eased soon false",
            ])
        #expect(alerts.map(\.newest.isKnown) == [false, false, true, true])
        #expect(alerts[1].retracts == alerts[0].alertID)
        #expect(alerts[1].reason == "late")
    }

    @Test func `a late report that changes nothing is silent`() throws {
        let pack = try TimePack.with("")
        #expect(pack.alerts("x=2.5 id=b t=d5h8", "x=0.5 id=a t=d2h8", "y=0.5 t=d1h8").count == 1)
    }

    @Test func `what is too late to act on is counted, and only what is urgent speaks`() throws {
        let pack = try TimePack.with("")
        var classifier = EventClassifier(pack: pack.compiled)
        let events = TestEvents(
            pack.compiled.vocabulary,
            ["x=0.5 t=d100h8", "x=2.5 t=d9h8", "y=3.5 t=d10h7m59", "x=2.5 t=d10h8"])
        let alerts = pack.alerts(events.batch, &classifier)
        #expect(
            alerts.map { "\($0.transition) \($0.severity) \($0.term)" } == [
                "opened urgent y", "opened soon x", "resolved none x",
            ])
        #expect(alerts.first?.newest == TestEvents.moment("d100h8"))
        #expect((classifier.tally.late, classifier.tally.graded) == (2, 2))
    }

    // MARK: One report in several events

    private static let asking = Result {
        try TestPack(
            terms: """
                rash: {title: Rash, concern: skin, attributes: {area: {kind: number}, sore: {kind: bool}}, default: area, grades: {1: area > 0, 2: area > 10, 3: area > 10 and sore}}

                """)
    }

    @Test func `answers of one time about one term are graded together, in any order`() throws {
        let pack = try Self.asking.get()
        for lines in [
            ["rash=20 id=a t=d1h8", "rash{sore=true} id=b t=d1h8"],
            ["rash{sore=true} id=b t=d1h8", "rash=20 id=a t=d1h8"],
        ] {
            let alerts = pack.alerts(lines)
            let retracted = Set(alerts.compactMap(\.retracts))
            let standing = alerts.filter { $0.transition != "retracted" && !retracted.contains($0.alertID) }
            #expect(standing.map { "\($0.transition) \($0.severity) \($0.grade ?? -1)" } == ["opened urgent 3"])
            #expect(standing.first?.evidence.sorted() == ["a rash.area=20", "b rash.sore=true"])
        }
    }

    @Test func `of two answers to one question the worse counts`() throws {
        let pack = try Self.asking.get()
        for lines in [["rash=20 id=a t=d1h8", "rash=0 id=b t=d1h8"], ["rash=0 id=b t=d1h8", "rash=20 id=a t=d1h8"]] {
            #expect(
                pack.alerts(lines).map { "\($0.transition) \($0.severity) \($0.grade ?? -1)" } == ["opened urgent 2"])
        }
    }

    @Test func `feeding a long history twice makes no new alert, though its ids are remembered no longer`() throws {
        let pack = try Self.pack.get()
        var random = SeededGenerator(seed: 3)
        let lines = Self.stream(&random, count: 500)
        let events = TestEvents(pack.compiled.vocabulary, lines).batch
        var classifier = EventClassifier(pack: pack.compiled)
        #expect(!pack.alerts(events, &classifier).isEmpty)
        #expect(pack.alerts(events, &classifier).isEmpty)
    }

    // MARK: Bounds

    @Test func `what is remembered of a patient is bounded`() throws {
        let pack = try Self.pack.get()
        var classifier = EventClassifier(pack: pack.compiled)
        let lines = (0..<6000).map {
            "\(["x=0.5", "x=1.5", "y=2.5", "x=0.6"][$0 % 4]) id=e\($0) t=d\($0 / 100)h\($0 % 24)m\($0 % 60)"
        }
        _ = pack.alerts(TestEvents(pack.compiled.vocabulary, lines).batch, &classifier)
        let remembered = classifier.memory(of: "P1")
        let memory = try #require(remembered)
        #expect(memory.log.count <= ReportLog.limit + PatientMemory.unsettledLimit)
        #expect(memory.log.count - memory.settledCount <= ReportLog.limit)
        #expect(memory.hindsight.checkpoints.count <= 1 + ReportLog.limit / Hindsight.checkpointDistance)
        #expect(memory.hindsight.issued.isEmpty)
        #expect(classifier.tally.events == 6000)
    }
}
