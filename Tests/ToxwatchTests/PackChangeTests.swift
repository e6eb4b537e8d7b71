import Foundation
import TestSupport
import Testing

/// SIGHUP during a run that goes on: the pack is read anew.
@Suite struct PackChangeTests {
    let place: Workplace

    init() throws {
        place = try Workplace()
        _ = try place.toxwatch.run("init", "pack")
    }

    /// A run under the copied pack that has written its first alert.
    private func started(_ options: [String] = []) throws -> RunningProgram {
        var running = try place.toxwatch.start(["run", "--config", "pack"] + options)
        #expect(running.nextMessage()?.hasPrefix("toxwatch: pack ") == true)
        running.send(Feed.fever("P1"))
        #expect(running.nextLine() != nil)
        return running
    }

    /// That the run goes on, and what it said until its end.
    private func finish(_ running: inout RunningProgram) -> Program.Result {
        running.send(Feed.fever("P2") + Feed.fever("P1"))
        #expect(running.nextLine()?.contains(#""patient":"P2""#) == true)
        let result = running.finish()
        #expect(result.status == 0 && result.output == [])
        #expect(result.told.contains("records 3 = ") && result.told.contains("repeats 1 "), "\(result.told)")
        return result
    }

    @Test func `mistakes are told, all of them, and the run goes on as before`() throws {
        var running = try started()
        try place.write(try place.text("pack/toxwatch.yaml") + "mod: live\nsit: x\n", to: "pack/toxwatch.yaml")
        running.receive(signal: SIGHUP)
        var told = ""
        while !told.contains("going on"), let line = running.nextMessage() { told += line + "\n" }
        #expect(told.contains("unknown key 'mod'") && told.contains("unknown key 'sit'"), "\(told)")
        #expect(told.contains("toxwatch: going on under the pack sha256 "), "\(told)")
        _ = finish(&running)
    }

    @Test func `a pack that did not change is told to be what it was`() throws {
        var running = try started()
        running.receive(signal: SIGHUP)
        #expect(running.nextMessage() == "toxwatch: the pack is what it was")
        #expect(running.nextMessage()?.hasPrefix("toxwatch: going on under the pack sha256 ") == true)
        _ = finish(&running)
    }

    @Test func `the digest of a pack that changed is told`() throws {
        var running = try started()
        try place.write(
            try place.text("pack/toxwatch.yaml").replacing("version: 0.1.0", with: "version: 0.1.1"),
            to: "pack/toxwatch.yaml")
        let digest = try place.toxwatch.run("run", "--config", "pack").told.firstMatch(of: #/[0-9a-f]{64}/#)?.output
        running.receive(signal: SIGHUP)
        #expect(running.nextMessage()?.contains(digest ?? "?") == true)
        _ = finish(&running)
    }

    @Test func `a roster that is wrong now changes nothing`() throws {
        try place.write("patient,agent\nP2,pembrolizumab\n", to: "roster.csv")
        var running = try started(["--roster", "roster.csv"])
        try place.write("patient,agnt\nP2,pembrolizumab\n", to: "roster.csv")
        running.receive(signal: SIGHUP)
        #expect(running.nextMessage()?.contains("roster.csv:1:") == true)
        _ = finish(&running)
    }

    @Test func `input that has an end is not read on after a hang-up`() throws {
        try place.write(Feed.manyFevers(3000), to: "events.ndjson")
        var running = try place.toxwatch.start(["run", "events.ndjson"])
        #expect(running.nextMessage() != nil)
        running.receive(signal: SIGHUP)
        #expect(running.finish().status == -SIGHUP)
    }
}
