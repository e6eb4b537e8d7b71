import Clinical

/// What one rule, or the triage of one finding, makes of one report under one component.
struct Outcome: Sendable {
    /// The rule's word in alerts: its id, or `grade:<term>`.
    var rule: PackText
    var severity: Severity
    var concern: Int
    /// The component that drove it.
    var node: Int
    /// Minutes, when shorter than the severity's own; 0 for none.
    var respondWithin: Int32
    /// Place in the pack's `rules`; -1 for triage.
    var ruleIndex: Int
    /// Place in the report's findings that it leans on; -1 for none.
    var finding: Int
    var source: PackText
    /// The reports that a rule leans on; the report at hand alone, when empty.
    var grounds: [Ground] = []
    /// The same reports as an alert shows them, once it is known that there will be one.
    var witnesses: [Witness] = []
    /// The report of this event that it comes from: a code may be about several terms.
    var report: Int

    /// Whether this one leads before another of the same concern: the more severe, then a rule of its own before triage,
    /// then the higher grade.
    func leads(_ other: Outcome) -> Bool {
        if severity != other.severity { return severity > other.severity }
        return (ruleIndex >= 0 ? 1 : 0) > (other.ruleIndex >= 0 ? 1 : 0)
    }
}
