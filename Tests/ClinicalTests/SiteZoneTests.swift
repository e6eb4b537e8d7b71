import Clinical
import FoundationEssentials
import TestSupport
import Testing

struct SiteZoneTests {
    static let folder = #filePath.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 } + "/Data/"
    static let system = "/usr/share/zoneinfo/"
    static let hasSystemZones = FileManager.default.contents(atPath: system + "Europe/Berlin") != nil

    static func zone(_ path: String) -> SiteZone? {
        FileManager.default.contents(atPath: path).flatMap { SiteZone(name: path, tzif: Array($0)) }
    }

    static func zone(rule: String) -> SiteZone? { SiteZone.following(rule: rule) }

    /// Offsets just before and at each change of 2026 and 2045, and long ago, as Python's zoneinfo tells them.
    static let table: [(zone: String, second: Int64, offset: Int32)] = [
        ("Europe/Berlin", -2_208_902_400, 3600), ("Europe/Berlin", 86_400, 3600),
        ("Europe/Berlin", 1_767_225_600, 3600),
        ("Europe/Berlin", 1_774_745_999, 3600), ("Europe/Berlin", 1_774_746_000, 7200),
        ("Europe/Berlin", 1_792_889_999, 7200), ("Europe/Berlin", 1_792_890_000, 3600),
        ("Europe/Berlin", 2_374_102_799, 3600), ("Europe/Berlin", 2_374_102_800, 7200),
        ("Europe/Berlin", 2_392_851_599, 7200), ("Europe/Berlin", 2_392_851_600, 3600),
        ("America/New_York", -2_208_902_400, -18_000), ("America/New_York", 1_767_225_600, -18_000),
        ("America/New_York", 1_772_953_199, -18_000), ("America/New_York", 1_772_953_200, -14_400),
        ("America/New_York", 1_793_512_799, -14_400), ("America/New_York", 1_793_512_800, -18_000),
        ("America/New_York", 2_372_914_799, -18_000), ("America/New_York", 2_372_914_800, -14_400),
        ("America/New_York", 2_393_474_399, -14_400), ("America/New_York", 2_393_474_400, -18_000),
        ("Australia/Lord_Howe", -2_208_902_400, 36_000), ("Australia/Lord_Howe", 1_767_225_600, 39_600),
        ("Australia/Lord_Howe", 1_775_314_799, 39_600), ("Australia/Lord_Howe", 1_775_314_800, 37_800),
        ("Australia/Lord_Howe", 1_791_041_399, 37_800), ("Australia/Lord_Howe", 1_791_041_400, 39_600),
        ("Australia/Lord_Howe", 2_374_671_599, 39_600), ("Australia/Lord_Howe", 2_374_671_600, 37_800),
        ("Australia/Lord_Howe", 2_390_398_199, 37_800), ("Australia/Lord_Howe", 2_390_398_200, 39_600),
        ("Asia/Kathmandu", -2_208_902_400, 20_476), ("Asia/Kathmandu", 86_400, 19_800),
        ("Asia/Kathmandu", 1_767_225_600, 20_700), ("Asia/Kathmandu", 2_366_841_600, 20_700),
    ]

