import Clinical
import Store
import TestSupport
import Testing

@testable import toxwatch

/// What nobody answers by its time: as time tells it, and as staff list it.
@Suite struct OverdueTests {
    private let place: Workplace
    private static let noon = "2026-03-02T12:00:00Z"

    init() throws { place = try Workplace() }

    private func run(_ feed: String = "", now: String = noon, state: String = "state.db") throws -> [JSONText] {
        let options = ["run", "--quiet", "--roster", "roster.csv", "--state", state, "--now", now]
        return try place.toxwatch.run(options, input: feed.utf8).lines.compactMap { JSONText($0.utf8) }
    }

    private func told(_ alerts: [JSONText]) -> [String?] {
        alerts.map { alert in
            alert["rule"]?.string.map {
                "\($0) \(alert["transition"]?.string ?? "") \(alert["severity"]?.string ?? "")"
            }
        }
    }

    private func overdue(_ options: String..., now: String) throws -> Program.Result {
        try place.toxwatch.run(["alerts", "overdue", "--state", "state.db", "--now", now] + options, input: [])
    }

    /// A patient who is well by a feed of its own name, and of whom the roster expects a report a week.
    private func prepare() throws {
        try place.write("patient,agent,started,expects\nP1,pembrolizumab,2026-01-13,7d\n", to: "roster.csv")
    }

    private static func well(_ patient: String, day: Int, source: String = "") -> String {
        #"{"patient":"\#(patient)","time":"2026-03-\#(day < 10 ? "0" : "")\#(day)T10:00:00Z","code":"diarrhea","#
            + #""answers":{"stools_over_baseline":0}\#(source.isEmpty ? "" : #","source":"\#(source)""#)}"# + "\n"
    }

    @Test func `a silent patient and a feed that stopped are overdue when nobody answers, once`() throws {
        try prepare()
        #expect(try run(Self.well("P1", day: 2) + Self.well("P2", day: 2, source: "ward_lab")) == [])
        let silent = try run(now: "2026-03-10T12:00:00Z")
        #expect(told(silent) == ["feed-stopped opened urgent", "patient-silent opened soon"])
        let first = try run(now: "2026-03-10T17:00:00Z")
        let second = try run(now: "2026-03-11T13:00:00Z")
        #expect(told(first) == ["feed-stopped overdue urgent"] && told(second) == ["patient-silent overdue soon"])
        for (overdue, opened) in zip(first + second, silent) {
            #expect(overdue["episode"] == opened["episode"] && overdue["alert"] != opened["alert"])
            #expect(overdue["therapy"] == opened["therapy"] && overdue["time"] == overdue["respond_by"])
            #expect(overdue["summary"]?.string?.hasSuffix("; nobody answered in time") == true, "\(overdue)")
        }
        #expect(first.first?["time"]?.string == "2026-03-10T16:00:00Z")
        #expect(second.first?["time"]?.string == "2026-03-11T12:00:00Z")
        #expect(try run(now: "2026-03-20T12:00:00Z") == [])
        // What comes again ends both as ever.
        let again = try run(
            Self.well("P1", day: 20) + Self.well("P2", day: 20, source: "ward_lab"), now: "2026-03-20T12:00:00Z")
        #expect(told(again) == ["patient-silent resolved none", "feed-stopped resolved none"])
        #expect(try place.toxwatch.run("alerts", "list", "--state", "state.db").text == "nothing\n")
    }

    @Test func `the same deadlines give the same ids`() throws {
        try prepare()
        var ids: [[JSONText?]] = []
        for state in ["one.db", "other.db"] {
            _ = try run(Self.well("P1", day: 2) + Self.well("P2", day: 2, source: "ward_lab"), state: state)
            _ = try run(now: "2026-03-10T12:00:00Z", state: state)
            ids.append(try run(now: "2026-03-12T12:00:00Z", state: state).map { $0["alert"] })
        }
        #expect(ids[0] == ids[1] && ids[0].count == 2)
    }

    @Test func `what was acknowledged is not overdue`() throws {
        try prepare()
        _ = try run(Self.well("P1", day: 2))
        let episode = try #require(run(now: "2026-03-10T12:00:00Z").first?["episode"]?.string)
        #expect(try place.toxwatch.run("alerts", "ack", episode, "--state", "state.db", "--by", "A").status == 0)
        #expect(try run(now: "2026-03-20T12:00:00Z") == [])
    }

    @Test func `staff list what nobody answered, whether or not a run has told it`() throws {
        try prepare()
        _ = try run(Feed.fever("P9") + Self.well("P1", day: 1), now: "2026-03-01T12:00:00Z")
        _ = try run(now: "2026-03-10T12:00:00Z")
        // The emergency had to be answered in 15 minutes, the silence in a day.
        let first = try overdue(now: "2026-03-10T12:00:00Z")
        #expect(first.status == 1 && first.told == "")
        #expect(
            first.lines.map { $0.split(separator: " ").dropLast().joined(separator: " ") } == [
                "SEVERITY PATIENT CONCERN RULE ANSWER BY LATE",
                "emergency P9 fever_infection grade:fever 2026-03-01 12:15 UTC 8d 23h",
            ], "\(first.text)")
        let both = try overdue("--to", "json", now: "2026-03-11T12:00:30Z").lines.compactMap { JSONText($0.utf8) }
        #expect(both.map { $0["rule"]?.string } == ["grade:fever", "patient-silent"])
        #expect(both.last?["answer_by"]?.string == "2026-03-11T12:00:00Z")
        #expect(both.last?["late"] == .number("30"), "\(both)")
        let severe = try overdue("--severity", "urgent", "--to", "json", now: "2026-03-11T12:00:30Z")
        #expect(severe.lines.count == 1 && severe.status == 1)
        #expect(try overdue("--severity", "odd", now: Self.noon).status == 64)
        // Somebody who took notice, if late, leaves nothing to answer.
        for episode in both.compactMap({ $0["episode"]?.string }) {
            #expect(try place.toxwatch.run("alerts", "ack", episode, "--state", "state.db", "--by", "A").status == 0)
        }
        let none = try overdue(now: "2026-03-20T12:00:00Z")
        #expect(none.status == 0 && none.text == "" && none.told == "")
    }
}
