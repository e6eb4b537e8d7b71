import Glibc
import TestSupport
import Testing

@testable import toxwatch

/// The first day: memory is built from history, nobody is called for what is past, and what is new calls as ever.
@Suite struct PrimeTests {
    private let place: Workplace
    private static let firstDay = "2026-03-20T00:00:00Z"

    init() throws { place = try Workplace() }

    private func prime(_ feed: String, _ state: String = "state.db") throws -> Program.Result {
        try place.toxwatch.run(
            "run", "--prime", "--tolerate-rejects", "--state", state, "--now", Self.firstDay, input: feed)
    }

    private func run(_ feed: String, _ state: String = "state.db", now: String = firstDay, ticks: Bool = true) throws
        -> Program.Result
    {
        let options = ["run", "--tolerate-rejects", "--state", state, "--now", now] + (ticks ? [] : ["--no-tick"])
        return try place.toxwatch.run(options, input: feed.utf8)
    }

    private func list(_ state: String = "state.db") throws -> String {
        try place.toxwatch.run("alerts", "list", "--state", state).text
    }

    private func transitions(_ result: Program.Result) -> [String?] {
        result.lines.map { JSONText($0.utf8)?["transition"]?.string }
    }

    /// Diarrhea of a patient on a checkpoint inhibitor, of so many stools more than usual.
    private static func stools(_ count: Int, day: Int) -> String {
        #"{"patient":"P1","time":"2026-03-\#(day)T10:00:00Z","code":"diarrhea","#
            + #""answers":{"stools_over_baseline":\#(count)},"agent":"pembrolizumab","started":"2026-01-13"}"# + "\n"
    }

    // MARK: What is told

    @Test func `nobody is called, and what stands open is listed once`() throws {
        let history = RandomFeed(seed: 5, count: 600, patients: 20).text
        let primed = try prime(history)
        #expect(primed.status == 0)
        #expect(try primed.text == list() && primed.lines.count > 20)
        #expect(primed.lines.first?.hasPrefix("SEVERITY") == true)
        #expect(primed.told.contains("toxwatch: alerts of the past, kept and told to nobody: "), "\(primed.told)")
        #expect(try run(history).text == "")
        let show = try #require(primed.lines.last?.split(separator: " ").last.map(String.init))
        #expect(try place.toxwatch.run("alerts", "show", show, "--state", "state.db").text.contains("opened"))
        #expect(try place.toxwatch.run("state", "check", "--state", "state.db").status == 0)
    }

