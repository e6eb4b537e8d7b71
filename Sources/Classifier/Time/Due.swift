import Clinical

/// Something that time makes of a patient at one instant, unless a report comes before.
struct Due: Sendable {
    enum Matter: Sendable {
        /// An episode, by its place, of which nothing was reported.
        case stale(Int)
        /// An episode, by its place, whose patient died.
        case closed(Int)
        case silent(Silence)
        /// A silence, by the place of its mark, that the roster explains.
        case explained(Int)
    }

    /// What a rule says of a patient of whom nothing came.
    struct Silence: Sendable {
        var rule: Int
        /// The component that drove it.
        var node: Int
        var severity: Severity
        /// When the last report was observed, in milliseconds.
        var since: Int64
    }

    /// In milliseconds.
    var time: Int64
    var matter: Matter
    /// It waits until the patient's feed speaks again.
    var isHeld = false
}
