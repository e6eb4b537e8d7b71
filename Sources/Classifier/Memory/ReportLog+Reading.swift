import Clinical

/// What a report in the log says.
extension ReportLog {
    /// The report's id.
    func id(_ index: Int) -> ArraySlice<UInt8> {
        var unpacker = unpacker(behindSeenOf: index)
        return PackedEvent.id(&unpacker)
    }

    /// A bit for each question that a report answers, of whichever term.
    func slots(_ index: Int) -> UInt32 {
        var unpacker = unpacker(of: index)
        return PackedReport.slots(&unpacker)
    }

    /// What rules see of a report, one sighting for each grading.
    func sightings(_ index: Int) -> [Sighting] {
        var unpacker = unpacker(behindSlotsOf: index)
        return (0..<unpacker.byte()).compactMap { _ in Sighting(&unpacker) }
    }

    /// Calls `body` with each sighting of a report, without a list.
    @inline(__always)
    func forEachSighting(_ index: Int, _ body: (Sighting) -> Void) {
        var unpacker = unpacker(behindSlotsOf: index)
        for _ in 0..<unpacker.byte() {
            if let sighting = Sighting(&unpacker) { body(sighting) }
        }
    }

    /// The atoms that a report makes true.
    func atoms(_ index: Int) -> AtomSet {
        guard self[index].hasAtoms else { return AtomSet() }
        var unpacker = unpacker(behindSlotsOf: index)
        for _ in 0..<unpacker.byte() { _ = Sighting(&unpacker) }
        var atoms = AtomSet()
        for _ in 0..<unpacker.byte() { atoms.insert(Int(unpacker.byte())) }
        return atoms
    }

    private func unpacker(of index: Int) -> ByteUnpacker {
        ByteUnpacker(block, from: PackedReport.contents(block, start(index)))
    }

    private func unpacker(behindSlotsOf index: Int) -> ByteUnpacker {
        var unpacker = unpacker(of: index)
        _ = PackedReport.slots(&unpacker)
        return unpacker
    }

    /// At the event, behind what rules see of it.
    func unpacker(behindSeenOf index: Int) -> ByteUnpacker {
        var unpacker = unpacker(behindSlotsOf: index)
        for _ in 0..<unpacker.byte() { _ = Sighting(&unpacker) }
        unpacker.skip(Int(unpacker.byte()))
        return unpacker
    }

    /// Adds a report to a batch, as an event of the patient; its place among the batch's events, nil for a broken one.
    @discardableResult
    func unpack(_ index: Int, patient: TextSpan, into batch: inout EventBatch) -> Int? {
        var unpacker = unpacker(behindSeenOf: index)
        guard var event = PackedEvent.unpack(&unpacker, into: &batch) else { return nil }
        event.patient = patient
        event.time = self[index].time
        event.idHash = idHash(index)
        batch.events.append(event)
        return batch.events.count - 1
    }
}

/// How a report stands in the log: its length, the questions that it answers, what rules see of it, the event itself.
enum PackedReport {
    /// The most bytes that all but the event may take.
    static func room(_ sightings: [Sighting], _ atoms: AtomSet) -> Int {
        8 + sightings.count * Sighting.largestSize + (atoms.isEmpty ? 0 : AtomSet.capacity)
    }

    /// Packs all but the length and the event.
    static func pack(
        _ slots: UInt32, _ sightings: [Sighting], _ atoms: AtomSet, into output: inout OutputSpan<UInt8>
    ) {
        // Most reports answer one question: its number is shorter than its bit.
        let isOne = slots.nonzeroBitCount == 1
        output.append(isOne ? UInt8(slots.trailingZeroBitCount) : 0xFF)
        if !isOne { output.add(count: UInt64(slots)) }
        output.append(UInt8(sightings.count))
        for sighting in sightings { sighting.pack(into: &output) }
        guard !atoms.isEmpty else { return output.append(0) }
        let members = atoms.members
        output.append(UInt8(members.count))
        for member in members { output.append(UInt8(member)) }
    }

    static func slots(_ unpacker: inout ByteUnpacker) -> UInt32 {
        let first = unpacker.byte()
        return first == 0xFF ? UInt32(truncatingIfNeeded: unpacker.count()) : 1 &<< UInt32(first)
    }

    // MARK: The length, as `OutputSpan.add(count:)` writes it

    static func lengthSize(_ length: Int) -> Int { length < 0x80 ? 1 : 1 + lengthSize(length >> 7) }

    static func write(_ length: Int, into bytes: inout MutableSpan<UInt8>, at start: Int) {
        var (rest, place) = (length, start)
        while rest >= 0x80 {
            bytes[place] = UInt8(truncatingIfNeeded: rest) | 0x80
            (rest, place) = (rest >> 7, place + 1)
        }
        bytes[place] = UInt8(truncatingIfNeeded: rest)
    }

    /// Where a report begins behind its length.
    static func contents(_ bytes: [UInt8], _ start: Int) -> Int {
        var place = start
        while bytes[place] >= 0x80 { place += 1 }
        return place + 1
    }

    /// Where a report ends that begins, with its length, at a place.
    static func end(_ bytes: [UInt8], _ start: Int) -> Int {
        var (length, shift, place) = (0, 0, start)
        while bytes[place] >= 0x80 {
            length |= Int(bytes[place] & 0x7F) << shift
            (shift, place) = (shift + 7, place + 1)
        }
        return place + 1 + (length | Int(bytes[place]) << shift)
    }
}
