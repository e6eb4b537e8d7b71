import Clinical
import Testing

@testable import Store

/// Numbers are remembered only of episodes that are there.
@Suite struct EpisodeNumbersTests {
    let place: StatePlace

    init() throws { place = try StatePlace() }

    @Test func `an episode of a batch that was not kept is new to the next`() throws {
        var state = try place.run()
        var wrong = BatchRecord.numbered(1)
        wrong.alerts.append(.numbered(2, of: 77))
        #expect(stateError { () throws(StateError) in _ = try state.commit(wrong) } != nil)
        _ = try state.commit(.numbered(5))
        _ = try state.commit(.numbered(1))
        #expect(
            try state.reader.timeline(of: EpisodeEntry.numbered(1).id).map(\.bytes) == [Array(#"{"alert":1}"#.utf8)])
        #expect(try state.reader.episodes().count == 2)
        #expect(try state.reader.check() == [])
    }

    @Test func `an episode that was forgotten comes back as a new one`() throws {
        var state = try place.run()
        var batch = BatchRecord.numbered(1, 2)
        batch.journal = []
        _ = try state.commit(batch)
        _ = try state.forget(Array("P1".utf8), by: "A", at: .day(1))
        _ = try state.commit(.numbered(1))
        #expect(try state.reader.episodes().count == 2)
        #expect(try state.reader.check() == [])
    }

    @Test func `what calls again needs an answer again, in this run and in a later one`() throws {
        let id = EpisodeEntry.numbered(1).id
        for isLater in [false, true] {
            var state = try place.run()
            if !isLater { _ = try state.commit(.numbered(1)) }
            try StaffDesk(place.path).record(StaffAct(.acknowledge(episode: id, note: ""), by: "A", at: .day(2)))
            var batch = BatchRecord.numbered(1)
            batch.episodes[0].transition = .reminded
            batch.alerts = []
            _ = try state.commit(batch)
            #expect(try state.reader.episode(id)?.acknowledged?.by == "A")
            batch.episodes[0].isOverdue = true
            _ = try state.commit(batch)
            #expect(try state.reader.episode(id)?.isOverdue == true)
            batch.episodes[0].isOverdue = false
            batch.episodes[0].callsAgain = true
            _ = try state.commit(batch)
            let entry = try state.reader.episode(id)
            #expect(entry?.acknowledged == nil && entry?.isOverdue == false)
        }
    }
}
