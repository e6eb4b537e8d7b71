import Clinical

/// How the patient stood earlier, and which alerts came of it.
extension PatientMemory {
    /// Nothing was ever told that may still change, and nothing is open.
    var isQuiet: Bool { episodes.isEmpty && !hasChanged }

    /// How the patient stood before the reports from a place in the log on, where that is recalled.
    func checkpoint(before place: Int) -> Hindsight.Checkpoint {
        let known = hindsight
        let next = known.checkpoints.first { $0.place >= place }
        return Hindsight.Checkpoint(
            place: place, episodes: next?.episodes ?? episodes, issued: next?.issued ?? known.issued.count)
    }

    /// The nearest place at or before another of which it is known how the patient stood.
    func nearest(_ place: Int) -> Hindsight.Checkpoint {
        let known = hindsight
        let checkpoint = known.checkpoints.last { $0.place <= place && $0.place < known.recalledFrom }
        return checkpoint ?? Hindsight.Checkpoint(place: settledCount, episodes: known.base)
    }

    /// Takes note that the reports at a place may have changed the episodes, or were told of.
    ///
    /// - Parameter before: the episodes before them and how many alerts had been made by then, where that is recalled.
    mutating func mark(_ place: Int, before: [Episode], issued count: Int) {
        hasChanged = true
        watchedTerms = Self.watchedTerms(episodes)
        guard isRecalling, hindsight.issued.count > count || before != episodes else { return }
        hindsight.checkpoints.append(Hindsight.Checkpoint(place: place, episodes: before, issued: count))
    }

    /// Keeps how the patient stands before the next report, once for many reports.
    mutating func keepCheckpoint() {
        let place = log.count
        guard place % Hindsight.checkpointDistance == 0, place > settledCount, !isRecalling else { return }
        hindsight.checkpoints.append(Hindsight.Checkpoint(place: place, episodes: episodes))
    }

    /// Lets go of all that follows a place.
    mutating func rewind(to checkpoint: Hindsight.Checkpoint) {
        episodes = checkpoint.episodes
        hindsight.issued.removeSubrange(checkpoint.issued...)
        hindsight.checkpoints.removeAll { $0.place >= checkpoint.place }
        watchedTerms = Self.watchedTerms(episodes)
    }

    /// Goes back to a place, to recall from there on.
    mutating func begin(at checkpoint: Hindsight.Checkpoint) {
        episodes = checkpoint.episodes
        watchedTerms = Self.watchedTerms(episodes)
        hindsight.checkpoints = []
        hindsight.issued = []
        hindsight.recalledFrom = checkpoint.place
    }

    /// Lets go of what folding the log again tells, but for the reports from a place on.
    mutating func letGo(before place: Int = .max) {
        guard isRecalling, hindsight.pinnedCount == 0 else { return }
        let end = min(place, log.count)
        var kept = hindsight.checkpoints.filter { $0.place < hindsight.recalledFrom }
        var last = kept.last?.place ?? settledCount
        while true {
            let next = max(last + Hindsight.checkpointDistance, hindsight.recalledFrom)
            guard next < end else { break }
            let instant = log.places(of: log[next].milliseconds, around: next)
            last = instant.lowerBound > last ? instant.lowerBound : instant.upperBound
            guard last < end else { break }
            kept.append(Hindsight.Checkpoint(place: last, episodes: checkpoint(before: last).episodes))
        }
        if place < log.count {
            let told = checkpoint(before: place).issued
            for later in hindsight.checkpoints where later.place >= place {
                kept.append(
                    Hindsight.Checkpoint(place: later.place, episodes: later.episodes, issued: later.issued - told))
            }
            hindsight.issued.removeFirst(told)
            hindsight.recalledFrom = place
        } else {
            hindsight.issued = []
            hindsight.recalledFrom = .max
        }
        hindsight.checkpoints = kept
        tidy()
    }

    /// Makes room for a report.
    mutating func openGap(at place: Int) { if hasHindsight { hindsight.openGap(at: place) } }

    /// Closes the gap that a report left.
    mutating func closeGap(at place: Int) { if hasHindsight { hindsight.closeGap(at: place) } }

    /// Settles the reports before a place, where the patient stood as it is said.
    mutating func settle(before place: Int, _ episodes: [Episode]) {
        hindsight.settle(before: place, episodes, issued: isRecalling ? checkpoint(before: place).issued : 0)
        settledCount = place
        letGo()
    }

    /// Forgets the oldest reports, all of them settled.
    mutating func forget(_ count: Int) {
        log.removeFirst(count)
        settledCount -= count
        if hasHindsight { hindsight.forget(count) }
    }
}
