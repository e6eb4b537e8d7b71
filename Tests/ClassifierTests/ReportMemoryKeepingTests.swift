import Clinical
import Testing

@testable import Classifier

/// The ids of reports, taken out of one memory and put into another.
struct ReportMemoryKeepingTests {
    private static func hash(_ number: Int) -> UInt64 { (UInt64(number) &+ 1) &* 0x9E37_79B9_7F4A_7C15 }

    @Test(arguments: [0, 1, 1536, 12_287, 12_288, 24_576, 24_577])
    func `what was taken out and put in knows the same reports from then on`(count: Int) {
        var first = ReportMemory()
        var second = ReportMemory()
        first.addPatient()
        for number in 0..<count {
            _ = first.note(Self.hash(number), content: UInt64(number % 7) << 40, status: .final, of: 0)
        }
        // Another patient's lists lie in between.
        for _ in 0..<2 { second.addPatient() }
        _ = second.note(Self.hash(0), content: 0, status: .final, of: 0)
        let (entries, old) = first.entries(of: 0)
        second.restore(entries, old: old, of: 1)
        let restored = second.entries(of: 1)
        #expect(restored.entries == entries && restored.old == old)
        let sizes = (first.size(0), second.size(1))
        #expect(sizes.0 == sizes.1)
        for number in stride(from: 0, to: count + 4_000, by: 3) {
            let status: ReportStatus = number % 11 == 0 ? .cancelled : number % 5 == 0 ? .corrected : .final
            let content = UInt64(number % 6) << 40
            let wanted = first.note(Self.hash(number), content: content, status: status, of: 0)
            guard second.note(Self.hash(number), content: content, status: status, of: 1) == wanted else {
                Issue.record("report \(number): not \(wanted)")
                return
            }
        }
        let ends = (first.entries(of: 0), second.entries(of: 1))
        #expect(ends.0.entries == ends.1.entries && ends.0.old == ends.1.old)
    }
}
