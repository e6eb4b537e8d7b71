import TestSupport
import Testing

/// Records that cannot be read: told, kept, counted, and harmless to their neighbours.
@Suite struct RejectsTests {
    let place: Workplace

    init() throws { place = try Workplace() }

    static let broken = [
        "{", "}", "[]", "null", "nonsense", #"{"patient":"P9"}"#, #"{"patient":"P9","patient":"P9"}"#,
        #"{"patient":"P9","time":"2026-03-01T08:00:00","code":"fever","value":39}"#,
        #"{"patient":"P9","time":"yesterday","code":"fever","value":39}"#,
        #"{"patient":"","time":"2026-03-01T08:00:00Z","code":"fever","value":39}"#,
        #"{"patient":"P9","time":"2026-03-01T08:00:00Z","code":"fever","value":39,}"#,
        #"{"patient":"P9","time":"2026-03-01T08:00:00Z","code":"fever","value":NaN}"#,
        #"{"patient":"P9","time":"2026-03-01T08:00:00Z","code":"fever","value":"\ud800"}"#,
        #"{"patient":"P9","time":"2026-03-01T08:00:00Z","code":"fever","value":39} {}"#,
        "\u{1B}[2J", "\u{0}", String(repeating: "[", count: 5000),
    ]

    @Test(arguments: broken) func `a broken line between good ones changes nothing`(line: String) throws {
        let good = Feed.normal("P0") + Feed.fever("P1")
        let clean = try place.toxwatch.run("--quiet", "--rules", "grade", input: good + Feed.fever("P2"))
        let mixed = try place.toxwatch.run("--quiet", "--rules", "grade", input: good + line + "\n" + Feed.fever("P2"))
        #expect(mixed.output == clean.output)
        #expect(mixed.lines.count == 2)
        #expect(mixed.status == 2)
    }

    @Test func `bytes that are no text are rejected alone`() throws {
        let input = Array(Feed.fever("P1").utf8) + [0xFF, 0xFE, 0x0A] + Array(Feed.fever("P2").utf8)
        let result = try place.toxwatch.run(["--quiet", "--rejects", "rejects.ndjson"], input: input)
        #expect(result.lines.count == 2)
        #expect(JSONText(try place.text("rejects.ndjson").utf8)?["raw_base64"] == .string("//4="))
    }

    @Test func `--rejects keeps the record, its place and the reason`() throws {
        let line = #"{"patient":"P9","time":"2026-03-01T08:00:00","code":"fever","value":39}"#
        let result = try place.toxwatch.run("run", "--rejects", "rejects.ndjson", input: Feed.fever("P1") + line + "\n")
        let kept = try #require(JSONText(try place.text("rejects.ndjson").utf8))
        #expect(kept["input"] == .string("stdin"))
        #expect(kept["line"] == .number("2"))
        #expect(kept["offset"] == .number("\(Feed.fever("P1").utf8.count)"))
        #expect(kept["raw"] == .string(line))
        let code = try #require(kept["code"]?.string)
        let reason = try #require(kept["reason"]?.string)
        #expect(result.told.contains("toxwatch: stdin:2: rejected (\(code)): \(reason)\n"))
    }

    @Test func `many rejects are counted, the first are told`() throws {
        let result = try place.toxwatch.run(
            "run", "--rejects", "rejects.ndjson", input: String(repeating: "x\n", count: 500))
        let told = result.told.split(separator: "\n")
        #expect(told.filter { $0.contains("rejected (") }.count == 20)
        #expect(told.contains("toxwatch: records 500 = events 0 + rejects 500"))
        #expect(try place.text("rejects.ndjson").split(separator: "\n").count == 500)
    }

    @Test func `a second run keeps the rejects of the first`() throws {
        for line in ["first\n", "second\n"] {
            #expect(try place.toxwatch.run("--quiet", "--rejects", "rejects.ndjson", input: line).status == 2)
        }
        let kept = try place.text("rejects.ndjson").split(separator: "\n").map { JSONText($0.utf8)?["raw"] }
        #expect(kept == [.string("first"), .string("second")])
    }

    @Test func `the file of rejects can be read by its owner alone`() throws {
        let result = try place.shell("toxwatch --quiet --rejects rejects.ndjson <<< x; stat -c %a rejects.ndjson")
        #expect(result.text == "600\n")
    }
}
