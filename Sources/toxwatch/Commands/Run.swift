import ArgumentParser
import Classifier
import Clinical
import Emitter
import Glibc

/// Events in, alerts out: the default command.
struct Run: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Events in, alerts out. The default command.",
        discussion: """
            Examples:
              toxwatch < events.ndjson
              toxwatch run --roster roster.csv --to text survey.csv
              tail -F events.ndjson | toxwatch --fail-at emergency >> alerts.ndjson
              toxwatch run --follow events.ndjson >> alerts.ndjson

            SIGTERM and SIGINT end a run in order: what was read is judged and its alerts
            are written. SIGHUP reads the pack anew, in a run that follows a file or stdin.
            """)

    @OptionGroup var configOption: ConfigOption
    @OptionGroup var input: InputOptions
    @OptionGroup var judging: JudgingOptions
    @OptionGroup var time: ClockOption

    @Option(
        name: .customLong("to"), parsing: .singleValue,
        help: ArgumentHelp(
            "How alerts leave, to stdout or to a file: \(OutputFormats.all.map { $0.name }.joined(separator: ", ")). May be given again.",
            valueName: "FORMAT[=FILE]"))
    var outputs: [String] = []

    @Option(
        help: ArgumentHelp(
            """
            Only rules of these kinds: \(RuleKinds.summaries.map(\.name).joined(separator: ", ")). `--rules grade` alone \
            is the quick pass: each report by itself, as it comes; nothing is eased, resolved or retracted.
            """,
            valueName: "KIND,..."))
    var rules: String?

    @Option(help: ArgumentHelp("End with 1 if an alert of this severity or above was written.", valueName: "SEVERITY"))
    var failAt: String?

    @Flag(
        help: ArgumentHelp(
            "Read one FILE to its end and on as it grows, until a signal says to stop.",
            discussion:
                "It may be moved away, be cut, or not be there yet. Each start reads it from its beginning."))
    var follow = false

    @Option(help: ArgumentHelp("The file that remembers between runs; made when it is not there.", valueName: "PATH"))
    var state: String?

    @Flag(help: "With --state: do not tell at the end what fell due by now, such as stale episodes.")
    var noTick = false

    @Flag(
        help: ArgumentHelp(
            "Build the memory of a new --state from history: nobody is called, and what stands open is listed once."))
    var prime = false

    func validate() throws {
        if let kinds, kinds.isEmpty {
            let known = RuleKinds.summaries.map(\.name).joined(separator: ", ")
            throw ValidationError("--rules names no kind of rule; known are \(known)")
        }
        for kind in kinds ?? [] where !RuleKinds.summaries.contains(where: { $0.name == kind }) {
            throw ValidationError(
                InputOptions.unknown("kind of rule", kind, RuleKinds.summaries.map(\.name), option: "--rules"))
        }
        if let failAt, Severity(name: failAt) == nil {
            throw ValidationError(
                InputOptions.unknown("severity", failAt, Severity.allCases.map(\.name), option: "--fail-at"))
        }
        for output in outputs where OutputFormats.named(AlertSink.format(in: output)) == nil {
            let known = OutputFormats.all.map { $0.name }
            throw ValidationError(InputOptions.unknown("format", AlertSink.format(in: output), known, option: "--to"))
        }
        if follow { try FollowedFile.check(input.files) }
        if prime { try checkPrime() }
        let files = outputs.map(AlertSink.file)
        if Set(files).count != files.count { throw ValidationError("two of --to write to the same place") }
    }

    var kinds: Set<String>? {
        rules.map { Set($0.split(separator: ",").map(String.init)) }
    }

    func run() throws {
        var settings = try Settings.load(configOption.config)
        let prepared = try input.prepared(settings)
        let places = prime ? [] : outputs.isEmpty ? ["ndjson"] : outputs
        try input.checkFiles(
            settings, roster: judging.roster,
            outputs: prime ? [("-", "")] : places.map { (AlertSink.file(in: $0), "--to") })
        let roster = try judging.readRoster(settings, isQuiet: input.quiet)
        var classifier = EventClassifier(
            pack: settings.pack, roster: roster, kinds: kinds, remembersAll: state != nil)
        let rejects = try input.rejectSink()
        let sinks = try AlertSink.Group(places, settings.pack)
        var outlet = try AlertOutlet(sinks) { sinks throws(ExitStatus) in
            guard let state else { return nil }
            return try KeptRun(
                state, settings.pack, &classifier, kinds: kinds, options: places,
                feeds: input.files.isEmpty ? ["-"] : input.files, roster: judging.roster,
                isQuiet: input.quiet, clock: time.clock, sinks)
        }
        var pipeline = Pipeline(prepared, rejects: rejects, countsAsLost: true)
        if !input.quiet { Diagnostics.say(settings.announcement) }
        pipeline.run(source()) { batch, _ in
            outlet.judge(batch, at: time.clock.now, &classifier)
        } flush: { _ throws(SystemError) in
            try outlet.flush(&classifier, isDry: isDry, ticks: !noTick)
        } reload: { reader in
            guard let change = change(from: settings, &reader) else { return nil }
            settings = change.settings
            outlet.change(to: settings.pack, &classifier) { former in successor(of: former, change) }
            return change.prepared
        }
        let ending = outlet.finish(&classifier, ticks: !noTick && pipeline.stopped == nil)
        var status = pipeline.status.combined(with: ending)
        pipeline.finish()
        if prime, ending == .success, pipeline.stopped == nil { try listOpen(settings.pack.zone) }
        if pipeline.stopped != nil, !follow { Diagnostics.say("told to stop before the end of the input") }
        if !input.quiet {
            if pipeline.stopped == nil, pipeline.records > 0 { warnOfForgetting(settings.pack) }
            summarize(classifier, pipeline.skipped, settings)
            pipeline.tellUnread()
            for note in outlet.notes(classifier) { Diagnostics.say(note) }
        }
        // What has no end was not cut short.
        if let signal = pipeline.stopped, !follow { Signals.end(by: signal) }
        let judged = judging.status(classifier.tally, toleratesRejects: input.tolerateRejects)
        status = status.combined(with: judged).combined(with: failure(classifier.tally))
        if status != .success { throw status }
    }

    /// Whether nothing more is there to be read at once, so that what was found has to leave now.
    private var isDry: Bool {
        if follow { return true }
        return input.files.isEmpty || input.files.contains("-") ? !StandardStreams.hasMore(STDIN_FILENO) : false
    }

    /// What is read; from here on signals wait until the batch in hand is done.
    private func source() -> any InputSource {
        let readsPipe = (input.files.isEmpty || input.files.contains("-")) && StandardStreams.isPipe(STDIN_FILENO)
        // Time passes only where it is remembered.
        let pulse: Int32 = state == nil || noTick ? -1 : 1000
        let signals = Signals(reloads: follow || readsPipe)
        return follow
            ? FollowedFile(input.files[0], signals: signals, isQuiet: input.quiet, pulse: pulse)
            : InputFiles(input.files, signals: signals, pulse: pulse)
    }

    private func failure(_ tally: RunTally) -> ExitStatus {
        guard let failAt, let limit = Severity(name: failAt) else { return .success }
        return tally.alerts[Int(limit.rawValue)...].contains { $0 > 0 } ? .alertWritten : .success
    }

    private func summarize(_ classifier: borrowing EventClassifier, _ skipped: Int, _ settings: Settings) {
        var tally = classifier.tally
        tally.skipped = skipped
        Settings.summarize(tally, input.files, makesAlerts: !prime, classifier.unmatchedCodes)
    }
}

