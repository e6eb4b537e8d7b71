import Clinical
import Config
import TestSupport
import Testing

@testable import Classifier

/// Until when an alert must wait that can.
@Suite struct QuietHoursTests {
    let berlin: SiteZone

    init() throws { berlin = try #require(SiteZone.following(rule: "CET-1CEST,M3.5.0,M10.5.0/3")) }

    private static func moment(_ text: String) -> Moment {
        let bytes = Array(text.utf8)
        return RFC3339.instant(bytes.span.bytes, from: 0, count: bytes.count) ?? .unknown
    }

    private func text(_ moment: Moment) -> String {
        guard moment.isKnown else { return "at once" }
        var bytes: [UInt8] = []
        RFC3339.append(moment, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// A pack with these windows on its front page.
    private static func files(_ windows: [String]) -> [String: String] {
        let list = windows.isEmpty ? "" : "quiet_hours:\n" + windows.map { "  - {\($0)}\n" }.joined()
        return [
            "toxwatch.yaml": TestPack.front + list + "include: [any.yaml, scale.yaml]\n", "any.yaml": TestPack.root,
            "scale.yaml": TestPack.scale
                + "  x: {title: X, concern: liver, attributes: {a: {unit: \"%\"}}, grades: {1: a > 0}}\n",
        ]
    }

    /// The quiet hours of windows as a front page writes them.
    private func quietHours(_ windows: String..., zones: [SiteZone] = []) throws -> QuietHours {
        let pack = try TestPack(Self.files(windows), zone: berlin, quietZones: zones)
        return pack.compiled.quietHours
    }

    /// Until when a routine alert waits.
    private func wait(_ hours: QuietHours, _ now: String, _ severity: Severity = .routine) -> String {
        text(hours.end(for: severity, at: Self.moment(now)))
    }

    @Test func `without quiet hours nothing waits`() throws {
        let pack = try TestPack(Self.files([])).compiled
        #expect(wait(pack.quietHours, "2026-03-01T02:00:00Z") == "at once")
    }

    @Test(arguments: [
        ("2026-01-10T20:59:59Z", "at once"), ("2026-01-10T21:00:00Z", "2026-01-11T06:00:00Z"),
        ("2026-01-10T23:30:00Z", "2026-01-11T06:00:00Z"), ("2026-01-11T05:59:59.999Z", "2026-01-11T06:00:00Z"),
        ("2026-01-11T06:00:00Z", "at once"), ("2026-07-10T19:59:00Z", "at once"),
        ("2026-07-10T20:00:00Z", "2026-07-11T05:00:00Z"),
        // The nights in which clocks change are an hour shorter and an hour longer.
        ("2026-03-28T21:00:00Z", "2026-03-29T05:00:00Z"), ("2026-03-29T04:59:59Z", "2026-03-29T05:00:00Z"),
        ("2026-03-29T05:00:00Z", "at once"), ("2026-10-24T20:00:00Z", "2026-10-25T06:00:00Z"),
        ("2026-10-24T19:59:59Z", "at once"), ("2026-10-25T05:59:59Z", "2026-10-25T06:00:00Z"),
        ("2026-10-25T06:00:00Z", "at once"),
    ])
    func `a window over midnight`(_ now: String, _ until: String) throws {
        #expect(wait(try quietHours(#"from: "22:00", until: "07:00", severities: [routine]"#), now) == until)
    }

    @Test(arguments: [
        // On 2026-03-29 there is no time from 02:00 to 03:00, at 01:00Z.
        (#"from: "01:30", until: "02:30""#, "2026-03-29T00:45:00Z", "2026-03-29T01:00:00Z"),
        (#"from: "02:15", until: "02:45""#, "2026-03-29T00:59:59Z", "at once"),
        (#"from: "02:15", until: "02:45""#, "2026-03-29T01:00:00Z", "at once"),
        (#"from: "02:30", until: "04:00""#, "2026-03-29T00:59:59Z", "at once"),
        (#"from: "02:30", until: "04:00""#, "2026-03-29T01:00:00Z", "2026-03-29T02:00:00Z"),
        // On 2026-10-25 the time from 02:00 to 03:00 comes twice, from 00:00Z and from 01:00Z.
        (#"from: "02:15", until: "02:45""#, "2026-10-25T00:15:00Z", "2026-10-25T00:45:00Z"),
        (#"from: "02:15", until: "02:45""#, "2026-10-25T01:15:00Z", "at once"),
        (#"from: "01:00", until: "02:30""#, "2026-10-25T00:29:00Z", "2026-10-25T00:30:00Z"),
        (#"from: "01:00", until: "02:30""#, "2026-10-25T01:10:00Z", "at once"),
        (#"from: "02:30", until: "03:30""#, "2026-10-25T00:30:00Z", "2026-10-25T02:30:00Z"),
        // A whole day is one of 23 hours, and one of 25.
        (#"from: "00:00", until: "24:00", weekdays: [sunday]"#, "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z"),
        (#"from: "00:00", until: "24:00", weekdays: [sunday]"#, "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z"),
        (#"from: "00:00", until: "24:00", weekdays: [sunday]"#, "2026-10-24T21:59:59Z", "at once"),
    ])
    func `clocks that change within a window`(_ window: String, _ now: String, _ until: String) throws {
        #expect(wait(try quietHours(window + ", severities: [routine]"), now) == until)
    }

    @Test func `windows that touch or overlap are waited out together`() throws {
        let hours = try quietHours(
            #"from: "22:00", until: "00:00", severities: [routine, soon]"#,
            #"from: "00:00", until: "06:00", severities: [routine]"#,
            #"from: "05:00", until: "08:00", severities: [routine]"#)
        #expect(wait(hours, "2026-01-10T22:00:00Z") == "2026-01-11T07:00:00Z")
        #expect(wait(hours, "2026-01-10T22:00:00Z", .soon) == "2026-01-10T23:00:00Z")
        #expect(wait(hours, "2026-01-11T05:30:00Z") == "2026-01-11T07:00:00Z")
        #expect(wait(hours, "2026-01-11T00:00:00Z", .soon) == "at once")
        for severity in [Severity.none, .urgent, .emergency] {
            #expect(wait(hours, "2026-01-10T22:00:00Z", severity) == "at once")
        }
    }

    @Test func `weekdays are those on which a window begins`() throws {
        let hours = try quietHours(#"from: "20:00", until: "08:00", weekdays: [friday], severities: [soon]"#)
        // 2026-01-09 is a Friday.
        #expect(wait(hours, "2026-01-09T18:59:00Z", .soon) == "at once")
        #expect(wait(hours, "2026-01-09T19:00:00Z", .soon) == "2026-01-10T07:00:00Z")
        #expect(wait(hours, "2026-01-10T06:00:00Z", .soon) == "2026-01-10T07:00:00Z")
        #expect(wait(hours, "2026-01-10T19:00:00Z", .soon) == "at once")
    }

    @Test func `a window may have a zone of its own, and windows of several zones end all the same`() throws {
        let hours = try quietHours(
            #"from: "08:00", until: "20:00", severities: [routine], zone: "+00:00""#,
            #"from: "20:00", until: "08:00", severities: [routine], zone: "UTC""#, zones: [.utc, .utc])
        #expect(wait(hours, "2026-01-09T12:00:00Z") == "at once")
        let one = try quietHours(
            #"from: "22:00", until: "23:00", severities: [routine], zone: "-05:00""#,
            zones: [SiteZone(name: "-05:00", fixedOffset: -18_000)])
        #expect(wait(one, "2026-01-10T03:30:00Z") == "2026-01-10T04:00:00Z")
        #expect(wait(one, "2026-01-10T21:30:00Z") == "at once")
    }

    /// For each minute whether a window holds it, by looking for its ends minute by minute.
    ///
    /// - Parameter walls: what the wall shows at each minute, in minutes.
    private func held(_ from: Int, _ until: Int, _ walls: [Int64]) -> [Bool] {
        var result = [Bool](repeating: false, count: walls.count)
        for day in walls[0] / 1440 - 1...walls[walls.count - 1] / 1440 {
            func first(_ reading: Int) -> Int {
                walls.firstIndex { $0 >= day * 1440 + Int64(reading) } ?? walls.count
            }
            for minute in first(from)..<first(until > from ? until : until + 1440) { result[minute] = true }
        }
        return result
    }

    @Test(arguments: ["2026-03-27T12:00:00Z", "2026-10-23T12:00:00Z"])
    func `whoever looks at the wall every minute comes to the same`(_ start: String) throws {
        let first = Self.moment(start).milliseconds / 60_000
        let walls = (first..<first + 4 * 1440).map { $0 + Int64(berlin.offset(atUTC: $0 * 60)) / 60 }
        let windows: [(from: Int, until: Int)] = [
            (1320, 420), (90, 150), (120, 180), (135, 165), (150, 60), (180, 1439),
        ]
        for window in windows {
            func time(_ minutes: Int) -> String {
                [minutes / 60, minutes % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
            }
            let hours = try quietHours(
                "from: \(time(window.from)), until: \(time(window.until)), severities: [soon]")
            let held = held(window.from, window.until, walls)
            for minute in stride(from: 1440, to: 3 * 1440, by: 5) {
                let due = hours.end(for: .soon, at: Moment(milliseconds: (first + Int64(minute)) * 60_000))
                let end = held[minute...].firstIndex(of: false) ?? minute
                let wanted = end == minute ? .unknown : Moment(milliseconds: (first + Int64(end)) * 60_000)
                try #require(due == wanted, "\(window) at minute \(minute)")
            }
        }
    }

    @Test func `the image carries them, and the zones that they name`() throws {
        let window = #"from: "22:00", until: "07:00", weekdays: [monday], severities: [none, soon], zone: "-05:00""#
        var mistakes = Mistakes()
        let files = ConfigFilesInMemory(Self.files([window]).mapValues { Array($0.utf8) })
        let tree = try #require(ConfigLoader.load(front: "toxwatch.yaml", files: files, mistakes: &mistakes))
        let draft = try #require(PackDraft.compile(tree).draft)
        let bytes = PackImage.bytes(of: draft, digest: String(repeating: "0", count: 64))
        try bytes.withUnsafeBytes { bytes in
            let image = try #require(PackImage(bytes))
            #expect(image.quietZoneNames.map(\.value) == ["-05:00"])
            #expect(image.quietZoneNames.first?.mark == draft.quietZoneNames.first?.mark)
            let east = SiteZone(name: "-05:00", fixedOffset: -18_000)
            let pack = try #require(image.finished(isApproved: false, zone: berlin, quietZones: [east]))
            // 2026-01-12 is a Monday.
            #expect(wait(pack.quietHours, "2026-01-13T03:00:00Z", .none) == "2026-01-13T12:00:00Z")
            #expect(wait(pack.quietHours, "2026-01-13T03:00:00Z", .routine) == "at once")
        }
    }

    @Test(arguments: [
        (
            #"from: "22:00", until: "07:00", severities: [routine, urgent]"#,
            "toxwatch.yaml:34:59: error: alerts of severity 'urgent' are never held back",
            "quiet hours are for none, routine, soon"
        ),
        (
            #"from: "22:00", until: "07:00", severities: emergency"#,
            "alerts of severity 'emergency' are never held back", "quiet hours are for"
        ),
        (
            #"from: "22:00", until: "07:00", severities: [rutine]"#, "unknown severity 'rutine'",
            "did you mean 'routine'?"
        ),
        (#"from: "22:00", until: "07:00", severities: []"#, "'severities' names none", ""),
        (#"from: "22:00", until: "07:00""#, "a window of quiet hours needs 'severities'", ""),
        (#"from: "22:00", severities: [soon]"#, "a window of quiet hours needs 'until'", ""),
        (#"from: "7:00", until: "08:00", severities: [soon]"#, "'7:00' is not a time of day", "such as 07:30"),
        (#"from: "24:00", until: "08:00", severities: [soon]"#, "'24:00' is not a time of day", "may end at 24:00"),
        (#"from: "23:00", until: "23:60", severities: [soon]"#, "'23:60' is not a time of day", ""),
        (
            #"from: "08:00", until: "08:00", severities: [soon]"#, "ends when it begins",
            "from: \"00:00\", until: \"24:00\""
        ),
        (
            #"from: "08:00", until: "09:00", weekdays: [munday], severities: [soon]"#, "unknown weekday 'munday'",
            "did you mean 'monday'?"
        ),
        (#"from: "08:00", until: "09:00", weekdays: [], severities: [soon]"#, "'weekdays' names no day", ""),
        (#"from: "08:00", untill: "09:00", severities: [soon]"#, "unknown key 'untill'", "did you mean 'until'?"),
        (
            #"from: "00:00", until: "24:00", severities: [soon]"#,
            "alerts of severity 'soon' would be held back for ever", "leave a time of the week"
        ),
    ])
    func `mistakes are told in their places`(_ window: String, _ problem: String, _ help: String) {
        let told = TestPack.mistakes(Self.files([window]))
        #expect(told.contains(problem) && told.contains(help), "\(told)")
    }
}
