import Clinical

/// The ids of a patient's recent reports, with their content and standing: an open-addressed table that grows to a bound.
///
/// At the bound the older half, by event time, is forgotten.
struct ReportSet: Sendable {
    /// What is known of one id.
    struct Entry: Sendable, BitwiseCopyable {
        var id: UInt64
        var content: UInt32
        /// Seconds since 1970 in the upper 30 bits' worth, the status in the lowest two.
        var stamp: UInt32

        var status: ReportStatus { ReportStatus(rawValue: UInt8(stamp & 3)) ?? .final }
    }

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

    private var entries: [Entry] = []
    /// One less than the table's size, kept here so that a look-up need not read the table's head first.
    private var mask: Int32 = -1
    private(set) var count: Int32 = 0

    /// The most ids kept.
    static let limit = 192
    private static let slotLimit = 256

    /// Places in the table.
    var size: Int32 { mask + 1 }

    /// The first word that `note` will look at for an id.
    @inline(__always)
    func peek(_ id: UInt64) -> UInt64 {
        mask < 0 ? 0 : entries[Int(truncatingIfNeeded: (id == 0 ? 1 : id) &>> 20) & Int(mask)].id
    }

    /// Takes note of a report and says how it stands.
    @inline(__always)
    mutating func note(_ id: UInt64, content: UInt64, time: Moment, status: ReportStatus) -> Arrival {
        let key = id == 0 ? 1 : id
        let fresh: Arrival = status == .cancelled ? .withdrawn : .fresh
        if mask < 0 {
            makeRoom()
        }
        let mask = Int(self.mask)
        var index = Int(truncatingIfNeeded: key &>> 20) & mask
        while entries[index].id != 0 {
            if entries[index].id == key { return update(index, content, time, status) }
            index = (index + 1) & mask
        }
        entries[index] = Self.entry(key, content, time, status)
        count += 1
        if Int(count) * 4 > (mask + 1) * 3 { makeRoom() }
        return fresh
    }

    private mutating func update(_ index: Int, _ content: UInt64, _ time: Moment, _ status: ReportStatus) -> Arrival {
        let known = entries[index]
        if known.status == .cancelled { return .withdrawn }
        let isSame = known.content == UInt32(truncatingIfNeeded: content)
        if status < known.status || isSame && status == known.status { return .again }
        entries[index] = Self.entry(known.id, content, time, status)
        if status == .cancelled { return .withdrawn }
        return isSame ? .again : .correction
    }

    private static func entry(_ id: UInt64, _ content: UInt64, _ time: Moment, _ status: ReportStatus) -> Entry {
        let seconds = UInt32(clamping: max(0, time.seconds))
        return Entry(id: id, content: UInt32(truncatingIfNeeded: content), stamp: seconds & ~3 | UInt32(status.rawValue))
    }

    private mutating func place(_ entry: Entry) {
        let mask = Int(self.mask)
        var index = Int(truncatingIfNeeded: entry.id &>> 20) & mask
        while entries[index].id != 0 { index = (index + 1) & mask }
        entries[index] = entry
    }

    @inline(never)
    private mutating func makeRoom() {
        let old = entries
        let size = max(4, old.count * 2)
        entries = Array(repeating: Entry(id: 0, content: 0, stamp: 0), count: min(size, Self.slotLimit))
        mask = Int32(entries.count - 1)
        count = 0
        let oldest = size > Self.slotLimit ? Self.medianStamp(old) : 0
        for entry in old where entry.id != 0 && entry.stamp >= oldest {
            place(entry)
            count += 1
        }
    }

    /// The stamp below which the older half lies.
    private static func medianStamp(_ entries: [Entry]) -> UInt32 {
        let stamps = entries.filter { $0.id != 0 }.map(\.stamp).sorted()
        return stamps[stamps.count / 2]
    }
}
