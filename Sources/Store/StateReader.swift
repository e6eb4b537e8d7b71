package import Clinical

/// What people and `status` ask of a state, without loading a patient: each answer is as of the last commit.
package struct StateReader {
    let database: Database

    /// Opens a state that is there and up to date, for reading; a run may go on beside it.
    package init(_ path: String) throws(StateError) {
        let location = try StateLocation(path)
        guard location.exists else { throw StateError(path, .missing) }
        database = try Database(location, .read)
        try database.checkCurrent()
    }

    init(database: Database) { self.database = database }

    /// Which episodes to list.
    package struct Choice: Sendable {
        /// Only those that somebody may still have to answer.
        package var isOpen = true
        /// Only these and more severe ones.
        package var severity: Severity?
        /// Only those that this therapy drove.
        package var therapy: String?
        /// Only those of one patient.
        package var patient: [UInt8]?
        /// Only those that nobody answered in time.
        package var isOverdue = false

        package init() {}
    }

    /// Episodes, open ones first, then the most severe, then those that must be answered soonest.
    package func episodes(_ choice: Choice = Choice()) throws(StateError) -> [EpisodeEntry] {
        let severity: Value = choice.severity.map { .count(Int($0.rawValue)) } ?? .null
        if choice.isOpen, choice.patient == nil {
            return try database.all(
                .openEpisodes, severity, .optional(choice.therapy), .flag(choice.isOverdue), read: EpisodeEntry.init)
        }
        return try database.all(
            .episodes, .flag(choice.isOpen), severity, .optional(choice.therapy), .optional(choice.patient),
            .flag(choice.isOverdue), read: EpisodeEntry.init)
    }

    /// One episode, by its own id or that of one of its alerts; nil for an unknown one.
    package func episode(_ id: StableID) throws(StateError) -> EpisodeEntry? {
        if let named = try known(id) { return named }
        // Nothing but a look through all of them finds an alert: people ask for one at a time.
        guard let named = try database.first(.episodeOfAlert, .id(id), read: { $0.id(0) }) else { return nil }
        return try known(named)
    }

    private func known(_ episode: StableID) throws(StateError) -> EpisodeEntry? {
        try database.first(.episode, .id(episode), read: EpisodeEntry.init)
    }

    /// All that was said of an episode, oldest first.
    package func timeline(of episode: StableID) throws(StateError) -> [(alert: StableID, made: Moment, bytes: [UInt8])]
    {
        try database.all(.alertsOfEpisode, .id(episode)) { ($0.id(0), $0.moment(1), $0.bytes(2)) }
    }

    /// What staff did after the act of that number, 0 for all, in order.
    package func acts(after number: Int64) throws(StateError) -> [ActEntry] {
        try database.all(.acts, .integer(number), read: ActEntry.init).compactMap { $0 }
    }

    /// What staff did about an episode, in order.
    package func acts(of episode: StableID) throws(StateError) -> [ActEntry] {
        try database.all(.actsOfEpisode, .id(episode), read: ActEntry.init).compactMap { $0 }
    }

    /// The silences that hold at an instant.
    package func silences(at now: Moment) throws(StateError) -> [ActEntry] {
        try database.all(.silences, .moment(now), read: ActEntry.init).compactMap { $0 }
    }

    /// How many episodes of one severity stand open, and how; test patients are left out.
    package struct OpenCount: Sendable, Equatable {
        /// All that are open.
        package var open = 0
        /// Those that nobody answered in time.
        package var overdue = 0
        /// Those without a report for too long.
        package var stale = 0
        /// Those that nobody took notice of.
        package var unacknowledged = 0
    }

    /// What stands open, by severity; a severity without any is absent.
    package func openCounts() throws(StateError) -> [Severity: OpenCount] {
        let rows = try database.all(.openCounts) { row in
            (
                Severity(rawValue: UInt8(clamping: row.count(0))) ?? .emergency,
                OpenCount(
                    open: row.count(1), overdue: row.count(2), stale: row.count(3), unacknowledged: row.count(4))
            )
        }
        return Dictionary(rows) { first, _ in first }
    }

    /// How many alerts are due and not known to be written, and when the oldest of them was made.
    package func outbox(at now: Moment) throws(StateError) -> (alerts: Int, oldest: Moment) {
        try database.first(.outboxSize, .moment(now)) { ($0.count(0), $0.moment(1)) } ?? (0, .unknown)
    }

    /// What was kept beside patients under a name; nil for nothing.
    package func shared(_ name: String) throws(StateError) -> [UInt8]? {
        try database.first(.shared, .text(name)) { $0.bytes(0) }
    }

    /// The runs that started then or later, in order.
    package func runs(since: Moment) throws(StateError) -> [RunEntry] {
        try database.all(.runs, .integer(since.milliseconds), read: RunEntry.init)
    }

    /// The run that started last; nil before the first.
    package func lastRun() throws(StateError) -> RunEntry? {
        try database.first(.lastRun, read: RunEntry.init)
    }

    /// The audit log, in order.
    package func auditLog() throws(StateError) -> [AuditEntry] {
        try database.all(.audit, read: AuditEntry.init)
    }

    /// Whether the audit log is what was written.
    package func verifyAudit() throws(StateError) -> AuditFinding { try database.verifyAudit() }
}
