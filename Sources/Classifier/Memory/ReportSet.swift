import Clinical

/// The ids of a patient's recent reports, with their content and standing, in eight bytes each.
///
/// Two open-addressed tables: a young one that fills, and the old one it replaces when full. So at least the last
/// `generation` ids are known, and never more than twice as many. An entry holds 38 bits of the id's hash, 24 of the
/// content's and the status: a report is silent as a repeat only when all 62 agree, and one whose id alone seems known
/// is judged.
struct ReportSet: Sendable {
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

    private var young: [UInt64] = []
    private var old: [UInt64] = []
    /// One less than the young table's size, kept here so that a look-up need not read the table's head first.
    private var mask: Int32 = -1
    private var count: Int32 = 0

    /// The most ids that the young table takes before it becomes the old one.
    static let generation = 96
    private static let largest = 128

    /// Places in the young table.
    var size: Int32 { mask + 1 }

    /// The first word that `note` will look at for an id.
    @inline(__always)
    func peek(_ id: UInt64) -> UInt64 {
        mask < 0 ? 0 : young[Self.place(Self.key(id)) & Int(mask)]
    }

    /// Takes note of a report and says how it stands.
    @inline(__always)
    mutating func note(_ id: UInt64, content: UInt64, status: ReportStatus) -> Arrival {
        if mask < 0 { makeRoom() }
        let key = Self.key(id)
        var place = Self.place(key) & Int(mask)
        while young[place] != 0 {
            if young[place] & Self.keyBits == key {
                let (arrival, entry) = Self.settle(young[place], content, status)
                young[place] = entry
                return arrival
            }
            place = (place + 1) & Int(mask)
        }
        var arrival: Arrival = status == .cancelled ? .withdrawn : .fresh
        var entry = Self.entry(key, content, status)
        if !old.isEmpty, let known = remembered(key) { (arrival, entry) = Self.settle(known, content, status) }
        young[place] = entry
        count += 1
        if Int(count) * 4 > Int(size) * 3 { makeRoom() }
        return arrival
    }

    @inline(never)
    private func remembered(_ key: UInt64) -> UInt64? {
        var place = Self.place(key) & (old.count - 1)
        while old[place] != 0 {
            if old[place] & Self.keyBits == key { return old[place] }
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

    @inline(never)
    private mutating func makeRoom() {
        if young.count >= Self.largest {
            old = young
            young = Array(repeating: 0, count: Self.largest)
            count = 0
            return
        }
        let entries = young
        young = Array(repeating: 0, count: max(4, entries.count * 2))
        mask = Int32(young.count - 1)
        for entry in entries where entry != 0 {
            var place = Self.place(entry & Self.keyBits) & Int(mask)
            while young[place] != 0 { place = (place + 1) & Int(mask) }
            young[place] = entry
        }
    }
}
