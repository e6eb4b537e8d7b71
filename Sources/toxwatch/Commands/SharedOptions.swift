import ArgumentParser
import Classifier
import Clinical
import Config
import Emitter
import Parser

/// Which config a command uses.
struct ConfigOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The config's front page, or its folder.",
            discussion: "Else $TOXWATCH_CONFIG, ./config/toxwatch.yaml, /etc/toxwatch/toxwatch.yaml, the shipped pack.",
            valueName: "PATH"))
    var config: String?
}

/// How input is read.
struct InputOptions: ParsableArguments {
    @Argument(help: ArgumentHelp("Files to read; stdin when there is none, or for -.", valueName: "FILE"))
    var files: [String] = []

    @OptionGroup var form: FormatOptions

    @Option(
        help: ArgumentHelp(
            "Keep every unreadable record at the end of this file, whole, with its reason.", valueName: "FILE"))
    var rejects: String?

    @Flag(help: "No messages but errors.")
    var quiet = false

    @Flag(help: "End with 0 although records were rejected.")
    var tolerateRejects = false

    /// The options with everything looked up.
    typealias Prepared = FormatOptions.Prepared

    /// Looks everything up; mistakes of the config's sources are told before the status is thrown.
    func prepared(_ settings: Settings) throws(ExitStatus) -> Prepared { try form.prepared(settings, files: files) }

    /// A message that names the nearest known word.
    static func unknown(_ what: String, _ word: String, _ known: [String], option: String) -> String {
        FormatOptions.unknown(what, word, known, option: option)
    }

    /// Sees to it that no file is written that is also read, nor one twice, before any is opened for writing.
    ///
    /// - Parameter outputs: where the command writes, and by which option; `-` is stdout.
    func checkFiles(
        _ settings: Settings, roster: String? = nil, outputs: [(path: String, option: String)] = [("-", "")]
    ) throws(ExitStatus) {
        var uses = FileUses()
        for path in files.isEmpty ? ["-"] : files { uses.read(path, as: "the input") }
        if let roster { uses.read(roster, as: "the roster") }
        for path in settings.files { uses.read(path, as: "the config's") }
        for output in outputs { uses.write(output.path, as: output.option) }
        if let rejects { uses.write(rejects, as: "--rejects") }
        guard let conflict = uses.conflict else { return }
        Diagnostics.say(conflict)
        throw .usage
    }

    /// Opens the file for rejects.
    func rejectSink() throws(ExitStatus) -> RejectSink {
        do {
            return try RejectSink(rejects, isQuiet: quiet)
        } catch {
            Diagnostics.say("cannot write \(rejects ?? ""): \(error.message)")
            throw .inputOutput
        }
    }
}
