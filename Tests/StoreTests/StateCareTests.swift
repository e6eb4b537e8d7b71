import Clinical
import Testing

@testable import Store

@Suite struct StateCareTests {
    let place: StatePlace

    init() throws { place = try StatePlace() }

    /// Three patients, heard of on the days 1, 5 and 9; the first and second with an episode that is over, all written.
    private func fill(_ state: inout RunState) throws {
        for (number, day) in [(1, 1), (2, 5), (3, 9)] {
            var batch = BatchRecord.numbered(number, day: day)
            if number < 3 { batch.episodes[0].transition = .resolved }
            let patient = KeptPatient(id: Array("P\(number)".utf8), memory: Array("memory of P\(number)".utf8))
            let numbers = try state.checkpoint([patient], at: .day(day), with: batch)
            try state.markWritten(numbers.compactMap { $0 }, to: "ndjson")
            _ = try state.begin("run", at: .day(day), pack: "abc", feeds: [])
        }
    }

    private func holds(_ text: String) throws -> Bool {
        String(decoding: try place.bytes(), as: UTF8.self).contains(text)
    }

    @Test func `what is older goes, and what is open, unwritten or younger stays`() throws {
        var state = try place.run()
        try fill(&state)
        #expect(
            try state.prune(before: .day(5), by: "A", at: .day(10))
                == Removed(patients: 1, episodes: 1, alerts: 1, acts: 0, runs: 1))
        #expect(try state.memory(of: Array("P1".utf8)) == nil)
        #expect(try state.memory(of: Array("P2".utf8)) != nil)
        #expect(
            try state.prune(before: .day(20), by: "A", at: .day(20))
                == Removed(patients: 1, episodes: 1, alerts: 1, acts: 0, runs: 2))
        #expect(try state.reader.episodes().map(\.id) == [EpisodeEntry.numbered(3).id])
        #expect(try state.memory(of: Array("P3".utf8)) != nil)
        #expect(try state.reader.timeline(of: EpisodeEntry.numbered(3).id).count == 1)
        #expect(
            try state.reader.auditLog().last
                == AuditEntry(
                    at: .day(20), by: "A", deed: "prune", subject: "before 2026-03-20T00:00:00Z",
                    detail: "patients 1, episodes 1, alerts 1, acts 0, runs 2"))
        #expect(try state.reader.check() == [])
    }

    @Test func `an alert that is not written, and a silence that holds, outlive pruning`() throws {
        var state = try place.run()
        var batch = BatchRecord.numbered(1)
        batch.journal = []
        batch.episodes[0].transition = .resolved
        _ = try state.commit(batch)
        let desk = try StaffDesk(place.path)
        try desk.record(StaffAct(.silence(.rule("a"), until: .day(30), reason: ""), by: "A", at: .day(1)))
        try desk.record(StaffAct(.silence(.rule("b"), until: .day(3), reason: ""), by: "A", at: .day(1)))
        #expect(try state.prune(before: .day(20), by: "A", at: .day(20)) == Removed(acts: 1))
        #expect(try state.unwritten(at: .day(20)).count == 1)
        #expect(try state.reader.silences(at: .day(20)).count == 1)
    }

    @Test func `alerts that are written and over are pruned without a note`() throws {
        var state = try place.run()
        try fill(&state)
        #expect(try state.pruneAlerts(before: .day(5)) == 1)
        #expect(try state.pruneAlerts(before: .day(30)) == 1)
        #expect(try state.isKnown(OutgoingAlert.numbered(3)))
        #expect(try state.reader.auditLog().allSatisfy { $0.deed != "prune" })
    }

    @Test func `a patient is not called forgotten while a reader still sees it`() throws {
        var state = try place.run()
        try fill(&state)
        let reader = try StateReader(place.path)
        try reader.database.execute("BEGIN; SELECT count(*) FROM patient")
        // Nobody waits in a test.
        try state.database.execute("PRAGMA busy_timeout = 0")
        let error = stateError { () throws(StateError) in
            _ = try state.forget(Array("P1".utf8), by: "A", at: .day(10))
        }
        #expect(error?.reason == .busy)
        try reader.database.execute("COMMIT")
        #expect(try state.forget(Array("P1".utf8), by: "A", at: .day(10)) == Removed())
    }

    @Test func `a forgotten patient is nowhere in the file, and nobody else is gone`() throws {
        do {
            var state = try place.run()
            try fill(&state)
            let desk = try StaffDesk(place.path)
            let other = StaffAct.Deed.acknowledge(episode: EpisodeEntry.numbered(3).id, note: "note on three")
            try desk.record(StaffAct(other, by: "A", at: .day(9)))
            let about = StaffAct.Deed.missed(patient: Array("P2".utf8), note: "note on two")
            try desk.record(StaffAct(about, by: "A", at: .day(9)))
        }
        for text in ["memory of P2", "note on two", #"{"alert":2}"#] { #expect(try holds(text)) }
        do {
            let state = try place.run()
            #expect(
                try state.forget(Array("P2".utf8), by: "A", at: .day(10))
                    == Removed(patients: 1, episodes: 1, alerts: 1, acts: 1, runs: 0))
            #expect(try state.forget(Array("P2".utf8), by: "A", at: .day(10)) == Removed())
        }
        for text in ["P2", "note on two", #"{"alert":2}"#] { #expect(try !holds(text)) }
        for text in ["memory of P1", "memory of P3", "note on three", #"{"alert":3}"#] { #expect(try holds(text)) }
        let state = try place.run()
        #expect(try state.reader.check() == [])
        let entry = try #require(try state.reader.auditLog().last)
        #expect(entry.deed == "forget")
        #expect(entry.subject == "patient \(try state.database.pseudonym(of: Array("P2".utf8)))")
    }

    @Test func `nothing is taken out while a batch is not folded, which could bring it back`() throws {
        var state = try place.run()
        _ = try state.commit(.numbered(1))
        for error in [
            stateError({ () throws(StateError) in _ = try state.forget([1], by: "A", at: .day(1)) }),
            stateError({ () throws(StateError) in _ = try state.prune(before: .day(1), by: "A", at: .day(1)) }),
        ] { #expect(error?.reason == .unfoldedJournal) }
        #expect(try state.reader.auditLog().count == 1)
    }
}
