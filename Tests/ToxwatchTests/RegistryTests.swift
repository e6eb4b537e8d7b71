import Emitter
import Parser
import TestSupport
import Testing

@testable import Classifier
@testable import toxwatch

/// Whatever stands in one of the visible lists: named once, said in a line, tested, and told in the README.
@Suite struct RegistryTests {
    let place: Workplace

    init() throws { place = try Workplace() }

    /// An entry of a list.
    struct Entry: Sendable, CustomTestStringConvertible {
        var list: String
        var name: String
        var summary: String
        var type: String
        var room: String

        var testDescription: String { "\(list): \(name)" }
    }

    static let entries: [Entry] =
        InputFormats.all.map {
            Entry(list: "input format", name: $0.name, summary: $0.summary, type: "\($0)", room: "Parser/Formats")
        }
        + OutputFormats.all.map {
            Entry(list: "output format", name: $0.name, summary: $0.summary, type: "\($0)", room: "Emitter/Formats")
        }
        + RuleKinds.all.map {
            Entry(list: "rule kind", name: $0.name, summary: $0.summary, type: "\($0)", room: "Classifier/Rules")
        }

    @Test func `names are lowercase words, unique in their list`() {
        for (list, entries) in Dictionary(grouping: Self.entries, by: \.list) {
            #expect(Set(entries.map(\.name)).count == entries.count, "\(list)")
            for entry in entries { #expect(entry.name.wholeMatch(of: #/[a-z][a-z0-9_]*/#) != nil) }
        }
    }

    @Test(arguments: entries) func `it says what it is in one line`(entry: Entry) {
        #expect(!entry.summary.isEmpty && entry.summary.count <= 100 && !entry.summary.contains("\n"))
        #expect(!entry.summary.hasSuffix("."))
    }

    @Test(arguments: entries) func `it has a file of its own, and a test file`(entry: Entry) {
        #expect(Repository.holds("Sources/\(entry.room)/\(entry.type).swift"))
        let room = entry.room.prefix { $0 != "/" }
        #expect(Repository.holds("Tests/\(room)Tests/\(entry.type)Tests.swift"))
    }

    @Test(arguments: entries) func `it has a row in the README`(entry: Entry) throws {
        #expect(try Repository.text("README.md").contains("\n| `\(entry.name)` | \(entry.summary) |"))
    }

    @Test(arguments: entries) func `help names it`(entry: Entry) throws {
        #expect(try place.toxwatch.run("run", "--help").text.contains(entry.name))
    }
}
