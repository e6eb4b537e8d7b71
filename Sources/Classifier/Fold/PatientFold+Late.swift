import Clinical

/// Reports that are not the newest: they change the past.
extension PatientFold {
    /// What made the past different.
    enum Change {
        /// A report of an earlier time came in.
        case late
        /// Another report of the newest time came in.
        case completed
        case corrected, cancelled
    }

    /// Puts the report that was read last in its place among the others and tells what it changes.
    mutating func take(
        among place: Int, _ index: Int, _ batch: EventBatch, _ patient: Roster.Patient?, isPlain: Bool,
        _ memory: inout PatientMemory, _ alerts: inout AlertBatch
    ) {
        let event = batch.events[index]
        let isNewest = memory.log.last?.milliseconds == event.time.milliseconds
        let isQuiet =
            isPlain && memory.isQuiet && !completes(event, memory.log, place) && !memory.log.hasAtoms(from: place)
        let (slots, sightings) = (reader.slots, reader.sightings)
        if !isQuiet {
            let start = memory.log.places(of: event.time.milliseconds, around: place).lowerBound
            recall(from: max(start, memory.settledCount), patient, batch.bytes(of: event.patient), &memory)
        }
        memory.log.insert(event, batch, slots: slots, sightings, AtomSet(), at: place)
        memory.openGap(at: place)
        if !isQuiet {
            foldAgain(isNewest ? .completed : .late, from: place, index, batch, patient, &memory, &alerts)
        }
        settle(index, batch, patient, &memory)
    }

    /// Whether a report of the same time is about the same term and answers other questions: they belong together. The
    /// event is the one that was read last.
    private func completes(_ event: EventRecord, _ log: ReportLog, _ place: Int) -> Bool {
        let terms = pack.bindingRuns[event.codeSymbol.index].range.map { UInt16(pack.bindings[$0].term) }
        return log.places(of: event.time.milliseconds, around: place).contains { index in
            log.slots(index) != reader.slots && log.sightings(index).contains { terms.contains($0.term) }
        }
    }

    /// Takes a report out of the past.
    mutating func remove(
        _ place: Int, _ change: Change, _ index: Int, _ batch: EventBatch, _ patient: Roster.Patient?,
        _ memory: inout PatientMemory, _ alerts: inout AlertBatch
    ) {
        let id = batch.bytes(of: batch.events[index].patient)
        guard place >= memory.settledCount else {
            pin(patient, id, &memory)
            memory.log.remove(at: place)
            memory.closeGap(at: place)
            memory.settledCount -= 1
            return
        }
        let start = startOfWhatHangs(on: place, memory)
        recall(from: start, patient, id, &memory)
        memory.log.remove(at: place)
        memory.closeGap(at: place)
        foldAgain(change, from: start, index, batch, patient, &memory, &alerts)
    }

    /// Puts a corrected report, the one that was read last, into the place of its earlier version, which is not settled;
    /// its time may have moved it.
    mutating func replace(
        _ place: Int, _ index: Int, _ batch: EventBatch, _ patient: Roster.Patient?, _ memory: inout PatientMemory,
        _ alerts: inout AlertBatch
    ) {
        let event = batch.events[index]
        let (slots, sightings) = (reader.slots, reader.sightings)
        let start = startOfWhatHangs(on: place, memory)
        let earliest = memory.log.places(
            of: event.time.milliseconds, around: memory.log.place(of: event.time, batch.bytes(of: event.id))
        ).lowerBound
        recall(
            from: max(min(start, earliest), memory.settledCount), patient, batch.bytes(of: event.patient), &memory)
        memory.log.remove(at: place)
        memory.closeGap(at: place)
        let next = memory.log.place(of: event.time, batch.bytes(of: event.id))
        if next < memory.settledCount {
            foldAgain(.corrected, from: start, index, batch, patient, &memory, &alerts)
            _ = read(index, batch, patient)
            return take(settled: next, index, batch, patient, &memory, &alerts)
        }
        memory.log.insert(event, batch, slots: slots, sightings, AtomSet(), at: next)
        memory.openGap(at: next)
        foldAgain(.corrected, from: min(start, next), index, batch, patient, &memory, &alerts)
    }

    /// Where what may change begins when a report is taken away: the others of its time, else those of the time before.
    private func startOfWhatHangs(on place: Int, _ memory: PatientMemory) -> Int {
        let log = memory.log
        var start = log.places(of: log[place].milliseconds, around: place).lowerBound
        if start == place, place == log.count - 1, place > 0 {
            start = log.places(of: log[place - 1].milliseconds, around: place - 1).lowerBound
        }
        return max(start, memory.settledCount)
    }

