import Clinical
import Testing

struct RFC3339Tests {
    static func instant(_ text: String) -> Int64? {
        let bytes = Array(text.utf8)
        return RFC3339.instant(bytes.span.bytes, from: 0, count: bytes.count)?.milliseconds
    }

    static func text(_ milliseconds: Int64) -> String {
        var bytes: [UInt8] = []
        RFC3339.append(Moment(milliseconds: milliseconds), to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test(arguments: [
        ("1970-01-01T00:00:00Z", 0), ("2026-03-01T08:15:00Z", 1_772_352_900_000),
        ("2026-03-01t08:15:00z", 1_772_352_900_000),
        ("2026-03-01 08:15:00Z", 1_772_352_900_000), ("2026-03-01T09:15:00+01:00", 1_772_352_900_000),
        ("2026-03-01T04:45:00-03:30", 1_772_352_900_000), ("2026-03-01T08:15:00.5Z", 1_772_352_900_500),
        ("2026-03-01T08:15:00.1239999+00:00", 1_772_352_900_123), ("2024-02-29T23:59:60Z", 1_709_251_200_000),
        ("1969-12-31T23:59:59.999Z", -1), ("0000-01-01T00:00:00Z", -62_167_219_200_000),
        ("9999-12-31T23:59:59Z", 253_402_300_799_000),
    ])
    func `times with a zone are instants`(_ text: String, _ milliseconds: Int64) {
        #expect(Self.instant(text) == milliseconds)
    }

    @Test(arguments: [
        "0000-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01", "", "2026-03-01", "2026-03-01T08:15:00",
        "2026-03-01T08:15Z", "2026-02-29T08:15:00Z", "2026-13-01T08:15:00Z",
        "2026-00-01T08:15:00Z", "2026-01-00T08:15:00Z", "2026-04-31T08:15:00Z", "2026-03-01T24:00:00Z",
        "2026-03-01T08:60:00Z",
        "2026-03-01T08:15:61Z", "2026-03-01T08:15:00.Z", "2026-03-01T08:15:00+1:00", "2026-03-01T08:15:00+0100",
        "2026-03-01T08:15:00+24:00", "2026-03-01T08:15:00+01:60", "2026-03-01T08:15:00Zx", "2026-03-01T08:15:00+01:00x",
        "2026/03/01T08:15:00Z", "2026-03-01T08.15.00Z", "2026-03-01X08:15:00Z", "202a-03-01T08:15:00Z",
        "-026-03-01T08:15:00Z",
        "2026-03-01T 8:15:00Z", "2100-02-29T00:00:00Z", "2026-03-01T08:15:00.123456789012345678901Z",
    ])
    func `what is no time with a zone is refused`(_ text: String) {
        #expect(Self.instant(text) == nil)
    }

    @Test(arguments: [
        (0, "1970-01-01T00:00:00Z"), (1, "1970-01-01T00:00:00.001Z"), (-1, "1969-12-31T23:59:59.999Z"),
        (1_772_352_900_050, "2026-03-01T08:15:00.050Z"), (-62_167_219_200_000, "0000-01-01T00:00:00Z"),
    ])
    func `instants are written in UTC`(_ milliseconds: Int64, _ wanted: String) {
        #expect(Self.text(milliseconds) == wanted)
    }

    @Test func `what is written reads back`() {
        for _ in 0..<5000 {
            let milliseconds = Int64.random(in: -62_167_219_200_000...253_402_300_799_999)
            #expect(Self.instant(Self.text(milliseconds)) == milliseconds)
        }
    }
}
