import CMemory
import Clinical

/// The ids of every patient's recent reports, with their content and standing, in ten bytes each.
///
/// Two lists a patient: a young one that fills, and the old one it replaces when full. So at least the last `generation`
/// ids are known, and never more than twice as many. An entry holds 38 bits of the id's hash, 24 of the content's and the
/// status: a report is silent as a repeat only when all 62 agree, and one whose id alone seems known is judged. Patients
/// share nothing but the pages that their lists lie in.
///
/// A list lies in one block: from the front the tags, 16 bits of each id's hash, which are searched sixteen at a time;
/// from the back the entries, in the same order. A longer list goes into a larger block as it is.
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

    /// One patient's lists.
    private struct Lists: Sendable, BitwiseCopyable {
        /// 0 for none.
        var young: WordBlocks.Place = 0
        /// In a block as large as there is, and full; 0 for none.
        var old: WordBlocks.Place = 0
        /// Reports in the young list.
        var count: UInt16 = 0
        var sizeClass: UInt8 = 0

        var words: Int { WordBlocks.words(Int(sizeClass)) }
        /// The young list takes no further report where it is.
        var isFull: Bool { Int(count) > generation || (Int(count) &+ 1) &* bytesPerReport > words &* 8 }
    }

    private var lists: [Lists] = []
    private var blocks = WordBlocks()

    /// The most ids that the young list takes, less one, before it becomes the old one.
    static let generation = 12_287
    private static let largest = WordBlocks.classes - 1
    /// Blocks of the smallest size would soon be given back by all, and taken by none.
    private static let smallest = 1
    /// A tag and an entry.
    private static let bytesPerReport = 10

    /// Words that one patient's lists take.
    func size(_ patient: Int) -> Int {
        let own = lists[patient]
        return (own.young == 0 ? 0 : own.words) + (own.old == 0 ? 0 : WordBlocks.words(Self.largest))
    }

    /// The entries of a patient's reports, oldest first, and how many of them the old list holds.
    func entries(of patient: Int) -> (entries: [UInt64], old: Int) {
        let own = lists[patient]
        let held = own.old == 0 ? 0 : Self.generation + 1
        var entries: [UInt64] = []
        for (place, words, count) in [
            (own.old, WordBlocks.words(Self.largest), held), (own.young, own.words, Int(own.count)),
        ]
        where count > 0 {
            let block = blocks.words(at: place, count: words)
            for index in 0..<count { entries.append(block[words - 1 - index]) }
        }
        return (entries, held)
    }

    /// Remembers for a patient of whom nothing is remembered what `entries` gave.
    mutating func restore(_ entries: [UInt64], old: Int, of patient: Int) {
        for (index, entry) in entries.enumerated() {
            if lists[patient].isFull || lists[patient].young == 0 { Self.makeRoom(&lists[patient], &blocks) }
            if index == old, lists[patient].old == 0, old > 0 { Self.makeRoom(&lists[patient], &blocks) }
            let block = blocks.words(at: lists[patient].young, count: lists[patient].words)
            Self.append(entry, Self.tag(entry & Self.keyBits), to: block, at: Int(lists[patient].count))
            lists[patient].count += 1
        }
    }

    /// Makes room for one more patient.
    mutating func addPatient() { lists.append(Lists()) }

    /// Takes note of every report of a batch; how each stands to what is remembered goes into `arrivals`.
    ///
    /// A report that the pack does not watch is not remembered, unless it corrects or withdraws another.
    mutating func note(_ patients: [UInt32], _ batch: EventBatch, into arrivals: inout [Arrival]) {
        arrivals.removeAll(keepingCapacity: true)
        arrivals.append(contentsOf: repeatElement(.fresh, count: patients.count))
        Self.note(patients, batch, &lists, &blocks, into: &arrivals)
    }

    private static func note(
        _ patients: [UInt32], _ batch: EventBatch, _ lists: inout [Lists], _ blocks: inout WordBlocks,
        into arrivals: inout [Arrival]
    ) {
        let events = batch.events.span
        let patients = patients.span
        let start = lists.withUnsafeBufferPointer { $0.baseAddress }
        var lists = lists.mutableSpan
        var arrivals = arrivals.mutableSpan
        for index in patients.indices {
            let afterNext = index &+ 2 &* PatientTable.lookAhead
            if afterNext < patients.count { cmemory_prefetch(start.map { $0 + Int(patients[afterNext]) }) }
            let coming = index &+ PatientTable.lookAhead
            if coming < patients.count { fetch(lists[Int(patients[coming])], blocks) }
            let status = events[index].status
            // What nobody watches may still be what became of a report that somebody does.
            if events[index].codeSymbol.isNone, status < .corrected { continue }
            arrivals[index] = note(
                events[index].idHash, content: events[index].contentHash, status, &lists[Int(patients[index])], &blocks)
        }
    }

    /// Takes note of one report and says how it stands.
    mutating func note(_ id: UInt64, content: UInt64, status: ReportStatus, of patient: Int) -> Arrival {
        Self.note(id, content: content, status, &lists[patient], &blocks)
    }

    @inline(__always)
    private static func note(
        _ id: UInt64, content: UInt64, _ status: ReportStatus, _ lists: inout Lists, _ blocks: inout WordBlocks
    ) -> Arrival {
        if lists.isFull || lists.young == 0 { makeRoom(&lists, &blocks) }
        let key = key(id)
        let young = blocks.words(at: lists.young, count: lists.words)
        if let place = find(key, in: young, count: Int(lists.count)) {
            let known = young[place]
            let (arrival, entry) = settle(known, content, status)
            if arrival != .correction {
                young[place] = entry
                return arrival
            }
            if isSuperseded(entry, known, lists, blocks) { return .again }
            young[place] = entry
            supersede(known, &lists, &blocks)
            return .correction
        }
        var arrival: Arrival = status == .cancelled ? .withdrawn : .fresh
        var entry = entry(key, content, status)
        if lists.old != 0, let known = remembered(key, lists, blocks) {
            (arrival, entry) = settle(known, content, status)
            if arrival == .correction {
                if isSuperseded(entry, known, lists, blocks) { return .again }
                supersede(known, &lists, &blocks)
                if lists.isFull { makeRoom(&lists, &blocks) }
            }
        }
        append(entry, tag(key), to: blocks.words(at: lists.young, count: lists.words), at: Int(lists.count))
        lists.count &+= 1
        return arrival
    }

    /// Asks for what `note` will look at: the first tags, and where the next entry goes.
    @inline(__always)
    private static func fetch(_ lists: Lists, _ blocks: borrowing WordBlocks) {
        blocks.fetch(lists.young, word: 0)
        blocks.fetch(lists.young, word: Int(lists.count) / 4)
        blocks.fetch(lists.young, word: max(0, lists.words &- 1 &- Int(lists.count)))
    }

    /// The word of a block that holds the entry of a key, or nil.
    @inline(__always)
    private static func find(_ key: UInt64, in block: UnsafeMutableBufferPointer<UInt64>, count: Int) -> Int? {
        guard let start = UnsafeRawPointer(block.baseAddress) else { return nil }
        var first = 0
        while first < count {
            // The entries stand behind the tags and take four times their room, so that sixteen tags lie within the block.
            var found = cmemory_equal(start + first &* 2, tag(key))
            // What stands behind the last tag means nothing.
            if count &- first < 16 { found &= 1 &<< UInt32(truncatingIfNeeded: count &- first) &- 1 }
            while found != 0 {
                let place = block.count &- 1 &- first &- found.trailingZeroBitCount
                if block[place] & keyBits == key { return place }
                found &= found &- 1
            }
            first = first &+ 16
        }
        return nil
    }

    /// Puts a report behind the others of a block that has room for it.
    @inline(__always)
    private static func append(
        _ entry: UInt64, _ tag: UInt16, to block: UnsafeMutableBufferPointer<UInt64>, at place: Int
    ) {
        UnsafeMutableRawBufferPointer(block).storeBytes(of: tag, toByteOffset: place &* 2, as: UInt16.self)
        block[block.count &- 1 &- place] = entry
    }

    @inline(never)
    private static func remembered(_ key: UInt64, _ lists: Lists, _ blocks: borrowing WordBlocks) -> UInt64? {
        let old = blocks.words(at: lists.old, count: WordBlocks.words(largest))
        return find(key, in: old, count: generation + 1).map { old[$0] }
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

    /// Whether a report says again what a correction of the same standing has replaced.
    @inline(never)
    private static func isSuperseded(
        _ entry: UInt64, _ known: UInt64, _ lists: Lists, _ blocks: borrowing WordBlocks
    ) -> Bool {
        guard entry & statusBits == known & statusBits else { return false }
        let key = key(superseded(entry))
        if find(key, in: blocks.words(at: lists.young, count: lists.words), count: Int(lists.count)) != nil {
            return true
        }
        return lists.old != 0 && remembered(key, lists, blocks) != nil
    }

    /// Remembers what a correction replaced, as a report of an id of its own.
    @inline(never)
    private static func supersede(_ known: UInt64, _ lists: inout Lists, _ blocks: inout WordBlocks) {
        _ = note(superseded(known), content: 0, .final, &lists, &blocks)
    }

    /// An id for one version of a report.
    private static func superseded(_ entry: UInt64) -> UInt64 {
        FastHash.pair(entry & keyBits, entry & contentBits, lane: 1)
    }

    private static let statusBits: UInt64 = 3
    private static let keyBits: UInt64 = ~0 << 26
    private static let contentBits: UInt64 = 0x3FF_FFFC

    @inline(__always)
    private static func entry(_ key: UInt64, _ content: UInt64, _ status: ReportStatus) -> UInt64 {
        key | (content >> 40) << 2 | UInt64(status.rawValue)
    }

    @inline(__always)
    private static func key(_ id: UInt64) -> UInt64 { id & keyBits }

    @inline(__always)
    private static func tag(_ key: UInt64) -> UInt16 { UInt16(truncatingIfNeeded: key >> 26) }

    /// Doubles the block of the young list, or begins a new list when it is as long as it may be.
    @inline(never)
    private static func makeRoom(_ lists: inout Lists, _ blocks: inout WordBlocks) {
        let full = lists
        if Int(full.count) > generation {
            if full.old != 0 { blocks.giveBack(full.old, largest) }
            lists.old = full.young
            lists.young = blocks.take(largest)
            lists.count = 0
            return
        }
        guard full.young != 0 else {
            lists.sizeClass = UInt8(smallest)
            lists.young = blocks.take(smallest)
            return
        }
        lists.sizeClass += 1
        lists.young = blocks.take(Int(lists.sizeClass))
        let small = blocks.words(at: full.young, count: full.words)
        let large = blocks.words(at: lists.young, count: lists.words)
        for word in 0..<(Int(full.count) + 3) / 4 { large[word] = small[word] }
        for place in 1...Int(full.count) { large[large.count - place] = small[small.count - place] }
        blocks.giveBack(full.young, Int(full.sizeClass))
    }
}
