import Foundation
import TestSupport
import Testing

@testable import toxwatch

/// The plugin beside a feed that goes on: what stopped coming, what is old, what waits, and a feed judged by itself.
@Suite struct StatusFeedTests {
    private let place: Workplace

    init() throws { place = try Workplace() }

    /// A pack that waits for creatinine and for diarrhea.
    private func makePack(_ roster: String = "") throws {
        #expect(try place.toxwatch.run("init", "pack").status == 0)
        let more = "must_carry: [{term: creatinine, within: 3d}, {term: diarrhea, within: 1d}]\n" + roster
        try place.write(try place.text("pack/toxwatch.yaml") + more, to: "pack/toxwatch.yaml")
    }

    private func run(_ feed: String, now: String, _ more: String...) throws -> Program.Result {
        try place.toxwatch.run(
            ["run", "--config", "pack", "--state", "state.db", "--no-tick", "--now", now] + more, input: feed.utf8)
    }

    private func status(now: String, _ more: String...) throws -> Program.Result {
        let quiet = ["-w", "urgent=9", "-w", "silent_feeds=9", "-c", "overdue=9"]
        return try place.toxwatch.run(
            ["status", "--config", "pack", "--state", "state.db", "--now", now] + quiet + more, input: [])
    }

    private static func event(_ code: String, _ time: String, source: String = "", more: String = "") -> String {
        let value = code == "diarrhea" ? #""answers":{"stools_over_baseline":0}"# : #""value":80,"unit":"umol/L""#
        let feed = source.isEmpty ? "" : #","source":"\#(source)""#
        return #"{"patient":"P1","time":"\#(time)","code":"\#(code)",\#(value)\#(feed)\#(more)}"# + "\n"
    }

    /// The value of a measure in a line's performance data.
    private func value(_ name: String, _ result: Program.Result) -> String? {
        let data = result.lines.first?.split(separator: "|").last ?? ""
        let item = data.split(separator: " ").first { $0.hasPrefix(name + "=") }
        return item.map { String($0.dropFirst(name.count + 1).prefix { $0 != ";" }) }
    }

