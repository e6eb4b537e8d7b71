import Clinical
import TestSupport
import Testing

@testable import Store

/// Many patients of any size, changed over and over, are all there after each opening.
@Suite struct PatientMemoryTests {
    @Test(arguments: [1, 2, 3] as [UInt64]) func `what was kept last is what comes back`(seed: UInt64) throws {
        let place = try StatePlace()
        var random = SeededGenerator(seed: seed)
        var kept: [[UInt8]: [UInt8]] = [:]
        for round in 1...8 {
            var state = try place.run()
            // Ids of all kinds: long and short, with zeros, and empty.
            let changed = (0..<(1 << round)).map { _ in
                let id = [UInt8]("\(Int.random(in: 0..<400, using: &random))".utf8)
                let length = Int.random(in: 0..<[1, 100, 700, 9_000].randomElement(using: &random)!, using: &random)
                return KeptPatient(
                    id: id.count == 1 ? [] : id.count == 2 ? id + [0] : id,
                    memory: (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) })
            }
            _ = try state.checkpoint(changed, at: .day(round))
            for patient in changed { kept[patient.id] = patient.memory }
            for (id, memory) in kept where try state.memory(of: id) != memory {
                Issue.record("\(id) of round \(round)")
            }
        }
        let state = try place.run()
        for (id, memory) in kept { #expect(try state.memory(of: id) == memory) }
        #expect(try state.memory(of: [0]) == nil)
        #expect(try state.reader.check() == [])
    }
}
