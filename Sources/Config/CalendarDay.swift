/// A date without a time or a zone.
package struct CalendarDay: Sendable, Hashable {
    /// From 1 to 9999.
    package let year: Int
    /// From 1 to 12.
    package let month: Int
    /// From 1 to the length of the month.
    package let day: Int

    /// Nil when the calendar has no such day, as on 30 February; years are 1 to 9999.
    package init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1 else { return nil }
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let length = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
        guard day <= length else { return nil }
        (self.year, self.month, self.day) = (year, month, day)
    }

    /// Nil for anything but four, two and two digits, such as `2026-11-25`.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            let year = ConfigValue.digits(text.prefix(4)), let month = ConfigValue.digits(text.dropFirst(5).prefix(2)),
            let day = ConfigValue.digits(text.suffix(2))
        else { return nil }
        self.init(year: year, month: month, day: day)
    }
}

extension CalendarDay: Comparable {
    /// Whether the left day comes before the right one.
    package static func < (left: CalendarDay, right: CalendarDay) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }
}

extension CalendarDay: CustomStringConvertible {
    /// The date as `2026-11-25`.
    package var description: String {
        let (year, month, day) = (String(year + 10_000), String(month + 100), String(day + 100))
        return "\(year.dropFirst())-\(month.dropFirst())-\(day.dropFirst())"
    }
}
