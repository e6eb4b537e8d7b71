import Clinical

/// What folding a patient's log again needs, or would not tell.
struct Hindsight: Sendable {
    /// The episodes as the settled reports made them.
    var base: [Episode] = []
    /// The episodes as they were before some reports that are not settled, oldest first: from `recalledFrom` on before
    /// each that changed them, until there before one of many.
    var checkpoints: [Checkpoint] = []
    /// The alerts that reports from `recalledFrom` on have made and that stand.
    var issued: [IssuedAlert] = []
    /// Alerts of reports that are not settled, of which another one told staff.
    var replaced: [Replaced] = []
    /// Hashes of the latest records of which no more than the patient was told, oldest first.
    var unread: [UInt64] = []
    /// From this place in the log on, `checkpoints` and `issued` are complete; `.max` when they are not.
    var recalledFrom = Int.max
    /// How many of the log's reports were there when something was told that no report in the log tells again: until they
    /// are settled, nothing that was recalled is let go; 0 for none.
    var pinnedCount = 0

    /// The episodes before the reports of one time.
    struct Checkpoint: Sendable {
        /// Where those reports begin in the log.
        var place: Int
        var episodes: [Episode]
        /// How many of `issued` are older than those reports.
        var issued = 0
    }

    /// An alert that stands, and the one that told staff of it.
    struct Replaced: Sendable, BitwiseCopyable {
        /// Where the reports begin in the log that made it.
        var place: Int
        var alert: StableID
        var told: StableID
    }

    /// Of how many reports one has a checkpoint, where no change is to be told.
    static let checkpointDistance = 16

    static let none = Hindsight()

    var isNone: Bool {
        base.isEmpty && checkpoints.isEmpty && replaced.isEmpty && unread.isEmpty && recalledFrom == .max
    }

    /// Each change of the episodes and each alert is kept, not only folded again when it is asked for.
    var isRecalling: Bool { recalledFrom < .max }

    /// Takes over what was recalled from a place on.
    mutating func recall(_ past: Hindsight) {
        checkpoints.removeAll { $0.place >= past.recalledFrom }
        checkpoints += past.checkpoints
        issued = past.issued
        for known in replaced {
            if let place = issued.firstIndex(where: { $0.alert == known.alert }) { issued[place].told = known.told }
        }
        recalledFrom = past.recalledFrom
    }

    /// Takes note of which alerts of those that are recalled another one told staff.
    mutating func noteReplaced() {
        let start = recalledFrom
        replaced.removeAll { $0.place >= start }
        for (number, alert) in issued.enumerated() where alert.told != alert.alert {
            let made = checkpoints.last { $0.place >= start && $0.issued <= number }
            replaced.append(Replaced(place: made?.place ?? start, alert: alert.alert, told: alert.told))
        }
    }

    /// Makes room for a report.
    mutating func openGap(at place: Int) {
        shift(1, checkpointsBehind: place, alertsFrom: place)
        if place < pinnedCount { pinnedCount += 1 }
        if isRecalling, place < recalledFrom { recalledFrom += 1 }
    }

    /// Closes the gap that a report left.
    mutating func closeGap(at place: Int) {
        shift(-1, checkpointsBehind: place, alertsFrom: place + 1)
        if place < pinnedCount { pinnedCount -= 1 }
        if isRecalling, place < recalledFrom { recalledFrom -= 1 }
    }

    /// Takes note that the log begins so many reports later.
    mutating func forget(_ count: Int) {
        shift(-count, checkpointsBehind: -1, alertsFrom: 0)
        if pinnedCount > 0 { pinnedCount -= count }
        if isRecalling { recalledFrom -= count }
    }

    private mutating func shift(_ distance: Int, checkpointsBehind place: Int, alertsFrom alert: Int) {
        for index in checkpoints.indices where checkpoints[index].place > place { checkpoints[index].place += distance }
        for index in replaced.indices where replaced[index].place >= alert { replaced[index].place += distance }
    }

    /// Settles the reports before a place.
    ///
    /// - Parameters:
    ///   - episodes: how the patient stood there.
    ///   - told: how many of `issued` are older.
    mutating func settle(before place: Int, _ episodes: [Episode], issued told: Int) {
        base = episodes
        issued.removeFirst(told)
        checkpoints.removeAll { $0.place < place }
        for index in checkpoints.indices where checkpoints[index].issued > 0 { checkpoints[index].issued -= told }
        replaced.removeAll { $0.place < place }
        if isRecalling { recalledFrom = place }
        if pinnedCount <= place { pinnedCount = 0 }
    }
}
