import CMemory
import Clinical

/// A patient's recent reports in the order of their time, those of one time by their ids.
///
/// It is what late events, corrections and rules over time are judged by. Bounded: at most `limit` reports, and none
/// older than the pack's horizon.
struct ReportLog: Sendable {
    /// One report.
    struct Entry: Sendable, BitwiseCopyable {
        /// When it was observed, in milliseconds.
        var milliseconds: Int64
        var idHash: UInt64
        /// A bit for each question that it answers, of whichever term.
        var slots: UInt32
        /// Where its packed form stands: what rules see of it, then the event itself.
        fileprivate var place: UInt32
        fileprivate var length: UInt32
        var isDate: Bool
        /// It makes some rule's condition true.
        var hasAtoms: Bool

        var time: Moment { Moment(milliseconds: milliseconds, isDate: isDate) }
        fileprivate var range: Range<Int> { Int(place)..<Int(place) + Int(length) }
    }

    private(set) var entries: [Entry] = []
    /// Packed reports, in the order they came; some no entry points to any more.
    private var bytes: [UInt8] = []
    /// Bytes that entries point to.
    private var used = 0
    /// When the newest report was observed, in milliseconds; `.min` for none.
    private var newest = Int64.min

    /// The most reports that are kept.
    static let limit = 1024

    var count: Int { entries.count }

    /// Whether all that is kept was observed before a moment.
    func isBefore(_ time: Moment) -> Bool { newest < time.milliseconds }

    /// Where a report of this time and id belongs: behind all that are earlier.
    func place(of time: Moment, _ id: ArraySlice<UInt8>) -> Int {
        var low = 0
        var high = entries.count
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
        while first > 0, entries[first - 1].milliseconds == milliseconds { first -= 1 }
        while end < entries.count, entries[end].milliseconds == milliseconds { end += 1 }
        return first..<end
    }

    /// Whether the entry comes after a report of this time and id.
    private func isBehind(_ index: Int, _ milliseconds: Int64, _ id: ArraySlice<UInt8>) -> Bool {
        if entries[index].milliseconds != milliseconds { return entries[index].milliseconds > milliseconds }
        return id.lexicographicallyPrecedes(self.id(index))
    }

    /// Where the reports of the newest time begin.
    var lastInstant: Int { entries.last.map { places(of: $0.milliseconds, around: entries.count - 1).lowerBound } ?? 0 }

    /// The entry with this id, if it is still kept.
    func index(of idHash: UInt64, _ id: ArraySlice<UInt8>) -> Int? {
        entries.indices.last { entries[$0].idHash == idHash && self.id($0) == id }
    }

    // MARK: Changing

    /// Keeps a report at its place.
    mutating func insert(
        _ event: EventRecord, _ batch: borrowing EventBatch, slots: UInt32, _ sightings: [Sighting], _ atoms: AtomSet,
        at index: Int
    ) {
        let start = bytes.count
        let room = Self.room(sightings, atoms) + PackedEvent.room(event, batch)
        if bytes.capacity - start < room { makeRoom(room) }
        bytes.append(addingCapacity: room) { output in
            Self.pack(sightings, atoms, into: &output)
            PackedEvent.pack(event, batch, into: &output)
        }
        let entry = Entry(
            milliseconds: event.time.milliseconds, idHash: event.idHash, slots: slots, place: UInt32(start),
            length: UInt32(bytes.count - start), isDate: event.time.isDate, hasAtoms: !atoms.isEmpty)
        newest = max(newest, entry.milliseconds)
        if index == entries.count { entries.append(entry) } else { entries.insert(entry, at: index) }
        used += bytes.count - start
    }

    /// Makes room for several reports, so that not every one has to.
    private mutating func makeRoom(_ least: Int) {
        bytes.reserveCapacity(2 * bytes.count + max(least, 4 * Self.usual))
        if entries.capacity == entries.count { entries.reserveCapacity(2 * entries.count + 4) }
    }

    /// Bytes that most reports take at most.
    private static let usual = 96

    mutating func remove(at index: Int) {
        used -= Int(entries.remove(at: index).length)
        newest = entries.last?.milliseconds ?? .min
        compact()
    }

    mutating func removeFirst(_ count: Int) {
        for index in 0..<count { used -= Int(entries[index].length) }
        entries.removeFirst(count)
        newest = entries.last?.milliseconds ?? .min
        compact()
    }

