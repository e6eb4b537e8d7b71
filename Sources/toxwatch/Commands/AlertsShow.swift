import ArgumentParser
import Classifier
import Clinical
import Emitter
import Store

/// All that is known of an episode: what was said, and what staff did.
struct AlertsShow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "All that was said of an episode and done about it, with evidence, advice and sources.",
        discussion: """
            Example:
              toxwatch alerts show $ID --state state.db
            """)

    @OptionGroup var path: State.PathOption
    @OptionGroup var configOption: ConfigOption
    @OptionGroup var asked: EpisodeArgument

    func run() throws {
        let zone = try Settings.load(configOption.config).pack.zone
        let reader = try State.reporting { () throws(StateError) in try StateReader(path.state) }
        let episode = try asked.episode(in: reader, path.state)
        let told = try State.reporting { () throws(StateError) in try reader.told(of: episode.id) }
        let acts = try State.reporting { () throws(StateError) in try reader.acts(of: episode.id) }
        var page = EpisodePage(table: EpisodeTable(zone: zone))
        page.write(episode, told, acts)
        try State.write(&page.buffer)
    }
}

/// The page of one episode.
private struct EpisodePage: ~Copyable {
    let table: EpisodeTable
    var buffer = OutputBuffer()

    init(table: EpisodeTable) { self.table = table }

    mutating func write(_ episode: EpisodeEntry, _ told: [ToldAlert], _ acts: [ActEntry]) {
        line(
            "\(episode.severity.name.uppercased())  \(String(decoding: episode.patient, as: UTF8.self))  "
                + "\(episode.concern) · \(episode.therapy) · \(EpisodeTable.standing(of: episode))")
        line(
            "episode \(episode.id.text) · last report \(table.text(episode.last)) · answer by \(table.text(episode.respondBy))"
        )
        var rest = acts[...]
        for alert in told {
            while let act = rest.first, act.act.at.milliseconds < alert.made.milliseconds {
                write(rest.removeFirst().act)
            }
            write(alert)
        }
        for act in rest { write(act.act) }
    }

    private mutating func write(_ alert: ToldAlert) {
        line("")
        line("\(table.text(alert.made))  \(alert.transition) \(alert.severity): \(alert.summary)")
        part("alert   ", alert.id.text)
        part("rule    ", alert.rule)
        part("seen    ", alert.time)
        part("answer by ", alert.respondBy)
        for answer in alert.evidence { part("answers ", answer) }
        part("advice  ", alert.advice)
        part("source  ", alert.sources)
    }

    private mutating func write(_ act: StaffAct) {
        line("")
        switch act.deed {
        case .acknowledge(_, let note): told(act, "acknowledged", note)
        case .close(_, let outcome, let note): told(act, "closed, \(outcome.rawValue)", note)
        case .silence(_, let until, let reason): told(act, "silenced until \(table.text(until))", reason)
        case .missed(_, let note): told(act, "missed", note)
        }
    }

    private mutating func told(_ act: StaffAct, _ deed: String, _ note: String) {
        line("\(table.text(act.at))  \(deed) by \(act.by)\(note.isEmpty ? "" : ": \(note)")")
    }

    private mutating func part(_ name: String, _ text: String) {
        if !text.isEmpty { line("           \(name)\(text)") }
    }

    private mutating func line(_ text: String) {
        buffer.append(visible: text)
        buffer.append("\n")
    }
}
