package import Clinical

/// When anything was last heard, and each of the terms that must keep coming.
///
/// It goes from run to run, and changes no alert: `status` asks it.
package struct LastHeard: Sendable {
    /// A term that must keep coming.
    package struct Term: Sendable, Equatable {
        /// As the front page names it.
        package let name: String
        /// Minutes within which a report of it must come.
        package let within: Int
        /// From when on it is waited for; unknown where it should have been there all along.
        package fileprivate(set) var since: Moment
        /// When its newest report was observed; unknown while none came.
        package fileprivate(set) var newest = Moment.unknown

        /// For how long none came, in milliseconds; `.max` where none ever did.
        package func silence(at now: Moment) -> Int64 {
            let start = newest.isKnown ? newest : since
            return start.isKnown ? max(0, now.milliseconds - start.milliseconds) : .max
        }

        /// Whether none came for too long.
        package func isMissing(at now: Moment) -> Bool { silence(at: now) > Int64(within) * 60_000 }
    }

    /// When the newest event of any kind was observed; unknown while none came.
    package private(set) var newest = Moment.unknown
    /// From when on it takes note.
    let started: Moment
    /// In the order of the pack.
    package private(set) var terms: [Term]
    /// By code symbol: a bit for each of `terms` that it is about; empty when there are none.
    private let bits: [UInt64]

    /// The most terms that can be waited for.
    static let limit = 64

    /// - Parameters:
    ///   - kept: what `packed` gave under this pack or another one; any other bytes count for nothing.
    ///   - now: from when on terms are waited for that were not before; unknown to miss them at once.
    init(_ pack: CompiledPack, kept: [UInt8], at now: Moment) {
        started = now
        terms = pack.mustCarry.map { Term(name: $0.name, within: $0.minutes, since: now) }
        let places = pack.mustCarry.map { Int32($0.term) }
        bits =
            places.isEmpty
            ? []
            : (0..<pack.bindingRuns.count).map { code in
                pack.bindingRuns[code].range.reduce(into: 0) { bits, binding in
                    guard let place = places.firstIndex(of: pack.bindings[binding].term) else { return }
                    bits |= 1 << UInt64(place)
                }
            }
        restore(kept)
    }

    /// Takes note of what a batch brings. What says that it lies ahead of now, and what takes a report back, tells nothing.
    mutating func note(_ batch: EventBatch) {
        var newest = newest.milliseconds
        for index in batch.events.indices where !batch.events[index].has.contains(.ahead) {
            let time = batch.events[index].time.milliseconds
            newest = max(newest, time)
            if bits.isEmpty || batch.events[index].codeSymbol.isNone || batch.events[index].status == .cancelled {
                continue
            }
            note(bits[batch.events[index].codeSymbol.index], at: time)
        }
        self.newest = Moment(milliseconds: newest)
    }

    private mutating func note(_ bits: UInt64, at time: Int64) {
        var rest = bits
        while rest != 0 {
            let place = rest.trailingZeroBitCount
            rest &= rest - 1
            if time > terms[place].newest.milliseconds { terms[place].newest = Moment(milliseconds: time) }
        }
    }

    // MARK: Between runs

    /// All that is to be kept between runs.
    package var packed: [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(addingCapacity: 10) { $0.add(newest.milliseconds) }
        for term in terms {
            bytes.append(addingCapacity: 40 + term.name.utf8.count) { output in
                output.add(count: UInt64(term.name.utf8.count))
                for byte in term.name.utf8 { output.append(byte) }
                output.add(term.since.milliseconds)
                output.add(term.newest.milliseconds)
            }
        }
        return bytes
    }

    private mutating func restore(_ bytes: [UInt8]) {
        var unpacker = ByteUnpacker(bytes)
        let newest = Moment(milliseconds: unpacker.number())
        var times: [String: (since: Int64, newest: Int64)] = [:]
        while unpacker.place < bytes.count, !unpacker.isBroken {
            let name = String(decoding: unpacker.text(), as: UTF8.self)
            times[name] = (unpacker.number(), unpacker.number())
        }
        if unpacker.isBroken { return }
        self.newest = newest
        for place in terms.indices {
            guard let known = times[terms[place].name] else { continue }
            terms[place].since = Moment(milliseconds: known.since)
            terms[place].newest = Moment(milliseconds: known.newest)
        }
    }
}
