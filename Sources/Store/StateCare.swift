package import Clinical

/// What was taken out of a state.
package struct Removed: Sendable, Equatable {
    /// Patients' memories.
    package var patients = 0
    /// Episodes with their alerts.
    package var episodes = 0
    /// Alerts.
    package var alerts = 0
    /// Acts of staff.
    package var acts = 0
    /// Runs of the ledger.
    package var runs = 0
}

extension RunState {
    /// Removes what is older than an instant, and notes it in the audit log.
    ///
    /// What stays: open episodes with all that belongs to them, what is not written yet, silences that still hold, and
    /// the audit log. A patient not heard of since then is forgotten, unless an episode is open.
    package func prune(before: Moment, by: String, at now: Moment) throws(StateError) -> Removed {
        try database.transaction { () throws(StateError) -> Removed in
            try checkFolded()
            var removed = Removed()
            removed.alerts = try remove(.pruneAlerts, .moment(before))
            removed.episodes = try remove(.pruneEpisodes, .moment(before))
            removed.acts = try remove(.pruneActs, .moment(before))
            removed.patients = try remove(.prunePatients, .moment(before))
            removed.runs = try remove(.pruneRuns, .moment(before))
            var day: [UInt8] = []
            RFC3339.append(before, to: &day)
            try database.audit(
                AuditEntry(
                    at: now, by: by, deed: "prune", subject: "before \(String(decoding: day, as: UTF8.self))",
                    detail: removed.words))
            return removed
        }
    }

    /// Removes the alerts that were made before an instant, that are written, and whose episode is over.
    ///
    /// For runs to call, each time: nothing is noted, as nobody asked for it.
    ///
    /// - Returns: how many.
    package func pruneAlerts(before: Moment) throws(StateError) -> Int {
        try database.transaction { () throws(StateError) in try remove(.pruneAlerts, .moment(before)) }
    }

    /// Removes all of a patient, so that no byte of it is left in the file; the audit log keeps a pseudonym.
    ///
    /// The file is written anew, for which the disk needs as much room again.
    ///
    /// - Throws: `.busy` when all is removed, but a reader goes on with what it saw before: then try again.
    package func forget(_ patient: [UInt8], by: String, at now: Moment) throws(StateError) -> Removed {
        let removed = try database.transaction { () throws(StateError) -> Removed in
            try checkFolded()
            var removed = Removed()
            let alerts = try database.all(.alertsOfPatient, .bytes(patient)) { $0.integer(0) }
            for target in try database.all(.outboxTargets, read: { $0.text(0) }) {
                try database.takeOut(alerts, of: target)
            }
            removed.acts = try remove(.forgetActs, .bytes(patient))
            removed.alerts = try remove(.forgetAlerts, .bytes(patient))
            removed.episodes = try remove(.forgetEpisodes, .bytes(patient))
            removed.patients = try remove(.forgetMemory, .bytes(patient))
            try database.audit(
                AuditEntry(
                    at: now, by: by, deed: "forget", subject: "patient \(try database.pseudonym(of: patient))",
                    detail: removed.words))
            return removed
        }
        try database.execute("VACUUM")
        let isBusy = try database.first(.emptyLog) { $0.flag(0) }
        if isBusy == true { throw StateError(database.path, .busy) }
        return removed
    }

    private func remove(_ query: Query, _ value: Value) throws(StateError) -> Int {
        database.episodeNumbers.removeAll()
        try database.run(query, value)
        return database.changes
    }

    /// A batch that is not folded could bring back what is removed.
    private func checkFolded() throws(StateError) {
        if try database.journalSize().batches > 0 { throw StateError(database.path, .unfoldedJournal) }
    }
}

extension Removed {
    /// `patients 1, episodes 2, alerts 5, acts 1, runs 0`
    package var words: String {
        "patients \(patients), episodes \(episodes), alerts \(alerts), acts \(acts), runs \(runs)"
    }
}
