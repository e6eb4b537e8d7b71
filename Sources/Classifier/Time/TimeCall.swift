import Clinical

/// An alert that time makes, before it is written down.
struct TimeCall: Sendable {
    /// When it fell due, in milliseconds; of a silence that a report ends, when that was observed.
    var time: Int64
    var isDate = false
    var transition: Transition
    var severity: Severity
    var previous: Severity?
    var episode: StableID
    var concern: Int
    /// Empty where it is about a feed.
    var patient: [UInt8]
    /// The rule that found it, by its place in the pack; -1 for none.
    var ruleIndex = -1
    /// Of an episode: the grading that leads, -1 for none.
    var grading = -1
    /// Of an episode: the term that leads, -1 for none.
    var term = -1
    /// Of an episode: what led when its report came; nil where nobody knows any more.
    var made: Outcome?
    /// The component that the patient is on.
    var node = TherapyTree.root
    /// For how long nothing came, in minutes.
    var span = 0
    /// Why nothing more is awaited; nil where something is.
    var status: Roster.Status?
    /// The report that ended a silence; empty for none.
    var event: ArraySlice<UInt8> = []

    init(
        time: Int64, transition: Transition, severity: Severity, previous: Severity?, episode: StableID, concern: Int,
        patient: [UInt8]
    ) {
        self.time = time
        self.transition = transition
        self.severity = severity
        self.previous = previous
        self.episode = episode
        self.concern = concern
        self.patient = patient
    }

    /// That a silence is over.
    init(ending mark: TimeMark, at time: Int64, _ patient: [UInt8]) {
        self.init(
            time: time, transition: .resolved, severity: .none, previous: mark.severity, episode: mark.episode,
            concern: Int(mark.concern), patient: patient)
        ruleIndex = Int(mark.rule)
        span = mark.span
    }

    /// Takes over what leads in an episode.
    mutating func set(_ standing: Episode.Standing) {
        ruleIndex = standing.rule ?? -1
        grading = Int(standing.grading)
        term = standing.terms.all.first.map { Int($0) } ?? -1
    }

    /// Whether it is about an episode that reports made.
    var isAboutTerm: Bool { term >= 0 }
}
