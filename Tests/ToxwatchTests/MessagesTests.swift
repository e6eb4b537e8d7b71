import TestSupport
import Testing

/// What the program says to people, on stderr and on a terminal.
@Suite struct MessagesTests {
    let place: Workplace

    init() throws { place = try Workplace() }

    @Test func `a mistyped command is answered with the nearest one`() throws {
        let result = try place.toxwatch.run("grdae")
        #expect(result.status == 64)
        #expect(result.output == [])
        #expect(
            result.told.hasPrefix("toxwatch: 'grdae' is neither a command nor a file; did you mean 'grade'? Commands: ")
        )
    }

    @Test(arguments: [
        (["run", "--from", "ndjsn"], "unknown format 'ndjsn' for --from; did you mean 'ndjson'?"),
        (["run", "--to", "txt"], "unknown format 'txt' for --to; did you mean 'text'?"),
        (["run", "--rules", "gade"], "unknown kind of rule 'gade' for --rules; did you mean 'grade'?"),
        (["run", "--fail-at", "urgnt"], "unknown severity 'urgnt' for --fail-at; did you mean 'urgent'?"),
    ])
    func `a mistyped word of an option is answered with the nearest one`(arguments: [String], message: String) throws {
        let result = try place.toxwatch.run(arguments, input: [])
        #expect(result.told.contains(message))
        #expect(result.output == [])
    }

    @Test func `the sums at the end add up`() throws {
        let input = Feed.fever("P1") + Feed.fever("P1") + Feed.normal("P2") + Feed.unknown + "x\n"
        let result = try place.toxwatch.run("run", input: input)
        let told = result.told.split(separator: "\n")
        #expect(told.contains("toxwatch: records 5 = events 4 + rejects 1"))
        #expect(
            told.contains(
                "toxwatch: events 4 = graded 2 + ungradable 0 + unmatched 1 + repeats 1 + late 0 + cancelled 0"))
        #expect(told.contains("toxwatch: alerts 1 = emergency 1 + urgent 0 + soon 0 + routine 0 + none 0"))
        #expect(told.contains("toxwatch: unmatched codes: shoe_size 1"))
    }

    @Test(arguments: ["run", "read", "grade"])
    func `events with an agent that the pack does not know are counted, without its name`(command: String) throws {
        let mistyped = Feed.normal("P1").replacing("pembrolizumab", with: "Nivolumabb")
        let told = try place.toxwatch.run(command, input: mistyped + Feed.normal("P2") + mistyped).told
        #expect(
            told.hasSuffix(
                "toxwatch: events with an unknown therapy or agent, judged under all therapies: 2\n"))
        #expect(!told.contains("Nivolumabb"))
        #expect(try !place.toxwatch.run(command, input: Feed.normal("P2")).told.contains("unknown therapy"))
    }

    @Test(arguments: ["run", "read", "grade"])
    func `modifiers and words that nobody knows are counted, without what they say`(command: String) throws {
        let odd = Feed.normal("P1").replacing("}", with: #","modifier":"chemo9","status":"secret","flag":"x!"}"#)
        let told = try place.toxwatch.run(command, input: odd + Feed.normal("P2")).told
        #expect(
            told.hasSuffix(
                """
                toxwatch: events with an unknown modifier, judged under all therapies and modifiers: 1
                toxwatch: members that hold an unknown word or date, read without it: flag 1, status 1

                """))
        #expect(!told.contains("secret") && !told.contains("chemo9") && !told.contains("x!"))
    }

    @Test func `every start says which pack judges, unless it shall be quiet`() throws {
        let told = try place.toxwatch.run("run").told
        #expect(
            told.prefix { $0 != "\n" }.contains(
                #/^toxwatch: pack immunotherapy \S+ from \S+, sha256 [0-9a-f]{64}, \w+, /#))
        #expect(try place.toxwatch.run("run", "--quiet").told == "")
    }

    @Test func `text for people has no escape codes when no terminal shows it`() throws {
        let result = try place.toxwatch.run("run", "--to", "text", input: Feed.fever("P1"))
        #expect(!result.output.contains(0x1B))
        #expect(!result.messages.contains(0x1B))
        #expect(result.text.hasPrefix("EMERGENCY  P1  opened  "))
    }

    /// Runs a command on a terminal of its own.
    private func onTerminal(_ command: String, environment: [String: String] = [:]) throws -> String {
        try place.write(Feed.fever("P1"), to: "events.ndjson")
        let variables = environment.merging(["TERM": "xterm"]) { $1 }
        return try place.shell("script -qec '\(command)' /dev/null < /dev/null", environment: variables).text
    }

    /// Whether this machine lends out terminals.
    static let hasTerminals = (try? Workplace().shell("script -qec true /dev/null < /dev/null").status) == 0

    @Test(.enabled(if: hasTerminals, "no terminals here"))
    func `on a terminal the severity is coloured`() throws {
        #expect(try onTerminal("toxwatch run --quiet --to text events.ndjson").hasPrefix("\u{1B}["))
    }

    @Test(.enabled(if: hasTerminals, "no terminals here"))
    func `NO_COLOR takes the colours away, unless it is empty`() throws {
        let command = "toxwatch run --quiet --to text events.ndjson"
        #expect(try onTerminal(command, environment: ["NO_COLOR": "1"]).hasPrefix("EMERGENCY"))
        #expect(try onTerminal(command, environment: ["NO_COLOR": ""]).hasPrefix("\u{1B}["))
    }

    @Test func `help teaches by example`() throws {
        #expect(try place.toxwatch.run("--help").text.contains("toxwatch < events.ndjson"))
        for command in ["run", "read", "grade", "lint", "init"] {
            let help = try place.toxwatch.run(command, "--help")
            #expect(help.status == 0)
            #expect(help.text.contains("Example"), "\(command)")
        }
    }
}
