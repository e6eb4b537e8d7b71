import ArgumentParser
import Clinical
import Emitter
import Glibc
import Store

/// What stands open in a state, and what staff do about it.
struct Alerts: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List and show alerts, acknowledge, close or silence them: the work of staff.",
        discussion: """
            Examples:
              toxwatch alerts list --state state.db --severity urgent
              toxwatch alerts show $ID --state state.db
              toxwatch alerts overdue --state state.db
              toxwatch alerts ack $ID --state state.db --by Ann --note 'called'
              toxwatch alerts close $ID --state state.db --by Ann --outcome acted --note ok
              toxwatch alerts audit --verify --state state.db
            """,
        subcommands: [
            AlertsList.self, AlertsShow.self, AlertsAck.self, AlertsClose.self, AlertsSilence.self, AlertsMissed.self,
            AlertsOverdue.self, AlertsAudit.self,
        ])
}

/// How people read an answer.
enum AnswerForm: String, ExpressibleByArgument, CaseIterable {
    /// Aligned lines.
    case table
    /// A JSON object a line.
    case json
}

/// The episode that a command is about.
struct EpisodeArgument: ParsableArguments {
    @Argument(help: ArgumentHelp("The id of the alert, or of its episode.", valueName: "ID"))
    var id: String

    /// The episode of the id.
    func episode(in reader: StateReader, _ path: String) throws(ExitStatus) -> EpisodeEntry {
        guard let id = StableID(id) else {
            Diagnostics.say("'\(id)' is no id of an alert: it is tw1- and 32 digits from 0 to 9 and a to f")
            throw .usage
        }
        let found = try State.reporting { () throws(StateError) in try reader.episode(id) }
        guard let found else {
            Diagnostics.say("\(path): there is no alert or episode \(self.id)")
            throw .usage
        }
        return found
    }
}

/// Who does it and when, for the audit log.
struct StaffOption: ParsableArguments {
    @Option(help: ArgumentHelp("Who does it: the name stands in the audit log.", valueName: "NAME"))
    var by: String

    @OptionGroup var time: ClockOption
}
