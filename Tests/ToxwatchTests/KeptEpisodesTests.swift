import Clinical
import Store
import TestSupport
import Testing

@testable import toxwatch

/// What staff and time do to episodes that outlive a run.
@Suite struct KeptEpisodesTests {
    private let place: Workplace
    private static let noon = "2026-03-02T12:00:00Z"

    init() throws { place = try Workplace() }

    private func run(_ feed: String, now: String = noon, ticks: Bool = false) throws -> Program.Result {
        let options = ["run", "--state", "state.db", "--now", now] + (ticks ? [] : ["--no-tick"])
        return try place.toxwatch.run(options, input: feed.utf8)
    }

    private func transitions(_ result: Program.Result) -> [String?] {
        result.lines.map { JSONText($0.utf8)?["transition"]?.string }
    }

    /// Diarrhea of a patient on a checkpoint inhibitor, of so many stools more than usual.
    private static func stools(_ count: Int, hour: Int, patient: String = "P1") -> String {
        #"{"patient":"\#(patient)","time":"2026-03-02T\#(hour):00:00Z","code":"diarrhea","#
            + #""answers":{"stools_over_baseline":\#(count)},"agent":"pembrolizumab","started":"2026-01-13"}"# + "\n"
    }

    private static func moment(_ text: String) -> Moment { Instant(argument: text)?.moment ?? .unknown }

    /// Staff silence something from eleven to one o'clock; the state must be there.
    private func silence(_ what: StaffAct.Silenced) throws {
        let until = Self.moment("2026-03-02T13:00:00Z")
        _ = try StaffDesk(place.toxwatch.folder + "/state.db").record(
            StaffAct(
                .silence(what, until: until, reason: "ward"), by: "A. Nurse", at: Self.moment("2026-03-02T11:00:00Z")))
    }

    @Test(arguments: [StaffAct.Silenced.patient(Array("P1".utf8)), .rule("grade:diarrhea")])
    func `a silence hides alerts and says how many, what worsens speaks all the same`(what: StaffAct.Silenced) throws {
        #expect(try run("").status == 0)
        try silence(what)
        let hidden = try run(Self.stools(2, hour: 10))
        #expect(hidden.text == "")
        #expect(hidden.told.contains("toxwatch: alerts that a silence hid: 1\n"), "\(hidden.told)")
        #expect(try transitions(run(Self.stools(5, hour: 11))) == ["worsened"])
        let over = try run(Self.stools(2, hour: 12, patient: "P2"), now: "2026-03-02T13:00:00Z")
        #expect(transitions(over) == ["opened"])
        #expect(!over.told.contains("that a silence hid"), "\(over.told)")
    }

    @Test func `a silence of one patient or rule is none of others`() throws {
        #expect(try run("").status == 0)
        try silence(.patient(Array("P2".utf8)))
        try silence(.rule("grade:fever"))
        #expect(try transitions(run(Self.stools(2, hour: 10))) == ["opened"])
        // The pack lets nobody silence an emergency.
        try silence(.patient(Array("P3".utf8)))
        #expect(try transitions(run(Feed.fever("P3"))) == ["opened"])
    }

    @Test func `what was hidden stands open all the same, and is not told when the silence ends`() throws {
        #expect(try run("").status == 0)
        try silence(.patient(Array("P1".utf8)))
        #expect(try run(Self.stools(2, hour: 10)).text == "")
        #expect(try list().map { $0["patient"]?.string } == ["P1"])
        #expect(try run(Self.stools(2, hour: 10), now: "2026-03-02T14:00:00Z").text == "")
    }

    private func list(_ options: String...) throws -> [JSONText] {
        let arguments = ["alerts", "list", "--to", "json", "--state", "state.db"] + options
        return try place.toxwatch.run(arguments, input: []).lines.compactMap { JSONText($0.utf8) }
    }

    @Test func `an episode that was acknowledged and worsens calls again`() throws {
        #expect(try transitions(run(Self.stools(2, hour: 10))) == ["opened"])
        let episode = try #require(list().first?["episode"]?.string)
        #expect(
            try place.toxwatch.run("alerts", "ack", episode, "--state", "state.db", "--by", "A. Nurse").status == 0)
        #expect(try list().first?["acknowledged_by"]?.string == "A. Nurse")
        #expect(try transitions(run(Self.stools(5, hour: 11))) == ["worsened"])
        let again = try #require(list().first)
        #expect(again["episode"]?.string == episode && again["acknowledged_by"] == .null, "\(again)")
        let table = try place.toxwatch.run("alerts", "list", "--state", "state.db").text
        #expect(!table.contains("acknowledged"), "\(table)")
    }

    @Test func `what calls again in a run is not overdue at its end, and neither is what ends in it`() throws {
        #expect(try transitions(run(Self.stools(2, hour: 10), now: "2026-03-02T10:00:00Z")) == ["opened"])
        let next = "2026-03-04T12:00:00Z"
        let worse = Self.stools(5, hour: 10).replacing("03-02", with: "03-04")
        #expect(try transitions(run(worse, now: next, ticks: true)) == ["worsened"])
        let over = Self.stools(0, hour: 10).replacing("03-02", with: "03-06")
        let ended = try run(over, now: "2026-03-06T12:00:00Z", ticks: true)
        #expect(transitions(ended) == ["resolved"])
        #expect(
            try place.toxwatch.run("alerts", "list", "--overdue", "--all", "--state", "state.db").text == "nothing\n")
    }

    @Test func `time makes an episode stale and overdue at the end of a run, once, unless it is told not to`() throws {
        let late = "2026-05-01T00:00:00Z"
        #expect(try transitions(run(Self.stools(2, hour: 10), ticks: true)) == ["opened"])
        #expect(try run("", ticks: true).text == "")
        #expect(try run("", now: late).text == "")
        let told = try run(Self.stools(2, hour: 11, patient: "P2"), now: late, ticks: true)
        let patients = told.lines.map { JSONText($0.utf8)?["patient"]?.string }
        #expect(transitions(told) == ["opened", "stale", "stale", "overdue"])
        #expect(patients == ["P2", "P1", "P2", "P1"])
        #expect(try run("", now: late, ticks: true).text == "")
        // The time to answer is counted from when the call was written.
        let later = "2026-07-01T00:00:00Z"
        let overdue = try run("", now: later, ticks: true)
        #expect(transitions(overdue) == ["overdue"])
        #expect(overdue.lines.first.map { JSONText($0.utf8)?["patient"]?.string } == "P2")
        #expect(try run("", now: later, ticks: true).text == "")
        #expect(try list().count == 2)
    }
}
