import Clinical
import Testing

@testable import Store

@Suite struct StateReaderTests {
    let place: StatePlace

    /// Five episodes: the third overdue, the fourth resolved and stale before, the fifth of a test patient.
    init() throws {
        place = try StatePlace()
        var batch = BatchRecord.numbered(1, 2, 3, 4, 5)
        batch.episodes[0].severity = .routine
        batch.episodes[1].severity = .emergency
        batch.episodes[1].therapy = "car_t"
        batch.episodes[2].isOverdue = true
        batch.episodes[2].transition = .overdue
        batch.episodes[3].transition = .resolved
        batch.episodes[3].severity = .none
        batch.episodes[4].isTest = true
        batch.episodes[4].respondBy = .day(1)
        batch.alerts.append(.numbered(6, of: 3, day: 2))
        var state = try place.run()
        _ = try state.commit(batch)
    }

    private func listed(_ change: (inout StateReader.Choice) -> Void) throws -> [UInt64] {
        var choice = StateReader.Choice()
        change(&choice)
        return try StateReader(place.path).episodes(choice).map(\.id.low)
    }

    @Test func `the most severe comes first, then what must be answered soonest, and what is over last`() throws {
        #expect(try listed { _ in } == [2, 5, 3, 1])
        #expect(try listed { $0.isOpen = false } == [2, 5, 3, 1, 4])
    }

    @Test func `episodes are chosen by severity, therapy, patient and what is overdue`() throws {
        #expect(try listed { $0.severity = .urgent } == [2, 5, 3])
        #expect(try listed { $0.therapy = "car_t" } == [2])
        #expect(try listed { $0.isOverdue = true } == [3])
        #expect(try listed { $0.patient = Array("P1".utf8) } == [1])
        #expect(try listed { $0.patient = Array("P4".utf8) } == [])
        #expect(try listed { ($0.patient, $0.isOpen) = (Array("P4".utf8), false) } == [4])
        #expect(try listed { ($0.severity, $0.therapy) = (.soon, "checkpoint_inhibitor") } == [5, 3])
    }

    @Test func `an episode comes back as it was kept, by its own id or an alert's`() throws {
        let reader = try StateReader(place.path)
        var wanted = EpisodeEntry.numbered(3)
        wanted.isOverdue = true
        wanted.transition = .overdue
        #expect(try reader.episode(wanted.id) == wanted)
        #expect(try reader.episode(OutgoingAlert.numbered(6).id) == wanted)
        #expect(try reader.episode(StableID(high: 0, low: 0)) == nil)
    }

    @Test func `the timeline is all that was said of an episode`() throws {
        let timeline = try StateReader(place.path).timeline(of: EpisodeEntry.numbered(3).id)
        #expect(timeline.map(\.alert.low) == [3, 6])
        #expect(timeline.map(\.made) == [.day(1), .day(2)])
    }

    @Test func `what stands open is counted by severity, without test patients`() throws {
        let counts = try StateReader(place.path).openCounts()
        #expect(Set(counts.keys) == [.emergency, .urgent, .routine])
        #expect(counts[.urgent] == StateReader.OpenCount(open: 1, stale: 0, unacknowledged: 1))
        #expect(counts[.emergency] == StateReader.OpenCount(open: 1, stale: 0, unacknowledged: 1))
    }
}
