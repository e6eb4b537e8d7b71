package import Clinical

/// What `status` counts in a state.
extension StateReader {
    /// How many episodes of one severity stand open, and how; test patients are left out.
    package struct OpenCount: Sendable, Equatable {
        /// All that are open.
        package var open = 0
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
                    open: row.count(1), stale: row.count(2), unacknowledged: row.count(3))
            )
        }
        return Dictionary(rows) { first, _ in first }
    }

    /// The patients of whom an episode is open that one of these rules led last; test patients are left out.
    package func openPatients(ofRules rules: Set<String>) throws(StateError) -> Int {
        var patients: Set<[UInt8]> = []
        for rule in rules { patients.formUnion(try database.all(.openPatients, .text(rule)) { $0.bytes(0) }) }
        return patients.count
    }

    /// How many alerts are due and not known to be written, and since when the oldest of them is due.
    package func outbox(at now: Moment) throws(StateError) -> (alerts: Int, oldest: Moment) {
        try database.first(.outboxSize, .moment(now)) { ($0.count(0), $0.moment(1)) } ?? (0, .unknown)
    }

    /// What was kept beside patients under a name; nil for nothing.
    package func shared(_ name: String) throws(StateError) -> [UInt8]? {
        try database.first(.shared, .text(name)) { $0.bytes(0) }
    }

    /// How many alerts were due before an instant and are not known to be written.
    ///
    /// As of when a run began these are parked: the run did not write them, for it has no such output, or that failed.
    package func parked(before instant: Moment) throws(StateError) -> Int {
        try database.first(.parked, .moment(instant)) { $0.count(0) } ?? 0
    }

    /// What was kept of a patient at the last checkpoint; nil for one not known then.
    package func memory(of patient: [UInt8]) throws(StateError) -> [UInt8]? {
        try database.first(.memory, .bytes(patient)) { $0.bytes(0) }
    }
}
