import Clinical
import Store
import TestSupport
import Testing

@testable import toxwatch

/// What the runs of a span of time did.
@Suite struct ReportTests {
    let place: Workplace

    init() throws { place = try Workplace() }

    /// Minutes after 2026-03-01T00:00:00Z.
    private static func minute(_ minutes: Int) -> Moment {
        Moment(milliseconds: 1_772_323_200_000 + Int64(minutes) * 60_000)
    }

    private static let day = 1440

    private func tally(rejects: Int, graded: Int, urgent: Int, soon: Int) -> RunTally {
        var tally = RunTally()
        tally.rejects = rejects
        tally.graded = graded
        tally.patients = 3
        tally.alerts[Int(Severity.urgent.rawValue)] = urgent
        tally.alerts[Int(Severity.soon.rawValue)] = soon
        return tally
    }

    private func episode(_ number: UInt64, _ patient: String) -> EpisodeEntry {
        EpisodeEntry(
            id: StableID(high: 7, low: number), patient: Array(patient.utf8), concern: "bowel", severity: .urgent,
            therapy: "pd1", rule: "grade:diarrhea", transition: .opened)
    }

    private func alert(_ id: UInt64, of episode: UInt64, _ word: String, _ severity: Severity, at minute: Int)
        -> OutgoingAlert
    {
        OutgoingAlert(
            id: StableID(high: 8, low: id), episode: StableID(high: 7, low: episode), made: Self.minute(minute),
            bytes: Array(#"{"transition":"\#(word)","severity":"\#(severity.name)"}"#.utf8), deliveries: [])
    }

    /// Two nights, the second of which died; three episodes, one of a test patient.
    private func makeState() throws -> RunState {
        var state = try RunState(
            place.toxwatch.folder + "/state.db", holder: LockHolder(command: "run", since: Self.minute(0)))
        let first = try state.begin("run", at: Self.minute(360), pack: "5b2c0391ff", feeds: ["labs.csv", "day.csv"])
        var batch = BatchRecord()
        batch.episodes = [episode(1, "SECRET-1"), episode(2, "SECRET-2"), episode(3, "SECRET-3")]
        batch.episodes[2].isTest = true
        batch.alerts = [
            alert(1, of: 1, "opened", .soon, at: 360), alert(2, of: 1, "worsened", .urgent, at: 365),
            alert(3, of: 2, "opened", .soon, at: 360), alert(4, of: 3, "opened", .urgent, at: 360),
        ]
        _ = try state.commit(batch)
        var sums = RunSums(run: first, tally: tally(rejects: 2, graded: 40, urgent: 2, soon: 2))
        sums.silenced = 3
        try state.end(sums, at: Self.minute(361))
        let second = try state.begin("run", at: Self.minute(Self.day + 360), pack: "5b2c0391ff", feeds: ["day.csv"])
        batch = BatchRecord()
        batch.alerts = [
            alert(5, of: 1, "reminded", .urgent, at: Self.day + 361),
            alert(6, of: 2, "eased", .routine, at: Self.day + 361),
        ]
        sums = RunSums(run: second, tally: tally(rejects: 0, graded: 7, urgent: 1, soon: 0))
        sums.quieted = 4
        batch.sums = sums
        _ = try state.commit(batch)
        return state
    }

    private func act(_ deed: StaffAct.Deed, at minute: Int) throws {
        let desk = try StaffDesk(place.toxwatch.folder + "/state.db")
        _ = try desk.record(StaffAct(deed, by: "A. Nurse", at: Self.minute(minute)))
    }

    private func makeActs() throws {
        func id(_ number: UInt64) -> StableID { StableID(high: 7, low: number) }
        try act(.acknowledge(episode: id(1), note: "SECRET"), at: 370)
        // There was nothing to answer since.
        try act(.acknowledge(episode: id(1), note: ""), at: 380)
        try act(.acknowledge(episode: id(2), note: ""), at: 400)
        try act(.acknowledge(episode: id(3), note: ""), at: 460)
        try act(.acknowledge(episode: id(1), note: ""), at: Self.day + 366)
        try act(.close(episode: id(1), .acted, note: "SECRET"), at: Self.day + 480)
        try act(.close(episode: id(2), .noAction, note: ""), at: Self.day + 361)
        try act(.missed(patient: Array("SECRET-4".utf8), note: ""), at: Self.day + 500)
    }

    private func report(_ arguments: String...) throws -> Program.Result {
        try place.toxwatch.run(
            ["report", "--state", "state.db", "--config", Repository.path("config")] + arguments, input: [])
    }

    @Test func `a page tells runs, gaps and answers`() throws {
        do { _ = try makeState() }
        try makeActs()
        let result = try report("--since", "2026-03-01T00:00:00Z", "--now", "2026-03-02T12:00:00Z", "--gap", "4h")
        #expect(result.status == 0 && result.told == "", "\(result.told)")
        #expect(
            result.text == """
                2026-03-01 00:00 UTC to 2026-03-02 12:00 UTC: 2 runs

                RUN  STARTED               ENDED                 RECORDS  REJECTS  UNGRADABLE  UNMATCHED  ALERTS  PACK      FEEDS
                1    2026-03-01 06:00 UTC  2026-03-01 06:01 UTC  42       2        0           0          4       5b2c0391  labs.csv day.csv
                2    2026-03-02 06:00 UTC  died                  7        0        0           0          1       5b2c0391  day.csv
                no run from 2026-03-01 06:01 UTC to 2026-03-02 06:00 UTC: 23h 59m
                no run from 2026-03-02 06:00 UTC to 2026-03-02 12:00 UTC: 6h

                SEVERITY   ALERTS  ACKNOWLEDGED  MEDIAN  95%  CLOSED  MEDIAN  95%
                emergency  0       0             -       -    0       -       -
                urgent     3       2             5m      10m  1       1d 2h   1d 2h
                soon       2       1             40m     40m  1       1d      1d
                routine    0       0             -       -    0       -       -
                none       0       0             -       -    0       -       -

                held back: 3 by silences, 4 by quiet hours
                closed as: acted 1, advised 0, no_action 1, error 0
                found by staff without a call: 1

                """, "\(result.text)")
    }

    @Test func `the same as JSON names no patient`() throws {
        do { _ = try makeState() }
        try makeActs()
        let result = try report(
            "--since", "2026-03-01T00:00:00Z", "--now", "2026-03-02T12:00:00Z", "--gap", "4h", "--to", "json")
        #expect(
            result.text == """
                {"since":"2026-03-01T00:00:00Z","until":"2026-03-02T12:00:00Z","runs":[{"run":1,\
                "started":"2026-03-01T06:00:00Z","ended":"2026-03-01T06:01:00Z","died":false,"command":"run",\
                "pack":"5b2c0391ff","feeds":["labs.csv","day.csv"],"records":42,"events":40,"rejects":2,"graded":40,\
                "ungradable":0,"unmatched":0,"repeats":0,"late":0,"cancelled":0,"skipped":0,"patients":3,"silenced":3,\
                "quieted":0,"alerts":{"emergency":0,"urgent":2,"soon":2,"routine":0,"none":0}},{"run":2,\
                "started":"2026-03-02T06:00:00Z","ended":null,"died":true,"command":"run","pack":"5b2c0391ff",\
                "feeds":["day.csv"],"records":7,"events":7,"rejects":0,"graded":7,"ungradable":0,"unmatched":0,\
                "repeats":0,"late":0,"cancelled":0,"skipped":0,"patients":3,"silenced":0,"quieted":4,\
                "alerts":{"emergency":0,"urgent":1,"soon":0,"routine":0,"none":0}}],"gaps":[\
                {"from":"2026-03-01T06:01:00Z","until":"2026-03-02T06:00:00Z","seconds":86340},\
                {"from":"2026-03-02T06:00:00Z","until":"2026-03-02T12:00:00Z","seconds":21600}],\
                "alerts":{"emergency":0,"urgent":3,"soon":2,"routine":0,"none":0},"acknowledged":\
                {"emergency":{"count":0,"median":null,"p95":null},"urgent":{"count":2,"median":300,"p95":600},\
                "soon":{"count":1,"median":2400,"p95":2400},"routine":{"count":0,"median":null,"p95":null},\
                "none":{"count":0,"median":null,"p95":null}},"closed":{"emergency":{"count":0,"median":null,"p95":null},\
                "urgent":{"count":1,"median":93600,"p95":93600},"soon":{"count":1,"median":86460,"p95":86460},\
                "routine":{"count":0,"median":null,"p95":null},"none":{"count":0,"median":null,"p95":null}},\
                "outcomes":{"acted":1,"advised":0,"no_action":1,"error":0},"missed":1,"silenced":3,"quieted":4,"silences":[]}

                """, "\(result.text)")
        #expect(JSONText(result.output) != nil && !result.text.contains("SECRET"))
    }

