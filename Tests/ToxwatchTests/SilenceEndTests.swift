import Clinical
import Store
import TestSupport
import Testing

@testable import toxwatch

/// That a silence is over is told, and how many alerts it hid.
@Suite struct SilenceEndTests {
    private let place: Workplace

    init() throws { place = try Workplace() }

    private func run(_ feed: String, now: String, _ more: String...) throws -> Program.Result {
        try place.toxwatch.run(
            ["run", "--state", "state.db", "--no-tick", "--now", now] + more, input: feed.utf8)
    }

    /// Diarrhea of a patient on a checkpoint inhibitor.
    private static func stools(_ count: Int, hour: Int, patient: String) -> String {
        #"{"patient":"\#(patient)","time":"2026-03-02T\#(hour):00:00Z","code":"diarrhea","#
            + #""answers":{"stools_over_baseline":\#(count)},"agent":"pembrolizumab","started":"2026-01-13"}"# + "\n"
    }

    /// Staff silence something from eleven to one o'clock; the state must be there.
    private func silence(_ what: StaffAct.Silenced) throws {
        func moment(_ hour: Int) -> Moment { Instant(argument: "2026-03-02T\(hour):00:00Z")?.moment ?? .unknown }
        _ = try StaffDesk(place.toxwatch.folder + "/state.db").record(
            StaffAct(.silence(what, until: moment(13), reason: "ward"), by: "A. Nurse", at: moment(11)))
    }

    private func prepare() throws {
        #expect(try run("", now: "2026-03-02T10:30:00Z").status == 0)
        try silence(.patient(Array("SECRET-1".utf8)))
        try silence(.rule("grade:diarrhea"))
        let hidden = try run(
            Self.stools(2, hour: 10, patient: "SECRET-1") + Self.stools(2, hour: 10, patient: "P2"),
            now: "2026-03-02T12:00:00Z")
        #expect(hidden.text == "" && hidden.told.contains("toxwatch: alerts that a silence hid: 2\n"))
        #expect(!hidden.told.contains("silence is over"))
    }

    private static let ends = [
        "toxwatch: a silence is over, act 1, of a patient: it hid 1 alert",
        "toxwatch: a silence is over, act 2, of rule grade:diarrhea: it hid 2 alerts",
    ]

    @Test func `a run that passes the end of a silence says so once, with how many alerts it hid`() throws {
        try prepare()
        let passed = try run("", now: "2026-03-02T13:00:00Z")
        let said = passed.told.split(separator: "\n").map(String.init).filter { $0.contains("silence") }
        #expect(said == Self.ends, "\(passed.told)")
        #expect(try !run("", now: "2026-03-02T14:00:00Z").told.contains("silence"))
        let audit = try place.toxwatch.run("alerts", "audit", "--state", "state.db").text
        let ended = audit.split(separator: "\n").filter { $0.contains("silence over") }
        #expect(
            ended.count == 2 && ended[1].hasSuffix("silence over  rule grade:diarrhea  alerts hidden 2, of act 2"),
            "\(audit)")
        #expect(ended[0].contains("run  silence over  patient tw1-") && !audit.contains("SECRET"), "\(audit)")
        #expect(try place.toxwatch.run("state", "check", "--state", "state.db").status == 0)
    }

    @Test func `it is noted once also when nobody is to be told, and when it ends while a run goes on`() throws {
        try prepare()
        #expect(try !run("", now: "2026-03-02T13:00:00Z", "--quiet").told.contains("silence"))
        #expect(try !run("", now: "2026-03-02T14:00:00Z").told.contains("silence"))
        let audit = try place.toxwatch.run("alerts", "audit", "--state", "state.db").text
        #expect(audit.split(separator: "\n").count { $0.contains("silence over") } == 2, "\(audit)")
    }

    @Test func `the list shows what hides alerts now, and for a day what did`() throws {
        try prepare()
        func lines(_ now: String, _ more: String...) throws -> [String] {
            try place.toxwatch.run(["alerts", "list", "--state", "state.db", "--now", now] + more, input: []).lines
                .filter { $0.hasPrefix("silence") }.map(String.init)
        }
        #expect(
            try lines("2026-03-02T12:30:00Z") == [
                "silence of patient SECRET-1 by A. Nurse until 2026-03-02 13:00 UTC: hid 1 alert",
                "silence of rule grade:diarrhea by A. Nurse until 2026-03-02 13:00 UTC: hid 2 alerts",
            ])
        #expect(
            try lines("2026-03-02T13:00:00Z", "--patient", "P2") == [
                "silence of rule grade:diarrhea by A. Nurse ended 2026-03-02 13:00 UTC: hid 2 alerts"
            ])
        #expect(try lines("2026-03-03T12:59:00Z").count == 2 && lines("2026-03-03T13:00:00Z").isEmpty)
    }

    @Test func `the report shows it, and names no patient`() throws {
        try prepare()
        func report(_ now: String, _ more: String...) throws -> String {
            try place.toxwatch.run(
                ["report", "--state", "state.db", "--since", "2026-03-02T00:00:00Z", "--now", now] + more, input: []
            ).text
        }
        let text = try report("2026-03-02T18:00:00Z")
        #expect(text.contains("silence of a patient by A. Nurse ended 2026-03-02 13:00 UTC: hid 1 alert\n"), "\(text)")
        #expect(text.contains("silence of rule grade:diarrhea by A. Nurse ended 2026-03-02 13:00 UTC: hid 2 alerts\n"))
        let json = try #require(JSONText(report("2026-03-02T12:30:00Z", "--to", "json").utf8)?["silences"])
        #expect(json.elements.map { $0["over"] } == [.bool(false), .bool(false)])
        #expect(json[0]?["rule"] == .null && json[1]?["rule"]?.string == "grade:diarrhea")
        #expect(json[1]?["hidden"] == .number("2") && json[1]?["until"]?.string == "2026-03-02T13:00:00Z")
        #expect(try !text.contains("SECRET") && !report("2026-03-02T18:00:00Z", "--to", "json").contains("SECRET"))
    }
}
