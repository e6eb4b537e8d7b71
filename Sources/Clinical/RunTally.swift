/// The sums of a run: nothing that came in is missing from them.
///
/// records = events + rejects; events = graded + ungradable + unmatched + repeats + late + cancelled.
package struct RunTally: Sendable, Equatable {
    /// Records that could not be read.
    package var rejects = 0
    /// Events with at least one grade.
    package var graded = 0
    /// Events that the pack watches but that lack what their criteria need.
    package var ungradable = 0
    /// Events whose code the pack does not watch.
    package var unmatched = 0
    /// Events that had come before.
    package var repeats = 0
    /// Events older than what is remembered.
    package var late = 0
    /// Events that were withdrawn.
    package var cancelled = 0
    /// Records that a source mapping leaves out by its own rules; not among `records`.
    package var skipped = 0
    /// Alerts by severity, indexed by `Severity.rawValue`.
    package var alerts = [Int](repeating: 0, count: Severity.allCases.count)
    /// Patients that had at least one event.
    package var patients = 0

    package init() {}

    /// All that were read.
    package var events: Int { graded + ungradable + unmatched + repeats + late + cancelled }
    /// All that came.
    package var records: Int { events + rejects }
}
