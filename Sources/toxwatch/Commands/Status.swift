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
            @1:5 is all but 1 to 5. Called as check_toxwatch the program is this plugin.

            Example:
              toxwatch status --state state.db -w soon=5 -c urgent=5 || true
            """)

    @Option(help: ArgumentHelp("The file that remembers between runs.", valueName: "PATH"))
    var state: String

    @OptionGroup var configOption: ConfigOption
    @OptionGroup var time: ClockOption

    @Option(name: .shortAndLong, help: ArgumentHelp("Warn outside of this range.", valueName: "NAME=RANGE"))
    var warning: [String] = []

    @Option(name: .shortAndLong, help: ArgumentHelp("Critical outside of this range.", valueName: "NAME=RANGE"))
    var critical: [String] = []

    @Option(name: .shortAndLong, help: ArgumentHelp("Give up after so many seconds.", valueName: "SECONDS"))
    var timeout: UInt32 = 10

    @Flag(name: .shortAndLong, help: "A line for each measure.")
    var verbose = false

    func run() throws {
        Self.giveUp(after: timeout)
        let line: PluginLine
        do {
            line = PluginLine(try measures(), isLong: verbose)
        } catch {
            line = PluginLine(unknown: error.text)
        }
        try Self.end(line)
    }

    /// Why nothing could be looked at.
    struct Failure: Error {
        var text: String
    }

    private func measures() throws(Failure) -> Measures {
        let (warning, critical) = (try Self.ranges(warning), try Self.ranges(critical))
        let settings: Settings
        do {
            settings = try Settings.load(configOption.config)
        } catch {
            throw Failure(text: "the pack has mistakes: toxwatch lint tells them")
        }
        do {
            return try Measures(
                StateReader(state), at: time.clock.now, isApproved: settings.approval.isGiven, warning: warning,
                critical: critical)
        } catch {
            throw Failure(text: error.message)
        }
    }

    /// The ranges of `NAME=RANGE`, by name.
    private static func ranges(_ options: [String]) throws(Failure) -> [String: ThresholdRange] {
        var result: [String: ThresholdRange] = [:]
        for option in options {
            let name = String(option.prefix { $0 != "=" })
            guard Measures.known.contains(where: { $0.name == name }) else {
                let known = Measures.known.map(\.name).joined(separator: " ")
                throw Failure(text: "'\(name)' is no measure; known are \(known)")
            }
            guard let range = ThresholdRange(String(option.dropFirst(name.count + 1))) else {
                throw Failure(
                    text: "'\(option)' has no range; write it as \(name)=5, \(name)=5:, \(name)=~:5 or \(name)=@1:5")
            }
            result[name] = range
        }
        return result
    }

    /// Ends as plugins do that were called wrongly, or asked for help.
    static func end(_ message: String) -> Never {
        let lines = message.split(separator: "\n", omittingEmptySubsequences: false)
        var buffer = OutputBuffer()
        PluginLine(unknown: lines.first.map(String.init) ?? "").write(to: &buffer)
        for line in lines.dropFirst() { buffer.append(verbatim: line + "\n") }
        buffer.withBytes { bytes in _ = try? StandardStreams.write(bytes, to: STDOUT_FILENO) }
        Glibc.exit(PluginLevel.unknown.rawValue)
    }

    private static func end(_ line: PluginLine) throws {
        var buffer = OutputBuffer()
        line.write(to: &buffer)
        buffer.withBytes { bytes in _ = try? StandardStreams.write(bytes, to: STDOUT_FILENO) }
        Glibc.exit(line.level.rawValue)
    }

    /// Sees to it that the plugin itself says that it took too long, before whoever called it does.
    private static func giveUp(after seconds: UInt32) {
        signal(SIGALRM) { _ in
            let words: StaticString = "UNKNOWN: gave up, the time of -t is over\n"
            _ = Glibc.write(STDOUT_FILENO, words.utf8Start, words.utf8CodeUnitCount)
            _exit(3)
        }
        alarm(seconds)
    }
}
