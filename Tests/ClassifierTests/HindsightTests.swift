import Clinical
import TestSupport
import Testing

@testable import Classifier

/// How little is kept of how a patient stood, and that it is enough.
struct HindsightTests {
    private static func memory(_ lines: [String], unreadAfter place: Int = .max) throws -> PatientMemory {
        let pack = try EventClassifierTests.pack.get()
        var classifier = EventClassifier(pack: pack.compiled)
        var events = TestEvents(pack.compiled.vocabulary)
        for (number, line) in lines.enumerated() {
            events.add(line + " therapy=any")
            if number == place { events.addReject(patient: "P1") }
        }
        _ = pack.alerts(events.batch, &classifier)
        let memory = classifier.memory(of: "P1")
        return try #require(memory)
    }

    private static func lines(_ count: Int) -> [String] {
        (0..<count).map { "\(["x=2.5", "x=0.5", "y=25 unit=g/L"][$0 % 3]) id=e\($0) t=d\($0 / 20)h\($0 % 20)" }
    }

    @Test func `of a patient whose few reports come in order nothing is kept beside the log and what is open`() throws {
        let memory = try Self.memory(Self.lines(Hindsight.checkpointDistance))
        #expect(!memory.hasHindsight)
        #expect(MemoryLayout<PatientMemory>.stride <= 72)
        #expect(MemoryLayout<Episode>.stride <= 80)
    }

    @Test func `what was told again for a late report is let go`() throws {
        let late = ["x=3.5 id=late t=d0h3m30", "x=2.5 id=next t=d9h3"]
        let memory = try Self.memory(Self.lines(40) + late)
        #expect(!memory.isRecalling && memory.hindsight.issued.isEmpty)
        #expect(memory.hindsight.checkpoints.count == 2)
    }

    @Test(arguments: [2, 30])
    func `an unreadable record holds its episode, though the past is told again`(place: Int) throws {
        let late = ["x=9 id=late t=d0h0m30", "x id=e30 status=cancelled t=d1h10"]
        let memory = try Self.memory(Self.lines(40) + late, unreadAfter: place)
        #expect(memory.hindsight.pinnedCount > 0 && memory.isRecalling)
        #expect(memory.episodes.contains { $0.told(.unread) != nil })
    }

    @Test func `what only its time tells is let go when its reports are settled`() throws {
        let memory = try Self.memory(Self.lines(600), unreadAfter: 30)
        #expect(memory.settledCount > 40)
        #expect(memory.hindsight.pinnedCount == 0 && !memory.isRecalling && memory.hindsight.issued.isEmpty)
        #expect(memory.episodes.contains { $0.told(.unread) != nil })
        #expect(memory.hindsight.base.contains { $0.told(.unread) != nil })
    }
}
