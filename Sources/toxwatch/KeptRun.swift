import Classifier
import Clinical
import Emitter
import Store

/// A run that remembers: it takes up where the last one ended, keeps each batch before its alerts are written, and marks
/// what was written, so that a process that is killed loses nothing and invents nothing.
struct KeptRun {
    /// A place that a run may stand in, or none.
    final class Holder {
        var run: KeptRun?
        init(_ run: KeptRun?) { self.run = run }
    }

    /// The state in a place that the classifier's questions can reach too.
    final class Shelf {
        var state: RunState
        /// The first thing that went wrong while the classifier asked for a patient.
        var failure: StateError?

        init(_ state: consuming RunState) { self.state = state }

        /// Folds the journal: keeps each patient who has changed, and a batch.
        func checkpoint(
            _ classifier: inout EventClassifier, at now: Moment, with record: BatchRecord
        ) throws(StateError) -> [Int64?] {
            try state.checkpoint(at: now, with: record) { keep throws(StateError) in
                try classifier.takeChanged { patient, memory, due throws(StateError) in
                    try keep(KeptPatient(id: patient, memory: memory, due: due))
                }
            }
        }

        /// Asks the state; nil, and a failure noted, where it cannot answer.
        func ask(_ question: (borrowing RunState) throws(StateError) -> [UInt8]?) -> [UInt8]? {
            do throws(StateError) {
                return try question(state)
            } catch {
                failure = failure ?? error
                return nil
            }
        }
    }

    let shelf: Shelf
    private let number: Int64
    let clock: Clock
    let options: [String]
    var kept: KeptAlerts
    var news: KeptNews
    /// What was written, of this run and of those before.
    var written = Written()
    private let isQuiet: Bool
    /// When time was last let pass, on a clock that only goes forward.
    private var lastTick = Clock.monotonic
    /// As many bytes of journal, and as many alerts, as wait for their commit while more is there to be read.
    private static let most = 16 << 20
    private static let mostAlerts = 32_768
    /// How often time is let pass while a run waits for what comes, in milliseconds.
    private static let betweenTicks = 30_000
    /// As many bytes of journal as wait to be folded.
    private static let longestJournal = 128 << 20

    /// Takes up the state: what a run that died has left is folded, and what it did not write is written.
    ///
    /// - Parameters:
    ///   - options: where alerts go, each `FORMAT[=FILE]`; none for a prime, which calls nobody.
    ///   - roster: the file of the roster, which has just been read; nil without one.
    ///   - isQuiet: whether people are told nothing but errors.
    init(
        _ path: String, _ pack: CompiledPack, _ classifier: inout EventClassifier, kinds: Set<String>?,
        options: [String], feeds names: [String], roster: String?, isQuiet: Bool, clock: Clock,
        _ sinks: borrowing AlertSink.Group
    ) throws(ExitStatus) {
        let now = clock.now
        // What calls nobody primes.
        let command = options.isEmpty ? RunEntry.primeCommand : "run"
        self.clock = clock
        self.options = options
        self.isQuiet = isQuiet
        kept = KeptAlerts(pack, options)
        shelf = try State.reporting { () throws(StateError) in
            Shelf(try RunState(path, holder: LockHolder(command: command, since: Clock.system.now)))
        }
        let shelf = shelf
        classifier.keep(kinds: kinds) { key in
            shelf.ask { state throws(StateError) in try state.names(of: key) }
        } recall: { patient in
            shelf.ask { state throws(StateError) in try state.memory(of: patient) }
        }
        news = try State.reporting { () throws(StateError) in
            try KeptNews(shelf.state, &classifier, roster: roster, at: now)
        }
        try Self.fold(shelf, &classifier, &kept, now, sinks)
        try State.reporting { () throws(StateError) in try Self.adopt(shelf, classifier) }
        number = try State.reporting { () throws(StateError) in
            try shelf.state.begin(command, at: now, pack: pack.catalogue.packDigest, feeds: names)
        }
        do throws(Failure) {
            try Self.writeDue(shelf, options, now, &written, sinks)
            try tellEndedSilences(at: now)
        } catch {
            throw error.told
        }
    }

    /// What can go wrong when alerts leave.
    enum Failure: Error {
        case state(StateError)
        case system(SystemError)

        /// Says it, and with which status to end.
        var told: ExitStatus {
            switch self {
            case .system(let error):
                if !error.isClosedPipe { Diagnostics.say("cannot write: \(error.message)") }
                return .inputOutput
            case .state(let error):
                Diagnostics.say(error.message)
                return error.ending == .configuration ? .config : .inputOutput
            }
        }

        static func ofState<Result>(_ body: () throws(StateError) -> Result) throws(Failure) -> Result {
            do throws(StateError) { return try body() } catch { throw .state(error) }
        }
    }

    /// Keeps what a batch did, and writes its alerts, unless there is more to be read at once.
    mutating func take(
        _ alerts: inout AlertBatch, _ classifier: inout EventClassifier, isDry: Bool, ticks: Bool,
        _ sinks: borrowing AlertSink.Group
    ) throws(Failure) {
        if let failure = shelf.failure { throw .state(failure) }
        guard isDry || classifier.journalSize >= Self.most || alerts.alerts.count >= Self.mostAlerts else { return }
        try commit(&alerts, &classifier, sinks, folds: shelf.state.journalSize.bytes > Self.longestJournal)
        if ticks, isDry, Clock.monotonic - lastTick >= Self.betweenTicks { try tick(&alerts, &classifier, sinks) }
    }

