import Clinical
import Testing

@testable import Parser

struct TimePatternTests {
    static func told(_ pattern: String, _ text: String, zone: SiteZone? = .utc) -> String? {
        guard let moment = TimePattern(pattern)?.reading(Array(text.utf8))?.moment(in: zone) else { return nil }
        var bytes: [UInt8] = []
        RFC3339.append(moment, to: &bytes)
        return String(decoding: bytes, as: UTF8.self) + (moment.isDate ? " day" : "")
    }

    @Test(arguments: [
        ("yyyy-MM-dd", "2026-03-01", "2026-03-01T00:00:00Z day"),
        ("yyyyMMddHHmm", "202603010815", "2026-03-01T08:15:00Z"),
        ("d.M.yyyy H:m:s", "1.3.2026 8:5:9", "2026-03-01T08:05:09Z"),
        ("d.M.yyyy", "31.12.2026", "2026-12-31T00:00:00Z day"),
        ("MM/dd/yyyy hh:mm a", "03/01/2026 12:15 AM", "2026-03-01T00:15:00Z"),
        ("MM/dd/yyyy h:mm a", "03/01/2026 8:15 pm", "2026-03-01T20:15:00Z"),
        ("ddMMMyyyy", "01mar2026", "2026-03-01T00:00:00Z day"),
        ("yyyy-MM-dd HH:mm:ss.SSS", "2026-03-01 08:15:00.123", "2026-03-01T08:15:00.123Z"),
        ("yyyy-MM-dd HH:mm:ss.S", "2026-03-01 08:15:00.5", "2026-03-01T08:15:00.500Z"),
        ("yyyy-MM-dd HH:mm:ss.S", "2026-03-01 08:15:00.123456789", "2026-03-01T08:15:00.123Z"),
        ("yyyy-MM-ddTHH:mmZ", "2026-03-01T08:15+01:00", "2026-03-01T07:15:00Z"),
        ("yyyy-MM-ddTHH:mmZ", "2026-03-01T08:15-0130", "2026-03-01T09:45:00Z"),
        ("dd 'day of' MM yyyy", "01 day of 03 2026", "2026-03-01T00:00:00Z day"),
    ])
    func `times are read by their pattern`(_ pattern: String, _ text: String, _ wanted: String) {
        #expect(Self.told(pattern, text) == wanted)
    }

    @Test(arguments: [
        ("yyyy-MM-dd", "2026-02-29"), ("yyyy-MM-dd", "2026-3-1"), ("yyyy-MM-dd", "2026-03-01 "),
        ("yyyy-MM-dd", "26-03-01"),
        ("yyyy-MM-dd", ""), ("yyyy-MM-dd HH:mm", "2026-03-01 24:00"), ("yyyy-MM-dd HH:mm", "2026-03-01 08:60"),
        ("MM/dd/yyyy hh:mm a", "03/01/2026 13:15 AM"), ("MM/dd/yyyy hh:mm a", "03/01/2026 00:15 AM"),
        ("MM/dd/yyyy hh:mm a", "03/01/2026 12:15 XM"), ("ddMMMyyyy", "01Foo2026"),
        ("yyyy-MM-ddTHH:mmZ", "2026-03-01T08:15"),
        ("yyyy-MM-ddTHH:mmZ", "2026-03-01T08:15+1"), ("yyyy-MM-ddTHH:mmZ", "2026-03-01T08:15+24:00"),
    ])
    func `what is not written by the pattern is refused`(_ pattern: String, _ text: String) {
        #expect(TimePattern(pattern) != nil)
        #expect(Self.told(pattern, text) == nil)
    }

    @Test(arguments: [
        "", "HH:mm", "yyyy-MM", "yy-MM-dd", "yyyy-MM-dd hh:mm", "yyyy-MM-dd HH:mm a", "yyyy-MM-dd X", "yyyy-MM-dd 'x",
    ])
    func `patterns that tell no day are refused`(_ pattern: String) {
        #expect(TimePattern(pattern) == nil)
    }

    @Test func `without a zone, only a text that tells one is a moment`() {
        #expect(Self.told("yyyy-MM-dd HH:mm", "2026-03-01 08:15", zone: nil) == nil)
        #expect(Self.told("yyyy-MM-dd", "2026-03-01", zone: nil) == nil)
        #expect(Self.told("yyyy-MM-ddTHH:mmZ", "2026-03-01T08:15Z", zone: nil) == "2026-03-01T08:15:00Z")
    }

    @Test func `all usual patterns are patterns`() { #expect(TimePattern.usual.count == 11) }
}
