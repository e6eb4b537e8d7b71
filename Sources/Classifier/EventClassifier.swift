package import Clinical

/// Walks batches of events and makes alerts: the second room.
///
/// The work on one event is a pure function of the event, its patient's memory, the roster and the pack. There is no
/// clock in it: the same events under the same pack make the same alerts, byte for byte.
package struct EventClassifier: ~Copyable {
    /// What every event is judged by.
    package let pack: CompiledPack
    /// The sums so far; the pipeline adds what it alone knows (skipped records).
    package internal(set) var tally = RunTally()
    /// How often each code came that the pack does not watch.
    package internal(set) var unmatchedCodes: [String: Int] = [:]

    /// What is now; unknown when nobody says. An event that says it was observed later is judged as of now, marked as
    /// ahead of the clock, and moves no clock.
    package var now = Moment.unknown

    let roster: Roster?
    private let wantsUnread: Bool
    /// The quick pass: each report is judged by itself, as it comes, and all that is remembered is what staff were told.
    private let judgesAlone: Bool
    private var firstLook: FirstLook
    var fold: PatientFold
    var situations: SituationReader
    var patients = PatientTable()
    /// By patient number, once time has passed: when it makes something next, in milliseconds; `.min` where that is to be
    /// worked out anew.
    var dueTimes: [Int64] = []
    /// Feeds by `source`, as far as a rule watches them.
    var feeds: FeedTable
    var composer: AlertComposer
    /// What is kept between runs; nil when memory ends with the process.
    var keeping: Keeping?
    /// When anything was last heard; nil where nobody asks.
    package internal(set) var lastHeard: LastHeard?
    private var shortWay: ShortWay
    /// Of the batch at hand: each event's patient, and how its report stands to what is remembered.
    private var numbers: [UInt32] = []
    private var arrivals: [ReportMemory.Arrival] = []
    /// Of the batch at hand: the events that the first look did not settle.
    private var open: [FirstLook.Open] = []

    /// - Parameters:
    ///   - kinds: words of `RuleKinds` to judge by; nil for all. `grade` alone is the quick pass.
    ///   - remembersAll: that even `grade` alone takes no quick pass, but judges all reports in the order of their time.
    package init(pack: CompiledPack, roster: Roster? = nil, kinds: Set<String>? = nil, remembersAll: Bool = false) {
        self.pack = pack
        self.roster = roster
        let wanted = RuleKinds.all.map { kinds?.contains($0.name) ?? true }
        situations = SituationReader(gradingCount: pack.gradings.count)
        fold = PatientFold(pack, wanted: wanted)
        feeds = FeedTable(pack, wanted: wanted)
        firstLook = FirstLook(pack, fold.reader)
        shortWay = ShortWay(pack, wantsTriage: wanted[Judge.grade])
        wantsUnread = wanted[UnjudgedRule.place]
        judgesAlone = kinds == [GradeRule.name] && !remembersAll
        composer = AlertComposer(pack: pack)
    }

    /// What is remembered of a patient; nil for one who never came.
    func memory(of patient: String) -> PatientMemory? {
        patients.known(Array(patient.utf8)).map { patients.memories[$0] }
    }

    /// Judges every event and every unreadable record of a batch; alerts are added to `alerts` in input order.
    package mutating func judge(_ batch: EventBatch, into alerts: inout AlertBatch) {
        if let batch = asOfNow(batch) { judgeAll(batch, into: &alerts) } else { judgeAll(batch, into: &alerts) }
    }

    private mutating func judgeAll(_ batch: EventBatch, into alerts: inout AlertBatch) {
        let known = patients.count
        patients.find(batch, into: &numbers)
        recall(from: known, batch, numbers)
        noteChanges(batch, numbers)
        lastHeard?.note(batch)
        patients.note(numbers, batch, into: &arrivals)
        open.removeAll(keepingCapacity: true)
        if roster == nil {
            tally.graded += firstLook.look(at: batch, arrivals, settlesCalm: judgesAlone, into: &open)
        } else {
            FirstLook.leave(batch, into: &open)
        }
        var reject = 0
        for place in open.indices {
            let afterNext = place + 2 * PatientTable.lookAhead
            if afterNext < open.count { patients.fetchMemory(Int(numbers[Int(open[afterNext].event)])) }
            let coming = place + PatientTable.lookAhead
            if coming < open.count { patients.fetchLists(Int(numbers[Int(open[coming].event)])) }
            let next = place + PatientTable.lookAhead / 2
            if next < open.count { patients.fetchEnd(Int(numbers[Int(open[next].event)])) }
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
        forgetDue(Int(numbers[index]))
        if feeds.isWatched { hear(index, Int(numbers[index]), batch, &alerts) }
        if batch.events[index].codeSymbol.isNone, batch.events[index].status != .cancelled {
            if arrivals[index] == .correction {
                let first = alerts.alerts.count
                withdraw(index, batch, .corrected, &alerts)
                for alert in alerts.alerts[first...] { tally.alerts[Int(alert.severity.rawValue)] += 1 }
            }
            tally.unmatched += 1
            unmatchedCodes[batch.string(batch.events[index].code), default: 0] += 1
            if batch.events[index].flag.isCritical, wantsUnread { callCritical(index, batch, &alerts) }
            return
        }
        let first = alerts.alerts.count
        switch arrivals[index] {
        case .again: tally.repeats += 1
        case .withdrawn:
            tally.cancelled += 1
            withdraw(index, batch, .cancelled, &alerts)
        case .correction where !judgesAlone: correct(index, batch, &alerts)
        case .fresh, .correction:
            guard let verdict else {
                take(index, batch, &alerts)
                break
            }
            let number = Int(numbers[index])
            let result =
                judgesAlone
                ? shortWay.speak(verdict, index, batch, &patients.memories[number].episodes, &alerts)
                : shortWay.settle(verdict, index, batch, &patients.memories[number], &fold, &alerts)
            switch result {
            case .settled: tally.graded += 1
            case .open: take(index, batch, &alerts)
            case .new(let context):
                take(index, batch, &alerts)
                shortWay.learn(alerts, from: first, verdict, context)
            }
        }
        if fold.awaitsReports { endSilences(index, Int(numbers[index]), batch, &alerts) }
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
        if judgesAlone {
            count()
            fold.speak(index, batch, patient, isPlain: isPlain, &patients.memories[number].episodes, &alerts)
            return
        }
        let place = fold.place(index, batch, &patients.memories[number])
        // One whose id was remembered no longer may be kept all the same.
        if place.isAmongOthers, isKept(index, batch) { return correct(index, batch, &alerts) }
        switch place {
        case .newest:
            count()
            fold.takeNewest(index, batch, patient, isPlain: isPlain, &patients.memories[number], &alerts)
        case .among(let place):
            count()
            fold.take(
                among: place, index, batch, patient, isPlain: isPlain, &patients.memories[number], &alerts)
        case .settled(let place):
            count()
            fold.take(settled: place, index, batch, patient, &patients.memories[number], &alerts)
        case .tooLate:
            tally.late += 1
            fold.takeTooLate(index, batch, patient, &patients.memories[number], &alerts)
        }
    }

    private func isKept(_ index: Int, _ batch: EventBatch) -> Bool {
        let event = batch.events[index]
        return patients.memories[Int(numbers[index])].log.index(of: event.idHash, batch.bytes(of: event.id)) != nil
    }

    mutating func count() {
        if fold.reader.isGraded { tally.graded += 1 } else { tally.ungradable += 1 }
    }

    /// Takes a report out of the past that it changed; what rested on it alone is taken back.
    private mutating func withdraw(
        _ index: Int, _ batch: EventBatch, _ change: PatientFold.Change, _ alerts: inout AlertBatch
    ) {
        let number = Int(numbers[index])
        let event = batch.events[index]
        guard let place = patients.memories[number].log.index(of: event.idHash, batch.bytes(of: event.id)) else {
            return
        }
        fold.remove(place, change, index, batch, patient(index, batch), &patients.memories[number], &alerts)
    }

    /// Puts a report into the place of an earlier version of it.
    private mutating func correct(_ index: Int, _ batch: EventBatch, _ alerts: inout AlertBatch) {
        let number = Int(numbers[index])
        let event = batch.events[index]
        guard let place = patients.memories[number].log.index(of: event.idHash, batch.bytes(of: event.id)) else {
            return take(index, batch, &alerts)
        }
        let patient = patient(index, batch)
        if place < patients.memories[number].settledCount {
            // What is settled is not told otherwise, but what is said now is news.
            fold.remove(place, .corrected, index, batch, patient, &patients.memories[number], &alerts)
            return take(index, batch, &alerts)
        }
        _ = fold.read(index, batch, patient)
        count()
        fold.replace(place, index, batch, patient, &patients.memories[number], &alerts)
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
            event: id, patient: name, time: event.time, isAhead: event.has.contains(.ahead),
            reason: "the code '\(batch.string(event.code))' is not watched")
        let first = alerts.alerts.count
        fold.pin(roster?[name], name[...], &patients.memories[number])
        composer.compose(record, .critical, situation, &patients.memories[number], &alerts)
        for alert in alerts.alerts[first...] { tally.alerts[Int(alert.severity.rawValue)] += 1 }
    }

    /// The number of one patient, new, known or kept between runs.
    mutating func find(_ name: [UInt8], hash: UInt64) -> Int {
        let known = patients.count
        let number = patients.find(name, hash: hash)
        if number == known { recall(name, number) }
        return number
    }

    private mutating func step(_ reject: Reject, _ alerts: inout AlertBatch) {
        guard wantsUnread else { return }
        for name in reject.patients { call(name, for: reject, &alerts) }
    }

    private mutating func call(_ name: [UInt8], for reject: Reject, _ alerts: inout AlertBatch) {
        let hash = FastHash.hash(name.span.bytes, from: 0, count: name.count)
        let number = find(name, hash: hash)
        noteChange(number)
        guard patients.memories[number].noteUnread(reject.raw) else { return }
        let first = alerts.alerts.count
        let situation = situations.situation(at: reject.time, roster?[name], pack.tree)
        fold.pin(roster?[name], name[...], &patients.memories[number])
        composer.composeUnread(reject, name, situation, &patients.memories[number], &alerts)
        for alert in alerts.alerts[first...] { tally.alerts[Int(alert.severity.rawValue)] += 1 }
    }
}

extension CompiledPack {
    /// The name of the first term that a code stands for.
    func term(of code: Symbol) -> PackText {
        terms[Int(bindings[Int(bindingRuns[code.index].start)].term)].name
    }
}
