import Clinical
import TestSupport
import Testing

@testable import Classifier

/// When anything was last heard, and each term that must keep coming.
@Suite struct LastHeardTests {
    private static func pack(_ mustCarry: String = "[{term: x, within: 2d}, {term: crea, within: 12h}]") throws
        -> TestPack
    {
        try TestPack([
            "scale.yaml": TestPack.scale + TestPack.indented(TimePack.terms), "any.yaml": TestPack.root,
            "toxwatch.yaml": TestPack.front + "must_carry: \(mustCarry)\ninclude: [any.yaml, scale.yaml]\n",
        ])
    }

    /// What was heard by the end of a run over these events, from what was kept before.
    private func heard(
        _ pack: TestPack, _ lines: [String], kept: [UInt8] = [], since: String = "d0h0", now: String = "d30h0"
    ) throws -> LastHeard {
        var classifier = EventClassifier(pack: pack.compiled)
        classifier.listen(kept, at: TestEvents.moment(since))
        classifier.now = TestEvents.moment(now)
        var alerts = AlertBatch()
        for line in lines { classifier.judge(TestEvents(pack.compiled.vocabulary, [line]).batch, into: &alerts) }
        let (heard, memory) = (classifier.lastHeard, classifier.heardMemory)
        #expect(memory == heard?.packed)
        return try #require(heard)
    }

    private func newest(_ heard: LastHeard) -> [Moment] { heard.terms.map(\.newest) }

    @Test func `the time of the observation counts, in whichever order reports come`() throws {
        let pack = try Self.pack()
        let lines = ["x=0.5 t=d3h8", "y=0.5 t=d5h8", "x=0.5 t=d2h8", "zzz=1 t=d6h8", "crea=80 unit=umol/L t=d1h8"]
        for order in [lines, lines.reversed()] {
            let heard = try heard(pack, order)
            #expect(heard.newest == TestEvents.moment("d6h8"))
            #expect(newest(heard) == [TestEvents.moment("d3h8"), TestEvents.moment("d1h8")])
        }
    }

    @Test func `what lies ahead of now, and what takes a report back, tells nothing`() throws {
        let heard = try heard(
            Self.pack(), ["x=0.5 t=d3h8 id=a", "x=0.5 t=d9h8", "x=0.5 t=d4h8 id=a status=cancelled"], now: "d5h0")
        #expect(newest(heard) == [TestEvents.moment("d3h8"), .unknown])
        #expect(heard.newest == TestEvents.moment("d4h8"))
    }

    @Test
    func `a term is missing once its span is over, counted from its last report, else from when it was waited for`()
        throws
    {
        let heard = try heard(Self.pack(), ["x=0.5 t=d3h8"], since: "d1h0")
        let (x, crea) = (heard.terms[0], heard.terms[1])
        #expect(!x.isMissing(at: TestEvents.moment("d5h8")) && x.isMissing(at: TestEvents.moment("d5h8m1")))
        #expect(!crea.isMissing(at: TestEvents.moment("d1h12")) && crea.isMissing(at: TestEvents.moment("d1h12m1")))
        #expect(x.silence(at: TestEvents.moment("d0h0")) == 0)
        var classifier = EventClassifier(pack: try Self.pack().compiled)
        classifier.listen([], at: .unknown)
        let terms = classifier.lastHeard?.terms ?? []
        #expect(terms.count == 2 && terms.allSatisfy { $0.isMissing(at: TestEvents.moment("d0h0")) })
    }

    @Test func `it goes from run to run by the names of the terms, and a new one is waited for from then on`() throws {
        let first = try heard(Self.pack(), ["x=0.5 t=d3h8"], since: "d1h0")
        let again = try heard(Self.pack(), [], kept: first.packed, since: "d9h0")
        #expect(again.terms == first.terms && again.newest == first.newest && again.packed == first.packed)
        let other = try heard(
            Self.pack("[{term: y, within: 1d}, {term: x, within: 3d}]"), [], kept: first.packed, since: "d9h0")
        #expect(other.terms.map(\.since) == [TestEvents.moment("d9h0"), TestEvents.moment("d1h0")])
        #expect(newest(other) == [.unknown, TestEvents.moment("d3h8")])
        for bytes in [Array(first.packed.dropLast()), [0xFF, 0xFF, 0xFF], [1, 2, 3]] as [[UInt8]] {
            let broken = try heard(Self.pack(), [], kept: bytes, since: "d9h0")
            #expect(newest(broken) == [.unknown, .unknown])
        }
    }

    @Test func `a pack may name no such term`() throws {
        let heard = try heard(Self.pack("[]"), ["x=0.5 t=d3h8"])
        #expect(heard.terms.isEmpty && heard.newest == TestEvents.moment("d3h8"))
        #expect(try !Self.pack("[]").compiled.awaitsTerms && Self.pack().compiled.awaitsTerms)
    }

    @Test func `another pack goes on from what was heard, and waits for what is new in it from then on`() throws {
        let (pack, other) = (try Self.pack(), try Self.pack("[{term: y, within: 1d}, {term: x, within: 3d}]"))
        var classifier = EventClassifier(pack: pack.compiled)
        classifier.listen([], at: TestEvents.moment("d1h0"))
        var alerts = AlertBatch()
        classifier.judge(TestEvents(pack.compiled.vocabulary, ["x=0.5 t=d3h8"]).batch, into: &alerts)
        for now in ["", "d9h0"] {
            if !now.isEmpty { classifier.now = TestEvents.moment(now) }
            let next = EventClassifier(
                pack: other.compiled, roster: nil, kinds: nil, remembersAll: true, after: classifier)
            let last = next.lastHeard
            let heard = try #require(last)
            #expect(
                heard.terms.map(\.since) == [TestEvents.moment(now.isEmpty ? "d1h0" : now), TestEvents.moment("d1h0")])
            #expect(newest(heard) == [.unknown, TestEvents.moment("d3h8")])
        }
    }
}
