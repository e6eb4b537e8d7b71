/// Reads the values that configs share: whole numbers, durations and dates, each from the text of a single value.
package enum ConfigValue {
    /// The units of a duration, in minutes.
    private static let minutesPerUnit: [Character: Int] = ["m": 1, "h": 60, "d": 1440, "w": 10_080]
    private static let unitsInWords = "the units are m (minutes), h (hours), d (days) and w (weeks), as in 15m or 3d"

    /// A whole number within `range`, such as `12` or `-3`; leading zeros, `+` and `1_000` are mistakes.
    package static func wholeNumber(
        _ node: Node, _ what: String, in range: ClosedRange<Int> = Int.min...Int.max, _ mistakes: inout Mistakes
    ) -> Located<Int>? {
        guard let text = Located.text(node, what, &mistakes) else { return nil }
        guard let number = wholeNumber(text.value) else {
            mistakes.add(at: text.mark, "\(what) must be a whole number, found '\(text.value)'")
            return nil
        }
        guard range.contains(number) else {
            mistakes.add(at: text.mark, "\(what) must be \(words(for: range)), found \(number)")
            return nil
        }
        return Located(number, at: text.mark)
    }

    /// A duration in minutes, such as `15m`, `24h`, `3d` or `6w`.
    package static func minutes(_ node: Node, _ what: String, _ mistakes: inout Mistakes) -> Located<Int>? {
        guard let text = Located.text(node, what, &mistakes) else { return nil }
        if let minutes = minutes(text.value) { return Located(minutes, at: text.mark) }
        mistakes.add(at: text.mark, "\(what) must be a duration, found '\(text.value)'", help: unitsInWords)
        return nil
    }

    /// A date, such as `2026-11-25`.
    package static func day(_ node: Node, _ what: String, _ mistakes: inout Mistakes) -> Located<CalendarDay>? {
        guard let text = Located.text(node, what, &mistakes) else { return nil }
        if let day = CalendarDay(text.value) { return Located(day, at: text.mark) }
        mistakes.add(
            at: text.mark, "\(what) must be a date, found '\(text.value)'", help: "write year-month-day: 2026-11-25")
        return nil
    }

    /// The minutes that a duration such as `24h` lasts; nil when it is none.
    package static func minutes(_ text: String) -> Int? {
        guard let unit = text.last.flatMap({ minutesPerUnit[$0] }), let count = digits(text.dropLast()) else {
            return nil
        }
        let (minutes, isTooLong) = count.multipliedReportingOverflow(by: unit)
        return isTooLong ? nil : minutes
    }

    /// The number that a text such as `-3` writes; nil when it is none or does not fit.
    package static func wholeNumber(_ text: String) -> Int? {
        let unsigned = text.hasPrefix("-") ? text.dropFirst() : text[...]
        guard digits(unsigned) != nil || text == String(Int.min) else { return nil }
        return unsigned.count > 1 && unsigned.hasPrefix("0") || text == "-0" ? nil : Int(text)
    }

    /// The number that ASCII digits alone write.
    static func digits(_ text: some StringProtocol) -> Int? {
        text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ? Int(text) : nil
    }

    private static func words(for range: ClosedRange<Int>) -> String {
        switch (range.lowerBound, range.upperBound) {
        case (let low, .max): "at least \(low)"
        case (.min, let high): "at most \(high)"
        case (let low, let high): "from \(low) to \(high)"
        }
    }
}
