import Clinical
import Testing

@testable import Store

@Suite struct RunHistoryTests {
    let place: StatePlace

    init() throws { place = try StatePlace() }

    @Test func `the run before an instant is the last that started earlier`() throws {
        let state = try place.run()
        for day in 1...3 { _ = try state.begin("run", at: .day(day), pack: "abc", feeds: []) }
        #expect(try state.reader.lastRun(before: .day(3))?.number == 2)
        #expect(try state.reader.lastRun(before: .day(1)) == nil)
    }

    @Test func `a state is in hand as long as somebody has it`() throws {
        do {
            let state = try place.run()
            #expect(try state.reader.isInHand())
        }
        #expect(try !StateReader(place.path).isInHand())
        #expect(try place.run().journalSize.batches == 0)
    }

    @Test func `calls are what asked for an answer`() throws {
        var batch = BatchRecord.numbered(1, 2)
        batch.alerts = [("opened", "soon"), ("worsened", "urgent"), ("eased", "soon"), ("resolved", "none")]
            .enumerated().map { place, words in
                var alert = OutgoingAlert.numbered(place + 10, of: 1, day: place + 1)
                alert.bytes = Array(#"{"transition":"\#(words.0)","severity":"\#(words.1)"}"#.utf8)
                return alert
            }
        batch.alerts.append(.numbered(20, of: 2))
        batch.alerts[4].bytes = Array("no JSON".utf8)
        var state = try place.run()
        _ = try state.commit(batch)
        let calls = try state.reader.calls(of: EpisodeEntry.numbered(1).id)
        #expect(calls.map(\.severity) == [.soon, .urgent] && calls.map(\.made) == [.day(1), .day(2)])
        #expect(try state.reader.calls(of: EpisodeEntry.numbered(2).id) == [])
    }
}
