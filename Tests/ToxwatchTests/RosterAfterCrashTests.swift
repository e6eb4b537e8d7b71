import Glibc
import TestSupport
import Testing

/// What a run that died had judged under one roster, and the next one takes up under another.
@Suite struct RosterAfterCrashTests {
    private let place: Workplace

    init() throws { place = try Workplace(environment: ["TOXWATCH_CONFIG": ""]) }

    private static let fever =
        #"{"id":"e1","patient":"P1","time":"2026-03-01T08:00:00Z","code":"temp","value":38.2,"unit":"Cel"}"# + "\n"

    /// A roster that says which drug the patient is on.
    private func roster(_ agent: String) throws {
        try place.write("patient,agent,started,last_dose\nP1,\(agent),2026-02-27,2026-02-27\n", to: "roster.csv")
    }

    private static let options = [
        "run", "--quiet", "--state", "state.db", "--roster", "roster.csv", "--no-tick", "--now", "2026-03-01T09:00:00Z",
    ]

    /// A run that is killed once its alert of P1 was written.
    private func die(_ agent: String) throws -> String? {
        try roster(agent)
        var run = try place.toxwatch.start(Self.options)
        run.send(Self.fever)
        let line = run.nextLine()
        // The first alert is marked as written by the time that there is a second.
        run.send(Feed.fever("P9"))
        #expect(run.nextLine() != nil)
        run.receive(signal: SIGKILL)
        #expect(run.finish().status == -SIGKILL)
        return line.flatMap { JSONText($0.utf8)?["severity"]?.string }
    }

    private func told(_ feed: String) throws -> [String] {
        let result = try place.toxwatch.run(Self.options, input: feed.utf8)
        #expect(result.status == 0 && result.told == "", "\(result.told)")
        return result.lines.compactMap { JSONText($0.utf8) }.filter { $0["patient"]?.string == "P1" }.map { alert in
            "\(alert["therapy"]?.string ?? "") \(alert["severity"]?.string ?? "")"
        }
    }

    @Test func `under the same roster there is nothing to add`() throws {
        #expect(try die("axicabtagene ciloleucel") == "emergency")
        #expect(try told(Self.fever) == [])
    }

    @Test func `what is graver under the new roster is told at once, once`() throws {
        let before = try die("trastuzumab")
        #expect(before == "urgent")
        try roster("axicabtagene ciloleucel")
        #expect(try told(Self.fever) == ["car_t emergency"])
        #expect(try told(Self.fever) == [])
        let list = try place.toxwatch.run("alerts", "list", "--state", "state.db").text
        #expect(list.contains("\nemergency  P1 "), "\(list)")
    }

    @Test func `a graver episode needs an answer of its own, whoever answered the milder one`() throws {
        _ = try die("trastuzumab")
        let list = try place.toxwatch.run("alerts", "list", "--patient", "P1", "--state", "state.db").lines
        let episode = try #require(list.last?.split(separator: " ").last.map(String.init))
        #expect(try place.toxwatch.run("alerts", "ack", episode, "--state", "state.db", "--by", "A").status == 0)
        try roster("axicabtagene ciloleucel")
        #expect(try told("") == ["car_t emergency"])
        let open = try place.toxwatch.run(
            "alerts", "list", "--patient", "P1", "--to", "json", "--state", "state.db")
        #expect(JSONText(open.output)?["acknowledged_by"] == .null, "\(open.text)")
    }

    @Test func `what is milder under the new roster stays as it was told`() throws {
        #expect(try die("axicabtagene ciloleucel") == "emergency")
        try roster("trastuzumab")
        let found = try told(Self.fever)
        #expect(found == ["her2 urgent"])
        #expect(try told(Self.fever) == [])
    }
}
