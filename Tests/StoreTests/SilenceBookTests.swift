import Clinical
import Testing

@testable import Store

/// Silences that end, and how many alerts they hid.
@Suite struct SilenceBookTests {
    private let place: StatePlace

    init() throws {
        place = try StatePlace()
        do { _ = try place.run() }
        let desk = try StaffDesk(place.path)
        for (until, what) in [(3, StaffAct.Silenced.rule("a")), (5, .patient(Array("P1".utf8))), (9, .rule("b"))] {
            try desk.record(StaffAct(.silence(what, until: .day(until), reason: "x"), by: "A", at: .day(1)))
        }
    }

    private func hide(_ hidden: [Int64: Int], _ state: inout RunState) throws {
        var batch = BatchRecord()
        batch.hidden = hidden
        _ = try state.commit(batch)
    }

    @Test func `what silences hid adds up, and each end is noted once`() throws {
        var state = try place.run()
        try hide([1: 2, 2: 1], &state)
        try hide([1: 1], &state)
        #expect(try state.endSilences(at: .day(2)).isEmpty)
        let rows = try state.reader.auditLog().count
        let first = try state.endSilences(at: .day(3))
        #expect(first.map(\.number) == [1] && first.map(\.hidden) == [3])
        let others = try state.endSilences(at: .day(8))
        #expect(others.map(\.number) == [2] && others.map(\.hidden) == [1])
        #expect(try state.endSilences(at: .day(8)).isEmpty)
        let log = try state.reader.auditLog()[rows...]
        #expect(log.map(\.deed) == ["silence over", "silence over"] && log.first?.subject == "rule a")
        #expect(log.last?.subject.hasPrefix("patient tw1-") == true)
        #expect(try state.reader.verifyAudit() == .intact(rows: rows + 2))
        #expect(try state.reader.check() == [])
    }

    @Test func `readers see those that end after an instant, with what they hid so far`() throws {
        var state = try place.run()
        try hide([3: 4], &state)
        let silences = try StateReader(place.path).silences(endingAfter: .day(3))
        #expect(silences.map(\.number) == [2, 3] && silences.map(\.hidden) == [0, 4])
        #expect(silences.map(\.silenced) == [.patient(Array("P1".utf8)), .rule("b")])
    }

    @Test func `a page of an act that is gone is torn out, and bytes of something else count for nothing`() throws {
        var state = try place.run()
        try hide([1: 2, 77: 5], &state)
        _ = try state.endSilences(at: .day(3))
        let kept = try #require(try state.shared("silences"))
        #expect(String(decoding: kept, as: UTF8.self) == "1 2 ended\n")
        #expect(SilenceBook([0xFF, 0x0A, 0x20]).pages.isEmpty)
    }
}
