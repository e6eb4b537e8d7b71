import Clinical

/// The fold over one patient's reports, in the order of their time: what each says, and what becomes of the episodes.
///
/// Reports of one time are one step, whichever of them came first. A report that is the newest is one step on from where
/// the patient stands. Any other changes the past: it is put in its place, all that it may change is folded again, and
/// what comes out differently is told.
struct PatientFold: Sendable {
    let pack: CompiledPack
    let judge: Judge
    var reader: ReportReader
    var situations: SituationReader
    var composer: AlertComposer
    var earlier: EarlierReports
    /// Rules about silent patients, and whether there are any.
    let silentRules: [Int]
    let awaitsReports: Bool
    /// Room for reports that are folded again.
    var scratch = EventBatch()
    /// Room for what rules will see of one report.
    private var seen: [Sighting] = []

    /// - Parameter wanted: by place in `RuleKinds.all`, whether the kind is wanted.
    init(_ pack: CompiledPack, wanted: [Bool]) {
        self.pack = pack
        judge = Judge(pack: pack, wanted: wanted)
        reader = ReportReader(pack, wanted: wanted)
        situations = SituationReader(gradingCount: pack.gradings.count)
        composer = AlertComposer(pack: pack)
        earlier = EarlierReports(pack, wanted: wanted)
        silentRules = Self.silentRules(pack, wanted)
        awaitsReports = !silentRules.isEmpty
    }

    /// Where a report belongs among those that are kept.
    enum Place: Equatable {
        /// After all others.
        case newest
        /// Beside or before others that may still change.
        case among(Int)
        /// Before what is settled: it can say what it says, and change nothing of what followed.
        case settled(Int)
        /// Longer before the newest than anybody could act on.
        case tooLate

        /// Beside, before or between reports that are kept.
        var isAmongOthers: Bool { self != .newest && self != .tooLate }
    }

    /// Where an event belongs. The memory stays as it is: `inout` spares a copy of it.
    func place(_ index: Int, _ batch: EventBatch, _ memory: inout PatientMemory) -> Place {
        let event = batch.events[index]
        guard let newest = memory.log.last, newest.milliseconds >= event.time.milliseconds else {
            return .newest
        }
        if newest.milliseconds - event.time.milliseconds > pack.lateLimit,
            memory.log.clock.milliseconds > event.time.milliseconds + pack.lateLimit
        {
            return .tooLate
        }
        let place = memory.log.place(of: event.time, batch.bytes(of: event.id))
        return place < memory.settledCount ? .settled(place) : .among(place)
    }

    /// Grades an event by the facts in it alone; true when every grade is 0 and no rule asks to see such reports.
    mutating func read(_ index: Int, _ batch: EventBatch, _ patient: Roster.Patient?) -> Bool {
        reader.read(index, batch, patient)
    }

    /// What every rule makes of an event by itself.
    mutating func outcomes(
        _ index: Int, _ batch: EventBatch, _ patient: Roster.Patient?
    ) -> (outcomes: [Outcome], reports: [Report], situation: Situation) {
        let instant = instant([index], batch, patient)
        return (judge.outcomes(instant.reports, .none, instant.situations), instant.reports, instant.situations[0])
    }

    /// Whether the event is about a term that an episode rests on.
    func watches(_ index: Int, _ batch: EventBatch, _ watchedTerms: UInt64) -> Bool {
        if watchedTerms == 0 { return false }
        return pack.bindingRuns[batch.events[index].codeSymbol.index].range.contains { place in
            watchedTerms & PatientMemory.bit(Int(pack.bindings[place].term)) != 0
        }
    }

    // MARK: The newest report

    /// Takes the newest report, the one that was read last.
    mutating func takeNewest(
        _ index: Int, _ batch: EventBatch, _ patient: Roster.Patient?, isPlain: Bool, _ memory: inout PatientMemory,
        _ alerts: inout AlertBatch
    ) {
        let slots = reader.slots
        let place = memory.log.count
        memory.letGo()
        memory.keepCheckpoint()
        var seen: Seen = (reader.sightings, AtomSet())
        if !isPlain || watches(index, batch, memory.watchedTerms) {
            seen = step([index], place, batch, patient, &memory, &alerts)[0]
        }
        memory.log.insert(batch.events[index], batch, slots: slots, seen.sightings, seen.atoms, at: place)
        settle(index, batch, patient, &memory)
    }

