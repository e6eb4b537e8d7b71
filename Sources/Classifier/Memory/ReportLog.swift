import Clinical

/// A patient's recent reports in the order of their time, those of one time by their ids.
///
/// It is what late events, corrections and rules over time are judged by. Bounded: at most `limit` reports, and none
/// older than the pack's horizon. All lies in one block: from the front what can be told of each report at a glance, in
/// their order; from the back the reports themselves, as they came.
struct ReportLog: Sendable {
    /// What can be told of one report at a glance.
    struct Entry: Sendable, BitwiseCopyable {
        /// When it was observed, in milliseconds.
        var milliseconds: Int64
        var isDate: Bool
        /// It makes some rule's condition true.
        var hasAtoms: Bool
        /// Some bits of its id's hash.
        fileprivate var mark: UInt32
        /// How far before the block's end it begins, in bytes.
        fileprivate var distance: UInt32

        var time: Moment { Moment(milliseconds: milliseconds, isDate: isDate) }

        /// Bytes that it takes: a time of 49 bits, the two flags, and a mark of 13 bits; then the distance.
        fileprivate static let size = 12
        fileprivate static let markShift: UInt64 = 51
        /// Where the mark lies in the id's hash.
        fileprivate static let markPlace: UInt64 = 40

        fileprivate init(_ event: EventRecord, hasAtoms: Bool, distance: Int) {
            milliseconds = event.time.milliseconds
            isDate = event.time.isDate
            self.hasAtoms = hasAtoms
            mark = Self.mark(event.idHash)
            self.distance = UInt32(truncatingIfNeeded: distance)
        }

        fileprivate init(_ word: UInt64, _ distance: UInt32) {
            milliseconds = Int64(bitPattern: word &<< 15) &>> 15
            isDate = word & 1 &<< 49 != 0
            hasAtoms = word & 1 &<< 50 != 0
            mark = UInt32(truncatingIfNeeded: word &>> Self.markShift)
            self.distance = distance
        }

        fileprivate var word: UInt64 {
            UInt64(bitPattern: milliseconds) & (1 &<< 49 &- 1) | (isDate ? 1 &<< 49 : 0) | (hasAtoms ? 1 &<< 50 : 0)
                | UInt64(mark) &<< Self.markShift
        }

        fileprivate static func mark(_ idHash: UInt64) -> UInt32 {
            UInt32(truncatingIfNeeded: idHash &>> markPlace) & 0x1FFF
        }
    }

    /// The block; little longer than is needed.
    var block: [UInt8] = []
    var number: UInt32 = 0
    /// Bytes at the block's end that were given to reports, and of these the bytes that no entry points to any more.
    var given: UInt32 = 0
    var spare: UInt32 = 0

    /// Where the next entry goes, from the front, and the newest report lies, from the end; in bytes.
    var ends: (entries: Int, reports: Int) { (count &* Entry.size, Int(given)) }

    /// The most reports that are kept.
    static let limit = 1024

    var count: Int { Int(number) }

    subscript(index: Int) -> Entry {
        precondition(index < count)
        let bytes = block.span.bytes
        return Entry(
            bytes.unsafeLoadUnaligned(fromByteOffset: index &* Entry.size, as: UInt64.self),
            bytes.unsafeLoadUnaligned(fromByteOffset: index &* Entry.size &+ 8, as: UInt32.self))
    }

    /// The newest report.
    var last: Entry? { number == 0 ? nil : self[count - 1] }

    /// Whether all that is kept was observed before a moment.
    func isBefore(_ time: Moment) -> Bool { number == 0 || self[count - 1].milliseconds < time.milliseconds }

