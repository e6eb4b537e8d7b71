import ArgumentParser
import Classifier
import Clinical
import Emitter
import Store

/// What stands open, the most severe first.
struct AlertsList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "What stands open, the most severe first, then what must be answered soonest.",
        discussion: """
            Example:
              toxwatch alerts list --state state.db --overdue
            """)

    @OptionGroup var path: State.PathOption
    @OptionGroup var configOption: ConfigOption
    @OptionGroup var time: ClockOption

    @Option(help: ArgumentHelp("Only this severity and above.", valueName: "SEVERITY"))
    var severity: String?

    @Option(help: ArgumentHelp("Only what this therapy drove.", valueName: "NAME"))
    var therapy: String?

    @Option(help: ArgumentHelp("Only this patient.", valueName: "PATIENT"))
    var patient: String?

    @Flag(help: "Only what nobody answered in time.")
    var overdue = false

    @Flag(help: "Also what is closed or over.")
    var all = false

    @Option(help: ArgumentHelp("table, or json: an object a line.", valueName: "FORM"))
    var to = AnswerForm.table

    func validate() throws { try Self.check(severity) }

    /// Sees to it that a word for `--severity` is one.
    static func check(_ severity: String?) throws {
        guard let severity, Severity(name: severity) == nil else { return }
        throw ValidationError(
            InputOptions.unknown("severity", severity, Severity.allCases.map(\.name), option: "--severity"))
    }

    func run() throws {
        var choice = StateReader.Choice()
        choice.isOpen = !all
        choice.isOverdue = overdue
        choice.now = time.clock.now
        choice.therapy = therapy
        choice.patient = patient.map { Array($0.utf8) }
        choice.severity = severity.flatMap(Severity.init(name:))
        let asked = choice
        let zone = try Settings.load(configOption.config).pack.zone
        let reader = try State.reporting { () throws(StateError) in try StateReader(path.state) }
        let found = try State.reporting { () throws(StateError) in try reader.episodes(asked) }
        let dayAgo = Moment(milliseconds: time.clock.now.milliseconds - Moment.millisecondsPerDay)
        let silences = try State.reporting { () throws(StateError) in try reader.silences(endingAfter: dayAgo) }
        var buffer = OutputBuffer()
        switch to {
        case .table:
            let table = EpisodeTable(zone: zone)
            table.write(found, to: &buffer)
            table.write(silences.filter(isAskedFor), at: time.clock.now, to: &buffer)
        case .json: for episode in found { buffer.append(json: episode) }
        }
        try State.write(&buffer)
    }
}

extension AlertsList {
    /// Whether a silence may hide what is asked for.
    private func isAskedFor(_ silence: SilenceEntry) -> Bool {
        guard let patient, case .patient(let silenced) = silence.silenced else { return true }
        return silenced == Array(patient.utf8)
    }
}

/// Episodes in aligned columns.
struct EpisodeTable {
    let zone: SiteZone

    private static let heads = [
        "SEVERITY", "PATIENT", "CONCERN", "THERAPY", "RULE", "LAST", "ANSWER BY", "STANDING", "ID",
    ]

    func write(_ episodes: [EpisodeEntry], to buffer: inout OutputBuffer) {
        if episodes.isEmpty { return buffer.append("nothing\n") }
        buffer.append(table: [Self.heads] + episodes.map(cells))
    }

    private func cells(_ episode: EpisodeEntry) -> [String] {
        [
            episode.severity.name, String(decoding: episode.patient, as: UTF8.self), episode.concern, episode.therapy,
            episode.rule, text(episode.last), text(episode.respondBy), Self.standing(of: episode), episode.id.text,
        ]
    }

    /// A moment in the site's zone; a dash for none.
    func text(_ moment: Moment) -> String {
        guard moment.isKnown else { return "-" }
        var buffer = OutputBuffer()
        buffer.append(moment, in: zone)
        return buffer.withBytes { String(decoding: $0, as: UTF8.self) }
    }

    /// How it stands, in a few words.
    static func standing(of episode: EpisodeEntry) -> String {
        var words: [String] = []
        if let closed = episode.closed { words.append("closed by \(closed.note.by): \(closed.outcome.rawValue)") }
        if let seen = episode.acknowledged { words.append("acknowledged by \(seen.by)") }
        if episode.isOverdue { words.append("overdue") }
        if episode.isStale { words.append("stale") }
        if episode.isOrphaned { words.append("orphaned") }
        if episode.isTest { words.append("test") }
        return words.isEmpty ? episode.transition.name : words.joined(separator: ", ")
    }
}

extension OutputBuffer {
    /// Appends an episode as one line of JSON.
    mutating func append(json episode: EpisodeEntry) {
        append(membersOf: episode)
        append("}\n")
    }

    /// The same without the end of the object.
    mutating func append(membersOf episode: EpisodeEntry) {
        func text(_ name: StaticString, _ text: String?) {
            append(name)
            if let text { append(json: text) } else { append("null") }
        }
        func moment(_ moment: Moment) -> String? {
            guard moment.isKnown else { return nil }
            var bytes: [UInt8] = []
            RFC3339.append(moment, to: &bytes)
            return String(decoding: bytes, as: UTF8.self)
        }
        text("{\"episode\":", episode.id.text)
        text(",\"patient\":", String(decoding: episode.patient, as: UTF8.self))
        text(",\"concern\":", episode.concern)
        text(",\"severity\":", episode.severity.name)
        text(",\"therapy\":", episode.therapy)
        text(",\"rule\":", episode.rule)
        text(",\"transition\":", episode.transition.name)
        text(",\"opened\":", moment(episode.opened))
        text(",\"last\":", moment(episode.last))
        text(",\"respond_by\":", moment(episode.respondBy))
        for (name, flag) in [
            ("stale", episode.isStale), ("overdue", episode.isOverdue), ("test", episode.isTest),
            ("open", episode.isOpen), ("orphaned", episode.isOrphaned),
        ] {
            append(verbatim: ",\"\(name)\":\(flag)")
        }
        text(",\"acknowledged_by\":", episode.acknowledged?.by)
        text(",\"closed_by\":", episode.closed?.note.by)
        text(",\"outcome\":", episode.closed?.outcome.rawValue)
    }
}
