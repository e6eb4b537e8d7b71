extension Section {
    /// The whole number of an optional key, within `range`.
    package mutating func wholeNumber(
        _ key: String, in range: ClosedRange<Int> = Int.min...Int.max, _ mistakes: inout Mistakes
    ) -> Located<Int>? {
        node(key).flatMap { ConfigValue.wholeNumber($0, "'\(key)'", in: range, &mistakes) }
    }

    /// The whole number of a key that must be there, within `range`.
    package mutating func requiredWholeNumber(
        _ key: String, in range: ClosedRange<Int> = Int.min...Int.max, _ mistakes: inout Mistakes
    ) -> Located<Int>? {
        requiredNode(key, &mistakes).flatMap { ConfigValue.wholeNumber($0, "'\(key)'", in: range, &mistakes) }
    }

    /// The duration of an optional key, in minutes.
    package mutating func minutes(_ key: String, _ mistakes: inout Mistakes) -> Located<Int>? {
        node(key).flatMap { ConfigValue.minutes($0, "'\(key)'", &mistakes) }
    }

    /// The duration of a key that must be there, in minutes.
    package mutating func requiredMinutes(_ key: String, _ mistakes: inout Mistakes) -> Located<Int>? {
        requiredNode(key, &mistakes).flatMap { ConfigValue.minutes($0, "'\(key)'", &mistakes) }
    }

    /// The date of an optional key.
    package mutating func day(_ key: String, _ mistakes: inout Mistakes) -> Located<CalendarDay>? {
        node(key).flatMap { ConfigValue.day($0, "'\(key)'", &mistakes) }
    }

    /// The date of a key that must be there.
    package mutating func requiredDay(_ key: String, _ mistakes: inout Mistakes) -> Located<CalendarDay>? {
        requiredNode(key, &mistakes).flatMap { ConfigValue.day($0, "'\(key)'", &mistakes) }
    }
}
