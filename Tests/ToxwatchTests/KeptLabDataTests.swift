import Foundation
import TestSupport
import Testing

/// Real laboratory rows as a feed with a state: whether they come in one run or a run for each day, now or long after, what
/// events make of them is the same.
@Suite struct KeptLabDataTests {
    private static let excerpt = "Tests/ToxwatchTests/Data/adlb-excerpt.csv"
    /// What events make; the rest is made by time.
    private static let madeByEvents: Set = ["opened", "worsened", "reminded", "eased", "resolved", "retracted"]

    private static let later = "2026-01-01T00:00:00Z"

    private let place: Workplace

    /// The pack is the one that the program carries, under which many runs take less time.
    init() throws { place = try Workplace(environment: ["TOXWATCH_CONFIG": ""]) }

    @Test func `an excerpt tells the same in one run, day by day, month by month long after, and once`() throws {
        try compare(#require(LabFeed(Repository.text(Self.excerpt))), "day", alerts: 41)
    }

    @Test(.enabled(if: LabDataTests.whole != nil, "the shared collections are absent"))
    func `the whole tells the same in one run, month by month, long after, and once`() throws {
        let path = try #require(LabDataTests.whole)
        try compare(#require(LabFeed(String(contentsOfFile: path, encoding: .utf8))), "month", alerts: 243)
    }

    /// Compares one run with runs over parts: those that time follows to the end of each part, and those long after.
    private func compare(_ feed: LabFeed, _ step: String, alerts count: Int) throws {
        let whole = try run(feed.text, "whole.db", "--no-tick")
        let wanted = Set(whole)
        #expect(whole.count == count && wanted.count == count)
        let months = feed.parts { $0.dropLast(3) }
        let parts = step == "day" ? feed.parts { $0[...] } : months
        let soon = try parts.flatMap { try run($0.text, "soon.db", "--now", $0.end) }
        #expect(soon.count == count && Set(soon) == wanted)
        let late = try months.flatMap { try run($0.text, "late.db", "--now", Self.later) }
        #expect(late.count == count && Set(late) == wanted)
        #expect(try run(feed.text, "soon.db", "--now", Self.later) == [])
        for state in ["soon.db", "late.db"] {
            #expect(try place.toxwatch.run("state", "check", "--state", state).status == 0)
        }
    }

    /// The ids of what events made in a run of its own.
    private func run(_ text: String, _ state: String, _ options: String...) throws -> [String] {
        let arguments = ["run", "--quiet", "--from", "csv", "--tolerate-rejects", "--state", state] + options
        let result = try place.toxwatch.run(arguments, input: text.utf8)
        #expect(result.status == 0, "\(result.told)")
        let alerts = result.lines.compactMap { JSONText($0.utf8) }
        return alerts.filter { Self.madeByEvents.contains($0["transition"]?.string ?? "") }.compactMap {
            // The roster expects nobody; a feed that stops is made by time.
            $0["patient"] == .null ? nil : $0["alert"]?.string
        }
    }
}

/// The rows of a table in the order of their days.
struct LabFeed {
    /// What came up to the end of some day.
    struct Part {
        var text: String
        /// The last instant of its last day.
        var end: String
    }

    private let header: Substring
    private let rows: [(day: String, row: Substring)]

    /// Nil for a table without the column of the day.
    init?(_ text: String) {
        let lines = text.split(separator: "\n")
        guard let header = lines.first, let column = header.split(separator: ",").firstIndex(of: "ADT") else {
            return nil
        }
        self.header = header
        let dated = lines.dropFirst().enumerated().map { place, row in
            (String(row.split(separator: ",", omittingEmptySubsequences: false)[column]), place, row)
        }
        rows = dated.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map { ($0.0, $0.2) }
    }

    /// The whole table.
    var text: String { text(of: rows[...]) }

    private func text(of rows: ArraySlice<(day: String, row: Substring)>) -> String {
        ([header] + rows.map(\.row)).map { $0 + "\n" }.joined()
    }

    /// The table in parts, each with the header: the rows whose days have the same name.
    func parts(_ name: (String) -> Substring) -> [Part] {
        var parts: [Part] = []
        var start = 0
        for end in 1...rows.count where end == rows.count || name(rows[end].day) != name(rows[start].day) {
            parts.append(Part(text: text(of: rows[start..<end]), end: rows[end - 1].day + "T23:59:59Z"))
            start = end
        }
        return parts
    }
}
