import Clinical
import Testing

@testable import Store

@Suite struct RunStateTests {
    let place: StatePlace

    init() throws { place = try StatePlace() }

    private func journal(_ state: borrowing RunState) throws -> [String] {
        var rows: [String] = []
        try state.replay { rows.append(String(decoding: $0, as: UTF8.self)) }
        return rows
    }

    @Test func `batches since the last checkpoint come back in order`() throws {
        do {
            var state = try place.run()
            for number in 1...12 { _ = try state.commit(.numbered(number)) }
            #expect(state.journalSize.batches == 12)
        }
        do {
            var state = try place.run()
            #expect(try journal(state) == (1...12).map { "events of [\($0)]" })
            #expect(
                state.journalSize == JournalSize(batches: 12, bytes: try journal(state).map(\.utf8.count).reduce(0, +)))
            _ = try state.checkpoint([KeptPatient(id: [1], memory: [1, 2])], at: .day(1))
            _ = try state.commit(.numbered(13))
        }
        let state = try place.run()
        #expect(try journal(state) == ["events of [13]"])
        #expect(try state.memory(of: [1]) == [1, 2])
        #expect(try state.memory(of: [2]) == nil)
    }

    @Test func `a checkpoint may bring the last batch along, which needs no journal then`() throws {
        var state = try place.run()
        _ = try state.commit(.numbered(1))
        #expect(try state.checkpoint([], at: .day(1), with: .numbered(2, 3)) == [2, 3])
        #expect(state.journalSize == JournalSize())
        #expect(try journal(state) == [])
        #expect(try state.unwritten(at: .day(1)).map(\.number) == [1, 2, 3])
    }

    @Test func `values beside patients are kept by name`() throws {
        var batch = BatchRecord()
        batch.shared = ["feeds": [1, 2], "offset": []]
        do {
            var state = try place.run()
            _ = try state.commit(batch)
            _ = try state.commit(BatchRecord())
        }
        let state = try place.run()
        #expect(state.journalSize == JournalSize())
        #expect(try state.shared("feeds") == [1, 2])
        #expect(try state.shared("offset") == [])
        #expect(try state.shared("clock") == nil)
    }

    @Test func `alerts stay unwritten, oldest first, until they are marked`() throws {
        do {
            var state = try place.run()
            let numbers = try state.commit(.numbered(5, 4))
            _ = try state.commit(.numbered(3))
            try state.markWritten(numbers.prefix(1).compactMap { $0 }, to: "ndjson")
            try state.markWritten([3], to: "another target")
        }
        let state = try place.run()
        let left = try state.unwritten(at: .day(1))
        #expect(left.map { String(decoding: $0.bytes, as: UTF8.self) } == [#"{"alert":4}"#, #"{"alert":3}"#])
        try state.markWritten(left.map(\.number), to: "ndjson")
        #expect(try state.unwritten(at: .day(1)) == [])
        #expect(
            try state.reader.timeline(of: EpisodeEntry.numbered(5).id).map(\.bytes) == [Array(#"{"alert":5}"#.utf8)])
    }

    @Test func `an alert that was kept before is not kept again, written or not`() throws {
        var state = try place.run()
        #expect(try state.commit(.numbered(1, 2)) == [1, 2])
        try state.markWritten([1], to: "ndjson")
        #expect(try state.commit(.numbered(1, 2, 3)) == [nil, nil, 3])
        #expect(try state.unwritten(at: .day(1)).map(\.number) == [2, 3])
        #expect(try state.isKnown(OutgoingAlert.numbered(1)))
        #expect(try !state.isKnown(OutgoingAlert.numbered(4)))
    }

    @Test func `each target gets its own bytes, and not before they are due`() throws {
        var state = try place.run()
        var batch = BatchRecord.numbered(1, 2)
        batch.alerts[0].deliveries = [.init(target: "ndjson"), .init(target: "text", bytes: [0x74], due: .day(3))]
        batch.alerts[1].deliveries = []
        #expect(try state.commit(batch) == [1, 2])
        #expect(try state.unwritten(at: .day(2)).map(\.target) == ["ndjson"])
        #expect(try state.unwritten(at: .day(3)).map(\.target) == ["ndjson", "text"])
        #expect(try state.unwritten(at: .day(3)).last?.bytes == [0x74])
        #expect(try state.reader.outbox(at: .day(2)) == (1, .day(1)))
        #expect(try state.reader.outbox(at: .day(3)) == (2, .day(1)))
        #expect(try state.reader.parked(before: .day(1)) == 0)
        #expect(try state.reader.parked(before: .day(2)) == 1)
        #expect(try state.reader.parked(before: .day(4)) == 2)
        try state.markWritten([1], to: "ndjson")
        #expect(try state.reader.outbox(at: .day(4)) == (1, .day(3)))
    }

    /// 2 is FULL: the disk has it when the call returns. 1 is NORMAL: with the next that must be there.
    private func durability(_ state: borrowing RunState) throws -> String {
        var level = ""
        try state.database.each(once: "SELECT CAST(synchronous AS TEXT) FROM pragma_synchronous") {
            level = String(decoding: $0, as: UTF8.self)
        }
        return level
    }

    @Test func `what must be on the disk before alerts are written is there; what can be made up for may wait`() throws
    {
        var state = try place.run()
        #expect(try durability(state) == "2")
        let run = try state.begin("run", at: .day(1), pack: "abc", feeds: [])
        #expect(try durability(state) == "1")
        _ = try state.commit(.numbered(1))
        #expect(try durability(state) == "2")
        try state.markWritten([1], to: "ndjson")
        #expect(try durability(state) == "1")
        _ = try state.checkpoint([], at: .day(1), with: .numbered(2))
        #expect(try durability(state) == "2")
        _ = try state.checkpoint([], at: .day(1))
        #expect(try durability(state) == "1")
        try state.changePack(to: "def", from: "abc", at: .day(1))
        #expect(try durability(state) == "2")
        try state.end(RunSums(run: run, tally: RunTally()), at: .day(1))
        #expect(try durability(state) == "1")
    }

    @Test func `a batch is kept whole or not at all`() throws {
        var state = try place.run()
        var batch = BatchRecord.numbered(1)
        batch.alerts.append(.numbered(2, of: 77))
        let error = stateError { () throws(StateError) in _ = try state.commit(batch) }
        #expect(error?.reason == .failed("NOT NULL constraint failed: alert.episode"))
        #expect(state.journalSize == JournalSize())
        #expect(try journal(state) == [])
        #expect(try state.unwritten(at: .day(9)) == [])
        #expect(try state.reader.episodes() == [])
        #expect(try state.commit(.numbered(1)) == [1])
    }

    @Test func `a full disk leaves what was there, and goes on when there is room again`() throws {
        var state = try place.run()
        _ = try state.commit(.numbered(1))
        try state.database.execute("PRAGMA max_page_count = 1")
        var batch = BatchRecord.numbered(2)
        batch.journal = [UInt8](repeating: 7, count: 300_000)
        #expect(stateError { () throws(StateError) in _ = try state.commit(batch) }?.reason == .diskFull)
        let patients = (0..<1000).map { KeptPatient(id: Array("P\($0)".utf8), memory: batch.journal) }
        #expect(
            stateError { () throws(StateError) in _ = try state.checkpoint(patients, at: .day(1)) }?.reason == .diskFull
        )
        #expect(try journal(state) == ["events of [1]"])
        #expect(state.journalSize.batches == 1)
        try state.database.execute("PRAGMA max_page_count = 1000000")
        #expect(try state.commit(batch) == [2])
        #expect(try state.reader.check() == [])
    }
}
