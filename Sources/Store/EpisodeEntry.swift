package import Clinical

/// What people see of an episode without its patient's memory: how it stands, and who answered.
package struct EpisodeEntry: Sendable, Equatable {
    /// The same for all alerts of the episode.
    package var id: StableID
    /// The patient's id as it came in.
    package var patient: [UInt8]
    /// What one call to the patient would cover.
    package var concern: String
    /// How severe it is now.
    package var severity: Severity
    /// The component that drove the last alert.
    package var therapy: String
    /// The rule that led the last alert.
    package var rule: String
    /// What became of it last.
    package var transition: Transition
    /// When it opened, and when its last report was observed.
    package var opened = Moment.unknown
    /// When its last report was observed.
    package var last = Moment.unknown
    /// By when somebody must answer.
    package var respondBy = Moment.unknown
    /// By when somebody must answer, counted from when the call was first written. Not read back.
    package var answerBy = Moment.unknown
    /// No report came for too long.
    package var isStale = false
    /// Nobody answered in time.
    package var isOverdue = false
    /// Of a test patient; status does not count it.
    package var isTest = false
    /// The pack of the last run has no rule of this name; nobody but staff will close it. Not kept, but found when it is
    /// read.
    package internal(set) var isOrphaned = false
    /// It got worse, so that an earlier acknowledgement is none any more. Read back it is always false.
    package var callsAgain = false
    /// It calls, so that it is open again if staff had closed it. Read back it is always false.
    package var calls = false
    /// A report made it so, which the fold remembers. Read back it is always false.
    package var isByReport = false
    /// What time made of it, which leaves rule and therapy as reports made them. Read back it is always false.
    package var isByTime = false

    /// Who took notice; nil when nobody did, or when it has called again since. Written by staff only.
    package internal(set) var acknowledged: StaffNote?
    /// Who closed it, and with what outcome; nil when nobody did. Written by staff only.
    package internal(set) var closed: (note: StaffNote, outcome: Outcome)? {
        get { closedNote.flatMap { note in closedOutcome.map { (note, $0) } } }
        set { (closedNote, closedOutcome) = (newValue?.note, newValue?.outcome) }
    }
    private var closedNote: StaffNote?
    private var closedOutcome: Outcome?

    package init(
        id: StableID, patient: [UInt8], concern: String, severity: Severity, therapy: String, rule: String,
        transition: Transition
    ) {
        self.id = id
        self.patient = patient
        self.concern = concern
        self.severity = severity
        self.therapy = therapy
        self.rule = rule
        self.transition = transition
    }

    /// Whether somebody may still have to do something about it.
    package var isOpen: Bool { closedNote == nil && transition != .resolved && transition != .retracted }

    init(row: Row) {
        self.init(
            id: row.id(0), patient: row.bytes(1), concern: row.text(2),
            severity: Severity(rawValue: UInt8(clamping: row.count(3))) ?? .emergency, therapy: row.text(4),
            rule: row.text(5),
            transition: Transition.allCases.first { $0.name == row.text(6) } ?? .opened)
        opened = row.moment(7)
        last = row.moment(8)
        respondBy = row.moment(9)
        isStale = row.flag(10)
        isOverdue = row.flag(11)
        isTest = row.flag(12)
        acknowledged = row.optionalText(13).map { StaffNote(by: $0, at: row.moment(14), text: row.text(15)) }
        closedNote = row.optionalText(16).map { StaffNote(by: $0, at: row.moment(17), text: row.text(18)) }
        closedOutcome = row.optionalText(19).flatMap(Outcome.init(rawValue:))
    }
}

/// Who said what, and when.
package struct StaffNote: Sendable, Equatable {
    /// The name that was given.
    package var by: String
    /// By the clock of the command.
    package var at: Moment
    /// In their own words; may be empty.
    package var text: String
}

/// What came of an episode, as staff found.
package enum Outcome: String, Sendable, CaseIterable {
    /// The patient was treated differently because of it.
    case acted
    /// The patient was advised.
    case advised
    /// Nothing had to be done.
    case noAction = "no_action"
    /// It should not have called.
    case error
}
