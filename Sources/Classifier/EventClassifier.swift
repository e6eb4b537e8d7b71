package import Clinical

/// Walks batches of events and makes alerts: the second room.
///
/// The work on one event is a pure function of the event, its patient's memory, the roster and the pack. There is no
/// clock in it: the same events under the same pack make the same alerts, byte for byte.
package struct EventClassifier: ~Copyable {
    /// What every event is judged by.
    package let pack: CompiledPack
    /// The sums so far; the pipeline adds what it alone knows (skipped records).
    package private(set) var tally = RunTally()
    /// How often each code came that the pack does not watch.
    package private(set) var unmatchedCodes: [String: Int] = [:]

    private let roster: Roster?
    private let judge: Judge
    private let wantsTriage: Bool
    private let wantsCombinations: Bool
    private let wantsUnread: Bool
    private var firstLook: FirstLook
    private var reader: ReportReader
    private var situations: SituationReader
    private var patients = PatientTable()
    private var composer: AlertComposer
    private var patterns: AlertPatterns
    /// Of the batch at hand: each event's patient, and how its report stands to what is remembered.
    private var numbers: [UInt32] = []
    private var arrivals: [ReportMemory.Arrival] = []
    /// Of the batch at hand: the events that the first look did not settle.
    private var open: [FirstLook.Open] = []

    /// - Parameter kinds: words of `RuleKinds` to judge by; nil for all.
    package init(pack: CompiledPack, roster: Roster? = nil, kinds: Set<String>? = nil) {
        self.pack = pack
        self.roster = roster
        let wanted = RuleKinds.all.map { kinds?.contains($0.name) ?? true }
        judge = Judge(pack: pack, wanted: wanted)
        situations = SituationReader(gradingCount: pack.gradings.count)
        reader = ReportReader(pack, wanted: wanted)
        firstLook = FirstLook(pack, reader)
        wantsTriage = wanted[Judge.grade]
        patterns = AlertPatterns(pack)
        wantsCombinations = wanted[TogetherRule.place]
        wantsUnread = wanted[UnjudgedRule.place]
        composer = AlertComposer(pack: pack)
    }

    /// Judges every event and every unreadable record of a batch; alerts are added to `alerts` in input order.
    package mutating func judge(_ batch: EventBatch, into alerts: inout AlertBatch) {
        patients.find(batch, into: &numbers)
        patients.note(numbers, batch, into: &arrivals)
        open.removeAll(keepingCapacity: true)
        if roster == nil {
            tally.graded += firstLook.look(at: batch, arrivals, into: &open)
        } else {
            FirstLook.leave(batch, into: &open)
        }
        var reject = 0
        for place in open.indices {
            let afterNext = place + 2 * PatientTable.lookAhead
            if afterNext < open.count { patients.fetchMemory(Int(numbers[Int(open[afterNext].event)])) }
            let coming = place + PatientTable.lookAhead
            if coming < open.count { patients.fetchEpisodes(Int(numbers[Int(open[coming].event)])) }
            let event = Int(open[place].event)
            while reject < batch.rejects.count, batch.rejects[reject].offset < batch.events[event].offset {
                step(batch.rejects[reject], &alerts)
                reject += 1
            }
            step(event, open[place].verdict, batch, &alerts)
        }
        for left in batch.rejects[reject...] { step(left, &alerts) }
        tally.rejects += batch.rejects.count
        tally.patients = patients.count
    }

    private mutating func step(
        _ index: Int, _ verdict: QuickGrader.Verdict?, _ batch: EventBatch, _ alerts: inout AlertBatch
    ) {
        if batch.events[index].codeSymbol.isNone, batch.events[index].status != .cancelled {
            if arrivals[index] == .correction { forget(index, batch) }
            tally.unmatched += 1
            unmatchedCodes[batch.string(batch.events[index].code), default: 0] += 1
            if batch.events[index].flag.isCritical, wantsUnread { callCritical(index, batch, &alerts) }
            return
        }
        switch arrivals[index] {
        case .again: tally.repeats += 1
        case .withdrawn:
            tally.cancelled += 1
            forget(index, batch)
        case .fresh, .correction:
            if arrivals[index] == .correction { forget(index, batch) }
            if let verdict, settle(verdict, index, batch, &alerts) {
                tally.graded += 1
                return
            }
            let patient = roster == nil ? nil : roster?[Array(batch.bytes(of: batch.events[index].patient))]
            let isPlain = reader.read(index, batch, patient)
            if reader.isGraded { tally.graded += 1 } else { tally.ungradable += 1 }
            let number = Int(numbers[index])
            if isPlain || patient == nil && isSilent(index, batch, number) { return }
            speak(index, batch, number, patient, &alerts)
        }
    }

    /// Takes an earlier version of a report out of what rests on it.
    private mutating func forget(_ index: Int, _ batch: EventBatch) {
        let number = Int(numbers[index])
        let memory = patients.memories[number]
        if memory.witnesses.isEmpty, memory.episodes.isEmpty { return }
        patients.memories[number].forget(batch.bytes(of: batch.events[index].id))
    }

    /// Does all that a verdict of the short way needs; false, with nothing done, when it needs the long way.
    @inline(__always)
    private mutating func settle(
        _ verdict: QuickGrader.Verdict, _ index: Int, _ batch: EventBatch, _ alerts: inout AlertBatch
    ) -> Bool {
        if verdict.finding.grade.rawValue == 0 { return true }
        guard let context = situations.clocklessContext(index, batch, pack) else { return false }
        guard wantsTriage else { return true }
        let severity = situations.severity(verdict.finding, in: context, pack)
        if severity == .none { return true }
        let news = EpisodeLife.News(
            concern: pack.terms[Int(verdict.term)].concern, severity, verdict.finding, at: batch.events[index].time,
            pack)
        let number = Int(numbers[index])
        guard EpisodeLife.transition(news, patients.memories[number].episodes) != nil else { return true }
        guard let pattern = patterns.number(verdict, context) else {
            speak(index, batch, number, nil, &alerts)
            patterns.learn(alerts, verdict, context)
            return true
        }
        let identity = composer.identity(
            news, batch.events[index].id, batch.events[index].patient, batch, &patients.memories[number].episodes)
        guard let identity else { return true }
        patterns.fill(pattern, identity, index, batch, &alerts)
        tally.alerts[Int(severity.rawValue)] += 1
        return true
    }

    /// Whether triage alone decides, and says nothing that the patient's episodes have not said already.
    private mutating func isSilent(_ event: Int, _ batch: EventBatch, _ number: Int) -> Bool {
        guard reader.isTriageAlone, let context = situations.clocklessContext(event, batch, pack) else { return false }
        for (term, finding) in reader.raised where wantsTriage {
            let severity = situations.severity(finding, in: context, pack)
            let news = EpisodeLife.News(
                concern: pack.terms[term].concern, severity, finding, at: batch.events[event].time, pack)
            if severity != .none, EpisodeLife.transition(news, patients.memories[number].episodes) != nil {
                return false
            }
        }
        return true
    }

    /// The slow path: a report that may mean something.
    private mutating func speak(
        _ index: Int, _ batch: EventBatch, _ number: Int, _ patient: Roster.Patient?, _ alerts: inout AlertBatch
    ) {
        reader.complete(index, batch, patient)
        let event = batch.events[index]
        let situation = situations.situation(event, batch, patient, pack.tree)
        var memory = PatientMemory()
        swap(&memory, &patients.memories[number])
        defer { swap(&memory, &patients.memories[number]) }
        if wantsCombinations {
            for report in reader.reports where !report.atoms.isEmpty {
                memory.keep(composer.witness(report, batch))
            }
        }
        let outcomes = judge.outcomes(reader.reports, memory, situation)
        if outcomes.isEmpty { return }
        let first = alerts.alerts.count
        composer.compose(outcomes, reader.reports, situation, event, batch, &memory, &alerts)
        for alert in alerts.alerts[first...] { tally.alerts[Int(alert.severity.rawValue)] += 1 }
    }

    /// A result that nobody watches, but that the laboratory calls critical.
    private mutating func callCritical(_ index: Int, _ batch: EventBatch, _ alerts: inout AlertBatch) {
        let event = batch.events[index]
        let number = Int(numbers[index])
        let id = Array(batch.bytes(of: event.id))
        guard patients.memories[number].noteUnread(id) else { return }
        let name = Array(batch.bytes(of: event.patient))
        let situation = situations.situation(event, batch, roster?[name], pack.tree)
        let record = AlertComposer.Unjudged(
            event: id, patient: name, time: event.time, reason: "the code '\(batch.string(event.code))' is not watched")
        let first = alerts.alerts.count
        composer.compose(record, .critical, situation, &patients.memories[number], &alerts)
        for alert in alerts.alerts[first...] { tally.alerts[Int(alert.severity.rawValue)] += 1 }
    }

    private mutating func step(_ reject: Reject, _ alerts: inout AlertBatch) {
        guard wantsUnread else { return }
        for name in reject.patients { call(name, for: reject, &alerts) }
    }

    private mutating func call(_ name: [UInt8], for reject: Reject, _ alerts: inout AlertBatch) {
        let hash = FastHash.hash(name.span.bytes, from: 0, count: name.count)
        let number = patients.find(name, hash: hash)
        guard patients.memories[number].noteUnread(reject.raw) else { return }
        let first = alerts.alerts.count
        let situation = situations.situation(at: reject.time, roster?[name], pack.tree)
        composer.composeUnread(reject, name, situation, &patients.memories[number], &alerts)
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
        _ = reader.read(index, batch, patient)
        if reader.isGraded { tally.graded += 1 } else { tally.ungradable += 1 }
        reader.complete(index, batch, patient)
        verdict.term = pack.term(of: event.codeSymbol)
        verdict.findings = composer.write(reader.reports, batch, into: &findings)
        var memory = PatientMemory()
        for report in reader.reports where !report.atoms.isEmpty { memory.keep(composer.witness(report, batch)) }
        let outcomes = judge.outcomes(reader.reports, memory, situation)
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
