import Glibc
import TestSupport
import Testing

/// A run that is killed at any instant and begun again with the same feed, over and over, until one ends in order: no
/// alert is lost, and none is invented.
@Suite struct KilledRunTests {
    /// However slow the machine is, the stories that nobody asked for end.
    private static let longest = Duration.seconds(20)

    private let place: Workplace

    init() throws { place = try Workplace() }

    @Test func `a run that is killed at any instant loses no alert and invents none`() throws {
        try place.write(RandomFeed(seed: 11, count: 2_500, patients: 60).text, to: "feed.ndjson")
        let clock = ContinuousClock()
        let start = clock.now
        let wanted = Set(try end(start: "whole.db").alerts)
        let length = start.duration(to: clock.now)
        let microseconds = UInt32(length / .microseconds(1))
        #expect(wanted.count > 300)
        var random = SeededGenerator(seed: 12)
        var kills = 0
        for story in 0..<Trials.count(3) {
            if Trials.factor == 1, start.duration(to: clock.now) > Self.longest { break }
            let state = "state-\(story).db"
            var found: [String] = []
            for _ in 0..<Int.random(in: 1...5, using: &random) {
                let cut = try run(state, killedAfter: UInt32.random(in: 0...microseconds, using: &random))
                #expect([0, -SIGKILL].contains(cut.status), "\(cut.told)")
                if cut.status != 0 { kills += 1 }
                found += cut.alerts
            }
            let last = try end(start: state)
            found += last.alerts
            #expect(Set(found) == wanted, "story \(story)")
            let check = try place.toxwatch.run("state", "check", "--state", state)
            #expect(check.status == 0, "\(check.told)")
            #expect(try end(start: state).alerts == [])
        }
        #expect(kills > 0)
    }

    /// What a run did: its ending, what it said, and the ids of the alerts whose lines are whole.
    private struct Ending {
        var status: Int32
        var told: String
        var alerts: [String]
    }

    /// A run that comes to its end.
    private func end(start state: String) throws -> Ending {
        let ending = try run(state, killedAfter: nil)
        #expect(ending.status == 0, "\(ending.told)")
        #expect(Set(ending.alerts).count == ending.alerts.count)
        return ending
    }

    /// Runs over the whole feed; alerts go to a file, so that nothing but a kill holds the run up.
    private func run(_ state: String, killedAfter microseconds: UInt32?) throws -> Ending {
        var shell = place.toxwatch
        shell.path = "/bin/sh"
        let options = "--quiet --tolerate-rejects --rejects rejects --now 2026-05-01T00:00:00Z"
        try place.write("", to: "alerts.ndjson")
        var running = try shell.start([
            "-c", "exec toxwatch run --state \(state) \(options) feed.ndjson > alerts.ndjson",
        ])
        if let microseconds {
            usleep(microseconds)
            running.receive(signal: SIGKILL)
        }
        let result = running.finish()
        let lines = try place.text("alerts.ndjson").split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        let alerts = lines.compactMap { JSONText($0.utf8)?["alert"]?.string }
        #expect(alerts.count == lines.count)
        return Ending(status: result.status, told: result.told, alerts: alerts)
    }
}
