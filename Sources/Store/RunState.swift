package import Clinical

/// The state in the hands of a run: one process has it at a time, until this value is dropped or the process dies.
///
/// A batch is kept by `commit`, before its alerts are written; what was written is marked by `markWritten`. Memory is
/// kept as a journal of batches, which `checkpoint` folds into the patients' rows, when the caller finds it long enough
/// and when a run ends. After a crash the caller replays the journal on what was folded, and writes what is unwritten.
package struct RunState: ~Copyable {
    private let lock: WriterLock
    let database: Database

    /// What waits to be folded.
    package private(set) var journalSize: JournalSize

    /// Opens the state, makes it when it is not there, and brings it up to date.
    ///
    /// - Parameter patience: for how many milliseconds to wait for another run to end.
    package init(_ path: String, holder: LockHolder, patience: Int = 2_000) throws(StateError) {
        try self.init(path, holder: holder, patience: patience, steps: Schema.steps)
    }

    /// The same under another list of schema steps.
    init(_ path: String, holder: LockHolder, patience: Int, steps: [String]) throws(StateError) {
        let location = try StateLocation(path)
        try location.makePrivate()
        let database = try Database(location, .write)
        try database.checkOwner(known: steps.count)
        let lock = try WriterLock(location, holder: holder, patience: patience)
        try database.prepareForRuns()
        try database.migrate(steps, at: holder.since, by: holder.command)
        journalSize = try database.journalSize()
        self.database = database
        self.lock = lock
    }

    /// What people look at, as of now.
    package var reader: StateReader { StateReader(database: database) }

    /// What was kept of a patient at the last checkpoint; nil for one not known then.
    package func memory(of patient: [UInt8]) throws(StateError) -> [UInt8]? {
        try database.first(.memory, .bytes(patient)) { $0.bytes(0) }
    }

    /// The patients of whom time makes something by an instant, those that fell due first in front.
    package func patients(dueBy now: Moment) throws(StateError) -> [[UInt8]] {
        try database.all(.duePatients, .moment(now)) { $0.bytes(0) }
    }

    /// An open episode that nobody answered in time, and of which staff were not told so.
    package typealias Unanswered = (episode: StableID, patient: [UInt8], deadline: Moment)

    /// The episodes that nobody answered by an instant, those that fell due first in front.
    package func unanswered(at now: Moment) throws(StateError) -> [Unanswered] {
        try database.all(.unanswered, .moment(now)) { ($0.id(0), $0.bytes(1), $0.moment(2)) }
    }

    /// Notes that an episode is overdue of which no alert can be made.
    package func markOverdue(_ episodes: [StableID]) throws(StateError) {
        if episodes.isEmpty { return }
        try database.transaction(.withTheNext) { () throws(StateError) in
            for episode in episodes { try database.run(.markOverdue, .id(episode)) }
        }
    }

    /// What was kept beside patients under a name; nil for nothing.
    package func shared(_ name: String) throws(StateError) -> [UInt8]? {
        try database.first(.shared, .text(name)) { $0.bytes(0) }
    }

    /// Hands over what was kept since the last checkpoint, a batch at a time, in order.
    package func replay(_ body: ([UInt8]) throws(StateError) -> Void) throws(StateError) {
        try database.each(.journal) { row throws(StateError) in try body(row.bytes(0)) }
    }

    /// Keeps a batch, and returns once it will outlive a crash and a loss of power.
    ///
    /// - Returns: for each alert its number, to mark it by; nil for one that was kept before and is not to be written.
    package mutating func commit(_ batch: BatchRecord) throws(StateError) -> [Int64?] {
        let numbers = try database.transaction { () throws(StateError) -> [Int64?] in
            if !batch.journal.isEmpty { try database.run(.addJournal, .bytes(batch.journal)) }
            return try database.keep(batch)
        }
        if !batch.journal.isEmpty {
            journalSize.batches += 1
            journalSize.bytes += batch.journal.count
        }
        return numbers
    }

    /// Folds the journal: keeps the patients that have changed since the last checkpoint, and empties the journal.
    ///
    /// - Parameters:
    ///   - now: for pruning, which asks when a patient was last heard of.
    ///   - batch: one more batch, which needs no journal then; as for `commit`. Without one the disk may take its time,
    ///     as the journal is there to fold again.
    ///   - patients: hands over all that changed, by any batch of the journal or by `batch`, one at a time: all of them at
    ///     once would take as much memory again as the run itself.
    package mutating func checkpoint(
        at now: Moment, with batch: BatchRecord? = nil,
        _ patients: (_ keep: (KeptPatient) throws(StateError) -> Void) throws(StateError) -> Void
    ) throws(StateError) -> [Int64?] {
        let durability: Database.Durability = batch == nil ? .withTheNext : .atOnce
        let numbers = try database.transaction(durability) { () throws(StateError) -> [Int64?] in
            let keepMemory = try database.statement(.keepMemory)
            try patients { patient throws(StateError) in
                try database.run(
                    keepMemory, [.bytes(patient.id), .moment(now), .bytes(patient.memory), .moment(patient.due)])
            }
            try database.run(.emptyJournal)
            guard let batch else { return [] }
            return try database.keep(batch)
        }
        journalSize = JournalSize()
        return numbers
    }

    /// The same for patients who are all there.
    package mutating func checkpoint(
        _ patients: some Sequence<KeptPatient>, at now: Moment, with batch: BatchRecord? = nil
    ) throws(StateError) -> [Int64?] {
        try checkpoint(at: now, with: batch) { keep throws(StateError) in for patient in patients { try keep(patient) }
        }
    }

    /// Whether an alert of an episode was kept before.
    package func isKnown(_ alert: StableID, of episode: StableID) throws(StateError) -> Bool {
        try database.first(.alertNumber, .id(alert), .id(episode)) { $0.integer(0) } != nil
    }

    /// What is kept and due but not marked as written, oldest first.
    package func unwritten(at now: Moment) throws(StateError) -> [UnwrittenAlert] {
        try database.all(.outbox, .moment(now)) { row in
            UnwrittenAlert(
                number: row.integer(0), target: row.text(1), bytes: row.bytes(2),
                severity: Severity(rawValue: UInt8(clamping: row.count(3))) ?? .emergency)
        }
    }

    /// Notes that a target has these alerts. A loss of power may undo it: then they are written again.
    package func markWritten(_ alerts: some Sequence<Int64>, to target: String) throws(StateError) {
        try database.transaction(.withTheNext) { () throws(StateError) in try database.takeOut(alerts, of: target) }
    }
}

