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
    private(set) var count = 0

    /// The most ids kept.
    static let limit = 192
    private static let slotLimit = 256

    /// Takes note of a report and says how it stands.
    @inline(__always)
    mutating func note(_ id: UInt64, content: UInt64, time: Moment, status: ReportStatus) -> Arrival {
        let key = id == 0 ? 1 : id
        if !entries.isEmpty {
            let mask = entries.count - 1
            var index = Int(truncatingIfNeeded: key &>> 20) & mask
            while entries[index].id != 0 {
                if entries[index].id == key { return update(index, content, time, status) }
                index = (index + 1) & mask
            }
        }
        insert(Self.entry(key, content, time, status))
        return status == .cancelled ? .withdrawn : .fresh
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

    private mutating func insert(_ entry: Entry) {
        if (count + 1) * 4 > entries.count * 3 { makeRoom() }
        place(entry)
        count += 1
    }

    private mutating func place(_ entry: Entry) {
        let mask = entries.count - 1
        var index = Int(truncatingIfNeeded: entry.id &>> 20) & mask
        while entries[index].id != 0 { index = (index + 1) & mask }
        entries[index] = entry
    }

    private mutating func makeRoom() {
        var kept = entries.filter { $0.id != 0 }
        var size = max(4, entries.count * 2)
        if size > Self.slotLimit {
            size = Self.slotLimit
            kept.sort { $0.stamp < $1.stamp }
            kept.removeFirst(kept.count / 2)
        }
        entries = Array(repeating: Entry(id: 0, content: 0, stamp: 0), count: size)
        for entry in kept { place(entry) }
        count = kept.count
    }
}
