import Clinical

/// A report that a rule leans on, with what an alert shows of it.
struct Witness: Sendable {
    var term: Int
    var time: Moment
    /// Its highest proven grade, else the highest that stayed possible; nil when nothing was asked.
    var finding: Finding?
    /// The report's id.
    var event: [UInt8]
    /// Its answers, as an alert shows them.
    var answers: [Answer]
    /// For want of what the finding has no grade, or may have a higher one; empty when it is fully graded.
    var reason: [UInt8]

    /// One answer of the report.
    struct Answer: Sendable {
        var attribute: [UInt8]
        var value: [UInt8]
        var unit: [UInt8]
    }
}
