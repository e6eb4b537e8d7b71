import TestSupport
import Testing

@testable import toxwatch

/// Every exit status, each from a case that really ends so.
@Suite struct ExitStatusTests {
    let place: Workplace

    init() throws { place = try Workplace() }

    private func status(_ arguments: String..., input: String = "") throws -> Int32 {
        try place.toxwatch.run(arguments, input: input.utf8).status
    }

    @Test func `0: all was read`() throws {
        #expect(try status(input: Feed.fever("P1") + Feed.normal("P2") + Feed.unknown) == 0)
        #expect(try status("run") == 0)
        #expect(try status("grade", input: Feed.normal("P1")) == 0)
        #expect(try status("read", input: Feed.normal("P1")) == 0)
        #expect(try status("lint") == 0)
        #expect(try status("--help") == 0)
        #expect(try status("--version") == 0)
    }

    @Test func `1: an alert at or above the limit was written`() throws {
        #expect(try status("--fail-at", "emergency", input: Feed.fever("P1")) == 1)
        #expect(try status("--fail-at", "soon", input: Feed.fever("P1")) == 1)
        #expect(try status("--fail-at", "emergency", input: Feed.normal("P1")) == 0)
    }

    @Test func `2: a record was rejected`() throws {
        #expect(try status(input: "{}\n") == 2)
        #expect(try status("read", input: "{}\n") == 2)
        #expect(try status("grade", input: "{}\n") == 2)
        #expect(try status("--tolerate-rejects", input: "{}\n") == 0)
    }

    @Test func `2: under --strict, an event was unmatched or ungradable`() throws {
        let ungradable = #"{"patient":"P1","time":"2026-03-01T08:00:00Z","code":"alt","value":20,"unit":"furlong"}"#
        #expect(try status("--strict", input: Feed.unknown) == 2)
        #expect(try status("--strict", input: ungradable) == 2)
        #expect(try status("--strict", input: Feed.normal("P1")) == 0)
        #expect(try status(input: ungradable) == 0)
    }

    @Test func `64: the command line makes no sense`() throws {
        #expect(try status("--frobnicate") == 64)
        #expect(try status("run", "--from", "carrier-pigeon") == 64)
        #expect(try status("run", "--to", "song") == 64)
        #expect(try status("run", "--rules", "golden") == 64)
        for nothing in ["", ",", " "] { #expect(try status("run", "--rules", nothing) == 64) }
        #expect(try status("run", "--fail-at", "catastrophe") == 64)
        #expect(try status("run", "--source", "no_such_source") == 64)
        #expect(try status("run", "--to", "text", "--to", "ndjson") == 64)
        #expect(try status("init") == 64)
        #expect(try status("read", "--strict") == 64)
        #expect(try status("read", "--roster", "no-such-file") == 64)
    }

    @Test func `65: the input is not of its format`() throws {
        try place.write("colour,taste\nred,sweet\n", to: "wine.csv")
        #expect(try status("run", "wine.csv") == 65)
        #expect(try status("run", "--roster", "wine.csv") == 65)
    }

    @Test func `74: reading or writing failed`() throws {
        #expect(try status("run", "no-such-file") == 74)
        #expect(try status("run", ".") == 74)
        #expect(try status("run", "--roster", "no-such-file") == 74)
        #expect(try status("run", "--rejects", "no/such/folder") == 74)
        #expect(try status("run", "--to", "text=no/such/folder") == 74)
        #expect(try place.shell("toxwatch > /dev/full <<< '\(Feed.fever("P1"))'").status == 74)
    }

    @Test func `78: the config is wrong`() throws {
        try place.write("pack: x\n", to: "wrong.yaml")
        for command in ["run", "read", "grade", "lint"] {
            #expect(try status(command, "--config", "wrong.yaml") == 78, "\(command)")
        }
        #expect(try status("--config", "no-such-file") == 78)
        #expect(try status("--config", ".") == 78)
    }

    @Test func `the more telling of several holds`() throws {
        try place.write("colour,taste\nred,sweet\n", to: "wine.csv")
        try place.write("{}\n" + Feed.fever("P1"), to: "events.ndjson")
        #expect(try status("run", "events.ndjson", "--fail-at", "soon") == 2)
        #expect(try status("run", "events.ndjson", "wine.csv", "--fail-at", "soon") == 65)
        #expect(try status("run", "events.ndjson", "wine.csv", "no-such-file") == 74)
    }
}
