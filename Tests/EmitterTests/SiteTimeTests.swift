import Clinical
import Emitter
import Testing

@Suite struct SiteTimeTests {
    @Test(arguments: [
        ("UTC", 0, "2026-03-01 08:15 UTC"),
        ("+01:00", 3600, "2026-03-01 09:15 +01:00"),
        ("Asia/Kolkata", 19_800, "2026-03-01 13:45 +05:30"),
        ("Europe/London", 0, "2026-03-01 08:15 +00:00"),
        ("-09:30", -34_200, "2026-02-28 22:45 -09:30"),
        ("+16:00", 57_600, "2026-03-02 00:15 +16:00"),
    ])
    func `a time is read in the site's zone, with the zone`(name: String, offset: Int32, expected: String) {
        let moment = Moment(milliseconds: 1_772_352_959_999)
        #expect(text { $0.append(moment, in: SiteZone(name: name, fixedOffset: offset)) } == expected)
    }

    @Test func `a date stands alone, as the day of the site`() {
        let zone = SiteZone(name: "+02:00", fixedOffset: 7200)
        let day = Moment(milliseconds: 1_772_316_000_000, isDate: true)
        #expect(text { $0.append(day, in: zone) } == "2026-03-01")
    }

    @Test func `a time before 1970 is read like any other`() {
        #expect(text { $0.append(Moment(milliseconds: -60_001), in: .utc) } == "1969-12-31 23:58 UTC")
    }
}
