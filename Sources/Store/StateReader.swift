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
        /// With `isOverdue`: also those whose time to answer is over by then, told or not.
        package var now = Moment.unknown

        package init() {}
    }

    /// Episodes, open ones first, then the most severe, then those that must be answered soonest.
    package func episodes(_ choice: Choice = Choice()) throws(StateError) -> [EpisodeEntry] {
        let severity: Value = choice.severity.map { .count(Int($0.rawValue)) } ?? .null
        if choice.isOpen, choice.patient == nil {
            return try markingOrphans(
                database.all(
                    .openEpisodes, severity, .optional(choice.therapy), .flag(choice.isOverdue),
                    .moment(choice.now), read: EpisodeEntry.init))
        }
        return try markingOrphans(
            database.all(
                .episodes, .flag(choice.isOpen), severity, .optional(choice.therapy), .optional(choice.patient),
                .flag(choice.isOverdue), .moment(choice.now), read: EpisodeEntry.init))
    }

    /// One episode, by its own id or that of one of its alerts; nil for an unknown one.
    package func episode(_ id: StableID) throws(StateError) -> EpisodeEntry? {
        if let named = try known(id) { return named }
        // Nothing but a look through all of them finds an alert: people ask for one at a time.
        guard let named = try database.first(.episodeOfAlert, .id(id), read: { $0.id(0) }) else { return nil }
        return try known(named)
    }

    private func known(_ episode: StableID) throws(StateError) -> EpisodeEntry? {
        try markingOrphans(database.all(.episode, .id(episode), read: EpisodeEntry.init)).first
    }

    /// Marks those that are open and whose rule the pack of the last run does not have.
    private func markingOrphans(_ episodes: [EpisodeEntry]) throws(StateError) -> [EpisodeEntry] {
        guard !episodes.isEmpty, let names = try ruleNames() else { return episodes }
        let rules = Set(names)
        return episodes.map { episode in
            var episode = episode
            episode.isOrphaned = episode.isOpen && !rules.contains(episode.rule)
            return episode
        }
    }

    /// Whether staff closed an episode, and it has not called since.
    package func isClosed(_ episode: StableID) throws(StateError) -> Bool {
        try database.first(.isClosed, .id(episode)) { $0.flag(0) } ?? false
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
