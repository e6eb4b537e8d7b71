import FoundationEssentials
import Glibc
import TestSupport
import Testing

@testable import toxwatch

/// What comes of an input, and that a wait ends when nothing does.
@Suite struct InputSourceTests {
    let place: Workplace

    init() throws { place = try Workplace() }

    /// What comes next, as text.
    private func next(_ source: some InputSource) throws -> (Arrival, String) {
        var bytes = [UInt8](repeating: 0, count: 64)
        let arrival = try source.read(into: 0..<64, of: &bytes)
        guard case .bytes(let count) = arrival else { return (arrival, "") }
        return (arrival, String(decoding: bytes[..<count], as: UTF8.self))
    }

    private func append(_ text: String, to path: String) throws {
        let file = try #require(fopen(path, "a"))
        fputs(text, file)
        fclose(file)
    }

    @Test func `a pipe that says nothing ends the wait, and is read on`() throws {
        let path = place.folder.appendingPathComponent("pipe").path
        try #require(mkfifo(path, 0o600) == 0)
        // Both ways, so that opening it waits for nobody.
        let writer = open(path, O_RDWR | O_CLOEXEC)
        let source = InputFiles([path], pulse: 10)
        #expect(source.next())
        #expect(try next(source).0 == .nothing)
        _ = write(writer, "one", 3)
        #expect(try next(source).1 == "one")
        #expect(try next(source).0 == .nothing)
        close(writer)
        #expect(try next(source).0 == .end())
        #expect(!source.next())
    }

    @Test func `a followed file that does not grow ends the wait, and is read on`() throws {
        let path = place.folder.appendingPathComponent("feed").path
        let source = FollowedFile(path, signals: Signals(), isQuiet: true, pulse: 10)
        #expect(try next(source).0 == .nothing)
        try place.write("one", to: "feed")
        #expect(try next(source).1 == "one")
        #expect(try next(source).0 == .nothing)
        try append(" two", to: path)
        #expect(try next(source).1 == " two")
        try place.write("", to: "feed")
        #expect(try next(source).0 == .end(note: "\(path): the file was cut; reading it again from its start"))
        try place.write("three", to: "feed")
        #expect(try next(source).1 == "three")
        #expect(source.next())
    }

    @Test func `a file whose name moves on twice is found all the same`() throws {
        let path = place.folder.appendingPathComponent("feed").path
        let source = FollowedFile(path, signals: Signals(), isQuiet: true, pulse: 0)
        try place.write("one", to: "feed")
        #expect(try next(source).1 == "one")
        // The second is empty while it is seen, and has its name no longer when it holds something.
        rename(path, path + ".1")
        try place.write("", to: "feed")
        #expect(try next(source).0 == .nothing)
        try append("two", to: path)
        rename(path, path + ".2")
        try place.write("three", to: "feed")
        try append(", its end", to: path + ".1")
        #expect(try next(source).1 == ", its end")
        for text in ["two", "three"] {
            #expect(try next(source).0 == .end(note: nil))
            #expect(try next(source).1 == text)
        }
        // One that stays empty is passed over.
        rename(path, path + ".3")
        try place.write("", to: "feed")
        #expect(try next(source).0 == .nothing)
        rename(path, path + ".4")
        try place.write("four", to: "feed")
        #expect(try next(source).0 == .end(note: nil))
        #expect(try next(source).1 == "four")
    }

    @Test func `files come one after the other`() throws {
        for name in ["a", "b"] { try place.write(name, to: name) }
        let source = InputFiles(["a", "b"].map { place.folder.appendingPathComponent($0).path })
        for name in ["a", "b"] {
            #expect(source.next() && source.name.hasSuffix(name))
            #expect(try next(source).1 == name)
            #expect(try next(source).0 == .end())
        }
        #expect(!source.next())
    }
}