    /// Where a report of this time and id belongs: behind all that are earlier.
    func place(of time: Moment, _ id: ArraySlice<UInt8>) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if isBehind(middle, time.milliseconds, id) { high = middle } else { low = middle + 1 }
        }
        return low
    }

    /// The places of all reports of one time, given one place where such a report stands or would stand.
    func places(of milliseconds: Int64, around place: Int) -> Range<Int> {
        var first = place
        var end = place
        while first > 0, self[first - 1].milliseconds == milliseconds { first -= 1 }
        while end < count, self[end].milliseconds == milliseconds { end += 1 }
        return first..<end
    }

    /// Whether the entry comes after a report of this time and id.
    private func isBehind(_ index: Int, _ milliseconds: Int64, _ id: ArraySlice<UInt8>) -> Bool {
        let own = self[index].milliseconds
        if own != milliseconds { return own > milliseconds }
        return id.lexicographicallyPrecedes(self.id(index))
    }

    /// Where the reports of the newest time begin.
    var lastInstant: Int { last.map { places(of: $0.milliseconds, around: count - 1).lowerBound } ?? 0 }

    /// The entry with this id, if it is still kept.
    func index(of idHash: UInt64, _ id: ArraySlice<UInt8>) -> Int? {
        let mark = Entry.mark(idHash)
        return (0..<count).last { self[$0].mark == mark && self.id($0) == id }
    }

    /// Of the hash of a report's id the bits that are kept, at their places.
    func idHash(_ index: Int) -> UInt64 { UInt64(self[index].mark) &<< Entry.markPlace }

    /// Whether any report from a place on makes an atom true.
    func hasAtoms(from index: Int) -> Bool { (index..<count).contains { self[$0].hasAtoms } }

    /// Where a report begins in the block.
    func start(_ index: Int) -> Int { block.count - Int(self[index].distance) }

    // MARK: Changing

    /// Keeps a report at its place.
    mutating func insert(
        _ event: EventRecord, _ batch: borrowing EventBatch, slots: UInt32, _ sightings: [Sighting], _ atoms: AtomSet,
        at index: Int
    ) {
        let room = PackedReport.room(sightings, atoms) + PackedEvent.room(event, batch)
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: room) { buffer in
            var output = OutputSpan(buffer: buffer, initializedCount: 0)
            PackedReport.pack(slots, sightings, atoms, into: &output)
            PackedEvent.pack(event, batch, into: &output)
            let distance = add(output.span.bytes, isNew: true)
            output.removeAll()
            insert(Entry(event, hasAtoms: !atoms.isEmpty, distance: distance), at: index)
        }
    }

    private mutating func insert(_ entry: Entry, at index: Int) {
        if index < count { move(index..<count, by: 1) }
        number += 1
        set(entry, at: index)
    }

    private mutating func set(_ entry: Entry, at index: Int) {
        var bytes = block.mutableSpan
        var raw = bytes.mutableBytes
        raw.storeBytes(of: entry.word, toByteOffset: index * Entry.size, as: UInt64.self)
        raw.storeBytes(of: entry.distance, toByteOffset: index * Entry.size + 8, as: UInt32.self)
    }

    private mutating func move(_ entries: Range<Int>, by distance: Int) {
        let from = entries.lowerBound * Entry.size
        let target = (entries.lowerBound + distance) * Entry.size
        let length = entries.count * Entry.size
        precondition(target >= 0 && max(from, target) + length <= block.count)
        block.withUnsafeMutableBytes { block in
            UnsafeMutableRawBufferPointer(rebasing: block[target..<target + length])
                .copyMemory(from: UnsafeRawBufferPointer(rebasing: block[from..<from + length]))
        }
    }

    /// Adds a report, its length before it, in front of the others; how far from the block's end it begins.
    private mutating func add(_ report: RawSpan, isNew: Bool) -> Int {
        let length = report.byteCount
        let size = length + PackedReport.lengthSize(length)
        makeRoom(size, entries: isNew ? count + 1 : count)
        given += UInt32(size)
        let start = block.count - Int(given)
        var bytes = block.mutableSpan
        PackedReport.write(length, into: &bytes, at: start)
        report.withUnsafeBytes { report in
            // The slice holds that there is room.
            bytes.withUnsafeMutableBytes { block in
                UnsafeMutableRawBufferPointer(rebasing: block[start + size - length..<start + size])
                    .copyMemory(from: report)
            }
        }
        return Int(given)
    }

    mutating func remove(at index: Int) {
        spare += UInt32(length(index))
        if index + 1 < count { move(index + 1..<count, by: -1) }
        number -= 1
        compact()
    }

    mutating func removeFirst(_ count: Int) {
        for index in 0..<count { spare += UInt32(length(index)) }
        if count < self.count { move(count..<self.count, by: -count) }
        number -= UInt32(count)
        compact()
    }

    /// Sets what rules see of a report.
    mutating func see(_ sightings: [Sighting], _ atoms: AtomSet, at index: Int) {
        let start = PackedReport.contents(block, start(index))
        let event = unpacker(behindSeenOf: index).place
        var packed: [UInt8] = []
        packed.append(addingCapacity: PackedReport.room(sightings, atoms)) {
            PackedReport.pack(slots(index), sightings, atoms, into: &$0)
        }
        if packed[...] == block[start..<event] { return }
        let length = length(index)
        packed += block[event..<self.start(index) + length]
        let distance = add(packed.span.bytes, isNew: false)
        var entry = self[index]
        entry.hasAtoms = !atoms.isEmpty
        entry.distance = UInt32(distance)
        set(entry, at: index)
        spare += UInt32(length)
        compact()
    }

    /// Bytes that a report takes, with its length before it.
    private func length(_ index: Int) -> Int { PackedReport.end(block, start(index)) - start(index) }

    // MARK: Room

    /// Makes room for so many bytes in front of the reports, and so many entries.
    private mutating func makeRoom(_ bytes: Int, entries: Int) {
        let needed = entries * Entry.size + Int(given) + bytes
        if needed > block.count { rebuild(needed - Int(spare)) }
    }

    /// Throws away bytes that no entry points to, once they are the most.
    private mutating func compact() {
        guard given > 256, spare * 2 > given else { return }
        rebuild(count * Entry.size + Int(given - spare))
    }

    /// Makes a new block with room for so many bytes and some more, without those that no entry points to.
    private mutating func rebuild(_ needed: Int) {
        // Short logs are the most, long ones are the dearest to copy. What the allocator would give anyway is used.
        let more = needed < 1024 ? 0 : needed / 8 + 24
        let size = (needed + more + 40 + 15) / 16 * 16 - 40
        var old = [UInt8](repeating: 0, count: size)
        swap(&old, &block)
        copy(old, 0..<count * Entry.size, to: 0)
        var used = 0
        if spare == 0 {
            used = Int(given)
            copy(old, old.count - used..<old.count, to: size - used)
        } else {
            for index in 0..<count {
                var entry = self[index]
                let start = old.count - Int(entry.distance)
                let end = PackedReport.end(old, start)
                used += end - start
                copy(old, start..<end, to: size - used)
                entry.distance = UInt32(used)
                set(entry, at: index)
            }
        }
        given = UInt32(used)
        spare = 0
    }

    private mutating func copy(_ old: [UInt8], _ range: Range<Int>, to place: Int) {
        // The slices hold that all lies within both blocks.
        block.withUnsafeMutableBytes { block in
            old.withUnsafeBytes { old in
                UnsafeMutableRawBufferPointer(rebasing: block[place..<place + range.count])
                    .copyMemory(from: UnsafeRawBufferPointer(rebasing: old[range]))
            }
        }
    }
}