    @Test(arguments: ["Australia/Lord_Howe", "Asia/Kathmandu"])
    func `offsets of the carried zones are those of the database`(_ name: String) throws {
        let zone = try #require(Self.zone(Self.folder + name.split(separator: "/")[1] + ".tzif"))
        for row in Self.table where row.zone == name { #expect(zone.offset(atUTC: row.second) == row.offset, "\(row)") }
    }

    @Test(.enabled(if: hasSystemZones, "the system has no zones"))
    func `offsets of the system's zones are those that Python tells`() throws {
        for row in Self.table {
            let zone = try #require(Self.zone(Self.system + row.zone))
            #expect(zone.offset(atUTC: row.second) == row.offset, "\(row)")
        }
    }

    @Test(arguments: [
        ("CET-1CEST,M3.5.0,M10.5.0/3", 1_774_745_999, 3600), ("CET-1CEST,M3.5.0,M10.5.0/3", 1_774_746_000, 7200),
        ("CET-1CEST,M3.5.0,M10.5.0/3", 1_792_889_999, 7200), ("CET-1CEST,M3.5.0,M10.5.0/3", 1_792_890_000, 3600),
        ("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", 1_775_314_799, 39_600),
        ("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", 1_775_314_800, 37_800),
        ("EST5", 0, -18_000), ("<-0330>+3:30:15", 0, -12_615),
        // Day 60 is March 1 in every year by J, and February 29 or March 1 by count from 0.
        ("AAA0BBB,J60/0,J61/0", 1_709_251_199, 0), ("AAA0BBB,J60/0,J61/0", 1_709_251_200, 3600),
        ("AAA0BBB,59/0,60/0", 1_709_164_799, 0), ("AAA0BBB,59/0,60/0", 1_709_164_800, 3600),
    ])
    func `the rule in the footer holds for all years`(_ rule: String, _ second: Int64, _ offset: Int32) throws {
        #expect(try #require(Self.zone(rule: rule)).offset(atUTC: second) == offset)
    }

    @Test(arguments: [
        "C1", "CET", "CET-1CEST,M3.5.0", "CET-1CEST,M13.5.0,M10.5.0", "CET-1CEST,M3.5.0,M10.5.0/200x",
        "CET-1CEST,J0,J5", "<+1",
    ])
    func `a rule that is none is refused`(_ rule: String) {
        #expect(Self.zone(rule: rule) == nil)
    }

    @Test func `a reading that comes twice is the earlier instant`() throws {
        let berlin = try #require(Self.zone(rule: "CET-1CEST,M3.5.0,M10.5.0/3"))
        // 2026-10-25 02:30 is 00:30Z in summer time and 01:30Z in standard time.
        let reading: Int64 = 1_792_895_400
        #expect(berlin.instant(local: reading) == Moment(milliseconds: (reading - 7200) * 1000))
        #expect(berlin.instant(local: reading + 3600) == Moment(milliseconds: reading * 1000))
    }

    @Test func `a reading that is skipped is taken by the offset that holds after the change`() throws {
        let berlin = try #require(Self.zone(rule: "CET-1CEST,M3.5.0,M10.5.0/3"))
        // 2026-03-29 02:30 does not exist: 02:00 becomes 03:00.
        let reading: Int64 = 1_774_751_400
        #expect(berlin.instant(local: reading) == Moment(milliseconds: (reading - 7200) * 1000))
        #expect(berlin.instant(local: reading - 1800 - 1) == Moment(milliseconds: (reading - 1801 - 3600) * 1000))
        #expect(berlin.instant(local: reading + 1800) == Moment(milliseconds: (reading + 1800 - 7200) * 1000))
    }

    @Test func `a day begins at its first instant, also where midnight is skipped or comes twice`() throws {
        let cairo = try #require(Self.zone(rule: "EET-2EEST,M4.5.5/0,M10.5.4/24"))
        // On 2026-04-24, 00:00 becomes 01:00 at 22:00Z of the day before.
        let spring = cairo.start(ofDay: CalendarDay(year: 2026, month: 4, day: 24))
        #expect(spring == Moment(milliseconds: 1_776_981_600_000, isDate: true))
        // On 2026-10-29, 24:00 becomes 23:00; the next day begins once, at 22:00Z.
        let autumn = cairo.start(ofDay: CalendarDay(year: 2026, month: 10, day: 30))
        #expect(autumn == Moment(milliseconds: 1_793_311_200_000, isDate: true))
        for (start, number) in [(spring, 20_567 as Int64), (autumn, 20_756)] {
            #expect(cairo.dayNumber(of: start) == number)
            #expect(cairo.dayNumber(of: Moment(milliseconds: start.milliseconds - 1)) == number - 1)
        }
    }

    @Test func `the first instant of a reading is the earlier of two, or the change that skips it`() throws {
        let berlin = try #require(Self.zone(rule: "CET-1CEST,M3.5.0,M10.5.0/3"))
        // 2026-03-29 02:30 is skipped at 01:00Z; 2026-10-25 02:30 is 00:30Z first.
        #expect(berlin.firstInstant(local: 1_774_751_400) == Moment(milliseconds: 1_774_746_000_000))
        #expect(berlin.firstInstant(local: 1_792_895_400) == Moment(milliseconds: 1_792_888_200_000))
        #expect(berlin.firstInstant(local: 1_792_899_000) == Moment(milliseconds: 1_792_895_400_000))
    }

    @Test func `every instant lies in the day that its own zone counts`() throws {
        let zone = try #require(Self.zone(Self.folder + "Lord_Howe.tzif"))
        for day in stride(from: Int64(-30_000), to: 40_000, by: 97) {
            let start = zone.start(ofDay: CalendarDay(number: day))
            #expect(zone.dayNumber(of: start) == day)
            #expect(zone.dayNumber(of: Moment(milliseconds: start.milliseconds - 1)) == day - 1)
            let noon = day * 86_400 + 43_200
            #expect(
                zone.instant(local: noon).seconds + Int64(zone.offset(atUTC: zone.instant(local: noon).seconds)) == noon
            )
        }
    }

    @Test(arguments: [
        ("Z", 0), ("UTC", 0), ("+02:00", 7200), ("-0330", -12_600), ("+00:00", 0), ("+23:59", 86_340),
    ])
    func `a zone may be an offset`(_ text: String, _ offset: Int32) throws {
        #expect(try #require(SiteZone(offset: text)).offset(atUTC: 0) == offset)
    }

    @Test(arguments: ["", "+2", "+02", "02:00", "+24:00", "+02:60", "+2:000", "+0:200", "Europe/Berlin", "+02:00 "])
    func `what is no offset is refused`(_ text: String) {
        #expect(SiteZone(offset: text) == nil)
    }

    @Test func `a file that is cut or spoiled is refused`() throws {
        let whole = Array(try #require(FileManager.default.contents(atPath: Self.folder + "Kathmandu.tzif")))
        #expect(SiteZone(name: "x", tzif: whole) != nil)
        for length in 0..<whole.count {
            #expect(SiteZone(name: "x", tzif: Array(whole[..<length])) == nil, "\(length)")
        }
        var spoiled = whole
        spoiled[0] = 0
        #expect(SiteZone(name: "x", tzif: spoiled) == nil)
    }

    @Test(.enabled(if: hasSystemZones, "the system has no zones"))
    func `every zone of the system can be read`() throws {
        let names = try FileManager.default.subpathsOfDirectory(atPath: Self.system)
        var count = 0
        for name in names {
            guard let bytes = FileManager.default.contents(atPath: Self.system + name),
                bytes.starts(with: Data("TZif".utf8))
            else {
                continue
            }
            count += 1
            #expect(SiteZone(name: name, tzif: Array(bytes)) != nil, "\(name)")
        }
        #expect(count > 300)
    }
}
