package import Clinical

/// A run as the ledger keeps it.
package struct RunEntry: Sendable, Equatable {
    /// Its place in the ledger, from 1.
    package var number: Int64
    /// When it started, by the run's clock.
    package var started: Moment
    /// When it ended; unknown while it runs, and when it died.
    package var ended: Moment
    /// The command's name.
    package var command: String
    /// The pack's number.
    package var pack: String
    /// The names of its inputs.
    package var feeds: String
    /// Its sums, as of its last batch.
    package var sums: RunSums
}

/// The sums of a run, for the ledger.
package struct RunSums: Sendable, Equatable {
    /// Which run, by its number in the ledger.
    package var run: Int64
    /// What came in, and the alerts that it gave.
    package var tally: RunTally
    /// Alerts that a silence hid.
    package var silenced = 0
    /// Alerts that quiet hours held back.
    package var quieted = 0

    package init(run: Int64, tally: RunTally) {
        self.run = run
        self.tally = tally
    }
}

extension RunState {
    /// Notes that a run begins, and in the audit log when it does so under another pack than the last one.
    ///
    /// It is on the disk with the run's first batch at the latest.
    ///
    /// - Returns: the run's number, for its sums and its end.
    /// - Throws: `.refused` for a prime when a run has called staff already.
    package func begin(
        _ command: String, at started: Moment, pack: String, feeds: [String]
    ) throws(StateError) -> Int64 {
        try database.transaction(.withTheNext) { () throws(StateError) -> Int64 in
            if command == RunEntry.primeCommand { try notePrime(at: started) }
            let last = try database.first(.lastPack) { $0.text(0) }
            if last != pack {
                try database.audit(
                    AuditEntry(
                        at: started, by: command, deed: "pack", subject: "pack \(pack)",
                        detail: last.map { "instead of \($0)" } ?? "the first"))
            }
            try database.run(
                .beginRun, .moment(started), .text(command), .text(pack), .text(feeds.joined(separator: "\n")))
            return database.lastNumber
        }
    }

    /// Notes that a run under way goes on under another pack.
    package func changePack(to pack: String, from last: String, at now: Moment) throws(StateError) {
        try database.transaction { () throws(StateError) in
            try database.audit(
                AuditEntry(
                    at: now, by: "run", deed: "pack", subject: "pack \(pack)", detail: "instead of \(last)"))
        }
    }

    /// Notes that a run ended in order, with its last sums.
    package func end(_ sums: RunSums, at ended: Moment) throws(StateError) {
        try database.transaction(.withTheNext) { () throws(StateError) in
            try database.keep(sums)
            try database.run(.endRun, .integer(sums.run), .moment(ended))
        }
    }
}

extension Database {
    /// Keeps a run's sums, inside a transaction.
    func keep(_ sums: RunSums) throws(StateError) {
        let tally = sums.tally
        func alerts(_ severity: Severity) -> Value {
            let place = Int(severity.rawValue)
            return .count(tally.alerts.indices.contains(place) ? tally.alerts[place] : 0)
        }
        try run(
            .keepSums, .integer(sums.run), .count(tally.records), .count(tally.events), .count(tally.rejects),
            .count(tally.graded), .count(tally.ungradable), .count(tally.unmatched), .count(tally.repeats),
            .count(tally.late), .count(tally.cancelled), .count(tally.skipped), .count(tally.patients),
            alerts(.emergency), alerts(.urgent), alerts(.soon), alerts(.routine), alerts(.none),
            .count(sums.silenced), .count(sums.quieted))
    }
}

extension RunEntry {
    init(row: Row) {
        var tally = RunTally()
        tally.rejects = row.count(6)
        tally.graded = row.count(7)
        tally.ungradable = row.count(8)
        tally.unmatched = row.count(9)
        tally.repeats = row.count(10)
        tally.late = row.count(11)
        tally.cancelled = row.count(12)
        tally.skipped = row.count(13)
        tally.patients = row.count(14)
        for (offset, severity) in [Severity.emergency, .urgent, .soon, .routine, .none].enumerated() {
            tally.alerts[Int(severity.rawValue)] = row.count(Int32(15 + offset))
        }
        var sums = RunSums(run: row.integer(0), tally: tally)
        sums.silenced = row.count(20)
        sums.quieted = row.count(21)
        self.init(
            number: row.integer(0), started: row.moment(1), ended: row.moment(2), command: row.text(3),
            pack: row.text(4), feeds: row.text(5), sums: sums)
    }
}
