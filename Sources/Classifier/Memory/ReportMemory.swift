import CMemory
import Clinical

/// The ids of every patient's recent reports, with their content and standing, in eight bytes each.
///
/// Two open-addressed tables a patient: a young one that fills, and the old one it replaces when full. So at least the
/// last `generation` ids are known, and never more than twice as many. An entry holds 38 bits of the id's hash, 24 of the
/// content's and the status: a report is silent as a repeat only when all 62 agree, and one whose id alone seems known
/// is judged. Patients share nothing but the pages that their tables lie in.
struct ReportMemory: ~Copyable {
    /// How a report stands to what is remembered.
    enum Arrival: UInt8, Sendable {
        /// Its id was not known.
        case fresh
        /// The same id and content came before, or a more settled version did.
        case again
        /// The same id came before with other content.
        case correction
        /// The id was withdrawn.
        case withdrawn
    }

    /// One patient's tables.
    private struct Tables: Sendable, BitwiseCopyable {
        var young: WordBlocks.Place = 0
        /// As large as the largest young one; 0 for none.
        var old: WordBlocks.Place = 0
        /// One less than the young table's size.
        var mask: Int16 = -1
        /// Ids in the young table.
        var count: UInt8 = 0
        var sizeClass: UInt8 = 0

        /// The young table takes no further id.
        var isFull: Bool { Int(count) * 4 > (Int(mask) + 1) * 3 }
    }

    private var tables: [Tables] = []
    private var blocks = WordBlocks()

    /// The most ids that the young table takes before it becomes the old one.
    static let generation = 96
    private static let largest = WordBlocks.classes - 1

    /// Words that one patient's tables take.
    func size(_ patient: Int) -> Int {
        let tables = tables[patient]
        return Int(tables.mask) + 1 + (tables.old == 0 ? 0 : WordBlocks.words(Self.largest))
    }

    /// Makes room for one more patient.
    mutating func addPatient() { tables.append(Tables()) }

    /// Takes note of every report of a batch; how each stands to what is remembered goes into `arrivals`.
    ///
    /// A report that the pack does not watch is not remembered, unless it withdraws another.
    mutating func note(_ patients: [UInt32], _ batch: EventBatch, into arrivals: inout [Arrival]) {
        arrivals.removeAll(keepingCapacity: true)
        Self.note(patients, batch, &tables, &blocks, into: &arrivals)
    }

    private static func note(
        _ patients: [UInt32], _ batch: EventBatch, _ tables: inout [Tables], _ blocks: inout WordBlocks,
        into arrivals: inout [Arrival]
    ) {
        let events = batch.events.span
        let patients = patients.span
        let rows = tables.withUnsafeBufferPointer { $0.baseAddress }
        var tables = tables.mutableSpan
        for index in patients.indices {
            let afterNext = index &+ 2 &* PatientTable.lookAhead
            if afterNext < patients.count { cmemory_prefetch(rows.map { $0 + Int(patients[afterNext]) }) }
            let coming = index &+ PatientTable.lookAhead
            if coming < patients.count {
                let tables = tables[Int(patients[coming])]
                let place = place(key(events[coming].idHash)) & Int(tables.mask)
                blocks.fetch(tables.young, word: place)
            }
            let status = events[index].status
            guard !events[index].codeSymbol.isNone || status == .cancelled else {
                arrivals.append(.fresh)
                continue
            }
            arrivals.append(
                note(
                    events[index].idHash, content: events[index].contentHash, status,
                    &tables[Int(patients[index])], &blocks))
        }
    }

    /// Takes note of one report and says how it stands.
    mutating func note(_ id: UInt64, content: UInt64, status: ReportStatus, of patient: Int) -> Arrival {
        Self.note(id, content: content, status, &tables[patient], &blocks)
    }

    @inline(__always)
    private static func note(
        _ id: UInt64, content: UInt64, _ status: ReportStatus, _ tables: inout Tables, _ blocks: inout WordBlocks
    ) -> Arrival {
        if tables.mask < 0 { makeRoom(&tables, &blocks) }
        let key = key(id)
        let mask = Int(tables.mask)
        // Every place is masked by the size of the block, and so lies in it.
        let young = blocks.words(at: tables.young, count: mask &+ 1)
        var place = place(key) & mask
        while young[place] != 0 {
            if young[place] & keyBits == key {
                let (arrival, entry) = settle(young[place], content, status)
                young[place] = entry
                return arrival
            }
            place = (place &+ 1) & mask
        }
        var arrival: Arrival = status == .cancelled ? .withdrawn : .fresh
        var entry = entry(key, content, status)
        if tables.old != 0, let known = remembered(key, tables, blocks) {
            (arrival, entry) = settle(known, content, status)
        }
        young[place] = entry
        tables.count &+= 1
        if tables.isFull { makeRoom(&tables, &blocks) }
        return arrival
    }

    @inline(never)
    private static func remembered(_ key: UInt64, _ tables: Tables, _ blocks: borrowing WordBlocks) -> UInt64? {
        let old = blocks.words(at: tables.old, count: WordBlocks.words(largest))
        var place = place(key) & (old.count - 1)
        while old[place] != 0 {
            if old[place] & keyBits == key { return old[place] }
            place = (place + 1) & (old.count - 1)
        }
        return nil
    }

    /// How a report stands to the entry of its id, and what the entry becomes.
    private static func settle(_ known: UInt64, _ content: UInt64, _ status: ReportStatus) -> (Arrival, UInt64) {
        let before = ReportStatus(rawValue: UInt8(known & 3)) ?? .final
        if before == .cancelled { return (.withdrawn, known) }
        let fresh = entry(known & keyBits, content, status)
        let isSame = known & contentBits == fresh & contentBits
        if status < before || isSame && status == before { return (.again, known) }
        if status == .cancelled { return (.withdrawn, fresh) }
        return (isSame ? .again : .correction, fresh)
    }

    private static let keyBits: UInt64 = ~0 << 26
    private static let contentBits: UInt64 = 0x3FF_FFFC

    @inline(__always)
    private static func entry(_ key: UInt64, _ content: UInt64, _ status: ReportStatus) -> UInt64 {
        key | (content >> 40) << 2 | UInt64(status.rawValue)
    }

    /// Never 0, so that 0 can mean an empty place.
    @inline(__always)
    private static func key(_ id: UInt64) -> UInt64 { max(1, id >> 26) << 26 }

    @inline(__always)
    private static func place(_ key: UInt64) -> Int { Int(truncatingIfNeeded: key >> 26 & 0xFFFF) }

    /// Doubles the young table, or begins a new one when it is as large as it may be.
    @inline(never)
    private static func makeRoom(_ tables: inout Tables, _ blocks: inout WordBlocks) {
        let full = tables
        if full.mask >= 0, full.sizeClass == largest {
            if full.old != 0 { blocks.giveBack(full.old, largest) }
            tables.old = full.young
            tables.young = blocks.take(largest)
            tables.count = 0
            return
        }
        if full.mask >= 0 { tables.sizeClass += 1 }
        let count = WordBlocks.words(Int(tables.sizeClass))
        tables.young = blocks.take(Int(tables.sizeClass))
        tables.mask = Int16(count - 1)
        guard full.mask >= 0 else { return }
        let young = blocks.words(at: tables.young, count: count)
        for entry in blocks.words(at: full.young, count: Int(full.mask) + 1) where entry != 0 {
            var place = place(entry & keyBits) & (count - 1)
            while young[place] != 0 { place = (place + 1) & (count - 1) }
            young[place] = entry
        }
        blocks.giveBack(full.young, Int(full.sizeClass))
    }
}
