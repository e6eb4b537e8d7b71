import Clinical
import Testing

@testable import Classifier

/// The ids of recent reports: enough of them, and never more than a bound.
struct ReportSetTests {
    private static func hash(_ number: Int) -> UInt64 {
        var random = UInt64(number) &* 0x9E37_79B9_7F4A_7C15
        random = (random ^ random >> 30) &* 0xBF58_476D_1CE4_E5B9
        return random ^ random >> 27
    }

    @Test func `ten thousand reports of one patient are remembered within bounds`() {
        var reports = ReportSet()
        for number in 1...10_000 {
            #expect(reports.note(Self.hash(number), content: 1 << 40, status: .final) == .fresh, "\(number)")
            #expect(reports.size <= 128)
        }
    }

    @Test(arguments: [1, 3, 95, 96, 97, 192, 193, 1000])
    func `the latest reports are known for repeats, at any number of them`(count: Int) {
        var reports = ReportSet()
        for number in 1...count { _ = reports.note(Self.hash(number), content: 1 << 40, status: .final) }
        for number in max(1, count - ReportSet.generation + 1)...count {
            #expect(reports.note(Self.hash(number), content: 1 << 40, status: .final) == .again, "\(number)")
        }
        #expect(reports.note(Self.hash(count), content: 2 << 40, status: .final) == .correction)
        #expect(reports.note(Self.hash(count), content: 3 << 40, status: .cancelled) == .withdrawn)
        #expect(reports.note(Self.hash(count), content: 4 << 40, status: .final) == .withdrawn)
    }

    @Test func `a report that is withdrawn stays so while other reports come`() {
        var reports = ReportSet()
        #expect(reports.note(Self.hash(0), content: 0, status: .cancelled) == .withdrawn)
        for number in 1...90 { _ = reports.note(Self.hash(number), content: 0, status: .final) }
        #expect(reports.note(Self.hash(0), content: 1 << 40, status: .final) == .withdrawn)
        for number in 91...180 { _ = reports.note(Self.hash(number), content: 0, status: .final) }
        #expect(reports.note(Self.hash(0), content: 1 << 40, status: .corrected) == .withdrawn)
    }

    @Test func `ids that hash to nothing are ids all the same`() {
        var reports = ReportSet()
        #expect(reports.note(0, content: 0, status: .preliminary) == .fresh)
        #expect(reports.note(0, content: 0, status: .preliminary) == .again)
    }
}
