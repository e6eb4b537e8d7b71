package import Clinical

/// Walks batches of events and makes alerts: the second room.
///
/// The work on one event is a pure function of the event, its patient's memory, the roster and the pack. There is no
/// clock in it: the same events under the same pack make the same alerts, byte for byte.
package struct EventClassifier: Sendable {
    /// What every event is judged by.
    package let pack: CompiledPack
    /// The sums so far; the pipeline adds what it alone knows (skipped records).
    package private(set) var tally = RunTally()
    /// How often each code came that the pack does not watch.
    package private(set) var unmatchedCodes: [String: Int] = [:]

    private let roster: Roster?
    private let wantsTriage: Bool
    private let wantsUnread: Bool
    private var quick: QuickGrader
    private var fold: PatientFold
    private var situations: SituationReader
    private var patients = PatientTable()
    private var composer: AlertComposer
    private var patterns: AlertPatterns
    /// Of the batch at hand: each event's patient, and how its report stands to what is remembered.
    private var numbers: [UInt32] = []
    private var arrivals: [ReportSet.Arrival] = []

    /// - Parameter kinds: words of `RuleKinds` to judge by; nil for all.
    package init(pack: CompiledPack, roster: Roster? = nil, kinds: Set<String>? = nil) {
        self.pack = pack
        self.roster = roster
        let wanted = RuleKinds.all.map { kinds?.contains($0.name) ?? true }
        situations = SituationReader(gradingCount: pack.gradings.count)
        quick = QuickGrader(pack)
        fold = PatientFold(pack, wanted: wanted)
        wantsTriage = wanted[Judge.grade]
        patterns = AlertPatterns(pack)
        wantsUnread = wanted[UnjudgedRule.place]
        composer = AlertComposer(pack: pack)
    }

    /// What is remembered of a patient; nil for one who never came.
    func memory(of patient: String) -> PatientMemory? {
        let bytes = Array(patient.utf8) + [UInt8](repeating: 0, count: EventBatch.padding)
        let name = TextSpan(offset: 0, count: patient.utf8.count)
        return patients.known(bytes.span.bytes, name).map { patients.entries[$0].memory }
    }

    /// Judges every event and every unreadable record of a batch; alerts are added to `alerts` in input order.
    package mutating func judge(_ batch: EventBatch, into alerts: inout AlertBatch) {
        patients.find(batch, into: &numbers)
        note(batch)
        var reject = 0
        for index in batch.events.indices {
            while reject < batch.rejects.count, batch.rejects[reject].offset < batch.events[index].offset {
                step(batch.rejects[reject], &alerts)
                reject += 1
            }
            step(index, batch, &alerts)
        }
        for left in batch.rejects[reject...] { step(left, &alerts) }
        tally.rejects += batch.rejects.count
        tally.patients = patients.entries.count
    }

    /// Takes note of every report of the batch, in tight loops for the reason told at `PatientTable.find`.
    private mutating func note(_ batch: EventBatch) {
        patients.warm(numbers, batch)
        patients.note(numbers, batch, into: &arrivals)
    }

    private mutating func step(_ index: Int, _ batch: EventBatch, _ alerts: inout AlertBatch) {
        if batch.events[index].codeSymbol.isNone, batch.events[index].status != .cancelled {
            tally.unmatched += 1
            unmatchedCodes[batch.string(batch.events[index].code), default: 0] += 1
            return
        }
        let first = alerts.alerts.count
        switch arrivals[index] {
        case .again: tally.repeats += 1
        case .withdrawn:
            tally.cancelled += 1
            withdraw(index, batch, .cancelled, &alerts)
        case .correction: correct(index, batch, &alerts)
        case .fresh:
            if !settle(index, batch, &alerts) { take(index, batch, &alerts) }
        }
        for alert in alerts.alerts[first...] { tally.alerts[Int(alert.severity.rawValue)] += 1 }
    }

    private func patient(_ index: Int, _ batch: EventBatch) -> Roster.Patient? {
        roster == nil ? nil : roster?[Array(batch.bytes(of: batch.events[index].patient))]
    }

    /// The long way: a report that may mean something, or that is not the patient's newest.
    private mutating func take(_ index: Int, _ batch: EventBatch, _ alerts: inout AlertBatch) {
        let patient = patient(index, batch)
        let number = Int(numbers[index])
        let isPlain = fold.read(index, batch, patient)
        switch fold.place(index, batch, patients.entries[number].memory) {
        case .newest:
            count()
            fold.takeNewest(index, batch, patient, isPlain: isPlain, &patients.entries[number].memory, &alerts)
        case .among(let place):
            count()
            fold.take(
                among: place, index, batch, patient, isPlain: isPlain, &patients.entries[number].memory, &alerts)
        case .settled(let place):
            count()
            fold.take(settled: place, index, batch, patient, &patients.entries[number].memory, &alerts)
        case .tooLate:
            tally.late += 1
            fold.takeTooLate(index, batch, patient, &patients.entries[number].memory, &alerts)
        }
    }

    private mutating func count() {
        if fold.reader.isGraded { tally.graded += 1 } else { tally.ungradable += 1 }
    }

    /// Takes a report out of the past that it changed; what rested on it alone is taken back.
    private mutating func withdraw(
        _ index: Int, _ batch: EventBatch, _ change: PatientFold.Change, _ alerts: inout AlertBatch
    ) {
        let number = Int(numbers[index])
        let event = batch.events[index]
        guard let place = patients.entries[number].memory.log.index(of: event.idHash, batch.bytes(of: event.id)) else {
            return
        }
        fold.remove(place, change, index, batch, patient(index, batch), &patients.entries[number].memory, &alerts)
    }

    /// Puts a report into the place of an earlier version of it.
    private mutating func correct(_ index: Int, _ batch: EventBatch, _ alerts: inout AlertBatch) {
        let number = Int(numbers[index])
        let event = batch.events[index]
        let log = patients.entries[number].memory.log
        guard let place = log.index(of: event.idHash, batch.bytes(of: event.id)) else {
            return take(index, batch, &alerts)
        }
        let patient = patient(index, batch)
        _ = fold.read(index, batch, patient)
        count()
        fold.replace(place, index, batch, patient, &patients.entries[number].memory, &alerts)
    }

    /// The short way: all that the newest report of a patient needs whose one answer one ladder grades, whose term no rule
    /// looks at, and that changes nothing in what was told; false, with nothing done, for any other.
    @inline(__always)
    private mutating func settle(_ index: Int, _ batch: EventBatch, _ alerts: inout AlertBatch) -> Bool {
        guard roster == nil, let verdict = quick.verdict(index, batch) else { return false }
        let number = Int(numbers[index])
        guard patients.entries[number].memory.log.isBefore(batch.events[index].time) else { return false }
        if verdict.finding.grade.rawValue == 0 {
            guard !asksPlainReports(batch.events[index].codeSymbol),
                !fold.watches(index, batch, patients.entries[number].memory.watchedTerms),
                pack.bindingRuns[batch.events[index].codeSymbol.index].count == 1
            else { return false }
            fold.keep(verdict, .none, index, batch, &patients.entries[number].memory)
            tally.graded += 1
            return true
        }
        guard !fold.reader.hasRules[Int(verdict.term)] else { return false }
        guard wantsTriage else {
            guard !fold.watches(index, batch, patients.entries[number].memory.watchedTerms) else { return false }
            fold.keep(verdict, .none, index, batch, &patients.entries[number].memory)
            tally.graded += 1
            return true
        }
        guard let context = situations.clocklessContext(index, batch, pack) else { return false }
        let severity = situations.severity(verdict.finding, in: context, pack)
        let concern = pack.terms[Int(verdict.term)].concern
        let news = EpisodeLife.News(concern: concern, severity, verdict.finding, at: batch.events[index].time, pack)
        guard severity != .none, EpisodeLife.transition(news, patients.entries[number].memory.episodes) != nil else {
            guard patients.entries[number].memory.stands(news) else { return false }
            fold.keep(verdict, severity, index, batch, &patients.entries[number].memory)
            tally.graded += 1
            return true
        }
        guard let pattern = patterns.number(verdict, context) else {
            take(index, batch, &alerts)
            patterns.learn(alerts, verdict, context)
            return true
        }
        let event = batch.events[index]
        let before = patients.entries[number].memory.episodes
        guard let identity = composer.identity(news, event, batch, &patients.entries[number].memory.episodes) else {
            return false
        }
        patterns.fill(pattern, identity, index, batch, &alerts)
        fold.keepTold(verdict, news, index, batch, before: before, &patients.entries[number].memory, alerts)
        tally.graded += 1
        return true
    }

    /// Whether a rule may look at a report of this code though its every grade is 0.
    @inline(__always)
    private func asksPlainReports(_ code: Symbol) -> Bool {
        for place in pack.bindingRuns[code.index].range
        where fold.reader.asksPlainReports[Int(pack.bindings[place].term)] {
            return true
        }
        return false
    }

    private mutating func step(_ reject: Reject, _ alerts: inout AlertBatch) {
        guard let name = reject.patient, wantsUnread else { return }
        let hash = FastHash.hash(name.span.bytes, from: 0, count: name.count)
        let number = patients.find(name, hash: hash)
        let first = alerts.alerts.count
        let patient = roster.flatMap { $0[name] }
        composer.composeUnread(reject, name, patient, &patients.entries[number].memory, &alerts)
        for alert in alerts.alerts[first...] { tally.alerts[Int(alert.severity.rawValue)] += 1 }
    }

    // MARK: Grading alone

    /// Grades every event by the facts in it alone; nothing is remembered.
    package mutating func grade(_ batch: EventBatch, into findings: inout FindingBatch) {
        for index in batch.events.indices {
            findings.verdicts.append(verdict(batch.events[index], index, batch, &findings))
        }
        tally.rejects += batch.rejects.count
    }

    private mutating func verdict(
        _ event: EventRecord, _ index: Int, _ batch: EventBatch, _ findings: inout FindingBatch
    ) -> Verdict {
        var verdict = Verdict(event: index)
        if event.status == .cancelled {
            tally.cancelled += 1
            verdict.isCancelled = true
            if !event.codeSymbol.isNone { verdict.term = pack.term(of: event.codeSymbol) }
            return verdict
        }
        if event.codeSymbol.isNone {
            tally.unmatched += 1
            unmatchedCodes[batch.string(event.code), default: 0] += 1
            verdict.isUnmatched = true
        }
        let patient = roster.flatMap { $0[Array(batch.bytes(of: event.patient))] }
        let situation = situations.situation(event, batch, patient, pack.tree)
        verdict.therapy = composer.therapyName(situation)
        if verdict.isUnmatched { return verdict }
        _ = fold.read(index, batch, patient)
        count()
        let (outcomes, reports, _) = fold.outcomes(index, batch, patient)
        verdict.term = pack.term(of: event.codeSymbol)
        verdict.findings = composer.write(reports, batch, into: &findings)
        if let worst = outcomes.max(by: { $0.severity < $1.severity }) {
            verdict.severity = worst.severity
            if let lead = outcomes.first(where: { $0.severity == worst.severity }), !situation.context.isUnknown {
                verdict.therapy = composer.componentName(lead.node, situation)
            }
        }
        return verdict
    }
}

extension CompiledPack {
    /// The name of the first term that a code stands for.
    func term(of code: Symbol) -> PackText {
        terms[Int(bindings[Int(bindingRuns[code.index].start)].term)].name
    }
}
