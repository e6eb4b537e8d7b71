import Clinical
import TestSupport
import Testing

@testable import Store

/// Whatever goes into the outbox and out of it again, in any order, it tells what a list of alerts would tell.
@Suite struct OutboxTests {
    let place: StatePlace

    init() throws { place = try StatePlace() }

    private func waiting(_ state: borrowing RunState) throws -> Set<String> {
        Set(try state.unwritten(at: .day(20)).map { "\($0.number) \($0.target) \($0.bytes.count)" })
    }

    @Test(arguments: Trials.seeds(0..<6)) func `what is not taken out is there`(seed: UInt64) throws {
        var state = try place.run()
        var random = SeededGenerator(seed: seed)
        var wanted: [Int64: Set<String>] = [:]
        var last: Int64 = 0
        for _ in 0..<30 {
            let numbers = (1...Int.random(in: 1...20, using: &random)).map { Int(last) + $0 }
            var batch = BatchRecord()
            batch.episodes = numbers.map { .numbered($0) }
            batch.alerts = numbers.map { number in
                var deliveries: [OutgoingAlert.Delivery] = []
                if Int.random(in: 0..<9, using: &random) > 0 {
                    let isLater = Int.random(in: 0..<9, using: &random) == 0
                    deliveries.append(.init(target: "ndjson", due: isLater ? .day(9) : .unknown))
                }
                if Bool.random(using: &random) { deliveries.append(.init(target: "text", bytes: [0x74])) }
                return .numbered(number, deliveries: deliveries)
            }
            let kept = try state.commit(batch).compactMap { $0 }
            #expect(kept == numbers.map(Int64.init))
            for (number, alert) in zip(kept, batch.alerts) {
                wanted[number] = Set(
                    alert.deliveries.map { "\(number) \($0.target) \($0.bytes?.count ?? alert.bytes.count)" })
            }
            last += Int64(numbers.count)
            let taken = (1...last).filter { _ in Int.random(in: 0..<7, using: &random) == 0 }
            let target = Bool.random(using: &random) ? "ndjson" : "text"
            try state.markWritten(taken, to: target)
            for number in taken { wanted[number] = wanted[number]?.filter { !$0.contains(target) } }
            #expect(try waiting(state) == wanted.values.reduce(into: []) { $0.formUnion($1) })
        }
        #expect(try state.reader.outbox(at: .day(20)).alerts == wanted.values.reduce(0) { $0 + $1.count })
        #expect(try state.reader.check() == [])
    }

    @Test func `of a forgotten patient nothing waits, not even under a number that is given again`() throws {
        var state = try place.run()
        var batch = BatchRecord.numbered(1, 2, 3)
        batch.journal = []
        _ = try state.commit(batch)
        for patient in ["P3", "P1"] { _ = try state.forget(Array(patient.utf8), by: "A", at: .day(1)) }
        #expect(try waiting(state) == ["2 ndjson 11"])
        batch = BatchRecord.numbered(4)
        batch.alerts[0].deliveries = []
        #expect(try state.commit(batch) == [3])
        #expect(try waiting(state) == ["2 ndjson 11"])
        #expect(try state.reader.check() == [])
    }
}
