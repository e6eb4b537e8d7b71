import Clinical

/// Patients by id: a hash table of numbers into an array of memories.
struct PatientTable: Sendable {
    private struct Slot: Sendable, BitwiseCopyable {
        var hash: UInt64
        var index: UInt32
    }

    /// One patient.
    struct Entry: Sendable {
        var key: Run
        /// Place in the classifier's roster list, or -1.
        var roster: Int32 = -1
        var memory = PatientMemory()
    }

    private var slots: [Slot] = Array(repeating: Slot(hash: 0, index: 0), count: 1024)
    private var mask = 1023
    private var keys: [UInt8] = []
    var entries: [Entry] = []

    /// The patient's number, new or known; `isNew` says which.
    @inline(__always)
    mutating func index(of patient: TextSpan, hash: UInt64, in batch: EventBatch) -> (index: Int, isNew: Bool) {
        let key = hash | 1
        var place = Int(truncatingIfNeeded: key &>> 8) & mask
        while slots[place].hash != 0 {
            if slots[place].hash == key {
                let index = Int(slots[place].index)
                if matches(index, patient, batch) { return (index, false) }
            }
            place = (place + 1) & mask
        }
        return (insert(batch.bytes(of: patient), key), true)
    }

    private func matches(_ index: Int, _ patient: TextSpan, _ batch: EventBatch) -> Bool {
        let key = entries[index].key
        guard key.count == patient.count else { return false }
        let source = patient.isDecoded ? batch.decoded.span.bytes : batch.bytes.span.bytes
        let stored = keys.span.bytes
        let start = Int(key.start)
        var offset = 0
        let count = Int(key.count)
        while offset + 8 <= count {
            if stored.word(start + offset) != source.word(patient.offset + offset) { return false }
            offset += 8
        }
        return FastHash.tail(stored, from: start + offset, count: count - offset)
            == FastHash.tail(source, from: patient.offset + offset, count: count - offset)
    }

    private mutating func insert(_ patient: ArraySlice<UInt8>, _ hash: UInt64) -> Int {
        if (entries.count + 1) * 4 > slots.count * 3 { grow() }
        let index = entries.count
        entries.append(Entry(key: Run(start: keys.count, count: patient.count)))
        keys += patient
        place(Slot(hash: hash, index: UInt32(index)))
        return index
    }

    private mutating func place(_ slot: Slot) {
        var place = Int(truncatingIfNeeded: slot.hash &>> 8) & mask
        while slots[place].hash != 0 { place = (place + 1) & mask }
        slots[place] = slot
    }

    private mutating func grow() {
        let old = slots
        slots = Array(repeating: Slot(hash: 0, index: 0), count: old.count * 2)
        mask = slots.count - 1
        for slot in old where slot.hash != 0 { place(slot) }
    }
}
