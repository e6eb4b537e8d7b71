import CMemory
import Clinical

/// Patients by id: a hash table of numbers, by which everything is found that is remembered of them.
///
/// A slot holds short ids whole, so that finding a patient costs one look into memory, not three.
struct PatientTable: ~Copyable {
    private struct Slot: Sendable, BitwiseCopyable {
        /// The id's first sixteen bytes, zero-filled.
        var first: UInt64 = 0
        var second: UInt64 = 0
        /// Some bits of the id's hash, from which its place is taken, and its length up to `longCount`; 0 for a free slot.
        var mark: UInt32 = 0
        var index: UInt32 = 0

        /// The length that stands for all above sixteen.
        static let longCount: UInt32 = 17

        init() {}

        init(first: UInt64, second: UInt64, hash: UInt64, count: UInt32) {
            self.first = first
            self.second = second
            mark = Slot.mark(hash) | min(count, Slot.longCount) &+ 1
        }

        /// The bits of a hash that are kept.
        static func mark(_ hash: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: hash &>> 8) &<< 5 }

        var isFree: Bool { mark == 0 }
        /// Bytes of the id, up to `longCount`.
        var count: Int { Int(mark & 31) - 1 }
        /// Where it is looked for, before the table's size is taken into account.
        var place: Int { Int(mark &>> 5) }
    }

    private var slots: [Slot] = Array(repeating: Slot(), count: 1024)
    private var mask = 1023
    /// Ids of over sixteen bytes, whole, by patient number.
    private var longIDs: [Int: [UInt8]] = [:]
    /// By patient number: what to know repeats by.
    private(set) var reports = ReportMemory()
    /// By patient number: everything else that is remembered.
    var memories: [PatientMemory] = []
    /// Where lists stand within a patient's memory; kept here, for each look at a constant of a type asks whether it is
    /// there already.
    private let placeOfEpisodes = PatientMemory.placeOfEpisodes
    private let placeOfLog = PatientMemory.placeOfLog

    /// How many patients there are.
    var count: Int { memories.count }

    /// The numbers of the patients of `events`, new or known, into `numbers`.
    ///
    /// One tight loop for a whole batch: the looks into memory overlap, where in the walk they would wait for one another.
    mutating func find(_ batch: EventBatch, into numbers: inout [UInt32]) {
        numbers.removeAll(keepingCapacity: true)
        numbers.append(contentsOf: repeatElement(0, count: batch.events.count))
        var numbers = numbers.mutableSpan
        let bytes = batch.bytes.span.bytes
        let decoded = batch.decoded.span.bytes
        let events = batch.events.span
        for index in events.indices {
            let coming = index &+ Self.lookAhead
            if coming < events.count { fetchSlot(events[coming].patientHash) }
            let patient = events[index].patient
            let hash = events[index].patientHash
            numbers[index] = patient.isDecoded ? find(decoded, patient, hash) : find(bytes, patient, hash)
        }
    }

    /// Takes note of every report of a batch; how each stands to what is remembered goes into `arrivals`.
    mutating func note(_ numbers: [UInt32], _ batch: EventBatch, into arrivals: inout [ReportMemory.Arrival]) {
        reports.note(numbers, batch, into: &arrivals)
    }

    /// What `restore` needs to know a patient's reports again.
    func entries(of number: Int) -> (entries: [UInt64], old: Int) { reports.entries(of: number) }

    /// Knows the reports of a patient again, who is new.
    mutating func restore(_ entries: [UInt64], old: Int, of number: Int) {
        reports.restore(entries, old: old, of: number)
    }

    /// How many events ahead memory is asked for what the next ones will look at: a few hundred cycles' worth.
    static let lookAhead = 12

    /// Asks for the slot where a patient will be looked for.
    @inline(__always)
    private func fetchSlot(_ hash: UInt64) {
        let place = Int(Slot.mark(hash) &>> 5) & mask
        slots.withUnsafeBufferPointer { if let start = $0.baseAddress { cmemory_prefetch(start + place) } }
    }

    /// Asks for the place of a patient's memory, which `fetchLists` will look at.
    @inline(__always)
    func fetchMemory(_ number: Int) {
        memories.withUnsafeBytes { bytes in
            let place = bytes.baseAddress.map { $0 + number &* MemoryLayout<PatientMemory>.stride }
            cmemory_prefetch(place)
            cmemory_prefetch(place.map { $0 + 64 })
        }
    }

    /// Asks for the lists of a patient, which will be looked at soon: episodes and reports.
    ///
    /// A list is told by its bits alone: to hold it would mean to count that, which waits for the very memory.
    @inline(__always)
    func fetchLists(_ number: Int) {
        memories.withUnsafeBytes { bytes in
            let place = number &* MemoryLayout<PatientMemory>.stride
            let episodes = Self.list(bytes, place &+ placeOfEpisodes)
            cmemory_prefetch(episodes)
            cmemory_prefetch(episodes.map { $0 + 64 })
            cmemory_prefetch(Self.list(bytes, place &+ placeOfLog))
        }
    }

    @inline(__always)
    private static func list(_ bytes: UnsafeRawBufferPointer, _ place: Int) -> UnsafeRawPointer? {
        UnsafeRawPointer(bitPattern: bytes.load(fromByteOffset: place, as: UInt.self))
    }

    /// Asks for where a patient's next report goes: behind the log's entries and before its reports.
    ///
    /// How a list lies in memory is taken from how it does today; were it otherwise, the wrong memory would be asked for,
    /// and nothing else would change.
    @inline(__always)
    func fetchEnd(_ number: Int) {
        let (entries, reports) = memories[number].log.ends
        memories.withUnsafeBytes { bytes in
            let log = Self.list(bytes, number &* MemoryLayout<PatientMemory>.stride &+ placeOfLog).map { $0 + 32 }
            cmemory_prefetch(log.map { $0 + entries })
            let next = log.map { $0 + ($0.load(fromByteOffset: -16, as: Int.self) &- reports) }
            cmemory_prefetch(next.map { $0 - 64 })
            cmemory_prefetch(next)
        }
    }

    /// The number of a known patient; nil for one who never came.
    func known(_ id: [UInt8]) -> Int? {
        let hash = FastHash.hash(id.span.bytes, from: 0, count: id.count)
        let span = TextSpan(offset: 0, count: id.count)
        return number(Self.slot(id.span.bytes, span, hash), id.span.bytes, span).map { Int($0) }
    }

    /// The ids and numbers of the patients wanted, by number, in no order.
    func ids(where isWanted: [Bool]) -> [(id: [UInt8], number: Int)] {
        slots.filter { !$0.isFree && isWanted[Int($0.index)] }.map { (id(of: $0), Int($0.index)) }
    }

    /// By patient number where the patient stands in the table, for `id(at:)`, as long as nobody comes in.
    var places: [UInt32] {
        var places = [UInt32](repeating: 0, count: count)
        for place in slots.indices where !slots[place].isFree {
            places[Int(slots[place].index)] = UInt32(truncatingIfNeeded: place)
        }
        return places
    }

    /// The id of the patient at a place.
    func id(at place: UInt32) -> [UInt8] { id(of: slots[Int(place)]) }

    private func id(of slot: Slot) -> [UInt8] {
        if let long = longIDs[Int(slot.index)] { return long }
        return withUnsafeBytes(of: (slot.first.littleEndian, slot.second.littleEndian)) { Array($0.prefix(slot.count)) }
    }

    /// The number of one patient, new or known.
    mutating func find(_ id: [UInt8], hash: UInt64) -> Int {
        Int(find(id.span.bytes, TextSpan(offset: 0, count: id.count), hash))
    }

    @inline(__always)
    private mutating func find(_ bytes: RawSpan, _ id: TextSpan, _ hash: UInt64) -> UInt32 {
        var wanted = Self.slot(bytes, id, hash)
        if let known = number(wanted, bytes, id) { return known }
        wanted.index = UInt32(memories.count)
        return insert(wanted, bytes, id)
    }

    /// The slot of an id, without its number.
    @inline(__always)
    private static func slot(_ bytes: RawSpan, _ id: TextSpan, _ hash: UInt64) -> Slot {
        let first = FastHash.tail(bytes, from: id.offset, count: min(8, Int(id.count)))
        let second = id.count <= 8 ? 0 : FastHash.tail(bytes, from: id.offset + 8, count: min(8, Int(id.count) - 8))
        return Slot(first: first, second: second, hash: hash, count: id.count)
    }

    @inline(__always)
    private func number(_ wanted: Slot, _ bytes: RawSpan, _ id: TextSpan) -> UInt32? {
        var place = wanted.place & mask
        while !slots[place].isFree {
            let slot = slots[place]
            if slot.mark == wanted.mark, slot.first == wanted.first, slot.second == wanted.second,
                id.count <= 16 || isLong(Int(slot.index), bytes, id)
            {
                return slot.index
            }
            place = (place + 1) & mask
        }
        return nil
    }

    @inline(never)
    private func isLong(_ index: Int, _ bytes: RawSpan, _ id: TextSpan) -> Bool {
        guard let known = longIDs[index], known.count == Int(id.count) else { return false }
        for offset in known.indices where known[offset] != bytes.byte(id.offset + offset) { return false }
        return true
    }

    @inline(never)
    private mutating func insert(_ slot: Slot, _ bytes: RawSpan, _ id: TextSpan) -> UInt32 {
        if (memories.count + 1) * 4 > slots.count * 3 { grow() }
        if id.count > 16 { longIDs[memories.count] = (0..<Int(id.count)).map { bytes.byte(id.offset + $0) } }
        memories.append(PatientMemory())
        reports.addPatient()
        place(slot)
        return slot.index
    }

    private mutating func place(_ slot: Slot) {
        var place = slot.place & mask
        while !slots[place].isFree { place = (place + 1) & mask }
        slots[place] = slot
    }

    private mutating func grow() {
        let old = slots
        slots = Array(repeating: Slot(), count: old.count * 2)
        mask = slots.count - 1
        for slot in old where !slot.isFree { place(slot) }
    }
}
