import Clinical
import FoundationEssentials
import Store
import TestSupport
import Testing

@testable import toxwatch

/// The one clock, and the option that stops it.
@Suite struct ClockTests {
    let place: Workplace

    init() throws { place = try Workplace() }

    @Test func `a clock that is told the time shows it, the system's goes on`() {
        let still = Clock(at: Moment(milliseconds: 1))
        #expect(still.now == Moment(milliseconds: 1))
        let first = Clock.system.now
        #expect(first.milliseconds > 1_700_000_000_000 && Clock.system.now.milliseconds >= first.milliseconds)
    }

    @Test(
        arguments: [
            ("2026-03-01T08:00:00Z", 1_772_352_000_000), ("2026-03-01T09:00:00+01:00", 1_772_352_000_000),
            ("2026-03-01 08:00:00.250Z", 1_772_352_000_250),
        ] as [(String, Int64)])
    func `a time is read as events tell it`(_ text: String, _ milliseconds: Int64) {
        #expect(Instant(argument: text)?.moment == Moment(milliseconds: milliseconds))
    }

    @Test(arguments: ["2026-03-01T08:00:00", "2026-03-01", "now", "", "2026-02-30T08:00:00Z"])
    func `a time without its zone, or that is none, is a mistake of usage`(_ text: String) throws {
        let result = try place.toxwatch.run("run", "--now", text)
        #expect(result.status == 64 && result.told.contains("--now"), "\(result.told)")
    }

    @Test func `status judges as of that time`() throws {
        do {
            let path = place.folder.appendingPathComponent("state.db").path
            let start = Moment(milliseconds: 1_772_352_000_000)
            var state = try RunState(path, holder: LockHolder(command: "test", since: start))
            let run = try state.begin("run", at: start, pack: "p", feeds: [])
            try state.end(RunSums(run: run, tally: RunTally()), at: start)
            _ = try state.checkpoint([], at: start)
        }
        let result = try place.toxwatch.run("status", "--state", "state.db", "--now", "2026-03-01T08:01:30Z")
        #expect(result.text.contains("lag=90s"), "\(result.text)")
    }

    @Test func `nothing else asks the system for the time`() {
        let words = ["clock_gettime", "gettimeofday", "time(nil)", "ContinuousClock", "Date()"]
        let found = HouseRulesTests.sources.filter { source in
            source.code.contains { line in words.contains { line.contains($0) } }
        }
        #expect(found.map(\.path) == ["Sources/toxwatch/Clock.swift"])
    }
}
