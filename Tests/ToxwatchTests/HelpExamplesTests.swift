import ArgumentParser
import Clinical
import TestSupport
import Testing

@testable import toxwatch

/// Examples in help texts work as they stand there, pasted into a shell beside the samples.
@Suite struct HelpExamplesTests {
    let place: Workplace

    init() throws {
        place = try Workplace(environment: ["TOXWATCH_CONFIG": ""])
        for name in ["events.ndjson", "roster.csv", "survey.csv"] {
            try place.write(try Repository.text("samples/" + name), to: name)
        }
        try place.makeState()
    }

    @Test(arguments: [[]] + Toxwatch.configuration.subcommands.map { [$0._commandName] })
    func `examples can be pasted`(command: [String]) throws {
        let help = try place.toxwatch.run(command + ["--help"], input: []).text
        let lines = help.split(separator: "\n", omittingEmptySubsequences: false)
        let examples = lines.drop { !$0.contains(#/^ *Examples?:$/#) }.dropFirst().prefix { !$0.isEmpty }
        #expect(!examples.isEmpty)
        for example in examples {
            #expect(example.contains("toxwatch"), "broken in two: \(example)")
            // A followed file never ends.
            let line = example.replacing("tail -F", with: "cat").replacing("--follow ", with: "").replacing(
                "$ID", with: Workplace.episode.text)
            let result = try place.shell("set -o pipefail; " + line)
            #expect([0, 1].contains(result.status), "\(example): \(result.told)")
        }
    }
}
