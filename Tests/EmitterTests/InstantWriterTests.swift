import Clinical
import Testing

@testable import Emitter

@Suite struct InstantWriterTests {
    @Test func `instants are written as RFC 3339 writes them, whatever came before`() throws {
        var writer = InstantWriter(zone: .utc)
        let step = 86_400_000 * 97 + 12_345_678
        for milliseconds in stride(from: -62_135_596_800_000, to: 253_402_300_799_999, by: step) {
            for number in [milliseconds, milliseconds / 1000 * 1000, milliseconds + 1] {
                let moment = Moment(milliseconds: Int64(number))
                var wanted: [UInt8] = []
                RFC3339.append(moment, to: &wanted)
                let actual = text { writer.append(moment, to: &$0) }
                try #require(actual == String(decoding: wanted, as: UTF8.self))
            }
        }
    }

    @Test(arguments: [
        (0, "1970-01-01T00:00:00Z"), (-1, "1969-12-31T23:59:59.999Z"), (86_399_999, "1970-01-01T23:59:59.999Z"),
        (86_400_000, "1970-01-02T00:00:00Z"), (1_772_352_900_050, "2026-03-01T08:15:00.050Z"),
        (1_709_210_096_000, "2024-02-29T12:34:56Z"),
    ])
    func `midnight, leap days and fractions`(milliseconds: Int64, expected: String) {
        var writer = InstantWriter(zone: .utc)
        #expect(text { writer.append(Moment(milliseconds: milliseconds), to: &$0) } == expected)
    }

    @Test func `an unknown instant is null in JSON`() {
        var writer = InstantWriter(zone: .utc)
        #expect(text { writer.append(json: .unknown, to: &$0) } == "null")
        #expect(text { writer.append(json: Moment(milliseconds: 0), to: &$0) } == "\"1970-01-01T00:00:00Z\"")
    }

    @Test(arguments: ["+01:00", "+05:30", "-05:00", "Z"])
    func `a day is written as the date that it is at the site`(offset: String) throws {
        let zone = try #require(SiteZone(offset: offset))
        var writer = InstantWriter(zone: zone)
        let day = zone.start(ofDay: CalendarDay(year: 2026, month: 3, day: 2))
        #expect(text { writer.append(json: day, to: &$0) } == "\"2026-03-02T00:00:00\(offset)\"")
    }
}
