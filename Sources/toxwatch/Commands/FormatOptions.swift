import ArgumentParser
import Classifier
import Config
import Parser

/// What form input is taken to have.
struct FormatOptions: ParsableArguments {
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

    /// The options with everything looked up.
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

    /// Looks everything up for these files; mistakes of the config's sources are told before the status is thrown.
    func prepared(_ settings: Settings, files: [String]) throws(ExitStatus) -> Prepared {
        var mistakes = Mistakes()
        let sources = needsSources(settings, files) ? settings.sources(&mistakes) : []
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
    private func needsSources(_ settings: Settings, _ files: [String]) -> Bool {
        let isNative = from == "ndjson" || from == nil && !files.contains(where: Prepared.isTable)
        return settings.tree != nil || source != nil || !isNative
    }
}
