import ArgumentParser
import Classifier
import Clinical
import Emitter
import Glibc
import Store

/// The monitoring plugin: what stands open in a state, in one line, for cron, Nagios, Icinga and Sensu.
struct Status: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Monitoring plugin: judges what stands open; one line, 0 good, 1 warning, 2 critical, 3 unknown.",
        discussion: """
            A range is what is good: 5 is 0 to 5, 5: is 5 and more, ~:5 is up to 5,
            @1:5 is all but 1 to 5. With -v every measure is told with its name.
            With FILE, or - for stdin, it judges a feed as well, and keeps nothing of it.
            Called as check_toxwatch the program is this plugin.

            Examples:
              toxwatch status --state state.db -w soon=5 -c urgent=5
              toxwatch status events.ndjson --roster roster.csv -c emergency=9
            """)

    @Argument(help: ArgumentHelp("A feed to judge, - for stdin; beside the state, or alone.", valueName: "FILE"))
    var files: [String] = []

    @Option(help: ArgumentHelp("The file that remembers between runs.", valueName: "PATH"))
    var state: String?

    @OptionGroup var configOption: ConfigOption
    @OptionGroup var form: FormatOptions

    @Option(help: ArgumentHelp("Who is on what: a CSV or NDJSON file; its age is judged.", valueName: "FILE"))
    var roster: String?

    @OptionGroup var time: ClockOption

    @Option(name: .shortAndLong, help: ArgumentHelp("Warn outside of this range.", valueName: "NAME=RANGE"))
    var warning: [String] = []

    @Option(name: .shortAndLong, help: ArgumentHelp("Critical outside of this range.", valueName: "NAME=RANGE"))
    var critical: [String] = []

    @Option(name: .shortAndLong, help: ArgumentHelp("Give up after so many seconds.", valueName: "SECONDS"))
    var timeout: UInt32 = 10

    @Option(
        help: ArgumentHelp(
            "What to be when it gave up: \(PluginLevel.words.joined(separator: ", ")).", valueName: "LEVEL"))
    var timeoutState = PluginLevel.unknown

    @Flag(name: .shortAndLong, help: "A line for each measure; may be given again.")
    var verbose: Int

    @Flag(name: .customShort("V"), help: "Say the version, and end with 3 as plugins do.")
    var saysVersion = false

    func validate() throws {
        if saysVersion || state != nil || !files.isEmpty { return }
        throw ValidationError("there is nothing to judge: give --state PATH, or a FILE, or both")
    }

    func run() throws {
        PluginEnd.beForeseen(after: timeout, as: timeoutState)
        if saysVersion { PluginEnd.end("toxwatch \(ProgramVersion.current)") }
        do {
            PluginEnd.end(PluginLine(try measures(), isLong: verbose > 0))
        } catch {
            PluginEnd.end(PluginLine(unknown: error.text))
        }
    }

    /// Why nothing could be looked at.
    struct Failure: Error {
        var text: String
    }

    private func measures() throws(Failure) -> Measures {
        let ranges = Measures.Ranges(warning: try Self.ranges(warning), critical: try Self.ranges(critical))
        let settings = try Self.trying("the pack has mistakes: toxwatch lint tells them") { () throws(ExitStatus) in
            try Settings.load(configOption.config)
        }
        let roster = try Self.trying("the roster cannot be read, or has mistakes") { () throws(ExitStatus) in
            try JudgingOptions.read(roster: self.roster, settings, isQuiet: true)
        }
        let prepared = try Self.trying("the feed's form has mistakes") { () throws(ExitStatus) in
            files.isEmpty ? nil : try form.prepared(settings, files: files)
        }
        let measures: Measures
        do throws(StateError) {
            var stock = try StockTaking(
                settings.pack, try state.map { path throws(StateError) in try StateReader(path) }, roster,
                rosterDate: self.roster.map(WholeFile.written) ?? .unknown, at: time.clock.now)
            if let prepared { try stock.read(files, prepared) }
            measures = try stock.measures(ranges, isApproved: settings.approval.isGiven)
        } catch {
            throw Failure(text: error.message)
        }
        guard let idle = measures.idleRanges.first else { return measures }
        throw Failure(text: "'\(idle)' has a range, but is not measured without \(files.isEmpty ? "more" : "--state")")
    }

    private static func trying<Result>(
        _ failure: String, _ body: () throws(ExitStatus) -> Result
    ) throws(Failure) -> Result {
        do throws(ExitStatus) { return try body() } catch { throw Failure(text: failure) }
    }

    /// The ranges of `NAME=RANGE`, by name.
    private static func ranges(_ options: [String]) throws(Failure) -> [String: ThresholdRange] {
        var result: [String: ThresholdRange] = [:]
        for option in options {
            // A range holds no sign of equality, and the name of a feed may.
            let end = option.lastIndex(of: "=") ?? option.endIndex
            let name = String(option[..<end])
            let isFeed = name.hasPrefix(Measures.feed) && name.count > Measures.feed.count
            guard isFeed || Measures.known.contains(where: { $0.name == name }) else {
                let known = (Measures.known.map(\.name) + [Measures.feed + "NAME"]).joined(separator: " ")
                throw Failure(text: "'\(name)' is no measure; known are \(known)")
            }
            guard let range = ThresholdRange(String(option[end...].dropFirst())) else {
                throw Failure(
                    text: "'\(option)' has no range; write it as \(name)=5, \(name)=5:, \(name)=~:5 or \(name)=@1:5")
            }
            result[name] = range
        }
        return result
    }
}

extension PluginLevel: ExpressibleByArgument {
    /// As they are named on the command line.
    static let words = ["ok", "warning", "critical", "unknown"]

    init?(argument: String) {
        guard let place = Self.words.firstIndex(of: argument.lowercased()) else { return nil }
        self.init(rawValue: Int32(place))
    }

    var defaultValueDescription: String { Self.words[Int(rawValue)] }
}
