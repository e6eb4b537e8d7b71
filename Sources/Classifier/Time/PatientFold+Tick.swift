import Clinical

/// Makes what time makes of one patient.
extension PatientFold {
    /// Whom it is about, for a tick.
    struct Subscriber: Sendable {
        var id: [UInt8]
        var patient: Roster.Patient?
        /// From when on the patient's feed as a whole is silent, in milliseconds; `.max` for never.
        var feedSilence: Int64
    }

    /// The earliest instant at which time makes something of a patient, in milliseconds; nil for never. What waits for a
    /// feed counts.
    mutating func nextDue(_ memory: PatientMemory, _ subscriber: Subscriber) -> Int64? {
        dues(memory, subscriber.patient, feedSilence: subscriber.feedSilence).map(\.time).min()
    }

    /// Makes all that is due by an instant, in the order in which it fell due.
    mutating func tick(
        to now: Int64, _ subscriber: Subscriber, _ memory: inout PatientMemory, _ alerts: inout AlertBatch
    ) {
        memory.time.forget(allBut: memory.episodes)
        noteFirstSeen(now, subscriber.patient, &memory)
        while true {
            let ready = dues(memory, subscriber.patient, feedSilence: subscriber.feedSilence)
                .filter { $0.time <= now && !$0.isHeld }
            guard let due = ready.min(by: { $0.time < $1.time }) else { return }
            switch due.matter {
            case .stale(let episode): tell(ofEpisode: episode, at: due.time, .stale, subscriber, &memory, &alerts)
            case .closed(let episode): tell(ofEpisode: episode, at: due.time, .closed, subscriber, &memory, &alerts)
            case .silent(let silence): tell(silence, at: due.time, subscriber, &memory, &alerts)
            case .explained(let mark): explain(mark, at: due.time, subscriber, &memory, &alerts)
            }
        }
    }

    // MARK: Episodes

    /// Tells that nothing was reported of an episode, or that its patient died; the episode stays as reports made it.
    private mutating func tell(
        ofEpisode index: Int, at time: Int64, _ kind: TimeMark.Kind, _ subscriber: Subscriber,
        _ memory: inout PatientMemory,
        _ alerts: inout AlertBatch
    ) {
        tell(ofEpisode: index, at: time, kind == .closed ? .resolved : .stale, subscriber, memory, &alerts)
        let episode = memory.episodes[index]
        memory.time.keep(
            TimeMark(
                kind: kind, concern: Int32(episode.concern), severity: episode.severity, episode: episode.id,
                deadline: time))
    }

    /// Tells what time made of an episode, and takes no note of it.
    mutating func tell(
        ofEpisode index: Int, at time: Int64, _ transition: Transition, _ subscriber: Subscriber,
        _ memory: PatientMemory, _ alerts: inout AlertBatch
    ) {
        let episode = memory.episodes[index]
        let isOver = transition == .resolved
        var call = TimeCall(
            time: time, transition: transition, severity: isOver ? .none : episode.severity,
            previous: episode.severity, episode: episode.id, concern: Int(episode.concern), patient: subscriber.id)
        let standing = episode.worst
        let shown = standing.flatMap { caller(of: $0, memory.log) }
        let situation = situation(shown?.place, at: time, memory, subscriber.patient)
        call.status = isOver ? subscriber.patient?.standing.station(at: time).status : nil
        call.span = pack.staleAfter[Int(episode.severity.rawValue)]
        call.node = situation.context.named.first ?? TherapyTree.root
        if let standing, let shown {
            call.made = made(standing, by: shown.place, memory.log, subscriber.patient)
            if let made = call.made { call.node = made.node }
        }
        if let standing { call.set(standing) }
        let past = Past(memory.log, before: memory.log.count)
        let report = shown.flatMap { earlier.report($0.place, term: $0.term, past, subscriber.patient) }
        composer.add(call, report, earlier.batch, situation, &alerts)
    }

    /// What a kept report says of one of these terms, or of the one that is worst.
    private mutating func kept(
        _ place: Int, about terms: [Int32], _ memory: PatientMemory, _ subscriber: Subscriber
    ) -> Report? {
        let sightings = memory.log.sightings(place).filter { terms.isEmpty || terms.contains(Int32($0.term)) }
        let worst = sightings.max { ($0.severity, $0.cautious) < ($1.severity, $1.cautious) }
        guard let worst else { return nil }
        let past = Past(memory.log, before: memory.log.count)
        return earlier.report(place, term: Int(worst.term), past, subscriber.patient)
    }

