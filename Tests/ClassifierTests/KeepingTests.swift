import Clinical
import TestSupport
import Testing

@testable import Classifier

/// Memory goes through its kept bytes, and all goes on as if there had been no end.
struct KeepingTests {
    private static let kinds: [Set<String>?] = [nil, ["grade"]]

    /// Pieces of a random size.
    private func pieces(_ whole: EventBatch, _ random: inout SeededGenerator) -> [EventBatch] {
        RandomEvents.pieces(of: whole, Int.random(in: 7...60, using: &random))
    }

    @Test(arguments: Trials.seeds(0..<10))
    func `a new classifier that recalls what another kept goes on in its place`(seed: UInt64) throws {
        let pack = try EventClassifierTests.pack.get()
        var random = SeededGenerator(seed: seed)
        let whole = RandomEvents.batch(seed: seed, count: 300, pack)
        for kinds in Self.kinds {
            var one = EventClassifier(pack: pack.compiled, kinds: kinds, remembersAll: true)
            let wanted = pack.alerts(whole, &one)
            let kept = KeptMemory()
            var found: [AlertView] = []
            var current = kept.classifier(pack, kinds: kinds)
            for piece in pieces(whole, &random) {
                found += pack.alerts(piece, &current)
                guard Bool.random(using: &random) else { continue }
                kept.fold(&current)
                current = kept.classifier(pack, kinds: kinds)
            }
            #expect(wanted.count > 10)
            #expect(found == wanted, "\(kinds ?? [])")
        }
    }

    @Test(arguments: [3])
    func `logs that are long and settled are kept too`(seed: UInt64) throws {
        let pack = try EventClassifierTests.pack.get()
        let whole = RandomEvents.batch(seed: seed, count: 1_500, pack)
        let wanted = pack.alerts(whole)
        let kept = KeptMemory()
        var found: [AlertView] = []
        for piece in RandomEvents.pieces(of: whole, 277) {
            var current = kept.classifier(pack)
            found += pack.alerts(piece, &current)
            kept.fold(&current)
        }
        #expect(found == wanted)
    }

    @Test(arguments: Trials.seeds(0..<10))
    func `a journal that is replayed makes the same memory, and the same of what follows`(seed: UInt64) throws {
        let pack = try EventClassifierTests.pack.get()
        var random = SeededGenerator(seed: seed)
        let whole = RandomEvents.batch(seed: seed, count: 300, pack)
        let wanted = pack.alerts(whole)
        let kept = KeptMemory()
        var found: [AlertView] = []
        var current = kept.classifier(pack)
        for piece in pieces(whole, &random) {
            found += pack.alerts(piece, &current)
            kept.note(&current)
            guard Bool.random(using: &random) else { continue }
            // It dies here; whoever comes next does again what it did.
            var next = kept.classifier(pack)
            let isWhole = kept.replay(&next)
            #expect(isWhole)
            for patient in RandomEvents.patients {
                let (own, other) = (image(current.memory(of: patient)), image(next.memory(of: patient)))
                #expect(own == other || other == nil, "\(patient)")
            }
            current = kept.classifier(pack)
            _ = kept.replay(&current)
            if Bool.random(using: &random) { kept.fold(&current) }
        }
        #expect(found == wanted)
    }

    private func image(_ memory: PatientMemory?) -> [UInt8]? {
        guard let memory else { return nil }
        var image = ImageWriter()
        image.write(memory)
        return image.image
    }

    @Test func `a replay takes the times by which the events were judged, and counts nothing`() throws {
        let pack = try EventClassifierTests.pack.get()
        let kept = KeptMemory()
        var first = kept.classifier(pack)
        first.now = TestEvents.moment("d1h0")
        let lines = ["x=2.5 id=e1 t=d9h0 therapy=any", "x=1.5 id=e2 t=d0h9 therapy=any"]
        _ = pack.alerts(TestEvents(pack.compiled.vocabulary, lines).batch, &first)
        kept.note(&first)
        var second = kept.classifier(pack)
        second.now = TestEvents.moment("d20h0")
        let isWhole = kept.replay(&second)
        let (own, other) = (image(first.memory(of: "P1")), image(second.memory(of: "P1")))
        #expect(isWhole && own != nil && own == other)
        let (now, tally, size) = (second.now, second.tally, second.journalSize)
        #expect(now == TestEvents.moment("d20h0"))
        #expect(tally.graded == 0 && tally.alerts == [0, 0, 0, 0, 0])
        #expect(size == 0)
    }

