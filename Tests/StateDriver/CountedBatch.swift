import Clinical
import Store

/// The batch of a number: what it holds follows from the number alone, so that one can tell what is missing.
struct CountedBatch {
    let number: Int

    init(_ number: Int) { self.number = number }

    /// Its episode.
    var episode: StableID { StableID(high: UInt64(number), low: 0) }

    /// The ids of its alerts.
    var alerts: [StableID] { (1...2).map { StableID(high: UInt64(number), low: $0) } }

    var record: BatchRecord {
        var record = BatchRecord()
        record.journal = Array("\(number) ".utf8) + [UInt8](repeating: 0x78, count: number % 5 * 1_000)
        record.shared = ["last": Array("\(number)".utf8)]
        record.episodes = [
            EpisodeEntry(
                id: episode, patient: Array("P\(number % 20)".utf8), concern: "bowel", severity: .urgent,
                therapy: "checkpoint_inhibitor", rule: "ici-colitis", transition: .opened)
        ]
        record.alerts = alerts.map { id in
            OutgoingAlert(
                id: id, episode: episode, made: Moment(milliseconds: Int64(number)),
                bytes: Array(#"{"batch":\#(number)}"#.utf8), deliveries: [.init(target: "ndjson")])
        }
        return record
    }

    /// What the fold of this test remembers when all batches up to this one are folded in.
    var patients: [KeptPatient] {
        (0..<20).map { KeptPatient(id: Array("P\($0)".utf8), memory: Array("\(number)".utf8)) }
    }

    /// The number of the last batch that a state holds: of what was folded, and of the journal after it.
    ///
    /// - Throws: `.damaged` when memory and journal do not follow from one another.
    static func last(in state: borrowing RunState) throws(StateError) -> Int {
        var last = Int(text: try state.memory(of: Array("P0".utf8)) ?? []) ?? 0
        for patient in CountedBatch(last).patients where last > 0 {
            guard try state.memory(of: patient.id) == patient.memory else { throw StateError("", .damaged("memory")) }
        }
        var isInOrder = true
        try state.replay { bytes throws(StateError) in
            last += 1
            isInOrder = isInOrder && bytes == CountedBatch(last).record.journal
        }
        guard isInOrder else { throw StateError("", .damaged("the journal")) }
        return last
    }
}

extension Int {
    /// The number that bytes write in digits; nil for anything else.
    fileprivate init?(text: [UInt8]) { self.init(String(decoding: text, as: UTF8.self)) }
}
