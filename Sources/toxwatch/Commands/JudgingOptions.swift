import ArgumentParser
import Classifier
import Clinical
import Config
import Parser

/// How events are judged; commands that only read them have none of these.
struct JudgingOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Who is on what: a CSV or NDJSON file.", valueName: "FILE"))
    var roster: String?

    @Flag(help: "End with 2 also for unmatched and ungradable events.")
    var strict = false

    /// Reads the roster, if there is one; its mistakes are told before the status is thrown.
    func readRoster(_ settings: Settings, isQuiet: Bool) throws(ExitStatus) -> Roster? {
        try Self.read(roster: roster, settings, isQuiet: isQuiet)
    }

    /// The same of a path; nil for none.
    static func read(roster: String?, _ settings: Settings, isQuiet: Bool) throws(ExitStatus) -> Roster? {
        guard let roster else { return nil }
        let bytes: [UInt8]
        do {
            bytes = try WholeFile.read(roster)
        } catch {
            Diagnostics.say("cannot read the roster \(roster): \(error.message)")
            throw .inputOutput
        }
        var mistakes = Mistakes()
        let (result, warnings) = RosterReader.read(
            bytes, file: roster, vocabulary: settings.pack.vocabulary, zone: settings.pack.zone, mistakes: &mistakes)
        for warning in warnings where !isQuiet { Diagnostics.say(warning) }
        if !mistakes.isEmpty {
            Diagnostics.write(mistakes.rendered(colour: Settings.useColour))
            throw .notOfItsFormat
        }
        return result
    }

    /// The status that a run's sums ask for.
    func status(_ tally: RunTally, toleratesRejects: Bool) -> ExitStatus {
        let isUnread = tally.rejects > 0 && !toleratesRejects
        let isUnjudged = strict && tally.unmatched + tally.ungradable > 0
        return isUnread || isUnjudged ? .recordRejected : .success
    }
}
