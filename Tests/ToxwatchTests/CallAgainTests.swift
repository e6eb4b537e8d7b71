import TestSupport
import Testing

@testable import toxwatch

/// What calls once more: after staff closed it, after it was taken back, after a night.
@Suite struct CallAgainTests {
    private let place: Workplace

    init() throws { place = try Workplace() }

    private func run(_ feed: String = "", _ time: String, _ more: String...) throws -> Program.Result {
        try place.toxwatch.run(
            ["run", "--quiet", "--state", "state.db", "--now", "2026-03-\(time):00Z"] + more, input: feed.utf8)
    }

    /// What each alert became and how severe it is.
    private func told(_ result: Program.Result) -> [String] {
        result.lines.compactMap { JSONText($0.utf8) }.map {
            "\($0["transition"]?.string ?? "") \($0["severity"]?.string ?? "")"
        }
    }

    /// A potassium of a patient, by a report of this id.
    private func potassium(_ id: String, _ time: String, _ value: String, _ status: String = "final") -> String {
        #"{"id":"\#(id)","patient":"P","time":"2026-03-\#(time):00Z","code":"potassium","value":\#(value),"#
            + #""unit":"mmol/L","low":3.5,"high":5,"status":"\#(status)"}"# + "\n"
    }

    private func list(_ what: String = "list") throws -> [JSONText] {
        let arguments = ["alerts", what, "--state", "state.db", "--to", "json", "--now", "2026-03-29T00:00:00Z"]
        return try place.toxwatch.run(arguments, input: []).lines.compactMap { JSONText($0.utf8) }
    }

    private func close() throws {
        let episode = try #require(list().first?["episode"]?.string)
        let closed = try place.toxwatch.run(
            "alerts", "close", episode, "--state", "state.db", "--by", "A. Nurse", "--outcome", "advised", "--note",
            "called")
        #expect(closed.status == 0, "\(closed.told)")
    }

    // MARK: Closed

    @Test func `what staff closed stands open again when it is said again`() throws {
        #expect(try told(run(potassium("a", "02T08:00", "6.3"), "02T08:05")) == ["opened urgent"])
        try close()
        #expect(try list().isEmpty)
        #expect(try told(run(potassium("b", "09T08:00", "6.3"), "09T08:05")) == ["reminded urgent"])
        #expect(try list().map { $0["severity"]?.string } == ["urgent"])
        #expect(try list("overdue").count == 1)
    }

    @Test func `what staff closed is not told to be stale`() throws {
        #expect(try told(run(potassium("a", "02T08:00", "6.3"), "02T08:05")) == ["opened urgent"])
        try close()
        #expect(try told(run("", "28T08:00")) == [])
    }

    @Test func `a record whose time nobody can read must be answered all the same`() throws {
        let unread = #"{"patient":"P","time":"yesterday","code":"potassium","value":9}"# + "\n"
        #expect(try run(unread, "02T08:00").lines.count == 1)
        #expect(try told(run("", "05T08:00")).contains("overdue soon"))
    }

    // MARK: The past changes

    @Test func `an alert that was taken back and stands again is written again`() throws {
        let first = try run(potassium("a", "05T02:00", "6.3"), "05T03:00")
        #expect(told(first) == ["opened urgent"])
        #expect(try told(run(potassium("a", "05T02:00", "4.2", "corrected"), "05T04:00")) == ["retracted none"])
        let again = try run(potassium("a", "05T02:00", "6.4", "corrected"), "05T05:00")
        #expect(told(again) == ["opened urgent"])
        let ids = [first, again].map { result in result.lines.compactMap { JSONText($0.utf8)?["alert"]?.string } }
        #expect(ids[0] == ids[1])
        #expect(try told(run(potassium("a", "05T02:00", "6.4", "corrected"), "05T06:00")) == [])
        #expect(try list().count == 1)
        #expect(try place.toxwatch.run("state", "check", "--state", "state.db").status == 0)
    }

    @Test func `a milder report between others leaves the list as the newest has it`() throws {
        func saturation(_ id: String, _ time: String, _ value: Int) -> String {
            #"{"id":"\#(id)","patient":"P","time":"2026-03-\#(time):00Z","code":"spo2","value":\#(value),"unit":"%"}"#
                + "\n"
        }
        _ = try run(saturation("a", "02T02:00", 89), "02T02:05")
        _ = try run(saturation("c", "09T02:00", 85), "09T02:05", "--no-tick")
        #expect(try told(run(saturation("b", "04T02:00", 93), "09T02:06", "--no-tick")) == ["eased urgent"])
        #expect(try list().map { $0["severity"]?.string } == ["emergency"])
    }