    /// - Parameter folds: whether patients are kept as they are now, not only what happened to them.
    mutating func commit(
        _ alerts: inout AlertBatch, _ classifier: inout EventClassifier, _ sinks: borrowing AlertSink.Group, folds: Bool
    ) throws(Failure) {
        let now = clock.now
        var record = BatchRecord()
        record.journal = classifier.takeJournal()
        let reader = shelf.state.reader
        let silences =
            alerts.alerts.isEmpty
            ? [] : try Failure.ofState { () throws(StateError) in try reader.silences(at: now) }
        kept.add(alerts, to: &record, at: now, silences, sinks)
        record.settle(by: classifier)
        record.shared = news.changes(classifier)
        record.sums = sums(classifier)
        var numbers: [Int64?] = []
        if folds {
            record.journal = []
            numbers = try Failure.ofState { () throws(StateError) in
                try shelf.checkpoint(&classifier, at: now, with: record)
            }
        } else if !record.journal.isEmpty || !record.alerts.isEmpty || !record.shared.isEmpty {
            numbers = try Failure.ofState { () throws(StateError) in try shelf.state.commit(record) }
        }
        alerts.removeAll()
        if record.alerts.contains(where: { $0.manner != .alone }) {
            // What waited and is due now is written with it, in the order in which it was made.
            try Self.writeDue(shelf, options, now, &written, sinks)
        } else {
            try write(record, numbers, sinks)
        }
    }

    private func sums(_ classifier: borrowing EventClassifier) -> RunSums {
        var sums = RunSums(run: number, tally: classifier.tally)
        // Nobody was told what a prime found.
        if options.isEmpty { sums.tally.alerts = RunTally().alerts }
        sums.silenced = kept.silenced
        sums.quieted = kept.quieted
        return sums
    }

    /// Lets time pass to now: what fell due is made, kept and written.
    mutating func tick(
        _ alerts: inout AlertBatch, _ classifier: inout EventClassifier, _ sinks: borrowing AlertSink.Group
    ) throws(Failure) {
        let now = clock.now
        lastTick = Clock.monotonic
        // What has just called again is not unanswered, what is over needs no answer: the state has to know.
        if !alerts.alerts.isEmpty { try commit(&alerts, &classifier, sinks, folds: false) }
        let due = try Failure.ofState { () throws(StateError) in try shelf.state.patients(dueBy: now) }
        for patient in due { classifier.expect(patient) }
        classifier.expectRoster()
        if let failure = shelf.failure { throw .state(failure) }
        let reader = shelf.state.reader
        classifier.tick(to: now, into: &alerts) { (try? reader.isClosed($0)) ?? false }
        // Nobody has to answer what has just ended, as with its patient's death.
        if !alerts.alerts.isEmpty { try commit(&alerts, &classifier, sinks, folds: false) }
        try tellUnanswered(at: now, &alerts, &classifier)
        try commit(&alerts, &classifier, sinks, folds: true)
        try Self.writeDue(shelf, options, now, &written, sinks)
        try tellEndedSilences(at: now)
    }

    /// Says which silences ended, and how many alerts they hid, once for each.
    private func tellEndedSilences(at now: Moment) throws(Failure) {
        let ended = try Failure.ofState { () throws(StateError) in try shelf.state.endSilences(at: now) }
        for silence in ended where !isQuiet { Diagnostics.say(silence.ending) }
    }

    private func tellUnanswered(
        at now: Moment, _ alerts: inout AlertBatch, _ classifier: inout EventClassifier
    ) throws(Failure) {
        let unanswered = try Failure.ofState { () throws(StateError) in try shelf.state.unanswered(at: now) }
        var untold: [StableID] = []
        for (episode, patient, deadline) in unanswered
        where !classifier.tellOverdue(episode, of: patient, at: deadline, into: &alerts) { untold.append(episode) }
        if let failure = shelf.failure { throw .state(failure) }
        try Failure.ofState { () throws(StateError) in try shelf.state.markOverdue(untold) }
    }

    /// Keeps what is left, folds the journal and closes the run's entry in the ledger.
    mutating func end(
        _ alerts: inout AlertBatch, _ classifier: inout EventClassifier, _ sinks: borrowing AlertSink.Group,
        ticks: Bool, status: ExitStatus
    ) throws(Failure) {
        if ticks {
            try tick(&alerts, &classifier, sinks)
        } else {
            try commit(&alerts, &classifier, sinks, folds: true)
            try tellEndedSilences(at: clock.now)
        }
        if classifier.damaged > 0 {
            Diagnostics.say(
                "patients whose memory in the state is damaged, and was begun anew: \(classifier.damaged)")
        }
        let sums = sums(classifier)
        try Failure.ofState { () throws(StateError) in try shelf.state.end(sums, at: clock.now, status: status.rawValue)
        }
    }

    /// What people should know of this run besides its sums.
    func notes(_ classifier: borrowing EventClassifier) -> [String] {
        var notes: [String] = []
        if options.isEmpty {
            notes.append("alerts of the past, kept and told to nobody: \(classifier.tally.alerts.reduce(0, +))")
        }
        if news.lacksRoster {
            notes.append(
                "earlier runs had a roster, this one has none: nobody is awaited, and therapies are those that events name"
            )
        }
        if kept.silenced > 0 { notes.append("alerts that a silence hid: \(kept.silenced)") }
        if kept.quieted > 0 { notes.append("alerts that wait for the end of quiet hours: \(kept.quieted)") }
        notes += Self.packNotes(classifier)
        return notes
    }
}
