/// Times as RFC 3339 writes them, read from and written to bytes.
package enum RFC3339 {
    /// Reads `2026-03-01T08:15:00Z` (or with a fraction and an offset) at `bytes[from..<from + count]`.
    ///
    /// Nil when it is not such a time, when a field is out of range, or when the zone is missing.
    @inlinable
    package static func instant(_ bytes: RawSpan, from: Int, count: Int) -> Moment? {
        guard count >= 20, count <= 40, let day = date(bytes, from: from) else { return nil }
        let separator = bytes.byte(from + 10)
        guard separator == UInt8(ascii: "T") || separator == UInt8(ascii: "t") || separator == UInt8(ascii: " "),
            bytes.byte(from + 13) == UInt8(ascii: ":"), bytes.byte(from + 16) == UInt8(ascii: ":")
        else { return nil }
        let hour = twoDigits(bytes, from + 11)
        let minute = twoDigits(bytes, from + 14)
        let second = twoDigits(bytes, from + 17)
        guard hour >= 0, minute >= 0, second >= 0, hour < 24, minute < 60, second <= 60 else { return nil }
        var milliseconds = day.number * Moment.millisecondsPerDay
        milliseconds += Int64(hour * 3600 + minute * 60 + second) * 1000
        let last = bytes.byte(from + 19)
        if count == 20, last == UInt8(ascii: "Z") || last == UInt8(ascii: "z") {
            return Moment(milliseconds: milliseconds)
        }
        return fractionAndZone(bytes, from: from + 19, to: from + count, base: milliseconds)
    }

    @usableFromInline
    static func fractionAndZone(_ bytes: RawSpan, from: Int, to: Int, base: Int64) -> Moment? {
        var index = from
        var milliseconds = base
        if bytes.byte(index) == UInt8(ascii: ".") {
            index += 1
            var scale: Int64 = 100
            let first = index
            while index < to, let digit = digit(bytes, index) {
                milliseconds += Int64(digit) * scale
                scale /= 10
                index += 1
            }
            guard index > first else { return nil }
        }
        guard index < to else { return nil }
        let zone = bytes.byte(index)
        if zone | 0x20 == UInt8(ascii: "z") { return index + 1 == to ? Moment(milliseconds: milliseconds) : nil }
        guard zone == UInt8(ascii: "+") || zone == UInt8(ascii: "-"), index + 6 == to,
            bytes.byte(index + 3) == UInt8(ascii: ":")
        else { return nil }
        let hours = twoDigits(bytes, index + 1)
        let minutes = twoDigits(bytes, index + 4)
        guard hours >= 0, minutes >= 0, hours < 24, minutes < 60 else { return nil }
        let offset = Int64(hours * 3600 + minutes * 60) * 1000
        milliseconds += zone == UInt8(ascii: "+") ? -offset : offset
        // In UTC it may be of a year that has no four digits.
        return years.contains(milliseconds) ? Moment(milliseconds: milliseconds) : nil
    }

    /// From the year 0000 to the year 9999.
    private static let years: Range<Int64> = -62_167_219_200_000..<253_402_300_800_000

    /// Reads the date `2026-03-01` at `from`; nil when it is not one or does not exist.
    @inlinable
    package static func date(_ bytes: RawSpan, from: Int) -> CalendarDay? {
        guard bytes.byte(from + 4) == UInt8(ascii: "-"), bytes.byte(from + 7) == UInt8(ascii: "-") else { return nil }
        let century = twoDigits(bytes, from)
        let year = twoDigits(bytes, from + 2)
        let month = twoDigits(bytes, from + 5)
        let day = twoDigits(bytes, from + 8)
        guard century >= 0, year >= 0, month >= 1, day >= 1, month <= 12 else { return nil }
        let result = CalendarDay(year: century * 100 + year, month: month, day: day)
        return day <= 28 || day <= CalendarDay.length(ofMonth: month, year: result.year) ? result : nil
    }

    @inlinable @inline(__always)
    static func twoDigits(_ bytes: RawSpan, _ index: Int) -> Int {
        let tens = Int(bytes.byte(index)) - 48
        let units = Int(bytes.byte(index + 1)) - 48
        guard tens >= 0, tens <= 9, units >= 0, units <= 9 else { return -1 }
        return tens * 10 + units
    }

    @usableFromInline
    static func digit(_ bytes: RawSpan, _ index: Int) -> Int? {
        let digit = Int(bytes.byte(index)) - 48
        return digit >= 0 && digit <= 9 ? digit : nil
    }

    /// Appends a moment in UTC, such as `2026-03-01T08:15:00Z`; milliseconds only when there are any.
    package static func append(_ moment: Moment, to bytes: inout [UInt8]) {
        let seconds = moment.seconds
        let dayNumber = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
        let day = CalendarDay(number: dayNumber)
        let second = Int(seconds - dayNumber * 86_400)
        append(day, to: &bytes)
        bytes.append(UInt8(ascii: "T"))
        appendTwo(second / 3600, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        appendTwo(second / 60 % 60, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        appendTwo(second % 60, to: &bytes)
        let fraction = Int(moment.milliseconds - seconds * 1000)
        if fraction != 0 {
            bytes.append(UInt8(ascii: "."))
            bytes.append(UInt8(48 + fraction / 100))
            appendTwo(fraction % 100, to: &bytes)
        }
        bytes.append(UInt8(ascii: "Z"))
    }

    /// Appends a date, such as `2026-03-01`.
    package static func append(_ day: CalendarDay, to bytes: inout [UInt8]) {
        appendTwo(day.year / 100, to: &bytes)
        appendTwo(day.year % 100, to: &bytes)
        bytes.append(UInt8(ascii: "-"))
        appendTwo(day.month, to: &bytes)
        bytes.append(UInt8(ascii: "-"))
        appendTwo(day.day, to: &bytes)
    }

    private static func appendTwo(_ value: Int, to bytes: inout [UInt8]) {
        bytes.append(UInt8(truncatingIfNeeded: 48 + value / 10 % 10))
        bytes.append(UInt8(truncatingIfNeeded: 48 + value % 10))
    }
}