    /// Sets what rules see of a report.
    mutating func see(_ sightings: [Sighting], _ atoms: AtomSet, at index: Int) {
        let range = entries[index].range
        let event = unpacker(behindSeenOf: index).place
        var packed: [UInt8] = []
        packed.append(addingCapacity: Self.room(sightings, atoms)) { Self.pack(sightings, atoms, into: &$0) }
        if packed[...] == bytes[range.lowerBound..<event] { return }
        entries[index].hasAtoms = !atoms.isEmpty
        packed += bytes[event..<range.upperBound]
        used += packed.count - range.count
        entries[index].place = UInt32(bytes.count)
        entries[index].length = UInt32(packed.count)
        bytes += packed
        compact()
    }

    private static func pack(_ sightings: [Sighting], _ atoms: AtomSet, into output: inout OutputSpan<UInt8>) {
        output.append(UInt8(sightings.count))
        for sighting in sightings { sighting.pack(into: &output) }
        guard !atoms.isEmpty else { return output.append(0) }
        let members = atoms.members
        output.append(UInt8(members.count))
        for member in members { output.append(UInt8(member)) }
    }

    /// The most bytes that these may take.
    private static func room(_ sightings: [Sighting], _ atoms: AtomSet) -> Int {
        2 + sightings.count * Sighting.packedSize + (atoms.isEmpty ? 0 : AtomSet.capacity)
    }

    /// Throws away bytes that no entry points to, once they are the most.
    private mutating func compact() {
        guard bytes.count > 256, used * 2 < bytes.count else { return }
        var kept: [UInt8] = []
        kept.reserveCapacity(used)
        for index in entries.indices {
            let range = entries[index].range
            entries[index].place = UInt32(kept.count)
            kept += bytes[range]
        }
        bytes = kept
    }

    // MARK: Asking for memory

    /// The offsets of the two lists.
    static let placeOfEntries = MemoryLayout<ReportLog>.offset(of: \.entries) ?? 0
    static let placeOfBytes = MemoryLayout<ReportLog>.offset(of: \.bytes) ?? 0

    // MARK: Reading

    /// The report's id.
    func id(_ index: Int) -> ArraySlice<UInt8> {
        var unpacker = unpacker(behindSeenOf: index)
        return PackedEvent.id(&unpacker)
    }

    /// What rules see of a report, one sighting for each grading.
    func sightings(_ index: Int) -> [Sighting] {
        var unpacker = ByteUnpacker(bytes, from: Int(entries[index].place))
        return (0..<unpacker.byte()).compactMap { _ in Sighting(&unpacker) }
    }

    /// Calls `body` with each sighting of a report, without a list.
    @inline(__always)
    func forEachSighting(_ index: Int, _ body: (Sighting) -> Void) {
        var unpacker = ByteUnpacker(bytes, from: Int(entries[index].place))
        for _ in 0..<unpacker.byte() {
            if let sighting = Sighting(&unpacker) { body(sighting) }
        }
    }

    /// The atoms that a report makes true.
    func atoms(_ index: Int) -> AtomSet {
        guard entries[index].hasAtoms else { return AtomSet() }
        var unpacker = ByteUnpacker(bytes, from: Int(entries[index].place))
        unpacker.skip(Int(unpacker.byte()) * Sighting.packedSize)
        var atoms = AtomSet()
        for _ in 0..<unpacker.byte() { atoms.insert(Int(unpacker.byte())) }
        return atoms
    }

    /// Whether any report from a place on makes an atom true.
    func hasAtoms(from index: Int) -> Bool { entries[index...].contains { $0.hasAtoms } }

    private func unpacker(behindSeenOf index: Int) -> ByteUnpacker {
        var unpacker = ByteUnpacker(bytes, from: Int(entries[index].place))
        unpacker.skip(Int(unpacker.byte()) * Sighting.packedSize)
        unpacker.skip(Int(unpacker.byte()))
        return unpacker
    }

    /// Adds a report to a batch, as an event of the patient; its place among the batch's events, nil for a broken one.
    @discardableResult
    func unpack(_ index: Int, patient: TextSpan, into batch: inout EventBatch) -> Int? {
        var unpacker = unpacker(behindSeenOf: index)
        guard var event = PackedEvent.unpack(&unpacker, into: &batch) else { return nil }
        event.patient = patient
        event.time = entries[index].time
        event.idHash = entries[index].idHash
        batch.events.append(event)
        return batch.events.count - 1
    }
}
