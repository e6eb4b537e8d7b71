import ArgumentParser
import Classifier
import Clinical
import Emitter
import Store

/// Somebody takes notice of an episode.
struct AlertsAck: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ack",
        abstract: "Take notice of an episode; it speaks again all the same when it worsens.",
        discussion: """
            Example:
              toxwatch alerts ack $ID --state state.db --by 'A. Nurse' --note 'called, comes in today'
            """)

    @OptionGroup var path: State.PathOption
    @OptionGroup var asked: EpisodeArgument
    @OptionGroup var staff: StaffOption

    @Option(help: ArgumentHelp("In your own words.", valueName: "TEXT"))
    var note = ""

    func run() throws {
        try State.record(path, staff) { reader throws(ExitStatus) in
            .acknowledge(episode: try asked.episode(in: reader, path.state).id, note: note)
        }
    }
}

/// An episode is dealt with.
struct AlertsClose: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "close",
        abstract: "Say that an episode is dealt with, and what came of it.",
        discussion: """
            Example:
              toxwatch alerts close $ID --state state.db --by 'A. Nurse' --outcome acted --note 'steroids begun'
            """)

    @OptionGroup var path: State.PathOption
    @OptionGroup var asked: EpisodeArgument
    @OptionGroup var staff: StaffOption

    @Option(
        help: ArgumentHelp(
            "What came of it: \(Outcome.allCases.map(\.rawValue).joined(separator: ", ")).", valueName: "OUTCOME"))
    var outcome: String

    @Option(help: ArgumentHelp("In your own words.", valueName: "TEXT"))
    var note: String

    func validate() throws {
        guard Outcome(rawValue: outcome) == nil else { return }
        throw ValidationError(
            InputOptions.unknown("outcome", outcome, Outcome.allCases.map(\.rawValue), option: "--outcome"))
    }

    func run() throws {
        guard let found = Outcome(rawValue: outcome) else { return }
        try State.record(path, staff) { reader throws(ExitStatus) in
            .close(episode: try asked.episode(in: reader, path.state).id, found, note: note)
        }
    }
}

/// Alerts of a patient or a rule are held back for a time.
struct AlertsSilence: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "silence",
        abstract: "Hold back the alerts of a patient or a rule for a time; what worsens speaks all the same.",
        discussion: """
            Example:
              toxwatch alerts silence --patient P-404 --for 8h --state state.db --by 'A. Nurse' --reason 'on the ward'
            """)

    @OptionGroup var path: State.PathOption
    @OptionGroup var configOption: ConfigOption
    @OptionGroup var staff: StaffOption

    @Option(help: ArgumentHelp("The patient.", valueName: "PATIENT"))
    var patient: String?

    @Option(help: ArgumentHelp("The rule, as alerts name it.", valueName: "RULE"))
    var rule: String?

    @Option(name: .customLong("for"), help: ArgumentHelp("For how long, such as 8h.", valueName: "SPAN"))
    var span: String

    @Option(help: ArgumentHelp("Why.", valueName: "TEXT"))
    var reason: String

    func run() throws {
        let silenced: StaffAct.Silenced
        switch (patient, rule) {
        case (let patient?, nil): silenced = .patient(Array(patient.utf8))
        case (nil, let rule?): silenced = .rule(rule)
        default:
            Diagnostics.say("a silence is of a patient or of a rule: give one of --patient and --rule")
            throw ExitStatus.usage
        }
        let minutes = try allowedMinutes()
        try State.record(path, staff) { reader throws(ExitStatus) in
            let rules = try State.reporting { () throws(StateError) in try reader.ruleNames() }
            if let rule, let rules, !rules.contains(rule) {
                Diagnostics.say(InputOptions.unknown("rule", rule, rules, option: "--rule"))
                throw .usage
            }
            let until = Moment(milliseconds: staff.time.clock.now.milliseconds + Int64(minutes) * 60_000)
            return .silence(silenced, until: until, reason: reason)
        }
    }

    private func allowedMinutes() throws -> Int {
        let longest = try Settings.load(configOption.config).pack.longestSilence
        guard let minutes = TimeSpan(span)?.minutes, minutes > 0 else {
            Diagnostics.say("'\(span)' is not a span of time; write it as 30m, 8h or 1d")
            throw ExitStatus.usage
        }
        guard minutes <= longest else {
            Diagnostics.say(
                longest == 0
                    ? "the pack allows no silence: its front page has no 'silences' with a 'longest'"
                    : "'\(span)' is longer than the pack allows, \(longest / 60)h \(longest % 60)m at most")
            throw ExitStatus.usage
        }
        return minutes
    }
}

/// Staff found what toxwatch should have called for.
struct AlertsMissed: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "missed",
        abstract: "Record that staff found what toxwatch should have called for.",
        discussion: """
            Example:
              toxwatch alerts missed P-404 --state state.db --by 'A. Nurse' --note 'colitis found on the ward'
            """)

    @Argument(help: ArgumentHelp("The patient's id.", valueName: "PATIENT"))
    var patient: String

    @OptionGroup var path: State.PathOption
    @OptionGroup var staff: StaffOption

    @Option(help: ArgumentHelp("In your own words.", valueName: "TEXT"))
    var note: String

    func run() throws {
        try State.record(path, staff) { _ throws(ExitStatus) in .missed(patient: Array(patient.utf8), note: note) }
    }
}

/// Who did what, and whether the log of it is whole.
struct AlertsAudit: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "The audit log; with --verify whether it is what was written, 74 when not.",
        discussion: """
            Example:
              toxwatch alerts audit --verify --state state.db
            """)

    @OptionGroup var path: State.PathOption

    @Flag(help: "Only say whether the log is what was written.")
    var verify = false

    func run() throws {
        let reader = try State.reporting { () throws(StateError) in try StateReader(path.state) }
        if verify {
            let finding = try State.reporting { () throws(StateError) in try reader.verifyAudit() }
            guard case .intact = finding else {
                Diagnostics.say("\(path.state): \(finding.message)")
                throw ExitStatus.inputOutput
            }
            try State.write("\(path.state): \(finding.message)")
            return
        }
        let log = try State.reporting { () throws(StateError) in try reader.auditLog() }
        let table = EpisodeTable(zone: .utc)
        var buffer = OutputBuffer()
        for entry in log {
            let words = [table.text(entry.at), entry.by, entry.deed, entry.subject, entry.detail]
            buffer.append(visible: words.joined(separator: "  "))
            buffer.append("\n")
        }
        try State.write(&buffer)
    }
}

extension State {
    /// Keeps what somebody did.
    fileprivate static func record(
        _ path: PathOption, _ staff: StaffOption, _ deed: (StateReader) throws(ExitStatus) -> StaffAct.Deed
    ) throws(ExitStatus) {
        let desk = try reporting { () throws(StateError) in try StaffDesk(path.state) }
        let act = StaffAct(try deed(desk.reader), by: staff.by, at: staff.time.clock.now)
        _ = try reporting { () throws(StateError) in try desk.record(act) }
    }
}
