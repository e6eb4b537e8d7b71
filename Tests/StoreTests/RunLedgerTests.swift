import Clinical
import Testing

@testable import Store

@Suite struct RunLedgerTests {
    let place: StatePlace

    init() throws { place = try StatePlace() }

    private func tally(_ first: Int) -> RunTally {
        var tally = RunTally()
        tally.rejects = first
        tally.graded = first + 1
        tally.ungradable = first + 2
        tally.unmatched = first + 3
        tally.repeats = first + 4
        tally.late = first + 5
        tally.cancelled = first + 6
        tally.skipped = first + 7
        tally.patients = first + 8
        tally.alerts = (0..<Severity.allCases.count).map { first + 10 + $0 }
        return tally
    }

    @Test func `a run is kept with its sums, and one that died has no end`() throws {
        var state = try place.run()
        let first = try state.begin("run", at: .day(1), pack: "abc", feeds: ["labs.csv", "stdin"])
        var sums = RunSums(run: first, tally: tally(100))
        sums.silenced = 3
        sums.quieted = 4
        try state.end(sums, at: .day(2))
        let second = try state.begin("run", at: .day(3), pack: "abc", feeds: [])
        var batch = BatchRecord()
        batch.sums = RunSums(run: second, tally: tally(5))
        _ = try state.commit(batch)
        let runs = try state.reader.runs(since: .day(1))
        #expect(runs.map(\.number) == [1, 2])
        #expect(runs[0].sums == sums)
        #expect(runs[0].feeds == "labs.csv\nstdin")
        #expect(runs.map(\.ended) == [.day(2), .unknown])
        #expect(runs[1].sums == batch.sums)
        #expect(try state.reader.runs(since: .day(2)).map(\.number) == [2])
        #expect(try state.reader.check() == [])
    }

    @Test func `another pack is told in the audit log`() throws {
        let state = try place.run()
        for (day, pack) in ["abc", "abc", "def"].enumerated() {
            _ = try state.begin("run", at: .day(day + 1), pack: pack, feeds: [])
        }
        try state.changePack(to: "ghi", from: "def", at: .day(4))
        let log = try state.reader.auditLog().filter { $0.deed == "pack" }
        #expect(log.map(\.subject) == ["pack abc", "pack def", "pack ghi"])
        #expect(log.map(\.detail) == ["the first", "instead of abc", "instead of def"])
    }

    @Test func `sums that do not add up are found by check`() throws {
        _ = try place.run().begin("run", at: .day(1), pack: "abc", feeds: [])
        try place.tamper("UPDATE run SET graded = graded + 1")
        #expect(try StateReader(place.path).check() == ["runs whose sums do not add up: 1"])
    }
}