    @Test(arguments: Trials.seeds(0..<3))
    func `what comes after history is told as if history had called`(seed: UInt64) throws {
        var feed = RandomFeed(seed: seed, count: 300, patients: 12)
        let pieces = feed.pieces(2)
        #expect(try run(pieces[0], "called.db", ticks: false).status == 0)
        #expect(
            try place.toxwatch.run(
                "run", "--prime", "--no-tick", "--tolerate-rejects", "--state", "primed.db", "--now", Self.firstDay,
                input: pieces[0]
            ).status == 0)
        #expect(
            try run(pieces[1], "primed.db", ticks: false).text == run(pieces[1], "called.db", ticks: false).text)
    }

    @Test func `a primed episode waits for nobody's answer, until it worsens`() throws {
        let primed = try prime(Self.stools(2, day: 18) + Feed.fever("P2"))
        #expect(primed.lines.count == 3)
        #expect(try run("", now: "2026-03-21T00:00:00Z").text == "")
        let worse = try run(Self.stools(5, day: 21), now: "2026-03-21T12:00:00Z")
        #expect(transitions(worse) == ["worsened"])
        let late = try run("", now: "2026-03-22T12:00:00Z")
        #expect(transitions(late) == ["overdue"])
        #expect(late.lines.first.map { JSONText($0.utf8)?["patient"]?.string } == "P1")
    }

    @Test func `what time has made by then is listed too, and told to nobody later`() throws {
        let old = try prime(Feed.fever("P2"))
        #expect(old.lines.contains { $0.contains(" fever_infection ") && $0.contains(" stale ") }, "\(old.text)")
        #expect(try run("").text == "")
    }

    @Test func `nothing open is said to be nothing, and a list that cannot be written is 74`() throws {
        #expect(try prime(Feed.normal("P1")).text == "nothing\n")
        let full = try place.shell(
            "toxwatch run --prime --state full.db --now \(Self.firstDay) > /dev/full <<< '\(Feed.fever("P1"))'")
        #expect(full.status == 74)
        #expect(try list("full.db").contains("P1") && run(Feed.fever("P1"), "full.db").text == "")
    }

    // MARK: Once, or again

    @Test func `a prime that was killed is primed again, or a run goes on from it`() throws {
        let history = Self.stools(2, day: 18) + Feed.fever("P2") + Feed.fever("P3")
        for state in ["again.db", "on.db"] {
            var killed = try place.toxwatch.start(["run", "--prime", "--state", state, "--now", Self.firstDay])
            killed.send(Self.stools(2, day: 18) + Feed.fever("P2"))
            var looks = 0
            while looks < 1_000, try !list(state).contains("P2") {
                looks += 1
                usleep(20_000)
            }
            killed.receive(signal: SIGKILL)
            #expect(killed.finish().text == "")
        }
        #expect(try prime(history, "again.db").text == prime(history, "whole.db").text)
        #expect(try run(history, "again.db").text == "")
        // What the prime had taken in is past, the rest calls.
        let rest = try run(history, "on.db", ticks: false)
        #expect(rest.lines.map { JSONText($0.utf8)?["patient"]?.string } == ["P3"])
        #expect(try run("", "on.db", now: "2026-03-21T00:00:00Z").text.contains("overdue"))
    }

    @Test func `history may come in several primes, but none hides what a run is there to call for`() throws {
        let two = try [prime(Feed.fever("P1")), prime(Feed.fever("P2"))]
        #expect(two.map { $0.lines.count { $0.contains(" fever_infection ") } } == [1, 2])
        #expect(try run(Feed.fever("P3"), ticks: false).lines.count == 1)
        let before = try place.toxwatch.run("state", "export", "--state", "state.db").text
        let refused = try prime(Feed.fever("P4"))
        #expect(refused.status == 64 && refused.text == "")
        #expect(
            refused.told
                == "toxwatch: state.db: runs call staff by this state, and a prime would hide alerts; prime a state that is new\n"
        )
        #expect(try place.toxwatch.run("state", "export", "--state", "state.db").text == before)
        #expect(
            try place.toxwatch.run(
                "state", "prune", "--state", "state.db", "--by", "A", "--before", "2030-01-01"
            ).status == 0)
        #expect(try prime(Feed.fever("P4")).status == 64)
    }

    @Test(arguments: [
        [], ["--state", "s.db", "--follow", "feed"], ["--state", "s.db", "--to", "text"],
        ["--state", "s.db", "--fail-at", "urgent"],
    ])
    func `what a prime cannot do is a mistake of usage`(options: [String]) throws {
        #expect(try place.toxwatch.run(["run", "--prime"] + options, input: []).status == 64)
        #expect(try place.shell("ls").text == "")
    }

    // MARK: What proves it

    @Test func `the report and the audit log say that it took place, and its alerts were no calls`() throws {
        let primed = try prime(Self.stools(2, day: 18))
        let episode = try #require(primed.lines.last?.split(separator: " ").last.map(String.init))
        #expect(
            try place.toxwatch.run("alerts", "ack", episode, "--state", "state.db", "--by", "A. Nurse").status == 0)
        let options = ["--state", "state.db", "--since", "2026-03-19T00:00:00Z", "--now", "2027-03-20T12:00:00Z"]
        let page = try place.toxwatch.run(["report"] + options, input: [])
        #expect(page.text.contains("\nrun 1 primed the state from history, and called nobody\n"), "\(page.text)")
        #expect(page.text.contains("\nsoon       0       0             -       -"), "\(page.text)")
        let report = try place.toxwatch.run(["report", "--to", "json"] + options, input: [])
        let run = JSONText(report.output)?["runs"]?.elements.first
        #expect(run?["command"]?.string == "prime" && run?["alerts"]?["soon"] == .number("0"), "\(report.text)")
        let audit = try place.toxwatch.run("alerts", "audit", "--state", "state.db").text
        #expect(audit.contains("  prime  prime  state  memory is built from history, and nobody is called\n"))
    }
}
