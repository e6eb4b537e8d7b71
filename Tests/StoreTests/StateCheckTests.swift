import Clinical
import Foundation
import Glibc
import Testing

@testable import Store

@Suite struct StateCheckTests {
    let place: StatePlace

    init() throws {
        place = try StatePlace()
        var state = try place.run()
        for number in 1...50 { _ = try state.commit(.numbered(number)) }
        try StaffDesk(place.path).record(
            StaffAct(.acknowledge(episode: EpisodeEntry.numbered(1).id, note: ""), by: "A", at: .day(1)))
    }

    private func findings() throws -> [String] { try StateReader(place.path).check() }

    @Test func `a state that is as it should be has no findings`() throws {
        #expect(try findings() == [])
    }

    @Test(arguments: [
        ("DELETE FROM alert WHERE number IN (1, 2)", "deliveries of no known alert: 2"),
        ("DELETE FROM episode WHERE number = 3", "alerts of no known episode: 1"),
        ("UPDATE act SET by = 'B'", "act 1 is not what the audit log tells of it"),
        ("DELETE FROM audit WHERE number = 1", "the audit log is broken: row 1 is missing"),
        ("DELETE FROM audit WHERE number = 2", "the audit log ends at row 1, but 2 were written"),
    ])
    func `what does not hold together is found`(change: String, finding: String) throws {
        try place.tamper(change)
        #expect(try findings().contains(finding))
    }

    @Test func `a file that others may read is found`() throws {
        chmod(place.path, 0o640)
        #expect(try findings().first == "others than its owner may use the file \(place.path)")
    }

    @Test(arguments: 1...8) func `pages that were overwritten are found, or are in no use`(page: Int) throws {
        var bytes = try place.bytes()
        for index in (page * 16_384)..<((page + 1) * 16_384) { bytes[index] = UInt8(truncatingIfNeeded: index &* 31) }
        try place.write(bytes, to: "state.db")
        let damage: [String]
        do throws(StateError) {
            damage = try StateReader(place.path).check()
        } catch {
            damage = [error.message]
        }
        #expect(damage != [])
    }
}