    /// Keeps a newest report that changes nothing.
    mutating func keep(
        _ verdict: QuickGrader.Verdict, _ severity: Severity, _ index: Int, _ batch: EventBatch,
        _ memory: inout PatientMemory
    ) {
        memory.letGo()
        memory.keepCheckpoint()
        insert(verdict, severity, index, batch, &memory)
    }

    /// Keeps a newest report that changed the episodes, whether or not staff are told.
    ///
    /// - Parameters:
    ///   - before: the episodes before it, where that is recalled.
    ///   - alert: what staff are told of it.
    mutating func keep(
        _ verdict: QuickGrader.Verdict, _ news: EpisodeLife.News, _ index: Int, _ batch: EventBatch,
        before: [Episode], _ alert: AlertRecord?, _ memory: inout PatientMemory
    ) {
        if let episode = memory.episodes.firstIndex(where: { Int($0.concern) == news.concern }) {
            memory.episodes[episode].take(verdict.finding, news.severity, term: Int(verdict.term))
        }
        let told = memory.isRecalling ? memory.hindsight.issued.count : 0
        if let alert, memory.isRecalling { memory.hindsight.issued.append(IssuedAlert(alert)) }
        memory.mark(memory.log.count, before: before, issued: told)
        insert(verdict, news.severity, index, batch, &memory)
    }

    private mutating func insert(
        _ verdict: QuickGrader.Verdict, _ severity: Severity, _ index: Int, _ batch: EventBatch,
        _ memory: inout PatientMemory
    ) {
        see(verdict, severity)
        memory.log.insert(
            batch.events[index], batch, slots: 1 << UInt32(pack.slotInTerm(verdict)), seen, AtomSet(),
            at: memory.log.count)
        settle(index, batch, nil, &memory)
    }

    /// Puts into `seen` what rules will see of a verdict: its finding, and the other direction's, which is 0.
    private mutating func see(_ verdict: QuickGrader.Verdict, _ severity: Severity) {
        let term = Int(verdict.term)
        let asking = pack.quickGradings.asking[Int(verdict.slot)].range
        seen.removeAll(keepingCapacity: true)
        if asking.count < 2 { return seen.append(Sighting(term: term, verdict.finding, severity)) }
        for place in asking {
            let grading = pack.quickGradings.ladders[place]
            if grading == verdict.finding.grading {
                seen.append(Sighting(term: term, verdict.finding, severity))
            } else {
                var other = Finding(grading: Int(grading))
                other.grade = MaybeGrade(0)
                seen.append(Sighting(term: term, other, .none))
            }
        }
    }

    // MARK: Bounds

    /// Settles the oldest reports when there are many, and forgets those beyond every rule's sight.
    mutating func settle(
        _ index: Int, _ batch: EventBatch, _ patient: Roster.Patient?, _ memory: inout PatientMemory
    ) {
        let open = memory.log.count - memory.settledCount
        if open > PatientMemory.unsettledLimit {
            let half = memory.settledCount + open / 2
            let start = memory.log.places(of: memory.log[half].milliseconds, around: half).lowerBound
            // Where too many are of one time, some of them are settled all the same.
            let place = open > ReportLog.limit ? memory.log.count : max(start, memory.settledCount)
            if place > memory.settledCount {
                let id = batch.bytes(of: batch.events[index].patient)
                memory.settle(before: place, episodes(before: place, patient, id, &memory))
            }
        }
        guard memory.settledCount >= 64, let newest = memory.log.last else { return }
        var forgotten = forgettable(memory.log, behind: newest.milliseconds)
        // In one go now and then, not one by one; and not because a report was ahead of the clock.
        if forgotten >= 64 { forgotten = forgettable(memory.log, behind: memory.log.clock.milliseconds) }
        if forgotten >= 64 { memory.forget(min(forgotten, memory.settledCount)) }
    }

    /// How many reports are beyond every rule's sight from the newest one, or too many.
    private func forgettable(_ log: ReportLog, behind newest: Int64) -> Int {
        var forgettable = max(0, log.count - ReportLog.limit)
        while forgettable < log.count, log[forgettable].time.latest + pack.horizon < newest { forgettable += 1 }
        return forgettable
    }
}
