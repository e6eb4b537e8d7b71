import Clinical

/// What time will make of a patient: a pure function of the memory, the roster and the pack.
extension PatientFold {
    /// The places of wanted rules about silent patients.
    static func silentRules(_ pack: CompiledPack, _ wanted: [Bool]) -> [Int] {
        pack.rules.indices.filter { pack.rules[$0].work is SilentRule && pack.rules[$0].severity != .none }
            .filter { wanted[pack.rules[$0].kind] }
    }

    /// All that time makes unless a report comes before, each once, in no order.
    ///
    /// - Parameter feedSilence: from when on the patient's feed as a whole is silent, in milliseconds.
    mutating func dues(_ memory: PatientMemory, _ patient: Roster.Patient?, feedSilence: Int64) -> [Due] {
        var dues: [Due] = []
        for index in memory.episodes.indices {
            if let due = due(ofEpisode: index, memory, patient) { dues.append(due) }
        }
        for (index, mark) in memory.time.marks.enumerated() where mark.kind == .silence {
            let explanation = patient?.standing.stations.last { $0.since.milliseconds <= mark.deadline }
            let next = patient?.standing.stations.first {
                $0.since.milliseconds > mark.deadline && $0.status != .active
            }
            if let explanation, explanation.status != .active {
                dues.append(Due(time: mark.deadline, matter: .explained(index)))
            } else if let next {
                dues.append(Due(time: next.since.milliseconds, matter: .explained(index)))
            }
        }
        if awaitsReports { addSilences(memory, patient, feedSilence: feedSilence, &dues) }
        return dues
    }

    /// What time makes of an episode next.
    private func due(ofEpisode index: Int, _ memory: PatientMemory, _ patient: Roster.Patient?) -> Due? {
        let episode = memory.episodes[index]
        let mark = memory.time.marks.first { !$0.isSilence && $0.episode == episode.id }
        let death = patient?.standing.death.map { max($0.milliseconds, lastHeard(memory), episode.spoke) }
        // What reports made of it after it was closed is closed too.
        if let mark, mark.kind == .closed, mark.severity == episode.severity, episode.spoke <= mark.deadline {
            return nil
        }
        // A deadline may go back, where a report was taken away: what was told of a later one holds.
        let told = mark.flatMap { $0.kind == .stale ? $0.deadline : nil } ?? .min
        if let stale = deadline(of: episode, memory), stale > told, stale < death ?? .max {
            return Due(time: stale, matter: .stale(index))
        }
        return death.map { Due(time: $0, matter: .closed(index)) }
    }

    private func lastHeard(_ memory: PatientMemory) -> Int64 {
        memory.log.latest(about: nil).map { memory.log[$0].time.latest } ?? .min
    }

    /// When an episode is stale; nil for never.
    private func deadline(of episode: Episode, _ memory: PatientMemory) -> Int64? {
        let minutes = pack.staleAfter[Int(episode.severity.rawValue)]
        let terms = episode.terms
        guard minutes > 0, !terms.isEmpty, memory.log.count > 0 else { return nil }
        let latest = memory.log.latest(about: terms)
        var last = latest.map { memory.log[$0].time.latest }
        // An episode that a report ahead of the clock opened is no older than that.
        if let ahead = memory.log.opener(ahead: terms, after: latest) { last = memory.log[ahead].time.latest }
        // The report it spoke of last may be one that is kept no more.
        if last == nil, episode.spoke != .min, episode.spoke < memory.log[0].milliseconds { last = episode.spoke }
        return last.map { $0 + Int64(minutes) * 60_000 }
    }

    // MARK: Silence