    @Test func `the age of each feed's last event is told, and a feed that died by its name`() throws {
        try makePack()
        let feed =
            Self.event("creatinine", "2026-03-02T08:00:00Z", source: "lab")
            + Self.event("diarrhea", "2026-03-02T09:00:00Z", source: "app")
            + Self.event("diarrhea", "2026-03-02T10:00:00Z")
            + Self.event("diarrhea", "2026-05-02T10:00:00Z", source: "app")
        #expect(try run(feed, now: "2026-03-02T12:00:00Z").status == 0)
        let result = try status(now: "2026-03-02T12:00:00Z", "-c", "feed.lab=3600", "-w", "feed.app=~:99999")
        #expect(result.status == 2)
        #expect(result.text.hasPrefix("CRITICAL: feed lab silent for 4h | "), "\(result.text)")
        #expect(value("feed_age", result) == "14400s" && value("feed.lab", result) == "14400s")
        // What says that it lies ahead was observed when it came.
        #expect(value("feed.app", result) == "10800s" && value("event_age", result) == "7200s", "\(result.text)")
        let long = try status(now: "2026-03-02T12:00:00Z", "-vv")
        #expect(
            long.lines.contains("feed app: last event 3h ago") && long.lines.contains("feed lab: last event 4h ago"))
        // By the pack, a feed is silent after three days.
        let died = try place.toxwatch.run(
            ["status", "--config", "pack", "--state", "state.db", "--now", "2026-03-05T08:30:00Z"], input: [])
        #expect(died.text.contains("1 silent feed: lab"), "\(died.text)")
        let never = try status(now: "2026-03-02T12:00:00Z", "-c", "feed.odd feed=3600")
        #expect(never.status == 3 && never.text.contains(" 'feed.odd feed'=U "), "\(never.text)")
    }

    @Test func `a term that must keep coming and stopped, or never came, is missed`() throws {
        try makePack()
        #expect(try run(Self.event("diarrhea", "2026-03-02T09:00:00Z"), now: "2026-03-02T12:00:00Z").status == 0)
        let good = try status(now: "2026-03-03T09:00:00Z")
        #expect(good.status == 0 && value("missing_terms", good) == "0", "\(good.text)")
        let one = try status(now: "2026-03-03T09:00:01Z", "-v")
        #expect(one.status == 1 && one.text.hasPrefix("WARNING: 1 missing term: diarrhea | "), "\(one.text)")
        #expect(one.lines.contains("term diarrhea: last report 1d ago"))
        #expect(one.lines.contains("term creatinine: no report for 21h"))
        // One that never came is waited for from the first run on, by however many runs.
        #expect(try run("", now: "2026-03-04T12:00:00Z").status == 0)
        let both = try status(now: "2026-03-05T12:00:01Z")
        #expect(both.text.hasPrefix("WARNING: 2 missing terms: diarrhea, creatinine | "), "\(both.text)")
        #expect(try run(Self.event("creatinine", "2026-03-05T11:00:00Z"), now: "2026-03-05T12:00:01Z").status == 0)
        #expect(try status(now: "2026-03-05T12:00:01Z").text.hasPrefix("WARNING: 1 missing term: diarrhea | "))
        // What is taken back does not keep it coming.
        let withdrawn = Self.event("diarrhea", "2026-03-05T11:00:00Z", more: #","status":"cancelled","id":"x""#)
        #expect(try run(withdrawn, now: "2026-03-05T12:00:02Z").status == 0)
        #expect(try value("missing_terms", status(now: "2026-03-05T12:00:02Z")) == "1")
    }

    @Test func `an old roster is told, and that no run has read one`() throws {
        try makePack("roster_old_after: 7d\n")
        #expect(try run("", now: "2026-03-02T12:00:00Z").status == 0)
        let none = try status(now: "2026-03-02T12:00:00Z", "-w", "missing_terms=9")
        #expect(none.status == 3 && none.text.hasPrefix("UNKNOWN: no run has read a roster | "), "\(none.text)")
        try place.write("patient,agent\nP1,pembrolizumab\n", to: "roster.csv")
        #expect(try place.shell("touch -d 2026-03-01T12:00:00Z roster.csv").status == 0)
        #expect(try run("", now: "2026-03-02T12:00:00Z", "--roster", "roster.csv").status == 0)
        #expect(try run("", now: "2026-03-02T12:00:00Z").status == 0)
        let good = try status(now: "2026-03-08T12:00:00Z", "-w", "missing_terms=9")
        #expect(good.status == 0 && value("roster_age", good) == "604800s", "\(good.text)")
        let old = try status(now: "2026-03-08T12:00:01Z", "-w", "missing_terms=9")
        #expect(old.text.hasPrefix("WARNING: roster 7d old | "), "\(old.text)")
        #expect(try place.shell("touch -d 2026-03-08T12:00:00Z roster.csv").status == 0)
        let own = try status(now: "2026-03-08T12:00:01Z", "-w", "missing_terms=9", "--roster", "roster.csv")
        #expect(value("roster_age", own) == "1s", "\(own.text)")
    }

    @Test func `what waits for an output that no run writes to is parked`() throws {
        try makePack()
        // The first output is written; nobody takes the other one's alert.
        #expect(try place.shell("mkfifo pipe").status == 0)
        let day = "2026-03-01T09:00:00Z"
        let cut = try place.shell(
            "toxwatch run --quiet --config pack --state state.db --no-tick --now \(day) <<'E' > /dev/full\n\(Feed.fever("P1"))E"
        )
        #expect(cut.status == 74)
        let waiting = try status(now: "2026-03-01T10:00:00Z", "-c", "emergency=9")
        #expect(value("unwritten", waiting) == "1" && value("unwritten_age", waiting) == "3600s", "\(waiting.text)")
        #expect(value("parked", waiting) == "0")
        #expect(try run("", now: "2026-03-01T11:00:00Z", "--to", "text").status == 0)
        let parked = try status(now: "2026-03-01T12:00:00Z", "-c", "emergency=9", "-w", "unwritten=9")
        #expect(parked.text.hasPrefix("WARNING: 1 parked"), "\(parked.text)")
        #expect(try run("", now: "2026-03-01T13:00:00Z").text.contains("\"opened\""))
        #expect(try value("parked", status(now: "2026-03-01T13:00:00Z")) == "0")
    }

    @Test func `silent patients are counted`() throws {
        try makePack()
        try place.write("patient,agent,expects\nP1,pembrolizumab,1d\nP2,pembrolizumab,30d\n", to: "roster.csv")
        let feed = Self.event("diarrhea", "2026-03-02T09:00:00Z")
        #expect(try run(feed, now: "2026-03-02T12:00:00Z", "--roster", "roster.csv").status == 0)
        let later = [
            "run", "--config", "pack", "--state", "state.db", "--roster", "roster.csv", "--now", "2026-03-05T12:00:00Z",
        ]
        #expect(try place.toxwatch.run(later, input: []).lines.count == 1)
        let result = try status(now: "2026-03-05T12:00:00Z", "-c", "silent=0")
        #expect(result.status == 2 && result.text.hasPrefix("CRITICAL: 1 silent, "), "\(result.text)")
    }

    @Test func `how long ago a run was at work is told, also when the last one died`() throws {
        try makePack()
        #expect(try run("", now: "2026-03-02T12:00:00Z").status == 0)
        #expect(try value("lag", status(now: "2026-03-02T12:01:00Z")) == "60s")
        let killed = try place.shell(
            "{ sleep 2; } | toxwatch run --quiet --config pack --state state.db --now 2026-03-02T13:00:00Z & sleep 1; kill -9 $!; wait"
        )
        #expect(killed.status == 0)
        #expect(try value("lag", status(now: "2026-03-02T13:02:00Z")) == "120s")
    }

    // MARK: A feed by itself

    @Test(arguments: [["events.ndjson"], ["-"], ["events.ndjson", "--state", "state.db"]])
    func `a feed is judged by what it would open, and nothing of it is kept`(_ input: [String]) throws {
        try makePack()
        for name in ["events.ndjson", "roster.csv"] {
            try place.write(try Repository.text("samples/" + name), to: name)
        }
        let now = "2026-03-07T00:00:00Z"
        #expect(try run("", now: now).status == 0)
        let files = try place.shell("sha256sum state.db").text
        let options = [
            "--roster", "roster.csv", "--now", now, "--config", "pack", "-w", "urgent=9", "-w", "missing_terms=9",
        ]
        let result = try place.toxwatch.run(
            ["status"] + input + options, input: try Repository.text("samples/events.ndjson").utf8)
        #expect(result.status == 2 && result.told == "")
        #expect(result.text.hasPrefix("CRITICAL: 6 emergency"), "\(result.text)")
        for (name, wanted) in [
            "emergency": "6", "urgent": "2", "soon": "3", "routine": "1", "rejects": "0", "ungradable": "4%",
            "unread": "0",
        ] {
            #expect(value(name, result) == wanted, "\(name) in \(result.text)")
        }
        #expect(value("feed_age", result) == "149280s" && value("event_age", result) == "78000s", "\(result.text)")
        #expect(try place.shell("sha256sum state.db").text == files)
    }

    @Test func `beside a state, a feed adds only what is new in it`() throws {
        try makePack()
        let now = "2026-03-01T09:00:00Z"
        #expect(try run(Feed.fever("P1"), now: now).lines.count == 1)
        func emergencies(_ feed: String) throws -> String? {
            try place.write(feed, to: "feed.ndjson")
            return try value("emergency", status(now: now, "feed.ndjson"))
        }
        #expect(try emergencies(Feed.fever("P1")) == "1")
        #expect(try emergencies(Feed.fever("P1") + Feed.fever("P2")) == "2")
        let list = try place.toxwatch.run("alerts", "list", "--state", "state.db", "--to", "json").lines
        let episode = try #require(list.first.flatMap { JSONText($0.utf8)?["episode"]?.string })
        #expect(try place.toxwatch.run("alerts", "ack", episode, "--state", "state.db", "--by", "A").status == 0)
        #expect(try emergencies(Feed.fever("P1")) == "0")
    }

    @Test func `a feed that cannot be read, or only in part, is critical or a warning`() throws {
        try makePack()
        let none = try place.toxwatch.run("status", "none.ndjson", "--config", "pack", "-w", "missing_terms=9")
        #expect(none.status == 2 && none.text.hasPrefix("CRITICAL: the feed could not be read to its end | "))
        let odd = try place.toxwatch.run(
            ["status", "-", "--config", "pack", "-w", "missing_terms=9"], input: Array("{\"patient\":\n".utf8))
        #expect(odd.status == 1 && odd.text.hasPrefix("WARNING: 1 rejects | "), "\(odd.text)")
        let idle = try place.toxwatch.run(["status", "-", "--config", "pack", "-c", "lag=900"], input: [])
        #expect(idle.status == 3 && idle.text.contains("'lag' has a range, but is not measured without --state"))
        // Of the terms that must keep coming, a feed alone misses those that it does not bring at all.
        let empty = try place.toxwatch.run(["status", "-", "--config", "pack"], input: [])
        #expect(empty.text.hasPrefix("WARNING: 2 missing terms: creatinine, diarrhea | "), "\(empty.text)")
    }

    @Test func `the line names no patient`() throws {
        try makePack()
        let feed = Feed.fever("SECRET-1").replacing("\"code\"", with: #""source":"Ward of Jane Doe","code""#)
        #expect(try run(feed, now: "2026-03-01T09:00:00Z").status == 0)
        for state in [["--state", "state.db"], ["--state", "state.db", "-"], ["-"]] {
            let result = try place.toxwatch.run(
                ["status", "--config", "pack", "-vvv", "-c", "feed_age=0"] + state, input: feed.utf8)
            #expect(
                !result.text.contains("SECRET") && !result.text.contains("Doe") && result.told == "", "\(result.text)")
        }
    }
}
