import Clinical
import TestSupport
import Testing

@testable import Classifier

/// The ids of recent reports: enough of them, and never more than a bound.
struct ReportMemoryTests {
    private static func hash(_ number: Int) -> UInt64 {
        var random = UInt64(number) &* 0x9E37_79B9_7F4A_7C15
        random = (random ^ random >> 30) &* 0xBF58_476D_1CE4_E5B9
        return random ^ random >> 27
    }

    private static func memory(patients: Int) -> ReportMemory {
        var memory = ReportMemory()
        for _ in 0..<patients { memory.addPatient() }
        return memory
    }

    @Test func `ten thousand reports of one patient are remembered within bounds`() {
        var reports = Self.memory(patients: 1)
        for number in 1...10_000 {
            #expect(reports.note(Self.hash(number), content: 1 << 40, status: .final, of: 0) == .fresh, "\(number)")
            #expect(reports.size(0) <= 16_384)
        }
    }

    @Test(arguments: [1, 3, 97, 1536, 12_287, 12_288, 24_577])
    func `the latest reports are known for repeats, at any number of them`(count: Int) {
        var reports = Self.memory(patients: 1)
        for number in 1...count { _ = reports.note(Self.hash(number), content: 1 << 40, status: .final, of: 0) }
        for number in max(1, count - ReportMemory.generation + 1)...count {
            #expect(reports.note(Self.hash(number), content: 1 << 40, status: .final, of: 0) == .again, "\(number)")
        }
        #expect(reports.note(Self.hash(count), content: 2 << 40, status: .final, of: 0) == .correction)
        #expect(reports.note(Self.hash(count), content: 3 << 40, status: .cancelled, of: 0) == .withdrawn)
        #expect(reports.note(Self.hash(count), content: 4 << 40, status: .final, of: 0) == .withdrawn)
    }

    @Test func `a report that is withdrawn stays so while other reports come`() {
        var reports = Self.memory(patients: 1)
        #expect(reports.note(Self.hash(0), content: 0, status: .cancelled, of: 0) == .withdrawn)
        for number in 1...90 { _ = reports.note(Self.hash(number), content: 0, status: .final, of: 0) }
        #expect(reports.note(Self.hash(0), content: 1 << 40, status: .final, of: 0) == .withdrawn)
        for number in 91...180 { _ = reports.note(Self.hash(number), content: 0, status: .final, of: 0) }
        #expect(reports.note(Self.hash(0), content: 1 << 40, status: .corrected, of: 0) == .withdrawn)
    }

    @Test func `ids that hash to nothing are ids all the same`() {
        var reports = Self.memory(patients: 1)
        #expect(reports.note(0, content: 0, status: .preliminary, of: 0) == .fresh)
        #expect(reports.note(0, content: 0, status: .preliminary, of: 0) == .again)
    }

    /// What a patient's reports are remembered as, told plainly: two lists of ids, the young one and the old.
    private struct Model {
        var young: [Int: (content: Int, status: ReportStatus)] = [:]
        var old: [Int: (content: Int, status: ReportStatus)] = [:]

        /// What stands for one version of a report that was replaced.
        private static func version(_ id: Int, _ content: Int) -> Int { -(id * 4 + content + 1) }

        mutating func note(_ id: Int, _ content: Int, _ status: ReportStatus) -> ReportMemory.Arrival {
            let known = young[id] ?? old[id]
            let isYoung = young[id] != nil
            var arrival: ReportMemory.Arrival = status == .cancelled ? .withdrawn : .fresh
            var entry = (content: content, status: status)
            if let known {
                if known.status == .cancelled {
                    (arrival, entry) = (.withdrawn, known)
                } else if status < known.status || known.content == content && status == known.status {
                    (arrival, entry) = (.again, known)
                } else if status == .cancelled {
                    arrival = .withdrawn
                } else {
                    arrival = known.content == content ? .again : .correction
                }
                if arrival == .correction {
                    let version = Self.version(id, content)
                    let isReplaced = young[version] != nil || old[version] != nil
                    if status == known.status, isReplaced { return .again }
                    if isYoung { young[id] = entry }
                    _ = note(Self.version(id, known.content), 0, .final)
                    if isYoung { return arrival }
                }
            }
            young[id] = entry
            if !isYoung, young.count > ReportMemory.generation { (old, young) = (young, [:]) }
            return arrival
        }
    }

    @Test(arguments: Trials.seeds(0..<6))
    func `many patients are remembered apart, whatever their tables share`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let patients = 40
        var reports = Self.memory(patients: patients)
        var models = Array(repeating: Model(), count: patients)
        for step in 0..<30_000 {
            // Some patients report often, others hardly ever.
            let patient = min(
                Int.random(in: 0..<patients, using: &random), Int.random(in: 0..<patients, using: &random))
            let id = Int.random(in: 0..<400, using: &random)
            let content = Int.random(in: 0..<3, using: &random)
            let status = ReportStatus.allCases.randomElement(using: &random) ?? .final
            let found = reports.note(
                Self.hash(id * 64 + patient), content: UInt64(content) << 40, status: status, of: patient)
            let wanted = models[patient].note(id, content, status)
            guard found == wanted else {
                Issue.record("step \(step): \(found), not \(wanted)")
                return
            }
        }
    }

    @Test func `a table in use holds what others gave back, and a page is not left over`() {
        var blocks = WordBlocks()
        var taken: [(place: WordBlocks.Place, sizeClass: Int, mark: UInt64)] = []
        var random = SeededGenerator(seed: 1)
        for mark in 1...20_000 {
            let sizeClass = Int.random(in: 0..<WordBlocks.classes, using: &random)
            let place = blocks.take(sizeClass)
            let words = blocks.words(at: place, count: WordBlocks.words(sizeClass))
            #expect(place != 0)
            words.update(repeating: UInt64(mark))
            taken.append((place, sizeClass, UInt64(mark)))
            guard Int.random(in: 0..<3, using: &random) == 0 else { continue }
            let old = taken.remove(at: Int.random(in: 0..<taken.count, using: &random))
            let before = blocks.words(at: old.place, count: WordBlocks.words(old.sizeClass))
            #expect(before.allSatisfy { $0 == old.mark })
            blocks.giveBack(old.place, old.sizeClass)
        }
        #expect(
            taken.allSatisfy { block in
                blocks.words(at: block.place, count: WordBlocks.words(block.sizeClass)).allSatisfy { $0 == block.mark }
            })
    }
}