    @Test func `a run that goes on is no gap, although it began before`() throws {
        let state = try makeState()
        let result = try report("--since", "2h", "--now", "2026-03-09T12:00:00Z", "--gap", "1h")
        #expect(result.lines[0] == "2026-03-09 10:00 UTC to 2026-03-09 12:00 UTC: 1 run")
        #expect(result.text.contains("2    2026-03-02 06:00 UTC  goes on  7 "), "\(result.text)")
        #expect(!result.text.contains("no run from"))
        #expect(try state.reader.isInHand())
    }

    @Test func `without any run since there is a gap from the last one, unless it is as it should be`() throws {
        do { _ = try makeState() }
        let now = ["--since", "8h", "--now", "2026-03-03T12:00:00Z"]
        let gap = try place.toxwatch.run(["report", "--state", "state.db"] + now, input: [])
        #expect(gap.lines[0] == "2026-03-03 04:00 UTC to 2026-03-03 12:00 UTC: 0 runs")
        #expect(gap.lines[1] == "no run from 2026-03-02 06:00 UTC to 2026-03-03 12:00 UTC: 1d 6h")
        let wide = try place.toxwatch.run(["report", "--state", "state.db", "--gap", "2d"] + now, input: [])
        #expect(!wide.text.contains("no run from"))
    }