    private mutating func addSilences(
        _ memory: PatientMemory, _ patient: Roster.Patient?, feedSilence: Int64, _ dues: inout [Due]
    ) {
        let expects = patient?.expects ?? 0
        for index in silentRules {
            let rule = pack.rules[index]
            guard let work = rule.work as? SilentRule, let span = work.span(expects) else { continue }
            let latest = memory.log.latest(about: work.awaited)
            let mark = memory.time.marks.first { $0.isSilence && Int($0.concern) == rule.concern }
            guard let last = latest.map({ memory.log[$0].time.latest }) ?? start(of: patient, memory),
                let (since, deadline) = due(span, after: last, mark, patient?.standing ?? Roster.Standing())
            else { continue }
            let severity = work.severity(after: latest.map(memory.log.severity) ?? .none, own: rule.severity)
            if let mark, mark.kind == .silence, severity <= mark.severity { continue }
            let situation = situation(latest, at: deadline, memory, patient)
            guard let node = node(of: index, situation, isExpected: expects > 0) else { continue }
            let silence = Due.Silence(rule: index, node: node, severity: severity, since: since)
            dues.append(Due(time: deadline, matter: .silent(silence), isHeld: deadline >= feedSilence))
        }
        // Of several rules at one instant the most severe is told first, and the others then say nothing new.
        dues = dues.enumerated().sorted { one, other in
            (one.element.gravity, other.offset) > (other.element.gravity, one.offset)
        }.map(\.element)
    }

    /// When a report is due a span after the last one; where a silence has told that already, a span after the silence
    /// began or, when it is over, ended.
    private func due(
        _ span: Int64, after last: Int64, _ mark: TimeMark?, _ standing: Roster.Standing
    ) -> (since: Int64, deadline: Int64)? {
        let due = standing.due(span, after: last)
        guard let due, let mark, due.deadline <= mark.deadline else { return due }
        return standing.due(span, after: max(last, mark.kind == .endedSilence ? mark.deadline : mark.since))
    }

    /// When the first report of a patient was to be awaited who never sent one; nil where nobody knows.
    private func start(of patient: Roster.Patient?, _ memory: PatientMemory) -> Int64? {
        guard let patient, patient.expects > 0 else { return nil }
        return patient.awaitedFrom(firstSeen: memory.time.firstSeen)
    }

    /// Takes note, once, of when a patient was first seen of whom reports are due, none came, and the roster does not say
    /// since when.
    func noteFirstSeen(_ now: Int64, _ patient: Roster.Patient?, _ memory: inout PatientMemory) {
        guard let patient, patient.expects > 0, memory.time.firstSeen == nil,
            patient.treatments.isEmpty || patient.treatments.contains(where: { !$0.started.isKnown })
        else { return }
        let lacksReport = silentRules.contains { index in
            (pack.rules[index].work as? SilentRule).map { memory.log.latest(about: $0.awaited) == nil } ?? false
        }
        if lacksReport { memory.time.keep(.firstSeen(at: now)) }
    }

    /// What the patient is on at an instant, as the report at a place or the roster tells it.
    mutating func situation(
        _ place: Int?, at instant: Int64, _ memory: PatientMemory, _ patient: Roster.Patient?
    ) -> Situation {
        var room = EventBatch()
        let time = Moment(milliseconds: instant)
        guard let place, let event = memory.log.unpack(place, patient: .empty, into: &room) else {
            return situations.situation(at: time, patient, pack.tree)
        }
        room.events[event].time = time
        return situations.situation(room.events[event], room, patient, pack.tree)
    }

    /// The component under which a rule holds; nil for none. Once no therapy is watched any more, only what the roster
    /// expects is due.
    func node(of rule: Int, _ situation: Situation, isExpected: Bool) -> Int? {
        situation.context.components.first { component in
            let clock = situation.clock(of: component)
            let isWatched = pack.tree.nodes[component].watch?.state(clock, pack.zone) != .closed
            guard isWatched || isExpected else { return false }
            return pack.timeRulesOfNode[isWatched ? component : TherapyTree.root].contains(rule)
                && pack.rules[rule].window?.state(clock, pack.zone) != .closed
        }
    }
}

extension Due {
    /// How severe what it tells is.
    fileprivate var gravity: Severity { if case .silent(let silence) = matter { silence.severity } else { .none } }
}

extension Episode {
    /// The terms that it rests on.
    var terms: [Int] { standings.flatMap(\.terms.all).map { Int($0) } }

    /// What leads of what stands: the most severe, of several a rule, which says why; the first of these.
    var worst: Standing? {
        standings.first { $0.severity == standing && $0.rule != nil } ?? standings.first { $0.severity == standing }
    }
}
