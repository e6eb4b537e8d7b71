import TestSupport
import Testing

/// The program as a filter: pipes that stay open, pipes that close, input in any pieces.
@Suite struct StreamTests {
    let place: Workplace

    init() throws { place = try Workplace() }

    @Test func `a line in gives its alert while the input stays open`() throws {
        var running = try place.toxwatch.start(["--quiet"])
        for patient in ["P1", "P2", "P3"] {
            running.send(Feed.fever(patient))
            let alert = running.nextLine().flatMap { JSONText($0.utf8) }
            #expect(alert?["patient"] == .string(patient))
        }
        #expect(running.finish().status == 0)
    }

    @Test func `half a line waits for its other half`() throws {
        var running = try place.toxwatch.start(["--quiet"])
        let line = Feed.fever("P1")
        running.send(Feed.fever("P0") + line.prefix(40))
        #expect(running.nextLine() != nil)
        running.send(String(line.dropFirst(40)))
        #expect(running.nextLine().flatMap { JSONText($0.utf8) }?["patient"] == .string("P1"))
        #expect(running.finish().status == 0)
    }

    @Test func `a last line without a newline counts`() throws {
        let result = try place.toxwatch.run("--quiet", input: String(Feed.fever("P1").dropLast()))
        #expect(result.lines.count == 1)
        #expect(result.status == 0)
    }

    @Test func `a reader that leaves is a quiet end, with 74 because alerts were left unwritten`() throws {
        try place.write(Feed.manyFevers(2000), to: "events.ndjson")
        let result = try place.shell("toxwatch run --quiet events.ndjson | head -1; exit ${PIPESTATUS[0]}")
        #expect(result.status == 74)
        #expect(result.lines.count == 1)
        #expect(result.told == "")
    }

    @Test func `a reader that has seen every alert may leave`() throws {
        var running = try place.toxwatch.start(["--quiet"])
        running.send(Feed.fever("P1"))
        _ = running.nextLine()
        running.closeOutput()
        running.send(Feed.normal("P2"))
        let result = running.finish()
        #expect(result.status == 0)
        #expect(result.told == "")
    }

    @Test(arguments: ["read", "grade"]) func `nothing is lost when a reader leaves these`(command: String) throws {
        try place.write(Feed.manyFevers(5000), to: "events.ndjson")
        let result = try place.shell("toxwatch \(command) --quiet events.ndjson | head -1; exit ${PIPESTATUS[0]}")
        #expect(result.status == 0)
        #expect(result.lines.count == 1)
        #expect(result.told == "")
    }

    @Test(arguments: ["run", "read", "grade"]) func `empty input is no mistake`(command: String) throws {
        let result = try place.toxwatch.run(command, "--quiet")
        #expect(result.status == 0)
        #expect(result.output == [])
        #expect(result.told == "")
    }

    @Test func `two inputs are one run`() throws {
        try place.write(Feed.fever("P1"), to: "one.ndjson")
        try place.write(Feed.fever("P2") + Feed.fever("P1"), to: "two.ndjson")
        let apart = try place.toxwatch.run("run", "--quiet", "one.ndjson", "two.ndjson")
        let together = try place.toxwatch.run(
            "run", "--quiet", input: Feed.fever("P1") + Feed.fever("P2") + Feed.fever("P1"))
        #expect(apart.output == together.output)
        #expect(apart.lines.count == 2)
        let mixed = try place.toxwatch.run("run", "--quiet", "-", "two.ndjson", input: Feed.fever("P1"))
        #expect(mixed.output == together.output)
    }

    @Test func `a missing input does not keep the others from being read`() throws {
        try place.write(Feed.fever("P1"), to: "one.ndjson")
        let result = try place.toxwatch.run("run", "--quiet", "no-such-file", "one.ndjson")
        #expect(result.lines.count == 1)
        #expect(result.told == "toxwatch: cannot read no-such-file: No such file or directory\n")
    }

    @Test func `a huge line is rejected alone`() throws {
        let huge = #"{"patient":"P1","text":""# + String(repeating: "x", count: 3 << 20) + "\"}\n"
        let arguments = ["--quiet", "--rules", "grade"]
        let result = try place.toxwatch.run(arguments, input: (Feed.fever("P1") + huge + Feed.fever("P2")).utf8)
        #expect(result.status == 2)
        #expect(result.lines.count == 2)
    }

    @Test func `a stream that was closed at the start is told, and no other file takes its place`() throws {
        let input = "<<< '\(Feed.fever("P1"))'"
        let withoutInput = try place.shell("toxwatch --quiet <&-")
        #expect(withoutInput.told == "toxwatch: cannot read stdin: Bad file descriptor\n")
        #expect(withoutInput.status == 74)
        let withoutOutput = try place.shell("toxwatch --quiet --rejects rejects.ndjson \(input) >&-")
        #expect(withoutOutput.told == "toxwatch: cannot write: Bad file descriptor\n")
        #expect(withoutOutput.status == 74)
        #expect(try place.text("rejects.ndjson") == "")
        #expect(try place.shell("toxwatch --fail-at soon \(input) 2>&-").status == 1)
    }

    @Test func `the parser before the filter changes nothing`() throws {
        let samples = Repository.path("samples/events.ndjson")
        let direct = try place.shell("toxwatch run --quiet \(samples)")
        let piped = try place.shell("toxwatch read --quiet \(samples) | toxwatch run --quiet")
        #expect(direct.output == piped.output)
        #expect(direct.status == 0)
        #expect(!direct.output.isEmpty)
    }

    @Test func `the same input gives the same bytes`() throws {
        let samples = Repository.path("samples/events.ndjson")
        let first = try place.toxwatch.run("run", "--quiet", samples)
        #expect(try place.toxwatch.run("run", "--quiet", samples).output == first.output)
    }
}
