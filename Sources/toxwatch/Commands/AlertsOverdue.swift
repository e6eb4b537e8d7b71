import ArgumentParser
import Classifier
import Clinical
import Emitter
import Store

/// What nobody answered by its time, for people and for cron.
struct AlertsOverdue: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "overdue",
        abstract: "What nobody answered by its time; ends with 1 when there is any, says nothing when there is none.",
        discussion: """
            It need not wait for a run to tell. Test patients are left out.

            Example:
              toxwatch alerts overdue --state state.db --severity urgent || echo 'somebody waits'
            """)

    @OptionGroup var path: State.PathOption
    @OptionGroup var configOption: ConfigOption
    @OptionGroup var time: ClockOption

    @Option(help: ArgumentHelp("Only this severity and above.", valueName: "SEVERITY"))
    var severity: String?

    @Option(help: ArgumentHelp("table, or json: an object a line.", valueName: "FORM"))
    var to = AnswerForm.table

    func validate() throws { try AlertsList.check(severity) }

    func run() throws {
        let zone = try Settings.load(configOption.config).pack.zone
        let now = time.clock.now
        let all = try State.reporting { () throws(StateError) in try StateReader(path.state).overdue(at: now) }
        let least = severity.flatMap(Severity.init(name:)) ?? .none
        let found = all.filter { $0.episode.severity >= least }
        if found.isEmpty { return }
        var buffer = OutputBuffer()
        switch to {
        case .table: OverdueTable(table: EpisodeTable(zone: zone), now: now).write(found, to: &buffer)
        case .json: for overdue in found { buffer.append(json: overdue, at: now) }
        }
        try State.write(&buffer)
        throw ExitStatus.alertWritten
    }
}

/// Overdue episodes in aligned columns.
private struct OverdueTable {
    let table: EpisodeTable
    let now: Moment

    private static let heads = ["SEVERITY", "PATIENT", "CONCERN", "RULE", "ANSWER BY", "LATE", "ID"]

    func write(_ overdue: [OverdueEpisode], to buffer: inout OutputBuffer) {
        buffer.append(table: [Self.heads] + overdue.map(cells))
    }

    private func cells(_ overdue: OverdueEpisode) -> [String] {
        let episode = overdue.episode
        return [
            episode.severity.name, String(decoding: episode.patient, as: UTF8.self), episode.concern, episode.rule,
            table.text(overdue.answerBy), ReportPage.text(span: overdue.lateness(at: now)), episode.id.text,
        ]
    }
}

extension OverdueEpisode {
    /// For how long somebody has waited, in milliseconds.
    fileprivate func lateness(at now: Moment) -> Int64 { max(0, now.milliseconds - answerBy.milliseconds) }
}

extension OutputBuffer {
    /// Appends an overdue episode as one line of JSON: its members, and by when and for how many seconds somebody waits.
    fileprivate mutating func append(json overdue: OverdueEpisode, at now: Moment) {
        append(membersOf: overdue.episode)
        append(",")
        append(member: "answer_by", overdue.answerBy)
        append(verbatim: ",\"late\":\(overdue.lateness(at: now) / 1000)}\n")
    }
}
