/// A rule for all years, as POSIX writes it: `CET-1CEST,M3.5.0,M10.5.0/3`.
struct ZoneRule: Sendable {
    /// When in a year the clocks change.
    private struct Change: Sendable {
        enum Day: Sendable {
            /// The `week`th `weekday` (0 is Sunday) of a month; week 5 is the last.
            case weekday(month: Int, week: Int, weekday: Int)
            /// 1 to 365, February 29 never counted.
            case julian(Int)
            /// 0 to 365, February 29 counted.
            case ordinal(Int)
        }

        var day: Day
        /// Seconds after local midnight; may be negative or past a day.
        var second = 7200

        /// The local reading of the change in a year, as seconds since 1970.
        func reading(inYear year: Int) -> Int64 {
            let first = CalendarDay(year: year, month: 1, day: 1).number
            switch day {
            case .ordinal(let day): return (first + Int64(day)) * 86_400 + Int64(second)
            case .julian(let day):
                let isLeap = CalendarDay.length(ofMonth: 2, year: year) == 29
                return (first + Int64(day - 1) + (isLeap && day > 59 ? 1 : 0)) * 86_400 + Int64(second)
            case .weekday(let month, let week, let weekday):
                let start = CalendarDay(year: year, month: month, day: 1).number
                let ofFirst = Int((start + 4) % 7 + 7) % 7
                var day = (weekday - ofFirst + 7) % 7 + (week - 1) * 7
                if day >= CalendarDay.length(ofMonth: month, year: year) { day -= 7 }
                return (start + Int64(day)) * 86_400 + Int64(second)
            }
        }
    }

    private var standard: Int32
    private var summer: Int32?
    private var start = Change(day: .weekday(month: 3, week: 2, weekday: 0))
    private var end = Change(day: .weekday(month: 11, week: 1, weekday: 0))

    /// Nil when the text is no such rule.
    init?(_ text: ArraySlice<UInt8>) {
        var reader = ZoneRuleReader(rest: text)
        guard reader.takeName(), let west = reader.takeTime() else { return nil }
        standard = Int32(-west)
        if reader.rest.isEmpty { return }
        guard reader.takeName() else { return nil }
        summer = standard + 3600
        if let first = reader.rest.first, first != UInt8(ascii: ",") {
            guard let west = reader.takeTime() else { return nil }
            summer = Int32(-west)
        }
        if reader.rest.isEmpty { return }
        guard let start = Self.change(&reader), let end = Self.change(&reader), reader.rest.isEmpty else { return nil }
        self.start = start
        self.end = end
    }

    /// Seconds east of Greenwich at an instant.
    func offset(atUTC seconds: Int64) -> Int32 {
        guard let summer else { return standard }
        let local = seconds + Int64(standard)
        let year = CalendarDay(number: local >= 0 ? local / 86_400 : (local - 86_399) / 86_400).year
        let begins = start.reading(inYear: year) - Int64(standard)
        let ends = end.reading(inYear: year) - Int64(summer)
        let isSummer =
            begins < ends ? seconds >= begins && seconds < ends : seconds >= begins || seconds < ends
        return isSummer ? summer : standard
    }

    private static func change(_ reader: inout ZoneRuleReader) -> Change? {
        guard reader.take(UInt8(ascii: ",")) else { return nil }
        var change: Change
        if reader.take(UInt8(ascii: "M")) {
            guard let month = reader.takeNumber(), reader.take(UInt8(ascii: ".")), let week = reader.takeNumber(),
                reader.take(UInt8(ascii: ".")), let weekday = reader.takeNumber(),
                (1...12).contains(month), (1...5).contains(week), (0...6).contains(weekday)
            else { return nil }
            change = Change(day: .weekday(month: month, week: week, weekday: weekday))
        } else if reader.take(UInt8(ascii: "J")) {
            guard let day = reader.takeNumber(), (1...365).contains(day) else { return nil }
            change = Change(day: .julian(day))
        } else {
            guard let day = reader.takeNumber(), (0...365).contains(day) else { return nil }
            change = Change(day: .ordinal(day))
        }
        if reader.take(UInt8(ascii: "/")) {
            guard let second = reader.takeTime() else { return nil }
            change.second = second
        }
        return change
    }
}

/// Takes pieces from the front of a rule.
private struct ZoneRuleReader {
    var rest: ArraySlice<UInt8>

    mutating func take(_ byte: UInt8) -> Bool {
        guard rest.first == byte else { return false }
        rest = rest.dropFirst()
        return true
    }

    /// Takes an abbreviation, of letters or in angle brackets.
    mutating func takeName() -> Bool {
        if take(UInt8(ascii: "<")) {
            guard let end = rest.firstIndex(of: UInt8(ascii: ">")) else { return false }
            rest = rest[(end + 1)...]
            return true
        }
        let letters = rest.prefix { $0 | 0x20 >= UInt8(ascii: "a") && $0 | 0x20 <= UInt8(ascii: "z") }
        rest = rest.dropFirst(letters.count)
        return letters.count >= 3
    }

    mutating func takeNumber() -> Int? {
        let digits = rest.prefix { $0 >= 48 && $0 <= 57 }.prefix(4)
        rest = rest.dropFirst(digits.count)
        return digits.isEmpty ? nil : digits.reduce(0) { $0 * 10 + Int($1 - 48) }
    }

    /// Takes `[+-]h[h[h]][:mm[:ss]]` as seconds.
    mutating func takeTime() -> Int? {
        let isNegative = take(UInt8(ascii: "-"))
        if !isNegative { _ = take(UInt8(ascii: "+")) }
        guard let hours = takeNumber(), hours <= 167 else { return nil }
        var seconds = hours * 3600
        for unit in [60, 1] where take(UInt8(ascii: ":")) {
            guard let number = takeNumber(), number < 60 else { return nil }
            seconds += number * unit
        }
        return isNegative ? -seconds : seconds
    }
}
