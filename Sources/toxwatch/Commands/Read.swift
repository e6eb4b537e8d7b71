import ArgumentParser
import Classifier
import Clinical
import Emitter

/// Any feed in, events in native form out: the parser alone.
struct Read: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "read",
        abstract: "Any feed in, events in native form out: the parser alone.",
        discussion: """
            Example:
              toxwatch read survey.csv | toxwatch run --roster roster.csv --to text
            """)

    @OptionGroup var configOption: ConfigOption
    @OptionGroup var input: InputOptions

    func run() throws {
        let settings = try Settings.load(configOption.config)
        let prepared = try input.prepared(settings)
        try input.checkFiles(settings)
        var writer = EventWriter(zone: settings.pack.zone)
        var pipeline = Pipeline(prepared, rejects: try input.rejectSink())
        pipeline.run(input.files) { batch, buffer in
            writer.write(batch, to: &buffer)
        } flush: { buffer throws(SystemError) in
            try Grade.flush(&buffer)
        }
        pipeline.finish()
        if !input.quiet {
            Diagnostics.say(
                "records \(pipeline.records) = events \(pipeline.records - pipeline.rejected) + rejects \(pipeline.rejected)"
            )
            if pipeline.skipped > 0 {
                Diagnostics.say("skipped \(pipeline.skipped) by the source mapping, not among the records")
            }
            pipeline.tellUnread()
        }
        let isUnread = pipeline.rejected > 0 && !input.tolerateRejects
        let status = pipeline.status.combined(with: isUnread ? .recordRejected : .success)
        if status != .success { throw status }
    }
}