    // MARK: Silence

    private mutating func tell(
        _ silence: Due.Silence, at time: Int64, _ subscriber: Subscriber, _ memory: inout PatientMemory,
        _ alerts: inout AlertBatch
    ) {
        let rule = pack.rules[silence.rule]
        let open = memory.time.marks.first { $0.kind == .silence && Int($0.concern) == rule.concern }
        var call = TimeCall(
            time: time, transition: open == nil ? .opened : .worsened, severity: silence.severity,
            previous: open?.severity,
            episode: open?.episode ?? composer.life.silenceID(subscriber.id, rule.concern, since: silence.since),
            concern: rule.concern, patient: subscriber.id)
        let shown = memory.log.latest(about: (rule.work as? SilentRule)?.awaited)
        let situation = situation(shown, at: time, memory, subscriber.patient)
        call.ruleIndex = silence.rule
        call.node = silence.node
        call.span = Int((time - silence.since) / 60_000)
        let report = shown.flatMap { kept($0, about: [], memory, subscriber) }
        composer.add(call, report, earlier.batch, situation, &alerts)
        memory.time.keep(
            TimeMark(
                kind: .silence, concern: Int32(rule.concern), rule: Int32(silence.rule), severity: silence.severity,
                episode: call.episode, deadline: time, since: open?.since ?? silence.since))
    }

    /// Tells that nobody answered a silence that lasts, and takes no note of it.
    mutating func tell(
        unanswered mark: TimeMark, at time: Int64, _ subscriber: Subscriber, _ memory: PatientMemory,
        _ alerts: inout AlertBatch
    ) {
        let shown = memory.log.latest(about: (pack.rules[Int(mark.rule)].work as? SilentRule)?.awaited)
        let situation = situation(shown, at: time, memory, subscriber.patient)
        var call = TimeCall(
            time: time, transition: .overdue, severity: mark.severity, previous: mark.severity, episode: mark.episode,
            concern: Int(mark.concern), patient: subscriber.id)
        call.ruleIndex = Int(mark.rule)
        let isExpected = (subscriber.patient?.expects ?? 0) > 0
        let node = node(of: Int(mark.rule), situation, isExpected: isExpected)
        call.node = node ?? situation.context.named.first ?? TherapyTree.root
        call.span = mark.span
        let report = shown.flatMap { kept($0, about: [], memory, subscriber) }
        composer.add(call, report, earlier.batch, situation, &alerts)
    }

    /// Tells that the roster says why nothing comes.
    private mutating func explain(
        _ index: Int, at time: Int64, _ subscriber: Subscriber, _ memory: inout PatientMemory,
        _ alerts: inout AlertBatch
    ) {
        var mark = memory.time.marks[index]
        var call = TimeCall(ending: mark, at: time, subscriber.id)
        let situation = situation(memory.log.latest(about: nil), at: time, memory, subscriber.patient)
        call.status = subscriber.patient?.standing.station(at: time).status
        call.node = situation.context.named.first ?? TherapyTree.root
        composer.add(call, nil, earlier.batch, situation, &alerts)
        mark.end(at: time)
        memory.time.keep(mark)
    }

    /// Ends the silences that a report ends, which has just been kept.
    mutating func endSilences(
        _ index: Int, _ batch: EventBatch, _ subscriber: Subscriber, _ memory: inout PatientMemory,
        _ alerts: inout AlertBatch
    ) {
        let event = batch.events[index]
        guard let place = memory.log.index(of: event.idHash, batch.bytes(of: event.id)), !memory.log.isAhead(place)
        else { return }
        for var mark in memory.time.marks where mark.kind == .silence && event.time.latest > mark.since {
            let rule = pack.rules[Int(mark.rule)]
            let awaited = (rule.work as? SilentRule)?.awaited
            let terms = memory.log.sightings(place).map { Int($0.term) }.filter { awaited?.contains($0) != false }
            guard !terms.isEmpty else { continue }
            var call = TimeCall(ending: mark, at: event.time.milliseconds, subscriber.id)
            call.isDate = event.time.isDate
            call.event = batch.bytes(of: event.id)
            let situation = situations.situation(event, batch, subscriber.patient, pack.tree)
            call.node = situation.context.named.first ?? TherapyTree.root
            let report = kept(place, about: terms.map { Int32($0) }, memory, subscriber)
            composer.add(call, report, earlier.batch, situation, &alerts)
            mark.end(at: event.time.milliseconds)
            memory.time.keep(mark)
        }
    }
}
