import Clinical

/// The names that an event's list members gave.
struct NameLists: Sendable {
    /// Where the names of one member lie in the batch, and their hash in that order.
    struct List: Sendable {
        var run = Run()
        var hash: UInt64 = 0

        /// Notes one more name; the names of one member stand side by side.
        @inline(__always)
        mutating func add(_ name: UInt64, at place: Int) {
            if run.isEmpty { run = Run(start: place, count: 0) }
            run.count &+= 1
            hash = FastHash.pair(hash, name, lane: 14)
        }
    }

    var therapies = List()
    var agents = List()
    var modifiers = List()
    var qualifiers = List()
}
