import Clinical

/// Finding out whose database it is before anything in it changes, and bringing it up to date.
extension Database {
    /// Sees to it that it is ours, or still empty, and of no schema that is not known.
    func checkOwner(known: Int) throws(StateError) {
        let found = try schemaVersion()
        if try isEmpty() { return }
        let owner = try first(.applicationID) { $0.integer(0) }
        guard owner == Schema.applicationID else { throw StateError(path, .notOurs) }
        guard found <= known else { throw StateError(path, .newerSchema(found: found, known: known)) }
    }

    /// Sees to it that it can be used as it is, without being brought up to date.
    func checkCurrent(known: Int = Schema.steps.count) throws(StateError) {
        try checkOwner(known: known)
        if try isEmpty() { throw StateError(path, .missing) }
        let found = try schemaVersion()
        guard found == known else { throw StateError(path, .olderSchema(found: found, known: known)) }
        try setUp()
    }

    /// Settings of a run's connection. A commit returns when the disk has it.
    func prepareForRuns() throws(StateError) {
        // Holds for a file that is made now: most of what is written are alerts, which fill pages of this size well.
        try execute("PRAGMA page_size = 16384; PRAGMA journal_mode = WAL")
        try execute("PRAGMA wal_autocheckpoint = 4000; PRAGMA journal_size_limit = 67108864")
        try setUp()
    }

    /// Settings of every connection: schemas that were tampered with run no functions, and damage is found early.
    private func setUp() throws(StateError) {
        try execute(
            "PRAGMA synchronous = FULL; PRAGMA cache_size = -65536; PRAGMA secure_delete = OFF;"
                + "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON")
    }

    /// Does the schema steps that were not done yet, all or none, and notes them in the audit log.
    func migrate(_ steps: [String], at now: Moment, by: String) throws(StateError) {
        guard try schemaVersion() < steps.count else { return }
        try transaction { () throws(StateError) in
            let found = try schemaVersion()
            guard found < steps.count else { return }
            for step in steps[found...] { try execute(step) }
            try execute("PRAGMA application_id = \(Schema.applicationID); PRAGMA user_version = \(steps.count)")
            try audit(
                AuditEntry(
                    at: now, by: by, deed: found == 0 ? "create" : "migrate", subject: "state",
                    detail: "version \(found) to \(steps.count)"))
        }
    }

    private func schemaVersion() throws(StateError) -> Int { try first(.schemaVersion) { $0.count(0) } ?? 0 }

    private func isEmpty() throws(StateError) -> Bool {
        let tables = try first(.tableCount) { $0.count(0) } ?? 0
        let owner = try first(.applicationID) { $0.integer(0) } ?? 0
        return tables == 0 && owner == 0
    }
}
