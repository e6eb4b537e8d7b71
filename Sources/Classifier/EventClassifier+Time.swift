package import Clinical

/// What time itself makes of patients and feeds. There is no clock in it: whoever asks says which instant it is.
extension EventClassifier {
    /// Makes all that is due by `now` and was not made: stale episodes, silent patients, feeds that stopped.
    ///
    /// Alerts are added in the order in which they fell due, those of one instant by their patients' ids; each bears its
    /// own deadline. So it does not matter in how many steps time passes. Nothing here changes what events make of an
    /// episode.
    ///
    /// - Parameter isClosed: of which episodes staff need not be told that they are stale.
    package mutating func tick(
        to now: Moment, into alerts: inout AlertBatch, unless isClosed: (StableID) -> Bool = { _ in false }
    ) {
        guard now.isKnown else { return }
        var made = AlertBatch()
        for feed in feeds.fallSilent(by: now.milliseconds) { tell(feed, at: feed.toldAt, &made) }
        dueTimes += Array(repeating: .min, count: patients.count - dueTimes.count)
        let isDue = dueTimes.map { $0 <= now.milliseconds }
        for (id, number) in isDue.contains(true) ? patients.ids(where: isDue) : [] {
            let subscriber = subscriber(id, number)
            fold.tick(to: now.milliseconds, subscriber, &patients.memories[number], &made)
            noteChange(number)
            dueTimes[number] = fold.nextDue(patients.memories[number], subscriber) ?? .max
        }
        let order = made.alerts.enumerated().sorted { one, other in
            let times = (one.element.time.milliseconds, other.element.time.milliseconds)
            if times.0 != times.1 { return times.0 < times.1 }
            let names = (made.text[one.element.patient.range], made.text[other.element.patient.range])
            if names.0 != names.1 { return names.0.lexicographicallyPrecedes(names.1) }
            return one.offset < other.offset
        }
        for (_, alert) in order where alert.transition != .stale || !isClosed(alert.episodeID) {
            alerts.append(alert, of: made)
            tally.alerts[Int(alert.severity.rawValue)] += 1
        }
    }

    /// Tells that nobody answered an episode by its deadline; false, with nothing told, when it is none of this patient's
    /// that is open, be it made by reports or by silence, and none of a feed that is silent.
    ///
    /// - Parameter patient: empty for a feed.
    package mutating func tellOverdue(
        _ episode: StableID, of patient: [UInt8], at deadline: Moment, into alerts: inout AlertBatch
    ) -> Bool {
        let first = alerts.alerts.count
        let time = deadline.milliseconds
        if patient.isEmpty {
            for feed in feeds.feeds where identity(of: feed) == episode { tell(feed, unansweredBy: time, &alerts) }
        } else {
            let number = find(patient, hash: FastHash.hash(patient.span.bytes, from: 0, count: patient.count))
            let (memory, subscriber) = (patients.memories[number], subscriber(patient, number))
            if let index = memory.episodes.firstIndex(where: { $0.id == episode }) {
                fold.tell(ofEpisode: index, at: time, .overdue, subscriber, memory, &alerts)
            } else if let mark = memory.time.marks.first(where: { $0.kind == .silence && $0.episode == episode }) {
                fold.tell(unanswered: mark, at: time, subscriber, memory, &alerts)
            }
        }
        for alert in alerts.alerts[first...] { tally.alerts[Int(alert.severity.rawValue)] += 1 }
        return alerts.alerts.count > first
    }

    /// The earliest instant at which time makes something of a patient unless a report comes; unknown for never.
    ///
    /// It follows from the patient's memory, the roster and the pack: where one of these changes, it is to be asked anew.
    /// Of a patient whose feed stopped it may be past: what is due waits for the feed.
    package mutating func nextDue(of patient: [UInt8]) -> Moment {
        let number = patients.known(patient)
        let memory = number.map { patients.memories[$0] } ?? PatientMemory()
        let due = fold.nextDue(memory, subscriber(patient, number))
        return due.map { Moment(milliseconds: $0) } ?? .unknown
    }

    /// The earliest instant at which a feed falls silent unless an event comes; unknown for never.
    package var nextFeedDue: Moment { feeds.nextDue.map { Moment(milliseconds: $0) } ?? .unknown }

    /// Takes a patient into memory of whom the roster expects reports and none ever came, so that time can tell.
    ///
    /// Not for one who is remembered elsewhere, whose reports would count as never sent. It counts among the tally's patients.
    package mutating func expect(_ patient: [UInt8]) {
        _ = find(patient, hash: FastHash.hash(patient.span.bytes, from: 0, count: patient.count))
    }

    /// Takes in all patients of whom the roster expects reports, or says why nothing comes of somebody who is remembered,
    /// for a run that remembers every patient itself.
    package mutating func expectRoster() {
        for patient in roster?.expected ?? [] { expect(patient) }
        for patient in roster?.interrupted ?? [] where patients.known(patient) == nil {
            if keeping?.recall(patient) != nil { expect(patient) }
        }
    }

