package import Clinical

/// The sums of a run, for people, on stderr.
///
/// ```
/// toxwatch: read feed.ndjson
/// toxwatch: records 1204 = events 1200 + rejects 4
/// toxwatch: events 1200 = graded 1100 + ungradable 20 + unmatched 60 + repeats 18 + late 0 + cancelled 2
/// toxwatch: alerts 37 = emergency 1 + urgent 6 + soon 10 + routine 18 + none 2
/// toxwatch: patients 51
/// toxwatch: unmatched codes: loinc|1234-5 40, foo 20
/// ```
/// Records that a mapping left out by its own rules have a line of their own when there are any. Alerts and patients
/// are told only of runs that make alerts.
package struct RunSummary: Sendable {
    /// The sums themselves.
    package var tally: RunTally
    /// The names of what was read.
    package var inputs: [String]
    /// Whether the run makes alerts and remembers patients.
    package var makesAlerts: Bool
    /// Codes that the pack does not watch, each with its count, in any order.
    package var unmatchedCodes: [(code: String, count: Int)]

    /// How many of the unmatched codes are named; the rest are counted.
    package static let namedCodes = 5

    /// A summary of a run; no inputs mean stdin.
    package init(
        tally: RunTally, inputs: [String], makesAlerts: Bool, unmatchedCodes: [(code: String, count: Int)] = []
    ) {
        self.tally = tally
        self.inputs = inputs
        self.makesAlerts = makesAlerts
        self.unmatchedCodes = unmatchedCodes
    }

    /// Appends all lines.
    package func write(to buffer: inout OutputBuffer) {
        line("read \(inputs.isEmpty ? "stdin" : inputs.joined(separator: ", "))", &buffer)
        sum("records", tally.records, [("events", tally.events), ("rejects", tally.rejects)], &buffer)
        let fates = [
            ("graded", tally.graded), ("ungradable", tally.ungradable), ("unmatched", tally.unmatched),
            ("repeats", tally.repeats), ("late", tally.late), ("cancelled", tally.cancelled),
        ]
        sum("events", tally.events, fates, &buffer)
        if makesAlerts {
            let severities = Severity.allCases.reversed().map { ($0.name, tally.alerts[Int($0.rawValue)]) }
            sum("alerts", tally.alerts.reduce(0, +), severities, &buffer)
            line("patients \(tally.patients)", &buffer)
        }
        if tally.skipped > 0 { line("skipped \(tally.skipped) by the source mapping, not among the records", &buffer) }
        if !unmatchedCodes.isEmpty { line(codesLine, &buffer) }
    }

    private var codesLine: String {
        let sorted = unmatchedCodes.sorted { ($1.count, $0.code) < ($0.count, $1.code) }
        var parts = sorted.prefix(Self.namedCodes).map { "\($0.code) \($0.count)" }
        let others = sorted.dropFirst(Self.namedCodes)
        if !others.isEmpty { parts.append("\(others.count) other codes \(others.reduce(0) { $0 + $1.count })") }
        return "unmatched codes: " + parts.joined(separator: ", ")
    }

    private func sum(_ whole: String, _ total: Int, _ parts: [(String, Int)], _ buffer: inout OutputBuffer) {
        line("\(whole) \(total) = " + parts.map { "\($0.0) \($0.1)" }.joined(separator: " + "), &buffer)
    }

    // A line feed in a name or code must not make a line of its own.
    private func line(_ text: String, _ buffer: inout OutputBuffer) {
        buffer.append("toxwatch: ")
        buffer.append(visible: text)
        buffer.append("\n")
    }
}
