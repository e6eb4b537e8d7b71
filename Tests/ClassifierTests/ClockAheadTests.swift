import Clinical
import TestSupport
import Testing

@testable import Classifier

/// Reports that say they were observed after now.
struct ClockAheadTests {
    private static let pack = Result { try SilencePack() }

    private static func lines(_ steps: [SilencePack.Step], now: String = "d5h0") throws -> [String] {
        try pack.get().lines(steps, now: now)
    }

    @Test func `it is judged as of now, and marked`() throws {
        let pack = try Self.pack.get()
        var classifier = EventClassifier(pack: pack.pack.compiled)
        classifier.now = TestEvents.moment("d5h0")
        var output = AlertBatch()
        let lines = ["x=2.5 t=d9000h8", "y=2.5 t=d5h0", "crea=150 unit=umol/L high=100 t=d6"]
        classifier.judge(TestEvents(pack.pack.compiled.vocabulary, lines).batch, into: &output)
        #expect(output.alerts.map(\.time) == Array(repeating: TestEvents.moment("d5h0"), count: 3))
        #expect(output.alerts.map(\.isAhead) == [true, false, true])
    }

    @Test func `without a clock nothing is ahead`() throws {
        #expect(try Self.pack.get().lines([.events(["x=2.5 t=d9000h8"])]) == ["d9000h8 opened soon skin by grade:x"])
    }

    @Test func `it makes no other report late`() throws {
        let pack = try Self.pack.get()
        let history = ["x=2.5 t=d-300h8", "x=3.5 t=d-299h8", "x=0.5 t=d-298h8", "y=2.5 t=d-290h8", "y=1.5 t=d-289h8"]
        func run(_ lines: [String]) -> (alerts: [AlertView], tally: RunTally) {
            var classifier = EventClassifier(pack: pack.pack.compiled)
            classifier.now = TestEvents.moment("d5h0")
            return (pack.alerts([.events(lines)], &classifier), classifier.tally)
        }
        let (wanted, _) = run(history)
        let (found, tally) = run(["crea=150 unit=umol/L high=100 id=ahead t=d9000h8"] + history)
        #expect(Array(found.dropFirst()) == wanted)
        #expect(tally.late == 0 && found.allSatisfy { !$0.newest.isKnown })
    }

    @Test func `it postpones neither silence nor staleness`() throws {
        let before = ["x=2.5 id=a t=d0h8"]
        let ahead = ["x=2.5 id=b t=d9000h8"]
        let steps: [SilencePack.Step] = [.events(before), .events(ahead), .tick("d9h0")]
        #expect(
            try Self.lines(steps) == [
                "d0h8 opened soon skin by grade:x", "d5h0 reminded soon skin by grade:x",
                "d5h8 stale soon skin by grade:x", "d8h8 opened soon data by quiet",
            ])
    }

    @Test func `it ends no silence`() throws {
        #expect(
            try Self.lines([.events(["x=0.5 t=d0h8"]), .tick("d9h0"), .events(["x=0.5 id=b t=d9000h8"])], now: "d9h0")
                == ["d8h8 opened soon data by quiet"])
    }

    @Test func `together with others it counts`() throws {
        let pack = try SilencePack(
            "- {id: pair, kind: together, of: [x >= 1, y >= 1], within: 2d, concern: blood, severity: urgent}")
        #expect(
            pack.alerts([.events(["x=1.5 t=d9000h8", "y=1.5 t=d4h20"])], now: "d5h0").contains { $0.rule == "pair" })
        #expect(
            pack.alerts([.events(["y=1.5 t=d4h20", "x=1.5 t=d9000h8"])], now: "d5h0").contains { $0.rule == "pair" })
    }

    @Test func `corrected it takes its place, and withdrawn it is taken back`() throws {
        #expect(
            try Self.lines([.events(["x=2.5 id=a t=d9000h8"]), .events(["x=2.5 id=a t=d4h8 status=cancelled"])]) == [
                "d5h0 opened soon skin by grade:x", "d5h0 retracted none skin by grade:x",
            ])
        let corrected = ["x=2.5 id=a t=d9000h8", "x=2.5 id=a t=d1h8 status=corrected"]
        #expect(try Self.lines([.events(corrected), .tick("d7h0")]).last == "d6h8 stale soon skin by grade:x")
    }

    @Test func `many of them do not make room for themselves`() throws {
        let pack = try Self.pack.get()
        var classifier = EventClassifier(pack: pack.pack.compiled)
        classifier.now = TestEvents.moment("d900h0")
        let old = (0..<400).map { "y=0.5 id=o\($0) t=d\($0 / 24)h\($0 % 24)" }
        _ = pack.alerts([.events(old + ["x=0.5 id=ahead t=d9000h8"])], &classifier)
        let count = classifier.memory(of: "P1")?.log.count
        #expect(count == 401)
    }

    @Test func `an unreadable record and a critical one that nobody watches are told as of now, and marked`() throws {
        let pack = try SilencePack(
            """
            - {id: unread, kind: unjudged, records: unread, concern: blood, severity: soon}
            - {id: critical, kind: unjudged, records: critical, concern: data, severity: urgent}
            """)
        var events = TestEvents(pack.pack.compiled.vocabulary, ["zzz=1 flag=HH t=d9000h8"])
        events.addReject(patient: "P1", at: TestEvents.moment("d9000h8"))
        events.addReject(patient: "P2", at: TestEvents.moment("d4h8"))
        var classifier = EventClassifier(pack: pack.pack.compiled)
        classifier.now = TestEvents.moment("d5h0")
        var output = AlertBatch()
        classifier.judge(events.batch, into: &output)
        #expect(
            output.alerts.map { SilencePack.line(AlertView($0, output, pack.pack.compiled.catalogue)) } == [
                "d5h0 opened urgent data by critical", "d5h0 opened soon blood by unread",
                "P2 d4h8 opened soon blood by unread",
            ])
        #expect(output.alerts.map(\.isAhead) == [true, true, false])
    }
}
