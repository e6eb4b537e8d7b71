import Clinical

/// Writes instants in UTC as RFC 3339, and days as they begin in the site's zone.
///
/// It remembers four days, since an event and its deadline mostly fall on these.
struct InstantWriter: Sendable {
    private struct Day: Sendable, BitwiseCopyable {
        var number = Int64.min
        // `2026-03-` and `01T`, as words.
        var yearAndMonth: UInt64 = 0
        var dayOfMonth: UInt64 = 0
    }

    private var days = [4 of Day](repeating: Day())

    private let zone: SiteZone

    /// A writer of which dates are those of `zone`.
    init(zone: SiteZone) { self.zone = zone }

    /// Appends such as `2026-03-01T08:15:00Z`; milliseconds only when there are any.
    @inline(__always)
    mutating func append(_ moment: Moment, to buffer: inout OutputBuffer) {
        let seconds = moment.seconds
        let number = seconds >= 0 ? seconds / 86_400 : (seconds &- 86_399) / 86_400
        let place = Int(truncatingIfNeeded: number & 3)
        if days[place].number != number { remember(number, place) }
        let second = UInt64(truncatingIfNeeded: seconds &- number &* 86_400)
        buffer.place(days[place].yearAndMonth, length: 8)
        let minute = second / 60
        let clock = Self.two(minute / 60) &<< 24 | UInt64(UInt8(ascii: ":")) &<< 40 | Self.two(minute % 60) &<< 48
        buffer.place(days[place].dayOfMonth | clock, length: 8)
        buffer.place(UInt64(UInt8(ascii: ":")) | Self.two(second % 60) &<< 8, length: 3)
        let fraction = UInt64(truncatingIfNeeded: moment.milliseconds &- seconds &* 1000)
        if fraction != 0 {
            let digits = (48 &+ fraction / 100) &<< 8 | Self.two(fraction % 100) &<< 16
            buffer.place(UInt64(UInt8(ascii: ".")) | digits, length: 4)
        }
        buffer.append(UInt8(ascii: "Z"))
    }

    /// Appends the instant in quotes, or `null` when it is not known.
    @inline(__always)
    mutating func append(json moment: Moment, to buffer: inout OutputBuffer) {
        guard moment.isKnown else { return buffer.append("null") }
        buffer.append(UInt8(ascii: "\""))
        if moment.isDate { appendDay(moment, to: &buffer) } else { append(moment, to: &buffer) }
        buffer.append(UInt8(ascii: "\""))
    }

    /// Appends such as `2026-03-01T00:00:00+01:00`, so that the date which is read is the date which is meant.
    @inline(never)
    private mutating func appendDay(_ moment: Moment, to buffer: inout OutputBuffer) {
        let offset = zone.offset(atUTC: moment.seconds)
        guard offset != 0 else { return append(moment, to: &buffer) }
        var text: [UInt8] = []
        RFC3339.append(Moment(milliseconds: moment.milliseconds + Int64(offset) * 1000), to: &text)
        buffer.append(Array(text.dropLast()))
        buffer.append(offset < 0 ? "-" : "+")
        let minutes = UInt64(abs(offset) / 60)
        buffer.place(
            Self.two(minutes / 60) | UInt64(UInt8(ascii: ":")) &<< 16 | Self.two(minutes % 60) &<< 24, length: 5)
    }

    @inline(__always)
    private static func two(_ value: UInt64) -> UInt64 {
        (value / 10 | (value % 10) &<< 8) | 0x3030
    }

    @inline(never)
    private mutating func remember(_ number: Int64, _ place: Int) {
        var text: [UInt8] = []
        RFC3339.append(CalendarDay(number: number), to: &text)
        text += "T     ".utf8
        let bytes = text.span.bytes
        days[place] = Day(number: number, yearAndMonth: bytes.word(0), dayOfMonth: bytes.word(8) & 0xFF_FFFF)
    }
}
