import Foundation
import TestSupport
import Testing

/// Signals during a run: what is in hand is finished first.
@Suite struct SignalTests {
    let place: Workplace

    init() throws { place = try Workplace() }

    @Test(arguments: [SIGTERM, SIGINT])
    func `input that was cut short ends by the signal, after its sums`(signal: Int32) throws {
        var running = try place.toxwatch.start(["run"])
        running.send(Feed.fever("P1") + Feed.fever("P2").prefix(40))
        #expect(running.nextLine() != nil)
        running.receive(signal: signal)
        let result = running.finish()
        #expect(result.status == -signal)
        #expect(result.told.contains("toxwatch: told to stop before the end of the input\n"), "\(result.told)")
        #expect(result.told.contains("toxwatch: records 1 = events 1 + rejects 0\n"), "\(result.told)")
    }

    @Test func `the batch in hand is written to its end`() throws {
        try place.write(Feed.manyFevers(3000), to: "events.ndjson")
        var running = try place.toxwatch.start(["run", "events.ndjson"])
        // It has begun to write, and goes on once somebody reads: not before the signal.
        #expect(running.nextMessage() != nil)
        var first = pollfd(fd: 0, events: 0, revents: 0)
        #expect(poll(&first, 0, 300) == 0)
        running.receive(signal: SIGTERM)
        let result = running.finish()
        #expect(result.status == -SIGTERM)
        let count = result.lines.count
        #expect(count > 0 && count < 3000)
        #expect(result.text.hasSuffix("}\n"))
        #expect(result.told.contains("toxwatch: records \(count) = events \(count) + rejects 0\n"), "\(result.told)")
    }

    @Test func `a named pipe is waited for, and a signal ends the wait`() throws {
        _ = try place.shell("mkfifo pipe")
        var running = try place.toxwatch.start(["run", "pipe"])
        #expect(running.nextMessage()?.hasPrefix("toxwatch: pack ") == true)
        running.receive(signal: SIGTERM)
        #expect(running.finish().status == -SIGTERM)
        let read = try place.shell(
            "(sleep 0.2; echo '\(Feed.fever("P1").dropLast())') > pipe & toxwatch run --quiet pipe")
        #expect(read.status == 0 && read.lines.count == 1)
    }

    @Test func `a run that follows a file ends with the status that it has`() throws {
        try place.write(Feed.fever("P1"), to: "feed.ndjson")
        var running = try place.toxwatch.start(["run", "--follow", "feed.ndjson", "--fail-at", "urgent"])
        #expect(running.nextLine() != nil)
        running.receive(signal: SIGINT)
        let result = running.finish()
        #expect(result.status == 1)
        #expect(!result.told.contains("told to stop") && result.told.contains("records 1 = "), "\(result.told)")
    }

    @Test func `a signal that whoever started it had it ignore stays ignored`() throws {
        var shell = place.toxwatch
        shell.path = "/bin/sh"
        var running = try shell.start(["-c", "trap '' TERM HUP; exec toxwatch --quiet"])
        running.send(Feed.fever("P1"))
        #expect(running.nextLine() != nil)
        running.receive(signal: SIGTERM)
        running.receive(signal: SIGHUP)
        running.send(Feed.fever("P2"))
        #expect(running.nextLine() != nil)
        #expect(running.finish().status == 0)
    }

    @Test(arguments: ["read", "grade"]) func `other commands are ended by it as any program`(command: String) throws {
        var running = try place.toxwatch.start([command, "--quiet"])
        running.send(Feed.fever("P1"))
        #expect(running.nextLine() != nil)
        running.receive(signal: SIGTERM)
        #expect(running.finish().status == -SIGTERM)
    }
}
