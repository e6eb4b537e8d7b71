import TestSupport
import Testing

/// A run that remembers nothing says so where something may be missed, and is no nuisance elsewhere.
@Suite struct ForgettingTests {
    private static let warning =
        "\ntoxwatch: nothing is remembered: rules over time saw this input only; with --state PATH each run goes on from the last\ntoxwatch: read "

    private let place: Workplace

    init() throws {
        place = try Workplace()
        try place.write(Feed.fever("P1"), to: "events.ndjson")
    }

    @Test(arguments: [
        ["events.ndjson"], ["--rules", "grade,together", "events.ndjson"], ["--rules", "silent", "events.ndjson"],
        ["--to", "text=alerts.txt", "events.ndjson"],
    ])
    func `an input that has an end is followed by a warning`(arguments: [String]) throws {
        #expect(try place.toxwatch.run(["run"] + arguments, input: []).told.contains(Self.warning))
    }

    @Test func `so is a pipe that ends`() throws {
        #expect(try place.toxwatch.run("run", input: Feed.fever("P1")).told.contains(Self.warning))
    }

    @Test(arguments: [
        ["--quiet", "events.ndjson"], ["--state", "state.db", "events.ndjson"], ["--rules", "grade", "events.ndjson"],
        ["--rules", "grade,when,unjudged", "events.ndjson"], ["--prime", "--state", "new.db", "events.ndjson"], [],
    ])
    func `nothing is said where nothing is missed`(arguments: [String]) throws {
        #expect(try !place.toxwatch.run(["run"] + arguments, input: []).told.contains("remembered"))
    }

    @Test func `what was told to stop had no end`() throws {
        var run = try place.toxwatch.start(["run", "--follow", "events.ndjson"])
        #expect(run.nextLine() != nil)
        run.receive(signal: 15)
        #expect(!run.finish().told.contains("remembered"))
        var piped = try place.toxwatch.start(["run"])
        piped.send(Feed.fever("P1"))
        #expect(piped.nextLine() != nil)
        piped.receive(signal: 15)
        #expect(!piped.finish().told.contains("remembered"))
    }

    @Test(.enabled(if: MessagesTests.hasTerminals, "no terminals here"))
    func `who looks at alerts on a terminal is not bothered`() throws {
        func told(_ options: String) throws -> String {
            let command = "toxwatch run \(options) events.ndjson"
            return try place.shell("script -qec '\(command)' /dev/null < /dev/null", environment: ["TERM": "xterm"])
                .text
        }
        #expect(try !told("--to text").contains("remembered"))
        #expect(try told("--to text=alerts.txt").contains("remembered"))
    }
}