    /// What is known of feeds, to be kept between runs and given to `restoreFeeds` before any event or patient.
    package var feedMemory: [UInt8] { feeds.packed }

    /// Takes what `feedMemory` gave; false, and nothing is known of any feed, for other bytes.
    package mutating func restoreFeeds(_ bytes: [UInt8]) -> Bool { feeds.restore(bytes) }

    // MARK: Events

    /// Takes note that a record may have changed when something of its patient is due.
    @inline(__always)
    mutating func forgetDue(_ number: Int) {
        if number < dueTimes.count { dueTimes[number] = .min }
    }

    /// The batch as of now: what says that it was observed later was observed now. Nil when nothing does.
    func asOfNow(_ batch: EventBatch) -> EventBatch? {
        let limit = now.milliseconds
        let isAhead = { (time: Moment) in time.isKnown && time.milliseconds > limit }
        guard now.isKnown,
            batch.events.contains(where: { isAhead($0.time) }) || batch.rejects.contains(where: { isAhead($0.time) })
        else { return nil }
        var batch = batch
        for index in batch.events.indices where isAhead(batch.events[index].time) {
            batch.events[index].time = now
            batch.events[index].has.insert(.ahead)
        }
        for index in batch.rejects.indices where isAhead(batch.rejects[index].time) {
            batch.rejects[index].time = now
            batch.rejects[index].isAhead = true
        }
        return batch
    }

    /// Takes note of which feed an event came by; a feed that was silent speaks again.
    mutating func hear(_ index: Int, _ number: Int, _ batch: EventBatch, _ alerts: inout AlertBatch) {
        guard !batch.events[index].source.isEmpty, !batch.events[index].has.contains(.ahead),
            let place = feeds.place(of: batch.events[index].source, batch)
        else { return }
        let time = batch.events[index].time.milliseconds
        if let ended = feeds.note(place, at: time) {
            tell(ended, at: nil, heardAt: time, &alerts)
            tally.alerts[Int(Severity.none.rawValue)] += 1
        }
        if !batch.events[index].codeSymbol.isNone { patients.memories[number].time.hear(of: place, at: time) }
    }

    /// Ends the silences of a patient that an event ends, which has just been kept.
    @inline(__always)
    mutating func endSilences(_ index: Int, _ number: Int, _ batch: EventBatch, _ alerts: inout AlertBatch) {
        if patients.memories[number].time.silences == 0 { return }
        let subscriber = subscriber(Array(batch.bytes(of: batch.events[index].patient)), number)
        fold.endSilences(index, batch, subscriber, &patients.memories[number], &alerts)
    }

    private func subscriber(_ id: [UInt8], _ number: Int?) -> PatientFold.Subscriber {
        let feed = number.map { Int(patients.memories[$0].time.feed) - 1 } ?? -1
        return PatientFold.Subscriber(id: id, patient: roster?[id], feedSilence: feeds.silence(of: feed))
    }

    /// Tells that a feed fell silent, or speaks again.
    private mutating func tell(
        _ feed: FeedTable.Feed, at told: Int64?, heardAt heard: Int64 = 0, _ alerts: inout AlertBatch
    ) {
        guard feed.rule >= 0 else { return }
        let severity = pack.rules[feed.rule].severity
        if let told {
            tell(feed, at: told, .opened, severity, previous: nil, &alerts)
        } else {
            tell(feed, at: heard, .resolved, .none, previous: severity, &alerts)
        }
    }

    /// Tells that nobody answered that a feed fell silent.
    private mutating func tell(_ feed: FeedTable.Feed, unansweredBy deadline: Int64, _ alerts: inout AlertBatch) {
        let severity = pack.rules[feed.rule].severity
        tell(feed, at: deadline, .overdue, severity, previous: severity, &alerts)
    }

    private mutating func tell(
        _ feed: FeedTable.Feed, at time: Int64, _ transition: Transition, _ severity: Severity, previous: Severity?,
        _ alerts: inout AlertBatch
    ) {
        guard let silent = feed.toldAt, let episode = identity(of: feed) else { return }
        var call = TimeCall(
            time: time, transition: transition, severity: severity, previous: previous, episode: episode,
            concern: pack.rules[feed.rule].concern, patient: [])
        call.ruleIndex = feed.rule
        call.span = Int((silent - feed.newest) / 60_000)
        fold.composer.add(call, feed: feed.name, &alerts)
    }

    /// The episode of a feed that is silent, as staff were told; nil for one that is not.
    private mutating func identity(of feed: FeedTable.Feed) -> StableID? {
        guard feed.rule >= 0, feed.toldAt != nil else { return nil }
        return fold.composer.life.silenceID(feed.name, pack.rules[feed.rule].concern, since: feed.newest)
    }
}
