import Foundation
import TestSupport
import Testing

/// A file that is read on as it grows.
@Suite struct FollowedFileTests {
    let place: Workplace

    init() throws { place = try Workplace() }

    private func follow(_ options: String...) throws -> RunningProgram {
        try place.toxwatch.start(["run", "--follow", "feed.ndjson"] + options)
    }

    private func append(_ text: String, to name: String = "feed.ndjson") throws {
        let file = try FileHandle(forWritingTo: place.folder.appendingPathComponent(name))
        try file.seekToEnd()
        try file.write(contentsOf: Data(text.utf8))
        try file.close()
    }

    private func move(_ name: String, to other: String) throws {
        try FileManager.default.moveItem(
            at: place.folder.appendingPathComponent(name), to: place.folder.appendingPathComponent(other))
    }

    /// The patients of the next alerts.
    private func patients(_ count: Int, of running: inout RunningProgram) -> [String] {
        (0..<count).compactMap { _ in
            running.nextLine().flatMap { JSONText($0.utf8) }?["patient"]?.string
        }
    }

    private func stop(_ running: inout RunningProgram) -> Program.Result {
        running.receive(signal: SIGTERM)
        return running.finish()
    }

    @Test func `what stands in it is read, then every line that comes`() throws {
        try place.write(Feed.fever("P1") + Feed.fever("P2"), to: "feed.ndjson")
        var running = try follow("--quiet")
        #expect(patients(2, of: &running) == ["P1", "P2"])
        for name in ["P3", "P4", "P5"] {
            try append(Feed.fever(name))
            #expect(patients(1, of: &running) == [name])
        }
        let result = stop(&running)
        #expect(result.status == 0 && result.output == [] && result.told == "", "\(result.told)")
    }

    @Test func `half a line waits for its other half, also when the run ends before`() throws {
        let line = Feed.fever("P2")
        try place.write(Feed.fever("P1") + line.prefix(50), to: "feed.ndjson")
        var running = try follow("--quiet")
        #expect(patients(1, of: &running) == ["P1"])
        try append(String(line.dropFirst(50)) + line.prefix(20))
        #expect(patients(1, of: &running) == ["P2"])
        let result = stop(&running)
        #expect(result.status == 0 && result.told == "")
    }

    @Test func `one that is not there yet is waited for`() throws {
        var running = try follow()
        #expect(running.nextMessage()?.hasPrefix("toxwatch: pack ") == true)
        #expect(running.nextMessage() == "toxwatch: waiting for feed.ndjson: No such file or directory")
        try place.write(Feed.fever("P1"), to: "feed.ndjson")
        #expect(patients(1, of: &running) == ["P1"])
        #expect(stop(&running).told.contains("toxwatch: records 1 = events 1 + rejects 0\n"))
    }

    @Test func `one that is moved away is read to its end, then the new one of its name`() throws {
        try place.write(Feed.fever("P1"), to: "feed.ndjson")
        var running = try follow("--quiet")
        #expect(patients(1, of: &running) == ["P1"])
        try move("feed.ndjson", to: "feed.1")
        try append(Feed.fever("P2"), to: "feed.1")
        #expect(patients(1, of: &running) == ["P2"])
        // Whoever writes learns of the new file later than it is made.
        try place.write("", to: "feed.ndjson")
        try append(Feed.fever("P3") + Feed.fever("P4").dropLast(), to: "feed.1")
        #expect(patients(1, of: &running) == ["P3"])
        try append(Feed.fever("P5"))
        #expect(patients(2, of: &running) == ["P4", "P5"])
        let result = stop(&running)
        #expect(result.status == 0 && result.told == "", "\(result.told)")
    }

    @Test func `one that is cut is read again from its start, and that is told`() throws {
        try place.write(Feed.fever("P1") + Feed.fever("P2"), to: "feed.ndjson")
        var running = try follow("--quiet")
        #expect(patients(2, of: &running) == ["P1", "P2"])
        let file = try FileHandle(forWritingTo: place.folder.appendingPathComponent("feed.ndjson"))
        try file.truncate(atOffset: 0)
        #expect(
            running.nextMessage() == "toxwatch: feed.ndjson: the file was cut; reading it again from its start")
        try file.write(contentsOf: Data(Feed.fever("P3").utf8))
        #expect(patients(1, of: &running) == ["P3"])
        #expect(stop(&running).status == 0)
    }

    @Test func `a link that comes to lead elsewhere is a file of another name`() throws {
        try place.write(Feed.fever("P1"), to: "one.ndjson")
        try place.write(Feed.fever("P2"), to: "two.ndjson")
        _ = try place.shell("ln -s one.ndjson feed.ndjson")
        var running = try follow("--quiet")
        #expect(patients(1, of: &running) == ["P1"])
        _ = try place.shell("ln -s two.ndjson next && mv -T next feed.ndjson")
        #expect(patients(1, of: &running) == ["P2"])
        #expect(stop(&running).status == 0)
    }

    @Test func `a table that is followed has its header once in each file`() throws {
        let head = "patient;time;code;value;unit;high;therapy\n"
        func row(_ patient: String) -> String { "\(patient);2026-03-01T08:00:00Z;alt;900;U/L;40;pembrolizumab\n" }
        try place.write(head + row("P1"), to: "feed.csv")
        var running = try place.toxwatch.start(["run", "--follow", "feed.csv", "--quiet"])
        #expect(patients(1, of: &running) == ["P1"])
        try append(row("P2"), to: "feed.csv")
        #expect(patients(1, of: &running) == ["P2"])
        try move("feed.csv", to: "old.csv")
        try place.write(head + row("P3"), to: "feed.csv")
        #expect(patients(1, of: &running) == ["P3"])
        #expect(stop(&running).status == 0)
    }

    @Test(arguments: [
        ([], "one FILE"), (["-"], "one FILE"), (["a", "b"], "one FILE"), (["."], ". is a folder"),
        (["pipe"], "pipe is a named pipe"),
    ])
    func `what cannot be followed is a mistake of usage`(_ files: [String], _ words: String) throws {
        _ = try place.shell("mkfifo pipe")
        let result = try place.toxwatch.run(["run", "--follow"] + files, input: [])
        #expect(result.status == 64 && result.told.contains(words), "\(result.told)")
    }

    @Test func `the alerts do not go into the file that is waited for`() throws {
        let result = try place.toxwatch.run("run", "--follow", "feed.ndjson", "--to", "ndjson=feed.ndjson")
        #expect(result.status == 64 && result.told.contains("is the same file as"), "\(result.told)")
    }
}
