import Clinical

/// What a rule is asked: one report, at its place among all that is known of the patient.
struct Inquiry: Sendable {
    /// The report at hand.
    let report: Report
    /// All reports of the same time; `report` is one of them.
    let reports: [Report]
    let past: Past
    /// What triage and the other rules made of these reports.
    let outcomes: [Outcome]
    let pack: CompiledPack

    var time: Moment { report.event.time }
}

/// That a rule fired, and the reports it leans on.
struct Firing: Sendable {
    /// The report at hand alone, when empty.
    var grounds: [Ground] = []
}

/// A report that a rule leans on.
enum Ground: Sendable, Equatable {
    /// Of the same time, by its place in `Inquiry.reports`.
    case atHand(Int)
    /// An earlier one, by its place in the past, and the term that it is asked about.
    case past(Int, term: Int)
}

extension Inquiry {
    /// The report at hand.
    var ground: Ground { .atHand(reports.firstIndex { $0.term == report.term && $0.member == report.member } ?? 0) }
}
