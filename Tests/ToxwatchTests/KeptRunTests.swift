import Clinical
import Store
import TestSupport
import Testing

@testable import toxwatch

/// Runs that remember: what one run has told the next one knows.
@Suite struct KeptRunTests {
    private let place: Workplace
    private static let later = "2026-03-20T00:00:00Z"

    init() throws { place = try Workplace() }

    /// A run of its own over a feed.
    private func run(
        _ feed: String, _ options: String..., now: String = later, ticks: Bool = false
    ) throws -> Program.Result {
        let time = ["run", "--tolerate-rejects", "--state", "state.db", "--now", now] + (ticks ? [] : ["--no-tick"])
        return try place.toxwatch.run(time + options, input: feed.utf8)
    }

    /// A run that remembers nothing.
    private func runWithout(_ feed: String) throws -> Program.Result {
        try place.toxwatch.run("run", "--tolerate-rejects", "--now", Self.later, input: feed)
    }

    private func members(_ name: String, of result: Program.Result) -> [String?] {
        result.lines.map { JSONText($0.utf8)?[name]?.string }
    }

    /// Diarrhea of a patient on a checkpoint inhibitor, of so many stools more than usual.
    private static func stools(_ count: Int, id: String, hour: Int, patient: String = "P1", status: String = "final")
        -> String
    {
        #"{"id":"\#(id)","patient":"\#(patient)","time":"2026-03-02T\#(hour):00:00Z","code":"diarrhea","#
            + #""answers":{"stools_over_baseline":\#(count)},"agent":"pembrolizumab","started":"2026-01-13","status":"\#(status)"}"#
            + "\n"
    }

    // MARK: The same alerts

    @Test func `a feed in one run gives the bytes of a run that remembers nothing`() throws {
        for feed in [try Repository.text("samples/events.ndjson"), RandomFeed(seed: 1, count: 600, patients: 20).text] {
            let place = try Workplace()
            let wanted = try place.toxwatch.run("run", "--tolerate-rejects", "--now", Self.later, input: feed)
            let found = try place.toxwatch.run(
                "run", "--tolerate-rejects", "--now", Self.later, "--state", "state.db", "--no-tick", input: feed)
            #expect(wanted.lines.count > 15)
            #expect(found.status == wanted.status)
            #expect(found.text == wanted.text)
            let told = wanted.told.split(separator: "\n").filter { !$0.contains("nothing is remembered") }
            #expect(found.told.split(separator: "\n") == told)
        }
    }

    @Test(arguments: Trials.seeds(0..<4))
    func `a feed in pieces, a run each, gives the same alerts in the same order`(seed: UInt64) throws {
        var feed = RandomFeed(seed: seed, count: 300, patients: 12)
        let wanted = try runWithout(feed.text)
        #expect(wanted.lines.count > 50)
        let found = try feed.pieces(6).map { try run($0).text }.joined()
        #expect(found == wanted.text)
        #expect(try place.toxwatch.run("state", "check", "--state", "state.db").status == 0)
    }

    @Test func `what was told is not told again`() throws {
        let feed = RandomFeed(seed: 9, count: 400, patients: 10).text
        #expect(try !run(feed).lines.isEmpty)
        #expect(try run(feed).text == "")
        #expect(try run(feed, "--rules", "grade").text == "")
    }

    @Test func `a run that nobody reads tells nothing of time, and the next tells what it could not`() throws {
        let feed = RandomFeed(seed: 3, count: 12_000, patients: 200).text
        try place.write(feed, to: "feed.ndjson")
        let wanted = try runWithout(feed)
        let cut = try place.shell(
            "toxwatch run --quiet --tolerate-rejects --state cut.db --now 2027-01-01T00:00:00Z feed.ndjson 2>/dev/null "
                + "| head -1; exit ${PIPESTATUS[0]}")
        #expect(cut.status == 74)
        let rest = try place.shell(
            "toxwatch run --quiet --tolerate-rejects --state cut.db --no-tick --now 2027-01-01T00:00:00Z feed.ndjson")
        let told = Set((cut.lines + rest.lines).map { String(decoding: $0.utf8, as: UTF8.self) })
        #expect(told == Set(wanted.lines.map { String(decoding: $0.utf8, as: UTF8.self) }))
    }

    @Test func `a record that could not be read calls once, in whichever run it comes`() throws {
        let record = #"{"patient":"P1","time":"at noon","code":"fever","value":39}"# + "\n"
        #expect(try members("rule", of: run(record)).count == 1)
        #expect(try run(record).text == "")
        #expect(try members("patient", of: run(record.replacing("P1", with: "P2"))) == ["P2"])
    }

    // MARK: What came before

    @Test func `a correction eases what an earlier run told, a withdrawal takes it back`() throws {
        #expect(try members("transition", of: run(Self.stools(5, id: "e1", hour: 10))) == ["opened"])
        let opened = try #require(members("alert", of: run(Self.stools(5, id: "e2", hour: 10, patient: "P2"))).first)
        let eased = try run(Self.stools(2, id: "e1", hour: 10, status: "corrected"))
        #expect(members("transition", of: eased) == ["eased"] && members("patient", of: eased) == ["P1"])
        let gone = try run(Self.stools(5, id: "e2", hour: 10, patient: "P2", status: "cancelled"))
        #expect(members("transition", of: gone) == ["retracted"])
        #expect(members("retracts", of: gone) == [opened])
    }

    @Test func `a report joins with one of the run before`() throws {
        let cells = #""agent":"axicabtagene ciloleucel","last_dose":"2026-02-28"}"# + "\n"
        let warm = #"{"patient":"P1","time":"2026-03-03T08:00:00Z","code":"temp","value":38.4,"unit":"Cel","# + cells
        let low = #"{"patient":"P1","time":"2026-03-03T09:00:00Z","code":"sbp","value":86,"unit":"mm[Hg]","# + cells
        #expect(try members("rule", of: run(warm)) == ["grade:fever"])
        #expect(try members("rule", of: run(low)).contains("cell-therapy-crs"))
    }

    // MARK: Outputs

    @Test func `each output gets what it would get of a run that remembers nothing`() throws {
        var feed = RandomFeed(seed: 3, count: 200, patients: 8)
        let whole = try place.toxwatch.run(
            "run", "--tolerate-rejects", "--now", Self.later, "--to", "ndjson", "--to", "text=whole.txt",
            input: feed.text)
        let runs = try feed.pieces(3).map { piece in
            let output = try run(piece, "--to", "ndjson", "--to", "text=part.txt").text
            return (output, try place.text("part.txt"))
        }
        #expect(runs.map(\.0).joined() == whole.text)
        #expect(try runs.map(\.1).joined() == place.text("whole.txt"))
    }

    @Test func `a second run waits for the first, and is told who has the state`() throws {
        let options = ["run", "--state", "state.db", "--now", Self.later, "--no-tick", "--quiet"]
        var first = try place.toxwatch.start(options)
        first.send(Feed.fever("P1"))
        #expect(first.nextLine() != nil)
        let second = try place.toxwatch.run(options, input: Feed.fever("P2").utf8)
        #expect(second.status == 74)
        #expect(second.text == "")
        #expect(
            second.told.hasPrefix(
                "toxwatch: state.db: another run holds the state: process \(first.process), run, since "),
            "\(second.told)")
        #expect(first.finish().status == 0)
        #expect(try run(Feed.fever("P1") + Feed.fever("P2")).lines.count == 1)
    }
}
