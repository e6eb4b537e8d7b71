import TestSupport
import Testing

/// The README's lines for cron, run as cron runs them.
@Suite struct CronTests {
    private let place: Workplace
    /// Each line's command.
    private let commands: [String]

    init() throws {
        place = try Workplace(environment: ["TOXWATCH_CONFIG": ""])
        try place.write("patient,agent\nP1,pembrolizumab\n", to: "roster.csv")
        let lines = try Repository.text("README.md").split(separator: "\n")
        commands = lines.compactMap { $0.firstMatch(of: #/^(?:[0-9*\/]+ +){5}(.*)$/#).map { String($0.1) } }
    }

    /// Runs a line with what cron gives it, at some time; the paths that it names lead into the folder of the test.
    private func cron(_ command: String, at time: String) throws -> Program.Result {
        let home = try place.shell("mkdir -p home && pwd").text.dropLast()
        let here = command.replacing("/data/", with: home + "/")
            .replacing("/usr/local/bin/toxwatch run", with: "\(place.toxwatch.path) run --now \(time)")
            .replacing(
                "/usr/local/bin/toxwatch alerts overdue", with: "\(place.toxwatch.path) alerts overdue --now \(time)")
        try place.write(here, to: "line")
        return try place.shell(
            "cd home && env -i HOME=\"$PWD\" LOGNAME=user PATH=/usr/bin:/bin SHELL=/bin/sh /bin/sh -c \"$(cat ../line)\""
        )
    }

    private func told() throws -> [String?] {
        try place.text("alerts.ndjson").split(separator: "\n").map { line in
            let alert = JSONText(line.utf8)
            return alert?["patient"]?.string.map { "\($0) \(alert?["transition"]?.string ?? "")" }
        }
    }

    @Test func `they name the program and every file by whole paths`() throws {
        #expect(commands.count == 3)
        for command in commands {
            let words = command.split(separator: " ")
            #expect(words.first == "/usr/local/bin/toxwatch")
            #expect(words.filter { $0.contains(".") && !$0.hasPrefix("/data/") } == [], "\(command)")
        }
    }

    @Test func `the nightly line tells of an emergency and of what it could not read`() throws {
        let nightly = try #require(commands.first { $0.contains("--fail-at") })
        let table = "patient,time,code,value,unit,agent\nP1,2026-03-01T08:00:00Z,temp,36.8,Cel,pembrolizumab\n"
        try place.write(table, to: "day.csv")
        #expect(try cron(nightly, at: "2026-03-02T06:00:00Z").text == "")
        try place.write(table + "P2,2026-03-01T08:00:00Z,temp,40.4,Cel,axicabtagene ciloleucel\n", to: "day.csv")
        #expect(try cron(nightly, at: "2026-03-02T06:00:00Z").text == "toxwatch: status 1\n")
        #expect(try told() == ["P2 opened"])
        try place.write(table + "P2,at noon,temp,40.4,Cel,axicabtagene ciloleucel\n", to: "day.csv")
        #expect(try cron(nightly, at: "2026-03-02T06:00:00Z").text == "toxwatch: status 2\n")
        #expect(try place.text("rejects.ndjson").contains("at noon"))
        #expect(try place.shell("ls home").text == "")
    }

    @Test func `the line for a growing export tells each thing once, and makes up for what was missed`() throws {
        let growing = try #require(commands.first { $0.contains("run --quiet --state") })
        try place.write(Feed.fever("P1"), to: "export.ndjson")
        for minute in ["08:05", "08:10"] {
            #expect(try cron(growing, at: "2026-03-01T\(minute):00Z").told == "")
        }
        #expect(try told() == ["P1 opened"])
        // Then the machine is off for two hours.
        try place.write(Feed.fever("P1") + Feed.fever("P2"), to: "export.ndjson")
        #expect(try cron(growing, at: "2026-03-01T10:15:00Z").status == 0)
        #expect(try told() == ["P1 opened", "P2 opened", "P1 overdue"])
        let report = try place.shell(
            "toxwatch report --state state.db --gap 15m --since 2026-03-01T08:00:00Z --now 2026-03-01T10:20:00Z")
        #expect(report.text.contains("\nno run from 2026-03-01 08:10 UTC to 2026-03-01 10:15 UTC: 2h 5m\n"))
        #expect(try place.shell("ls home").text == "")
    }

    @Test func `a run that finds another one at work says so, and the next one does its work`() throws {
        let growing = try #require(commands.first { $0.contains("run --quiet --state") })
        var first = try place.toxwatch.start(["run", "--quiet", "--state", "state.db", "--no-tick"])
        first.send(Feed.fever("P0"))
        #expect(first.nextLine() != nil)
        try place.write(Feed.fever("P0") + Feed.fever("P1"), to: "export.ndjson")
        let second = try cron(growing, at: "2026-03-01T08:05:00Z")
        #expect(second.status == 74 && second.told.contains("another run holds the state"), "\(second.told)")
        #expect(first.finish().status == 0)
        #expect(try cron(growing, at: "2026-03-01T08:10:00Z").status == 0)
        #expect(try told() == ["P1 opened"])
    }
}
