/// The sums of a run: nothing that came in is missing from them.
///
/// records = events + rejects; events = graded + ungradable + unmatched + repeats + late + cancelled.
package struct RunTally: Sendable, Equatable {
    package var rejects = 0
    package var graded = 0
    package var ungradable = 0
    package var unmatched = 0
    package var repeats = 0
    package var late = 0
    package var cancelled = 0
    /// Records that a source mapping leaves out by its own rules; not among `records`.
    package var skipped = 0
    /// Alerts by severity, indexed by `Severity.rawValue`.
    package var alerts = [Int](repeating: 0, count: Severity.allCases.count)
    /// Patients that had at least one event.
    package var patients = 0

    package init() {}

    package var events: Int { graded + ungradable + unmatched + repeats + late + cancelled }
    package var records: Int { events + rejects }
}
