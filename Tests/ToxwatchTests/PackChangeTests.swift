import Foundation
import TestSupport
import Testing

/// SIGHUP during a run that goes on: the pack is read anew.
@Suite struct PackChangeTests {
    let place: Workplace

    init() throws {
        place = try Workplace()
        _ = try place.toxwatch.run("init", "pack")
    }

    /// A run under the copied pack that has written its first alert.
    private func started(_ options: [String] = []) throws -> RunningProgram {
        var running = try place.toxwatch.start(["run", "--config", "pack"] + options)
        #expect(running.nextMessage()?.hasPrefix("toxwatch: pack ") == true)
        running.send(Feed.fever("P1"))
        #expect(running.nextLine() != nil)
        return running
    }

    /// That the run goes on, and what it said until its end.
    private func finish(_ running: inout RunningProgram) -> Program.Result {
        running.send(Feed.fever("P2") + Feed.fever("P1"))
        #expect(running.nextLine()?.contains(#""patient":"P2""#) == true)
        let result = running.finish()
        #expect(result.status == 0 && result.output == [])
        #expect(result.told.contains("records 3 = ") && result.told.contains("repeats 1 "), "\(result.told)")
        return result
    }

    @Test func `mistakes are told, all of them, and the run goes on as before`() throws {
        var running = try started()
        try place.write(try place.text("pack/toxwatch.yaml") + "mod: live\nsit: x\n", to: "pack/toxwatch.yaml")
        running.receive(signal: SIGHUP)
        var told = ""
        while !told.contains("going on"), let line = running.nextMessage() { told += line + "\n" }
        #expect(told.contains("unknown key 'mod'") && told.contains("unknown key 'sit'"), "\(told)")
        #expect(told.contains("toxwatch: going on under the pack sha256 "), "\(told)")
        _ = finish(&running)
    }

    @Test func `a pack that did not change is told to be what it was`() throws {
        var running = try started()
        running.receive(signal: SIGHUP)
        #expect(running.nextMessage() == "toxwatch: the pack is what it was")
        #expect(running.nextMessage()?.hasPrefix("toxwatch: going on under the pack sha256 ") == true)
        _ = finish(&running)
    }

    /// Makes another pack of the copy: one version on.
    private func changePack() throws {
        try place.write(
            try place.text("pack/toxwatch.yaml").replacing("version: 0.1.0", with: "version: 0.1.1"),
            to: "pack/toxwatch.yaml")
    }

    @Test(arguments: [false, true])
    func `a pack that changed holds from the next report on, and what was told is known`(keeps: Bool) throws {
        var running = try started(keeps ? ["--state", "state.db", "--no-tick"] : [])
        try changePack()
        let digest = try place.toxwatch.run("run", "--config", "pack").told.firstMatch(of: #/[0-9a-f]{64}/#)?.output
        running.receive(signal: SIGHUP)
        let told = running.nextMessage() ?? ""
        #expect(told.hasPrefix("toxwatch: going on under another pack: pack immunotherapy 0.1.1"), "\(told)")
        #expect(told.contains(digest ?? "?"), "\(told)")
        running.send(Feed.fever("P2") + Feed.fever("P1"))
        let alert = running.nextLine() ?? ""
        #expect(alert.contains(#""patient":"P2""#) && alert.contains(#""version":"0.1.1""#), "\(alert)")
        let result = running.finish()
        #expect(result.status == 0 && result.output == [])
        #expect(result.told.contains("records 3 = ") && result.told.contains("repeats 1 "), "\(result.told)")
        guard keeps else { return }
        let audit = try place.toxwatch.run("alerts", "audit", "--state", "state.db").text
        #expect(audit.contains("instead of"), "\(audit)")
        let next = try place.toxwatch.run(
            "run", "--config", "pack", "--state", "state.db", "--no-tick", input: Feed.fever("P1") + Feed.fever("P2"))
        #expect(next.output == [] && next.told.contains("repeats 2 "), "\(next.told)")
        #expect(!next.told.contains("another pack"), "\(next.told)")
    }

    @Test func `a run under another pack knows the patients of the last one`() throws {
        func next() throws -> Program.Result {
            try place.toxwatch.run(
                "run", "--config", "pack", "--state", "state.db", "--no-tick", input: Feed.fever("P1"))
        }
        #expect(try next().output.isEmpty == false)
        try changePack()
        let second = try next()
        #expect(second.output == [])
        let note =
            "patients last seen under another pack, whose reports are graded anew: 1; of these the past reads otherwise and stands as it was told: 0"
        #expect(second.told.contains(note), "\(second.told)")
        let third = try next().told
        #expect(!third.contains("another pack"), "\(third)")
    }

    @Test func `an open episode whose rule is gone is listed as orphaned`() throws {
        let flagged =
            #"{"patient":"P1","time":"2026-03-01T08:00:00Z","code":"potassium","value":4.2,"unit":"mmol/L","low":3.5,"high":5.1,"flag":"!!"}"#
        func next(_ input: String) throws -> Program.Result {
            try place.toxwatch.run("run", "--config", "pack", "--state", "state.db", "--no-tick", input: input + "\n")
        }
        func list() throws -> String {
            try place.toxwatch.run("alerts", "list", "--state", "state.db", "--to", "json").text
        }
        let first = try next(flagged)
        #expect(first.text.contains(#""rule":"unknown-lab-flag""#), "\(first.text) \(first.told)")
        #expect(try list().contains(#""orphaned":false"#))
        let rules = "pack/therapies/any.yaml"
        try place.write(
            try place.text(rules).replacing("id: unknown-lab-flag", with: "id: flag-nobody-knows"), to: rules)
        let plain = flagged.replacing(#","flag":"!!""#, with: "").replacing("T08", with: "T09")
        let second = try next(plain)
        #expect(second.output == [], "\(second.text)")
        #expect(second.told.contains("stands as it was told: 1"), "\(second.told)")
        let listed = try list()
        #expect(listed.contains(#""orphaned":true"#), "\(listed)")
        #expect(try place.toxwatch.run("alerts", "list", "--state", "state.db").text.contains("orphaned"))
    }

    @Test func `a roster that changed holds from the next report on`() throws {
        try place.write("patient,team\nP2,day\n", to: "roster.csv")
        var running = try started(["--roster", "roster.csv"])
        try place.write("patient,team\nP2,night\n", to: "roster.csv")
        running.receive(signal: SIGHUP)
        #expect(running.nextMessage()?.hasPrefix("toxwatch: going on under the roster as it is now: ") == true)
        running.send(Feed.fever("P2"))
        let alert = running.nextLine() ?? ""
        #expect(alert.contains(#""team":"night""#), "\(alert)")
        #expect(running.finish().status == 0)
    }

    @Test func `a roster that is wrong now changes nothing`() throws {
        try place.write("patient,agent\nP2,pembrolizumab\n", to: "roster.csv")
        var running = try started(["--roster", "roster.csv"])
        try place.write("patient,agnt\nP2,pembrolizumab\n", to: "roster.csv")
        running.receive(signal: SIGHUP)
        #expect(running.nextMessage()?.contains("roster.csv:1:") == true)
        _ = finish(&running)
    }

    @Test func `input that has an end is not read on after a hang-up`() throws {
        try place.write(Feed.manyFevers(3000), to: "events.ndjson")
        var running = try place.toxwatch.start(["run", "events.ndjson"])
        #expect(running.nextMessage() != nil)
        running.receive(signal: SIGHUP)
        #expect(running.finish().status == -SIGHUP)
    }
}
