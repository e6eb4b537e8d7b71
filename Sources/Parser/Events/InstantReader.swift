import Clinical

/// Reads times; remembers the last day, because the times of a feed come close together.
struct InstantReader: Sendable {
    /// The ten bytes of the last date, and when that day began.
    private var yearAndMonth: UInt64 = 0
    private var day: UInt64 = 0
    private var dayStart: Int64 = 0
    private let zone: SiteZone

    /// A bare date begins in `zone`.
    init(zone: SiteZone) { self.zone = zone }

    /// The instant that `bytes[from..<from + count]` tells; nil when it is no RFC 3339 time with a zone.
    @inline(__always)
    mutating func instant(_ bytes: RawSpan, from: Int, count: Int) -> Moment? {
        let first = bytes.eight(at: from)
        let second = bytes.eight(at: from &+ 8)
        if count == 20, first == yearAndMonth, second & 0xFFFF == day,
            bytes.at(from &+ 10) == UInt8(ascii: "T"), bytes.at(from &+ 19) == UInt8(ascii: "Z"),
            let seconds = Self.secondOfDay(bytes.eight(at: from &+ 11))
        {
            return Moment(milliseconds: dayStart &+ Int64(seconds) &* 1000)
        }
        return unfamiliar(bytes, from: from, count: count)
    }

    /// Milliseconds of the time at `from` when it is spelled like `2026-03-01T08:15:00Z`, on the day of the last time.
    @inline(__always)
    func familiar(_ bytes: RawSpan, from: Int) -> Int64? {
        guard bytes.eight(at: from) == yearAndMonth, bytes.eight(at: from &+ 8) & 0xFFFF == day,
            bytes.at(from &+ 10) == UInt8(ascii: "T"), bytes.at(from &+ 19) == UInt8(ascii: "Z"),
            let seconds = Self.secondOfDay(bytes.eight(at: from &+ 11))
        else { return nil }
        return dayStart &+ Int64(seconds) &* 1000
    }

    /// The date or instant that `bytes[from..<from + count]` tells; a date begins in the site's zone.
    func dateOrInstant(_ bytes: RawSpan, from: Int, count: Int) -> Moment? {
        guard count == 10 else { return RFC3339.instant(bytes, from: from, count: count) }
        guard let day = RFC3339.date(bytes, from: from) else { return nil }
        return zone.start(ofDay: day)
    }

    /// Seconds since midnight of `HH:MM:SS`, or nil.
    @inline(__always)
    private static func secondOfDay(_ clock: UInt64) -> Int? {
        let digits = clock ^ 0x3030_3A30_303A_3030
        // Adding 0x76 to a digit's byte, or 0x7F to a colon's, reaches the high bit as soon as it is none.
        if (digits | (digits &+ 0x7676_7F76_767F_7676)) & 0x8080_8080_8080_8080 != 0 { return nil }
        let hour = Int(digits & 15) &* 10 &+ Int(digits &>> 8 & 15)
        let minute = Int(digits &>> 24 & 15) &* 10 &+ Int(digits &>> 32 & 15)
        let second = Int(digits &>> 48 & 15) &* 10 &+ Int(digits &>> 56)
        return hour < 24 && minute < 60 && second <= 60 ? hour &* 3600 &+ minute &* 60 &+ second : nil
    }

    @inline(never)
    private mutating func unfamiliar(_ bytes: RawSpan, from: Int, count: Int) -> Moment? {
        guard let moment = RFC3339.instant(bytes, from: from, count: count) else { return nil }
        if let date = RFC3339.date(bytes, from: from) {
            yearAndMonth = bytes.eight(at: from)
            day = bytes.eight(at: from + 8) & 0xFFFF
            dayStart = date.number * Moment.millisecondsPerDay
        }
        return moment
    }
}
