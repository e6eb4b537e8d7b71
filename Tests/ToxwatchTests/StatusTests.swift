import Clinical
import Store
import TestSupport
import Testing

@testable import toxwatch

/// The monitoring plugin.
@Suite struct StatusTests {
    let place: Workplace

    init() throws {
        place = try Workplace()
        try place.makeState()
    }

    private func status(_ arguments: String...) throws -> Program.Result {
        try place.toxwatch.run(["status", "--state", "state.db"] + arguments, input: [])
    }

    @Test func `one line says how it stands, and the status says it again`() throws {
        let result = try status()
        #expect(result.status == 1)
        #expect(
            result.text == """
                WARNING: 1 urgent | emergency=0;;0;0 urgent=1;0;;0 soon=0;;;0 routine=0;;;0 overdue=0;;0;0 stale=0;;;0 \
                silent=0;;;0 unwritten=0;0;;0 unwritten_age=0s;;;0 parked=0;0;;0 rejects=0;0;;0 ungradable=0%;; \
                unmatched=0%;; unread=0;;0;0 silent_feeds=0;0;;0 feed_age=U event_age=U lag=U roster_age=U unapproved=1;;;0

                """)
        #expect(result.told == "")
    }

    @Test func `what somebody took notice of needs nobody, and what is closed neither`() throws {
        _ = try place.toxwatch.run(
            ["alerts", "ack", Workplace.episode.text, "--state", "state.db", "--by", "A"], input: [])
        let result = try status()
        #expect(result.status == 0 && result.text.hasPrefix("OK: nothing that must be answered now | "))
    }

    @Test(arguments: [
        (["-c", "urgent=0"], 2, "CRITICAL: 1 urgent | "), (["-w", "urgent=1"], 0, "OK: "),
        (["-w", "urgent=1", "-c", "soon=1:"], 2, "CRITICAL: 0 soon | "),
        (["-w", "unapproved=0", "-w", "urgent=1"], 1, "WARNING: pack not approved | "),
        (["-w", "urgent=@1:1"], 1, "WARNING: 1 urgent | "), (["-w", "urgent=~:1"], 0, "OK: "),
    ])
    func `ranges decide`(_ options: [String], _ status: Int32, _ start: String) throws {
        let result = try place.toxwatch.run(["status", "--state", "state.db"] + options, input: [])
        #expect(result.status == status && result.text.hasPrefix(start), "\(result.text)")
    }

    @Test(arguments: [
        (["--state", "none.db"], "none.db: there is no state here"),
        (["--state", "state.db", "-w", "urgnt=1"], "'urgnt'"),
        (["--state", "state.db", "-w", "urgent=2:1"], "'urgent=2:1' has no range"), ([], "there is nothing to judge"),
        (["-V"], "toxwatch 0."), (["--state", "state.db", "-w", "feed.=1"], "'feed.' is no measure"),
        (["--state", "state.db", "--timeout-state", "odd"], "'odd'"),
        (["--state", "state.db", "-c", "lag=900", "-w", "urgent=9"], "no run yet"),
        (["--state", "state.db", "--odd"], "Unknown option '--odd'"), (["--help"], "OVERVIEW"),
    ])
    func `what cannot be looked at is unknown, never a crash`(_ arguments: [String], _ words: String) throws {
        let result = try place.toxwatch.run(["status"] + arguments, input: [])
        #expect(result.status == 3)
        #expect(result.text.hasPrefix("UNKNOWN: ") && result.text.contains(words), "\(result.text)")
    }

    @Test(arguments: ["--help", "--odd"]) func `help and usage fit 80 columns`(option: String) throws {
        let result = try place.toxwatch.run("status", option)
        #expect(result.lines.filter { $0.count > 80 } == [] && !result.text.contains("|"))
    }

    @Test(arguments: [([], 3, "UNKNOWN"), (["--timeout-state", "critical"], 2, "CRITICAL")])
    func `the plugin itself gives up in time`(_ options: [String], _ status: Int32, _ word: String) throws {
        let more = options.joined(separator: " ")
        let result = try place.shell("sleep 5 | toxwatch status - -t 1 \(more); exit $?")
        #expect(result.status == status && result.text == "\(word): gave up, the time of -t is over\n")
    }

    @Test(arguments: ["ILL", "TRAP", "SEGV", "ABRT", "BUS"])
    func `even a crash ends with a line, as unknown`(signal: String) throws {
        let result = try place.shell(
            "sleep 3 | toxwatch status - & for try in 1 2 3 4 5 6 7 8; do sleep 0.25; kill -\(signal) $! && break; done; wait $!"
        )
        #expect(result.status == 3 && result.text == "UNKNOWN: toxwatch itself failed\n", "\(result.text)")
    }

    @Test func `called by the name of a plugin it is one`() throws {
        let path = place.toxwatch.path
        let result = try place.shell("ln -s \(path) check_toxwatch && ./check_toxwatch --state state.db -v")
        #expect(result.status == 1)
        #expect(result.lines.contains("WARNING urgent 1: the same of severity urgent"), "\(result.text)")
    }

    @Test(arguments: [
        ("10", [-1: true, 0: false, 10: false, 11: true]), ("10:", [9: true, 10: false]),
        ("~:10", [-5: false, 11: true]),
        ("10:20", [9: true, 10: false, 20: false, 21: true]), ("@10:20", [9: false, 10: true, 20: true, 21: false]),
        ("1.5:2.5", [1: true, 2: false, 3: true]), ("@~:-1", [-1: true, 0: false]),
    ])
    func `a range alerts outside of it`(_ text: String, _ wanted: [Int: Bool]) throws {
        let range = try #require(ThresholdRange(text))
        for (value, isAlert) in wanted { #expect(range.alerts(at: value) == isAlert, "\(text) at \(value)") }
    }

    @Test(arguments: ["", "@", "2:1", "a", "1:b", "1e3", "1 ", ":~", "10::"])
    func `what is no range is told`(_ text: String) { #expect(ThresholdRange(text) == nil) }
}
