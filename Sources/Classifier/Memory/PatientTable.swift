import Clinical

/// Patients by id: a hash table of numbers into an array of memories.
///
/// A slot holds short ids whole, so that finding a patient costs one look into memory, not three.
struct PatientTable: Sendable {
    private struct Slot: Sendable, BitwiseCopyable {
        var hash: UInt64 = 0
        var index: UInt32 = 0
        /// Bytes of the id.
        var count: UInt32 = 0
        /// The id's first sixteen bytes, zero-filled.
        var first: UInt64 = 0
        var second: UInt64 = 0
    }

    /// One patient.
    struct Entry: Sendable {
        var memory = PatientMemory()
    }

    private var slots: [Slot] = Array(repeating: Slot(), count: 1024)
    private var mask = 1023
    /// Ids of over sixteen bytes, whole, by patient number.
    private var longIDs: [Int: [UInt8]] = [:]
    var entries: [Entry] = []

    /// The numbers of the patients of `events`, new or known, into `numbers`.
    ///
    /// One tight loop for a whole batch: the looks into memory overlap, where in the walk they would wait for one another.
    mutating func find(_ batch: EventBatch, into numbers: inout [UInt32]) {
        numbers.removeAll(keepingCapacity: true)
        let bytes = batch.bytes.span.bytes
        let decoded = batch.decoded.span.bytes
        for index in batch.events.indices {
            let patient = batch.events[index].patient
            let hash = batch.events[index].patientHash
            numbers.append(
                patient.isDecoded ? find(decoded, patient, hash) : find(bytes, patient, hash))
        }
    }

    /// Reads, and does nothing else with, what `ReportSet.note` will read for these events, so that it is near by then.
    mutating func warm(_ numbers: [UInt32], _ batch: EventBatch) {
        var sum: UInt64 = 0
        for number in numbers { sum &+= UInt64(truncatingIfNeeded: entries[Int(number)].memory.reports.size) }
        for index in numbers.indices {
            sum &+= entries[Int(numbers[index])].memory.reports.peek(batch.events[index].idHash)
        }
        warmth = sum
    }

    /// Takes note of every report of a batch; how each stands to what is remembered goes into `arrivals`.
    mutating func note(_ numbers: [UInt32], _ batch: EventBatch, into arrivals: inout [ReportSet.Arrival]) {
        arrivals.removeAll(keepingCapacity: true)
        entries.withUnsafeMutableBufferPointer { entries in
            for index in numbers.indices {
                let status = batch.events[index].status
                guard !batch.events[index].codeSymbol.isNone || status == .cancelled else {
                    arrivals.append(.fresh)
                    continue
                }
                arrivals.append(
                    entries[Int(numbers[index])].memory.reports.note(
                        batch.events[index].idHash, content: batch.events[index].contentHash, status: status))
            }
        }
    }

    /// What `warm` read, kept so that the reading is not optimised away.
    private var warmth: UInt64 = 0

    /// The number of one patient, new or known.
    mutating func find(_ id: [UInt8], hash: UInt64) -> Int {
        Int(find(id.span.bytes, TextSpan(offset: 0, count: id.count), hash))
    }

    /// The number of a known patient.
    func known(_ bytes: RawSpan, _ id: TextSpan) -> Int? {
        let hash = FastHash.hash(bytes, from: id.offset, count: Int(id.count))
        var copy = self
        let number = Int(copy.find(bytes, id, hash))
        return number < entries.count ? number : nil
    }

    @inline(__always)
    private mutating func find(_ bytes: RawSpan, _ id: TextSpan, _ hash: UInt64) -> UInt32 {
        let key = hash | 1
        let first = FastHash.tail(bytes, from: id.offset, count: min(8, Int(id.count)))
        let second = id.count <= 8 ? 0 : FastHash.tail(bytes, from: id.offset + 8, count: min(8, Int(id.count) - 8))
        var place = Int(truncatingIfNeeded: key &>> 8) & mask
        while slots[place].hash != 0 {
            let slot = slots[place]
            if slot.hash == key, slot.count == id.count, slot.first == first, slot.second == second,
                id.count <= 16 || isLong(Int(slot.index), bytes, id)
            {
                return slot.index
            }
            place = (place + 1) & mask
        }
        return insert(
            Slot(hash: key, index: UInt32(entries.count), count: id.count, first: first, second: second), bytes, id)
    }

    @inline(never)
    private func isLong(_ index: Int, _ bytes: RawSpan, _ id: TextSpan) -> Bool {
        guard let known = longIDs[index] else { return false }
        for offset in known.indices where known[offset] != bytes.byte(id.offset + offset) { return false }
        return true
    }

    @inline(never)
    private mutating func insert(_ slot: Slot, _ bytes: RawSpan, _ id: TextSpan) -> UInt32 {
        if (entries.count + 1) * 4 > slots.count * 3 { grow() }
        if id.count > 16 { longIDs[entries.count] = (0..<Int(id.count)).map { bytes.byte(id.offset + $0) } }
        entries.append(Entry())
        place(slot)
        return slot.index
    }

    private mutating func place(_ slot: Slot) {
        var place = Int(truncatingIfNeeded: slot.hash &>> 8) & mask
        while slots[place].hash != 0 { place = (place + 1) & mask }
        slots[place] = slot
    }

    private mutating func grow() {
        let old = slots
        slots = Array(repeating: Slot(), count: old.count * 2)
        mask = slots.count - 1
        for slot in old where slot.hash != 0 { place(slot) }
    }
}