extension Database {
    func journalSize() throws(StateError) -> JournalSize {
        try first(.journalSize) { JournalSize(batches: $0.count(0), bytes: $0.count(1)) } ?? JournalSize()
    }

    /// Keeps all of a batch but its journal, inside a transaction.
    fileprivate func keep(_ batch: BatchRecord) throws(StateError) -> [Int64?] {
        try keep(batch.episodes)
        for (name, value) in batch.shared { try run(.keepShared, .text(name), .bytes(value)) }
        try keep(hidden: batch.hidden)
        if let sums = batch.sums { try keep(sums) }
        let addAlert = try statement(.addAlert)
        var numbers: [Int64?] = []
        var outbox = Outbox()
        for alert in batch.alerts {
            let episode: Value = try number(of: alert.episode).map { .integer($0) } ?? .null
            var values: [Value] = [
                .id(alert.id), episode, .moment(alert.made), .count(Int(alert.severity.rawValue)), .bytes(alert.bytes),
                .integer(0),
            ]
            try run(addAlert, values)
            if changes == 0,
                let issue = try first(.nextIssue, episode, .id(alert.id), .text(alert.id.text), read: { $0.integer(0) })
            {
                values[5] = .integer(issue)
                try run(addAlert, values)
            }
            let number = changes > 0 ? lastNumber : nil
            numbers.append(number)
            guard let number else { continue }
            if alert.manner == .releasing { try run(.release, episode, .moment(alert.made)) }
            var wait = Moment.unknown
            if alert.manner == .following {
                wait = try first(.wait, episode, .moment(alert.made)) { $0.moment(0) } ?? wait
            }
            for var delivery in alert.deliveries {
                if !delivery.due.isKnown { delivery.due = wait }
                try outbox.add(number, delivery, to: self)
            }
        }
        try outbox.close(self)
        return numbers
    }
}
