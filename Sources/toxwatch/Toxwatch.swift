import ArgumentParser
import Config
import Glibc

/// The front door: finds the command and ends with its status.
@main
struct Toxwatch: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "toxwatch",
        abstract: "Watches patients on cancer immunotherapy for the harm that their treatment can do.",
        discussion: """
            Symptom reports, vital signs and lab results come in; structured alerts
            for staff go out, by rules that say how severe each is for the therapy that
            the patient is on. Decision support: it calls staff, it does not treat.

            Examples:
              toxwatch < events.ndjson             # alerts as NDJSON
              toxwatch run --to text survey.csv    # a survey export, alerts for people
              toxwatch grade < events.ndjson       # what each event is graded
              toxwatch lint                        # every mistake in the pack

            Exit status:
            \(ExitStatus.allCases.map { ($0.rawValue < 10 ? "   " : "  ") + "\($0.rawValue)  \($0.meaning)" }.joined(separator: "\n"))
            """,
        version: ProgramVersion.current.description,
        subcommands: [
            Run.self, Read.self, Grade.self, Lint.self, Init.self, State.self, Alerts.self, Status.self,
            Report.self,
        ],
        defaultSubcommand: Run.self)

    static func main() {
        StandardStreams.keepPlaces()
        signal(SIGPIPE, SIG_IGN)
        var arguments = Array(CommandLine.arguments.dropFirst())
        if CommandLine.arguments.first?.split(separator: "/").last == "check_toxwatch" {
            arguments.insert("status", at: 0)
        }
        let isPlugin = arguments.first == Status._commandName
        do {
            try checkFirstWord(arguments.first)
            var command = try parseAsRoot(arguments)
            try command.run()
        } catch let status as ExitStatus {
            Glibc.exit(isPlugin ? PluginLevel.unknown.rawValue : status.rawValue)
        } catch {
            if isPlugin { PluginEnd.end(fullMessage(for: error)) }
            exit(withError: error)
        }
    }

    /// A first word that is neither a command nor a file is a mistyped command, not a missing file.
    private static func checkFirstWord(_ word: String?) throws {
        guard let word, !word.hasPrefix("-"), !WholeFile.exists(word) else { return }
        let commands = configuration.subcommands.map { $0._commandName } + ["help"]
        guard !commands.contains(word) else { return }
        Diagnostics.say(
            "'\(word)' is neither a command nor a file"
                + (NearestName.of(word, among: commands).map { "; did you mean '\($0)'?" } ?? ".")
                + " Commands: \(commands.joined(separator: ", ")). See toxwatch --help")
        throw ExitStatus.usage
    }
}