    /// Folds all that may have changed again, from a place in the log on; the differences become alerts about the event.
    private mutating func foldAgain(
        _ change: Change, from place: Int, _ index: Int, _ batch: EventBatch, _ patient: Roster.Patient?,
        _ memory: inout PatientMemory, _ alerts: inout AlertBatch
    ) {
        var start = max(place, memory.settledCount)
        if start < memory.log.count {
            let instant = memory.log.places(of: memory.log[start].milliseconds, around: start)
            start = max(instant.lowerBound, memory.settledCount)
        } else if start > memory.settledCount {
            // The report that was taken away may have had others beside it.
            start = max(memory.log.lastInstant, memory.settledCount)
        }
        let checkpoint = memory.checkpoint(before: start)
        let issued = Array(memory.hindsight.issued[checkpoint.issued...])
        let episodes = memory.episodes
        memory.rewind(to: checkpoint)
        var again = AlertBatch()
        let id = batch.bytes(of: batch.events[index].patient)
        fold(from: start, to: memory.log.count, patient, id, &memory, &again)
        let cause = ChangeTeller.Cause(change: change, event: batch.events[index], batch: batch)
        let teller = ChangeTeller(
            pack: pack, cause: cause, newest: memory.log.clock,
            earlier: memory.hindsight.replaced.filter { $0.place < start }.map(\.told))
        let told = teller.tell(from: issued, episodes, to: again, memory.episodes, &composer.life, &alerts)
        for (index, id) in told.enumerated() { memory.hindsight.issued[checkpoint.issued + index].told = id }
        memory.hindsight.noteReplaced()
        // Others of the newest time may follow at once, and of a long log much would have to be told again.
        let isShort = memory.log.count - memory.settledCount <= 2 * Hindsight.checkpointDistance
        memory.letGo(before: change == .completed || !isShort ? start : .max)
    }

    // MARK: Too late

    /// Takes a report that belongs before what is settled: it opens and worsens, and takes nothing back.
    mutating func take(
        settled place: Int, _ index: Int, _ batch: EventBatch, _ patient: Roster.Patient?,
        _ memory: inout PatientMemory, _ alerts: inout AlertBatch
    ) {
        let slots = reader.slots
        let past = Past(memory.log, before: place)
        let seen = raise(index, batch, patient, past, atLeast: .routine, &memory, &alerts)
        memory.log.insert(batch.events[index], batch, slots: slots, seen.sightings, seen.atoms, at: place)
        memory.settledCount += 1
        memory.openGap(at: place)
        settle(index, batch, patient, &memory)
    }

    /// Judges a report by itself that came too late to take its place: what is urgent in it speaks all the same.
    mutating func takeTooLate(
        _ index: Int, _ batch: EventBatch, _ patient: Roster.Patient?, _ memory: inout PatientMemory,
        _ alerts: inout AlertBatch
    ) {
        _ = raise(index, batch, patient, .none, atLeast: .urgent, &memory, &alerts)
    }

    /// Lets a late report open and worsen episodes, as they stand and as they stood at each point that may be gone back to.
    private mutating func raise(
        _ index: Int, _ batch: EventBatch, _ patient: Roster.Patient?, _ past: Past, atLeast least: Severity,
        _ memory: inout PatientMemory, _ alerts: inout AlertBatch
    ) -> Seen {
        let instant = instant([index], batch, patient)
        let outcomes = judge.outcomes(instant.reports, past, instant.situations)
        pin(patient, batch.bytes(of: batch.events[index].patient), &memory)
        let grave = outcomes.filter { $0.severity >= least }
        var setting = AlertComposer.Setting(instant.reports, instant.situations, batch, past, patient)
        setting.newest = memory.log.clock
        if !grave.isEmpty { memory.hasChanged = true }
        var unheard = AlertBatch()
        for point in memory.hindsight.checkpoints.indices {
            composer.compose(grave, setting, &earlier, &memory.hindsight.checkpoints[point].episodes, &unheard)
        }
        composer.compose(grave, setting, &earlier, &memory.episodes, &alerts)
        if memory.log.count == memory.settledCount { memory.hindsight.base = memory.episodes }
        memory.watchedTerms = PatientMemory.watchedTerms(memory.episodes)
        return seen(0, instant.reports, outcomes)
    }
}
