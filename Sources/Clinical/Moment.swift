/// An instant, or a whole day of which only the date is known.
package struct Moment: Sendable, BitwiseCopyable, Equatable {
    /// Milliseconds since 1970-01-01T00:00:00Z; for a date, its first instant in the zone it was read in.
    package var milliseconds: Int64
    /// True when only the date is known: the moment is any instant of the day that begins at `milliseconds`.
    package var isDate: Bool

    @inlinable package init(milliseconds: Int64, isDate: Bool = false) {
        self.milliseconds = milliseconds
        self.isDate = isDate
    }

    /// Not known.
    package static let unknown = Moment(milliseconds: .min)

    /// Whether it is an instant or a date at all.
    @inlinable package var isKnown: Bool { milliseconds != .min }
    /// Whole seconds since 1970, rounded down.
    @inlinable package var seconds: Int64 { milliseconds >= 0 ? milliseconds / 1000 : (milliseconds - 999) / 1000 }

    /// The last instant that it may be: of a date, the last of its day; in milliseconds.
    @inlinable package var latest: Int64 { milliseconds + (isDate ? Moment.millisecondsPerDay - 1 : 0) }

    /// Milliseconds of a day without leap seconds.
    package static let millisecondsPerDay: Int64 = 86_400_000
}

/// A day of the proleptic Gregorian calendar, and its number.
package struct CalendarDay: Sendable, Equatable {
    /// The year, 1 being the first.
    package var year: Int
    /// From 1 to 12.
    package var month: Int
    /// From 1 to 31.
    package var day: Int

    package init(year: Int, month: Int, day: Int) {
        self.year = year
        self.month = month
        self.day = day
    }

    /// Days since 1970-01-01 (the days-from-civil method of H. Hinnant).
    @inlinable package var number: Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return Int64(era * 146_097 + dayOfEra - 719_468)
    }

    /// The day with that number.
    package init(number: Int64) {
        let shifted = Int(number) + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// Whether such a day exists.
    package var exists: Bool {
        guard month >= 1, month <= 12, day >= 1, year >= 0, year <= 9999 else { return false }
        return day <= Self.length(ofMonth: month, year: year)
    }

    @inlinable static func length(ofMonth month: Int, year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}