extension Settings {
    /// Says, at every start, which pack judges and, unless it is the program's own, where it was read.
    var announcement: String {
        let catalogue = pack.catalogue
        let origin = front.map { " from \($0)" } ?? ""
        return
            "pack \(catalogue.packName) \(catalogue.packVersion)\(origin), sha256 \(catalogue.packDigest), \(standing)"
    }

    /// The pack's mode, and whether it was approved.
    var standing: String { "\(pack.catalogue.mode), \(approval.announcement)" }

    /// Writes the run's sums to stderr.
    static func summarize(_ tally: RunTally, _ inputs: [String], makesAlerts: Bool, _ unmatched: [String: Int]) {
        let summary = RunSummary(
            tally: tally, inputs: inputs, makesAlerts: makesAlerts, unmatchedCodes: shown(unmatched))
        var buffer = OutputBuffer()
        summary.write(to: &buffer)
        Diagnostics.write(buffer)
    }

    /// Codes as they may be told: what does not look like a code is only counted, because it may name a patient.
    static func shown(_ unmatched: [String: Int]) -> [(code: String, count: Int)] {
        let hidden = unmatched.filter { !looksLikeCode($0.key) }
        let shown = unmatched.filter { looksLikeCode($0.key) }.map { (code: $0.key, count: $0.value) }
        guard !hidden.isEmpty else { return shown }
        let name = hidden.count == 1 ? "1 code not shown" : "\(hidden.count) codes not shown"
        return shown + [(name, hidden.values.reduce(0, +))]
    }

    /// Whether a text looks like a name that people gave to a code or a feed, not like one of a patient.
    static func looksLikeCode(_ text: String) -> Bool {
        let marks = Array("._|:/+-".utf8)
        return text.utf8.count <= 40
            && text.utf8.allSatisfy { byte in
                (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z"))
                    || (byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")) || marks.contains(byte)
            }
    }
}