    @Test func `yesterday begins at the site's midnight`() throws {
        let berlin = try #require(SiteZone.following(rule: "CET-1CEST,M3.5.0,M10.5.0/3"))
        // Noon of Monday 2026-03-30: Sunday had 23 hours.
        let now = Moment(milliseconds: 1_774_864_800_000)
        #expect(ReportStart.yesterday.moment(before: now, in: berlin).milliseconds == 1_774_738_800_000)
        #expect(ReportStart(argument: "90m")?.moment(before: now, in: berlin).milliseconds == 1_774_859_400_000)
    }

    @Test(
        arguments: [
            (["--since", "noon"], 64), (["--gap", "long"], 64), (["--to", "xml"], 64), (["--state", "none.db"], 74),
        ] as [([String], Int32)])
    func `what makes no sense is told`(_ options: [String], _ status: Int32) throws {
        do { _ = try makeState() }
        let state = options[0] == "--state" ? [] : ["--state", "state.db"]
        #expect(try place.toxwatch.run(["report"] + state + options, input: []).status == status)
    }

    @Test(
        arguments: [
            ([], nil, nil), ([5], 5, 5), ([1, 2], 1, 2), ([3, 1, 2], 2, 3), (Array(1...20), 10, 19),
            (Array(1...100), 50, 95),
        ] as [([Int64], Int64?, Int64?)])
    func `percentiles are by nearest rank`(_ spans: [Int64], _ median: Int64?, _ high: Int64?) {
        #expect(AnswerTimes.percentile(50, of: spans) == median)
        #expect(AnswerTimes.percentile(95, of: spans) == high)
    }

    @Test(
        arguments: [
            (0, "0s"), (59_999, "59s"), (60_000, "1m"), (61_000, "1m 1s"), (3_600_000, "1h"), (3_601_000, "1h"),
            (90_000_000, "1d 1h"),
        ] as [(Int64, String)])
    func `spans are told in two units`(_ milliseconds: Int64, _ text: String) {
        #expect(ReportPage.text(span: milliseconds) == text)
    }
}