    @Test(arguments: Trials.seeds(0..<20))
    func `damaged bytes are refused, and the patient begins anew`(seed: UInt64) throws {
        let pack = try EventClassifierTests.pack.get()
        var random = SeededGenerator(seed: seed)
        let (first, rest) = (
            RandomEvents.batch(seed: seed, count: 100, pack), RandomEvents.batch(seed: seed + 100, count: 100, pack)
        )
        let kept = KeptMemory()
        var classifier = kept.classifier(pack)
        _ = pack.alerts(first, &classifier)
        kept.note(&classifier)
        let journal = kept.journal.map { damaged($0, &random) }
        kept.fold(&classifier)
        kept.patients = kept.patients.mapValues { damaged($0, &random) }
        var next = kept.classifier(pack)
        let replayed = journal.map { kept.replay($0, &next) }.count { $0 }
        let patients = next.tally.patients
        #expect(journal.count == 1 && replayed == 0 && patients == 0)
        let found = pack.alerts(rest, &next)
        #expect(found == pack.alerts(rest))
    }

    private func damaged(_ bytes: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
        var bytes = bytes
        let place = Int.random(in: bytes.indices, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: bytes[place] ^= UInt8.random(in: 1...255, using: &random)
        case 1: bytes.removeSubrange(place...)
        default: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
        }
        return bytes
    }

    @Test func `under rules of which nothing is known, the reports are known again, and nothing else is`() throws {
        let pack = try EventClassifierTests.pack.get()
        let kept = KeptMemory()
        let report = TestEvents(pack.compiled.vocabulary, ["x=2.5 id=e1 t=d0h8 therapy=any"]).batch
        let worse = TestEvents(pack.compiled.vocabulary, ["x=3.5 id=e2 t=d0h9 therapy=any"]).batch
        var first = kept.classifier(pack)
        let opened = pack.alerts(report, &first)
        #expect(opened.map(\.transition) == ["opened"])
        kept.note(&first)
        let journal = kept.journal
        kept.fold(&first)
        kept.names = [:]
        var second = kept.classifier(pack, kinds: ["grade"])
        let isWhole = kept.replay(journal[0], &second)
        let again = pack.alerts(report, &second)
        let (strangers, repeats) = (second.strangers, second.tally.repeats)
        #expect(!isWhole && again.isEmpty && strangers == 1 && repeats == 1)
        let anew = pack.alerts(worse, &second)
        #expect(anew.map(\.transition) == ["opened"])
    }

    @Test(arguments: Trials.seeds(0..<20))
    func `time goes on where it stopped, for patients who are awaited and feeds that are listened to`(
        seed: UInt64
    ) throws {
        let silence = try SilencePack()
        var random = SeededGenerator(seed: seed)
        let steps: [SilencePack.Step] = (0..<40).map { number in
            let day = number / 2
            if number % 4 == 3 { return .tick("d\(day)h23") }
            let value = ["x=0.5", "x=2.5", "y=3.5"].randomElement(using: &random) ?? "x=0.5"
            let hour = Int.random(in: 0..<23, using: &random)
            let source = ["app", "lab"].randomElement(using: &random) ?? "app"
            return .events(["\(value) id=e\(number) patient=P\(number % 3) t=d\(day)h\(hour) source=\(source)"])
        }
        let end: [SilencePack.Step] = [
            .tick("d30h0"),
            // The feeds are back, and so the silence of patients is told.
            .events(["app", "lab"].map { "x=0.5 id=back-\($0) patient=P9 t=d31h0 source=\($0)" }),
            .tick("d31h1"), .tick("d60h0"),
        ]
        let wanted = silence.alerts(steps + end)
        #expect(wanted.contains { $0.transition == "stale" })
        #expect(wanted.contains { $0.concern == "data" } && wanted.contains { $0.concern == "liver" })
        let kept = KeptMemory()
        var found: [AlertView] = []
        for step in steps + end {
            var current = kept.classifier(silence.pack)
            // Whoever keeps patients says which of them are due; all, at worst.
            if case .tick = step { for patient in kept.patients.keys { current.expect(patient) } }
            found += silence.alerts([step], &current)
            kept.fold(&current)
        }
        #expect(found == wanted)
    }
}
