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

    @Option(
        help: ArgumentHelp(
            "The input's format: \((InputFormats.all.map { $0.name } + ["auto"]).joined(separator: ", ")).",
            discussion: "Else by the file's ending, else ndjson. auto looks at the first bytes.", valueName: "FORMAT"))
    var from: String?

    @Option(
        help: ArgumentHelp(
            "The mapping of the config's sources that reads a CSV feed; else the one that fits its header.",
            valueName: "NAME"))
    var source: String?

    @Option(
        help: ArgumentHelp(
            "Keep every unreadable record at the end of this file, whole, with its reason.", valueName: "FILE"))
    var rejects: String?

    @Flag(help: "No messages but errors.")
    var quiet = false

    @Flag(help: "End with 0 although records were rejected.")
    var tolerateRejects = false

    /// Input options with everything looked up.
    struct Prepared {
        var reading: ReadingOptions
        var format: (any InputFormat.Type)?
        var isAutomatic: Bool

        /// The format of one input: the option's, else by the file's ending; nil lets the first bytes decide.
        func format(for path: String) -> (any InputFormat.Type)? {
            if format != nil || isAutomatic { return format }
            return InputFormats.named(Self.isTable(path) ? "csv" : "ndjson")
        }

        /// Whether a file's ending says that it is a table.
        static func isTable(_ path: String) -> Bool { path.hasSuffix(".csv") || path.hasSuffix(".tsv") }
    }

    mutating func validate() throws {
        guard let from, from != "auto", InputFormats.named(from) == nil else { return }
        throw ValidationError(
            Self.unknown("format", from, InputFormats.all.map { $0.name } + ["auto"], option: "--from"))
    }

    /// A message that names the nearest known word.
    static func unknown(_ what: String, _ word: String, _ known: [String], option: String) -> String {
        let nearest = NearestName.of(word, among: known).map { "; did you mean '\($0)'?" } ?? "."
        return "unknown \(what) '\(word)' for \(option)\(nearest) Known: \(known.joined(separator: ", "))"
    }

    /// Looks everything up; mistakes of the config's sources are told before the status is thrown.
    func prepared(_ settings: Settings) throws(ExitStatus) -> Prepared {
        var mistakes = Mistakes()
        let sources = needsSources(settings) ? settings.sources(&mistakes) : []
        if !mistakes.isEmpty {
            Diagnostics.write(mistakes.rendered(sources: settings.tree?.sources ?? [:], colour: Settings.useColour))
            throw .config
        }
        var reading = ReadingOptions(vocabulary: settings.pack.vocabulary, zone: settings.pack.zone)
        reading.sources = sources
        if let source {
            guard sources.contains(where: { $0.name == source }) else {
                Diagnostics.say(Self.unknown("source", source, sources.map(\.name), option: "--source"))
                throw .usage
            }
            reading.source = source
        }
        let format = from.flatMap { InputFormats.named($0) }
        return Prepared(reading: reading, format: format, isAutomatic: from == "auto")
    }

    /// Whether mappings are to be read: a config's always are, for the mistakes in them; those of the shipped pack only
    /// for input that may not be in the native form.
    private func needsSources(_ settings: Settings) -> Bool {
        let isNative = from == "ndjson" || from == nil && !files.contains(where: Prepared.isTable)
        return settings.tree != nil || source != nil || !isNative
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
