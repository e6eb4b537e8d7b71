import ArgumentParser
import Classifier
import Clinical
import Emitter
import Glibc
import Store

/// The care of a state: what is in it, whether it holds together, and taking out what must go.
struct State: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check, export, prune a state, or forget a patient in it.",
        discussion: """
            Examples:
              toxwatch state check --state state.db
              toxwatch state export --state state.db > state.ndjson
              toxwatch state prune --state state.db --before 2026-01-01 --by 'A. Nurse'
              toxwatch state forget P-404 --state state.db --by 'A. Nurse'
            """,
        subcommands: [Check.self, Export.self, Prune.self, Forget.self])

    /// Which state.
    struct PathOption: ParsableArguments {
        @Option(help: ArgumentHelp("The file that remembers between runs.", valueName: "PATH"))
        var state: String
    }

    /// Who asks, for the audit log.
    struct NameOption: ParsableArguments {
        @Option(help: ArgumentHelp("Who does it, for the audit log.", valueName: "NAME"))
        var by: String
    }

    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Whether the file, what it holds and its audit log hold together; 74 when they do not.")

        @OptionGroup var path: PathOption

        func run() throws {
            let findings = try State.reporting { () throws(StateError) in
                try StateReader(path.state).check(isSound: EventClassifier.isSound)
            }
            for finding in findings { Diagnostics.say(finding) }
            if !findings.isEmpty { throw ExitStatus.inputOutput }
            try State.write("\(path.state): all holds together")
        }
    }

    struct Export: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Episodes, alerts, acts of staff, audit log and runs as NDJSON; of patients' memory only sums.")

        @OptionGroup var path: PathOption

        func run() throws {
            var buffer = OutputBuffer()
            var failure: SystemError?
            try State.reporting { () throws(StateError) in
                try StateReader(path.state).export { line throws(StateError) in
                    buffer.append(line)
                    buffer.append("\n")
                    if buffer.count > 1 << 16, failure == nil { failure = State.flush(&buffer) }
                }
            }
            if let failure = failure ?? State.flush(&buffer) { try State.tell(failure) }
        }
    }

    struct Prune: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Take out what is older than a day: closed episodes, what was written, runs, patients without news.")

        @OptionGroup var path: PathOption
        @OptionGroup var name: NameOption

        @Option(help: ArgumentHelp("The day, as YYYY-MM-DD, in UTC.", valueName: "DAY"))
        var before: Day

        func run() throws {
            let removed = try State.reporting { () throws(StateError) in
                try State.held(path).prune(before: before.start, by: name.by, at: Clock.system.now)
            }
            Diagnostics.say("taken out: \(removed.words)")
        }
    }

    struct Forget: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take out all of one patient; the audit log keeps that it was done, under a pseudonym.")

        @Argument(help: ArgumentHelp("The patient's id.", valueName: "PATIENT"))
        var patient: String

        @OptionGroup var path: PathOption
        @OptionGroup var name: NameOption

        func run() throws {
            let removed = try State.reporting { () throws(StateError) in
                try State.held(path).forget(Array(patient.utf8), by: name.by, at: Clock.system.now)
            }
            Diagnostics.say("taken out: \(removed.words)")
        }
    }
}

extension State {
    /// A day that was given on the command line.
    struct Day: ExpressibleByArgument {
        /// Its first instant in UTC.
        var start: Moment

        init?(argument: String) {
            let bytes = Array(argument.utf8)
            guard bytes.count == 10, let day = RFC3339.date(bytes.span.bytes, from: 0) else { return nil }
            start = Moment(milliseconds: day.number * Moment.millisecondsPerDay)
        }
    }

    /// The state that is there, in the hands of this command; one that is not there is not made.
    fileprivate static func held(_ path: PathOption) throws(StateError) -> RunState {
        _ = try StateReader(path.state)
        return try RunState(path.state, holder: LockHolder(command: "state", since: Clock.system.now))
    }

    /// Does something with a state; what is wrong with it is told before the status is thrown.
    static func reporting<Result>(_ body: () throws(StateError) -> Result) throws(ExitStatus) -> Result {
        do {
            return try body()
        } catch {
            Diagnostics.say(error.message)
            switch error.ending {
            case .inputOutput: throw .inputOutput
            case .configuration: throw .config
            case .usage: throw .usage
            }
        }
    }

    static func write(_ line: String) throws(ExitStatus) {
        var buffer = OutputBuffer()
        buffer.append(verbatim: line + "\n")
        if let failure = flush(&buffer) { try tell(failure) }
    }

    /// Writes all of a buffer to stdout.
    static func write(_ buffer: inout OutputBuffer) throws(ExitStatus) {
        if let failure = flush(&buffer) { try tell(failure) }
    }

    fileprivate static func flush(_ buffer: inout OutputBuffer) -> SystemError? {
        do {
            try Grade.flush(&buffer)
            return nil
        } catch {
            return error
        }
    }

    /// A reader that left early wants no message.
    fileprivate static func tell(_ failure: SystemError) throws(ExitStatus) {
        if failure.isClosedPipe { return }
        Diagnostics.say("cannot write stdout: \(failure.message)")
        throw .inputOutput
    }
}