    @Test func `a reminder of the past opens nothing that is over`() throws {
        func score(_ id: String, _ time: String, _ value: Int) -> String {
            #"{"id":"\#(id)","patient":"P","time":"2026-03-\#(time):00Z","code":"ice_score","value":\#(value)}"# + "\n"
        }
        #expect(try told(run(score("c", "09T02:00", 10), "09T02:05")) == [])
        #expect(
            try told(run(score("a", "02T02:00", 4), "09T02:06", "--no-tick")) == ["opened emergency", "resolved none"])
        #expect(try told(run(score("b", "05T02:00", 4), "09T02:07", "--no-tick")) == ["reminded emergency"])
        #expect(try list().isEmpty)
    }

    // MARK: What was written

    @Test func `what an earlier run could not write counts for --fail-at when it is written`() throws {
        try place.write(potassium("a", "02T08:00", "6.3"), to: "feed.ndjson")
        let now = "--state state.db --quiet --no-tick --now 2026-03-02T08:05:00Z"
        #expect(try place.shell("toxwatch run \(now) feed.ndjson > /dev/full").status == 74)
        #expect(try run("", "02T08:10", "--no-tick", "--fail-at", "urgent").status == 1)
        #expect(try run("", "02T08:15", "--no-tick", "--fail-at", "urgent").status == 0)
    }

    @Test func `a run that could not read its input stands so in the ledger, and status says it`() throws {
        #expect(try run("", "02T08:00").status == 0)
        #expect(
            try place.toxwatch.run(
                "run", "--quiet", "--state", "state.db", "--now", "2026-03-02T09:00:00Z", "missing.ndjson"
            ).status == 74)
        let report = try place.toxwatch.run(
            "report", "--state", "state.db", "--since", "2026-03-01T00:00:00Z", "--now", "2026-03-03T00:00:00Z")
        #expect(report.text.contains(", status 74"), "\(report.text)")
        let status = try place.toxwatch.run("status", "--state", "state.db", "--now", "2026-03-02T09:01:00Z")
        #expect(status.status == 2 && status.text.contains("could not be read"), "\(status.text)")
    }

    // MARK: Nights

    /// Quiet hours from ten in the evening to seven in the morning, UTC.
    private func night(_ feed: String = "", _ time: String, _ more: String...) throws -> Program.Result {
        let pack = place.toxwatch.folder + "/pack"
        if (try? place.text("pack/toxwatch.yaml")) == nil {
            _ = try place.toxwatch.run("init", "pack")
            try place.write(
                try place.text("pack/toxwatch.yaml")
                    + "quiet_hours: [{from: \"22:00\", until: \"07:00\", severities: [routine, soon], zone: UTC}]\n",
                to: "pack/toxwatch.yaml")
        }
        return try place.toxwatch.run(
            ["run", "--quiet", "--config", pack, "--state", "state.db", "--now", "2026-03-\(time):00Z"] + more,
            input: feed.utf8)
    }

    @Test func `what follows on what waits, waits with it`() throws {
        #expect(try told(night(potassium("a", "05T22:50", "5.7"), "05T23:00")) == [])
        #expect(try told(night(potassium("a", "05T22:50", "4.3", "corrected"), "06T01:00")) == [])
        #expect(try told(night("", "06T07:00")) == ["opened soon", "retracted none"])
    }

    @Test func `what worsens brings what waited of its episode, in order`() throws {
        #expect(try told(night(potassium("a", "05T22:50", "5.7"), "05T23:00")) == [])
        #expect(
            try told(night(potassium("b", "06T00:50", "6.3"), "06T01:00")) == ["opened soon", "worsened urgent"])
        #expect(try told(night("", "06T07:00", "--no-tick")) == [])
    }

    @Test func `the time to answer is counted from the end of the night`() throws {
        #expect(try told(night(potassium("a", "05T22:50", "5.7"), "05T23:00")) == [])
        #expect(try told(night("", "06T07:00")) == ["opened soon"])
        #expect(try told(night("", "07T06:30")) == [])
        #expect(try told(night("", "07T07:00")) == ["overdue soon"])
    }

    @Test func `who closes what waits need not be told of it`() throws {
        #expect(try told(night(potassium("a", "05T22:50", "5.7"), "05T23:00")) == [])
        let episode = try #require(list().first?["episode"]?.string)
        let closed = try place.toxwatch.run(
            "alerts", "close", episode, "--state", "state.db", "--by", "A. Nurse", "--outcome", "advised", "--note",
            "called", "--now", "2026-03-06T01:00:00Z")
        #expect(closed.status == 0, "\(closed.told)")
        #expect(try told(night("", "06T07:00")) == [])
    }
}
