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
        guard entries[index].key.count == patient.count else { return false }
        return patient.isDecoded
            ? isKey(index, batch.decoded.span.bytes, patient.offset) : isKey(index, batch.bytes.span.bytes, patient.offset)
    }

    private func isKey(_ index: Int, _ source: RawSpan, _ from: Int) -> Bool {
        let key = entries[index].key
        let stored = keys.span.bytes
        let start = Int(key.start)
        var offset = 0
        while offset + 8 <= Int(key.count) {
            if stored.word(start + offset) != source.word(from + offset) { return false }
            offset += 8
        }
        let left = Int(key.count) - offset
        return FastHash.tail(stored, from: start + offset, count: left) == FastHash.tail(source, from: from + offset, count: left)
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
