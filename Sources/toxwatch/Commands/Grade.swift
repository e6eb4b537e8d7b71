import ArgumentParser
import Classifier
import Clinical
import Emitter
import Glibc

/// Events in, findings out; nothing is remembered.
struct Grade: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "grade",
        abstract: "Events in, findings out: each event by the facts in it alone.",
        discussion: """
            Example:
              head -n 1 events.ndjson | toxwatch grade
            """)

    @OptionGroup var configOption: ConfigOption
    @OptionGroup var input: InputOptions
    @OptionGroup var judging: JudgingOptions

    func run() throws {
        let settings = try Settings.load(configOption.config)
        if !input.quiet { Diagnostics.say(settings.announcement) }
        let prepared = try input.prepared(settings)
        try input.checkFiles(settings, roster: judging.roster)
        let roster = try judging.readRoster(settings, isQuiet: input.quiet)
        var classifier = EventClassifier(pack: settings.pack, roster: roster)
        var writer = FindingWriter(catalogue: settings.pack.catalogue, zone: settings.pack.zone)
        var pipeline = Pipeline(prepared, rejects: try input.rejectSink())
        var findings = FindingBatch()
        pipeline.run(input.files) { batch, buffer in
            findings.removeAll()
            classifier.grade(batch, into: &findings)
            writer.write(findings, of: batch, to: &buffer)
        } flush: { buffer throws(SystemError) in
            try Self.flush(&buffer)
        }
        pipeline.finish()
        var tally = classifier.tally
        tally.skipped = pipeline.skipped
        if !input.quiet {
            Settings.summarize(tally, input.files, makesAlerts: false, classifier.unmatchedCodes)
            pipeline.tellUnread()
        }
        let judged = judging.status(tally, toleratesRejects: input.tolerateRejects)
        let status = pipeline.status.combined(with: judged)
        if status != .success { throw status }
    }

    /// Writes the buffer to stdout and empties it.
    static func flush(_ buffer: inout OutputBuffer) throws(SystemError) {
        try buffer.withBytes { bytes throws(SystemError) in try StandardStreams.write(bytes, to: STDOUT_FILENO) }
        buffer.removeAll()
    }
}
