import Clinical
import TestSupport
import Testing

@testable import Classifier

/// A patient's log against a plain list.
struct ReportLogTests {
    /// What the log must tell of a report.
    private struct Kept: Equatable {
        var milliseconds: Int64
        var id: [UInt8]
        var slots: UInt32
        var sightings: [Sighting]
        var atoms: AtomSet
        var answer: [UInt8]

        func isBefore(_ other: Kept) -> Bool {
            milliseconds != other.milliseconds
                ? milliseconds < other.milliseconds : id.lexicographicallyPrecedes(other.id)
        }
    }

    private static func sightings(_ random: inout SeededGenerator) -> [Sighting] {
        (0..<Int.random(in: 0...3, using: &random)).map { number in
            var finding = Finding(grading: Int.random(in: 0..<400, using: &random))
            finding.grade = MaybeGrade(Int.random(in: -1...5, using: &random))
            finding.possible = MaybeGrade(Int.random(in: -1...5, using: &random))
            let severity = Severity(rawValue: UInt8.random(in: 0...4, using: &random)) ?? .none
            return Sighting(
                term: Int.random(in: 0..<300, using: &random), number == 2 ? nil : finding, severity)
        }
    }

    private static func atoms(_ random: inout SeededGenerator) -> AtomSet {
        var atoms = AtomSet()
        if Bool.random(using: &random) { atoms.insert(Int.random(in: 0..<256, using: &random)) }
        return atoms
    }

    private static func kept(_ log: ReportLog) -> [Kept] {
        (0..<log.count).map { index in
            var batch = EventBatch()
            let event = log.unpack(index, patient: .empty, into: &batch).map { batch.events[$0] }
            let answer = event.flatMap { batch.answers[$0.answers.range].first }
            return Kept(
                milliseconds: log[index].milliseconds, id: Array(log.id(index)), slots: log.slots(index),
                sightings: log.sightings(index), atoms: log.atoms(index),
                answer: answer.map { Array(batch.bytes(of: $0.text)) } ?? [])
        }
    }

    @Test(arguments: Trials.seeds(0..<20))
    func `whatever is kept, changed and taken out, the log tells what a list would tell`(seed: UInt64) throws {
        let vocabulary = try EventClassifierTests.pack.get().compiled.vocabulary
        var random = SeededGenerator(seed: seed)
        var log = ReportLog()
        var list: [Kept] = []
        for number in 0..<300 {
            switch list.isEmpty ? 0 : Int.random(in: 0..<10, using: &random) {
            case 0..<6:
                let long = String(repeating: "9", count: [0, 0, 0, 120, 17_000][Int.random(in: 0..<5, using: &random)])
                let time = "d\(Int.random(in: 0..<9, using: &random))"
                let batch = TestEvents(vocabulary, ["x=1.\(number)\(long) id=e\(number % 70)_\(number) t=\(time)"])
                    .batch
                let event = batch.events[0]
                let (sightings, atoms) = (Self.sightings(&random), Self.atoms(&random))
                let slots = UInt32.random(in: 0...300, using: &random)
                let place = log.place(of: event.time, batch.bytes(of: event.id))
                log.insert(event, batch, slots: slots, sightings, atoms, at: place)
                list.append(
                    Kept(
                        milliseconds: event.time.milliseconds, id: Array(batch.bytes(of: event.id)), slots: slots,
                        sightings: sightings, atoms: atoms, answer: Array(batch.bytes(of: batch.answers[0].text))))
                list.sort { $0.isBefore($1) }
                #expect(log.index(of: event.idHash, batch.bytes(of: event.id)) == place)
            case 6..<8:
                let place = list.indices.randomElement(using: &random) ?? 0
                list[place].sightings = Self.sightings(&random)
                list[place].atoms = Self.atoms(&random)
                log.see(list[place].sightings, list[place].atoms, at: place)
            case 8:
                let place = list.indices.randomElement(using: &random) ?? 0
                list.remove(at: place)
                log.remove(at: place)
            default:
                let count = Int.random(in: 0...min(5, list.count), using: &random)
                list.removeFirst(count)
                log.removeFirst(count)
            }
            #expect(Self.kept(log) == list)
            #expect(log.last?.milliseconds == list.last?.milliseconds)
        }
    }

    @Test func `the block of a log is little larger than what lies in it`() throws {
        let vocabulary = try EventClassifierTests.pack.get().compiled.vocabulary
        var log = ReportLog()
        for number in 0..<200 {
            let batch = TestEvents(vocabulary, ["x=1.5 id=e\(1000 + number) t=d1h1"]).batch
            log.insert(batch.events[0], batch, slots: 1, [], AtomSet(), at: number)
            #expect(log.block.count <= (number + 1) * 50 * 9 / 8 + 100)
        }
    }

    @Test(arguments: [-62_167_219_200_000, -1, 0, 1, 253_402_300_799_999])
    func `every time that an event may have is kept`(milliseconds: Int64) throws {
        let vocabulary = try EventClassifierTests.pack.get().compiled.vocabulary
        for isDate in [false, true] {
            let batch = TestEvents(vocabulary, ["x=1.5 id=e t=d1"]).batch
            var event = batch.events[0]
            event.time = Moment(milliseconds: milliseconds, isDate: isDate)
            var log = ReportLog()
            log.insert(event, batch, slots: 1, [], AtomSet(), at: 0)
            #expect(log.last?.time == event.time)
        }
    }
}
