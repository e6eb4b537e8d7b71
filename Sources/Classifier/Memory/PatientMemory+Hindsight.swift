import Clinical

/// How the patient stood earlier, and which alerts came of it.
extension PatientMemory {
    /// Nothing was ever told that may still change, and nothing is open.
    var isQuiet: Bool { episodes.isEmpty && !hasChanged }

    /// Each change of the episodes and each alert is kept, not only folded again when it is asked for.
    var isRecalling: Bool { recalledFrom < .max }

    /// How the patient stood before the reports from a place in the log on, where that is recalled.
    func checkpoint(before place: Int) -> Checkpoint {
        let next = checkpoints.first { $0.place >= place }
        return Checkpoint(place: place, episodes: next?.episodes ?? episodes, issued: next?.issued ?? issued.count)
    }

    /// The nearest place at or before another of which it is known how the patient stood.
    func nearest(_ place: Int) -> Checkpoint {
        let known = checkpoints.last { $0.place <= place && $0.place < recalledFrom }
        return known ?? Checkpoint(place: settledCount, episodes: base)
    }

    /// Takes note that the reports at a place may have changed the episodes, or were told of.
    ///
    /// - Parameter before: the episodes before them and how many alerts had been made by then, where that is recalled.
    mutating func mark(_ place: Int, before: [Episode], issued count: Int) {
        hasChanged = true
        watchedTerms = Self.watchedTerms(episodes)
        guard isRecalling, issued.count > count || before != episodes else { return }
        checkpoints.append(Checkpoint(place: place, episodes: before, issued: count))
    }

    /// Keeps how the patient stands before the next report, once for many reports.
    mutating func keepCheckpoint() {
        let place = log.count
        guard place % Self.checkpointDistance == 0, place > settledCount, !isRecalling else { return }
        checkpoints.append(Checkpoint(place: place, episodes: episodes))
    }

    /// Lets go of all that follows a place.
    mutating func rewind(to checkpoint: Checkpoint) {
        episodes = checkpoint.episodes
        issued.removeSubrange(checkpoint.issued...)
        checkpoints.removeAll { $0.place >= checkpoint.place }
        watchedTerms = Self.watchedTerms(episodes)
    }

    /// Goes back to a place, to recall from there on.
    mutating func begin(at checkpoint: Checkpoint) {
        episodes = checkpoint.episodes
        watchedTerms = Self.watchedTerms(episodes)
        checkpoints = []
        issued = []
        recalledFrom = checkpoint.place
    }

    /// Takes over what was recalled from a place on.
    mutating func recall(_ past: PatientMemory) {
        checkpoints.removeAll { $0.place >= past.recalledFrom }
        for checkpoint in past.checkpoints { checkpoints.append(checkpoint) }
        issued = past.issued
        for known in replaced {
            if let place = issued.firstIndex(where: { $0.alert == known.alert }) { issued[place].told = known.told }
        }
        recalledFrom = past.recalledFrom
    }

    /// Takes note of which alerts of those that are recalled another one told staff.
    mutating func noteReplaced() {
        replaced.removeAll { $0.place >= recalledFrom }
        for (number, alert) in issued.enumerated() where alert.told != alert.alert {
            let made = checkpoints.last { $0.place >= recalledFrom && $0.issued <= number }
            replaced.append(Replaced(place: made?.place ?? recalledFrom, alert: alert.alert, told: alert.told))
        }
    }

    /// Lets go of what folding the log again tells, but for the reports from a place on.
    mutating func letGo(before place: Int = .max) {
        guard isRecalling, pinnedCount == 0 else { return }
        var kept = checkpoints.filter { $0.place < recalledFrom }
        var last = kept.last?.place ?? settledCount
        while last + Self.checkpointDistance < min(place, log.count) {
            let next = max(last + Self.checkpointDistance, recalledFrom)
            guard next < min(place, log.count) else { break }
            let instant = log.places(of: log[next].milliseconds, around: next)
            last = instant.lowerBound > last ? instant.lowerBound : instant.upperBound
            guard last < min(place, log.count) else { break }
            kept.append(Checkpoint(place: last, episodes: checkpoint(before: last).episodes))
        }
        let count = issued.count
        if place < log.count {
            let start = checkpoint(before: place)
            for later in checkpoints where later.place >= place {
                kept.append(
                    Checkpoint(place: later.place, episodes: later.episodes, issued: later.issued - start.issued))
            }
            issued.removeFirst(start.issued)
            recalledFrom = place
        } else {
            if count > 0 { issued = [] }
            recalledFrom = .max
        }
        checkpoints = kept
    }

    /// Makes room for a report.
    mutating func openGap(at place: Int) {
        for index in checkpoints.indices where checkpoints[index].place > place { checkpoints[index].place += 1 }
        for index in replaced.indices where replaced[index].place >= place { replaced[index].place += 1 }
        if place < pinnedCount { pinnedCount += 1 }
        if isRecalling, place < recalledFrom { recalledFrom += 1 }
    }

    /// Closes the gap that a report left.
    mutating func closeGap(at place: Int) {
        for index in checkpoints.indices where checkpoints[index].place > place { checkpoints[index].place -= 1 }
        for index in replaced.indices where replaced[index].place > place { replaced[index].place -= 1 }
        if place < pinnedCount { pinnedCount -= 1 }
        if isRecalling, place < recalledFrom { recalledFrom -= 1 }
    }

    /// Settles the reports before a place, where that is recalled or was folded again.
    mutating func settle(before place: Int, _ episodes: [Episode]) {
        base = episodes
        let told = isRecalling ? checkpoint(before: place).issued : 0
        issued.removeFirst(told)
        checkpoints.removeAll { $0.place < place }
        for index in checkpoints.indices where checkpoints[index].issued > 0 { checkpoints[index].issued -= told }
        replaced.removeAll { $0.place < place }
        settledCount = place
        if isRecalling { recalledFrom = place }
        if pinnedCount > 0, pinnedCount <= place {
            pinnedCount = 0
            letGo()
        }
    }

    /// Forgets the oldest reports, all of them settled.
    mutating func forget(_ count: Int) {
        log.removeFirst(count)
        settledCount -= count
        for index in checkpoints.indices { checkpoints[index].place -= count }
        for index in replaced.indices { replaced[index].place -= count }
        if pinnedCount > 0 { pinnedCount -= count }
        if isRecalling { recalledFrom -= count }
    }
}
