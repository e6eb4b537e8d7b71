import Clinical
import Emitter
import TestSupport
import Testing

@Suite struct RunSummaryTests {
    private static var tally: RunTally {
        var tally = RunTally()
        tally.rejects = 4
        tally.graded = 1100
        tally.ungradable = 20
        tally.unmatched = 60
        tally.repeats = 18
        tally.cancelled = 2
        tally.patients = 51
        tally.alerts = [2, 18, 10, 6, 1]
        return tally
    }

    private func lines(_ summary: RunSummary) -> [String] {
        text { summary.write(to: &$0) }.split(separator: "\n").map(String.init)
    }

    @Test func `the sums stand beside their parts`() {
        let codes = [
            (code: "b", count: 3), (code: "loinc|1-8", count: 40), (code: "a", count: 3), (code: "c", count: 1),
            (code: "d", count: 1), (code: "e", count: 1), (code: "f", count: 1),
        ]
        let summary = RunSummary(
            tally: Self.tally, inputs: ["feed.ndjson", "labs.csv"], makesAlerts: true,
            unmatchedCodes: codes)
        #expect(Golden.difference(bytes { summary.write(to: &$0) }, from: "summary.txt") == nil)
    }

    @Test func `every sum adds up as written`() throws {
        let sums = lines(RunSummary(tally: Self.tally, inputs: [], makesAlerts: true)).filter { $0.contains("=") }
        #expect(sums.count == 3)
        for sum in sums {
            let sides = sum.split(separator: "=").map { side in
                side.split { !$0.isNumber }.compactMap { Int($0) }
            }
            try #require(sides.count == 2)
            #expect(sides[0].last == sides[1].reduce(0, +))
        }
    }

    @Test func `what did not happen has no line of its own`() {
        let summary = lines(RunSummary(tally: RunTally(), inputs: [], makesAlerts: true))
        #expect(summary.first == "toxwatch: read stdin")
        #expect(!summary.contains { $0.contains("skipped") || $0.contains("codes") })
    }

    @Test func `a run that only grades tells of no alerts`() {
        let summary = lines(RunSummary(tally: Self.tally, inputs: [], makesAlerts: false))
        #expect(!summary.contains { $0.contains("alerts") || $0.contains("patients") })
    }

    @Test func `records that a mapping left out are told apart`() {
        var tally = Self.tally
        tally.skipped = 7
        let summary = lines(RunSummary(tally: tally, inputs: [], makesAlerts: true))
        #expect(summary.contains("toxwatch: skipped 7 by the source mapping, not among the records"))
        #expect(summary.contains("toxwatch: records 1204 = events 1200 + rejects 4"))
    }

    @Test func `a code cannot write to the terminal`() {
        let summary = RunSummary(
            tally: Self.tally, inputs: ["a\nb"], makesAlerts: true, unmatchedCodes: [("x\u{1B}[2J\ny", 60)])
        #expect(lines(summary).first == "toxwatch: read a⏎b")
        #expect(lines(summary).last == "toxwatch: unmatched codes: x<U+001B>[2J⏎y 60")
    }
}
