/// The rules of one time zone, made from the bytes of a TZif file (RFC 8536), or UTC, or a fixed offset.
///
/// Reading the file is left to the front door; this value only interprets it.
package struct SiteZone: Sendable {
    /// The IANA name, `UTC`, or an offset such as `+02:00`.
    package var name: String

    /// Coordinated universal time, without an offset.
    package static let utc = SiteZone(name: "UTC", fixedOffset: 0)

    /// When the offset changed, in seconds since 1970, rising.
    private var transitions: [Int64] = []
    /// The offset from each transition on.
    private var offsets: [Int32] = []
    private var firstOffset: Int32
    /// The rule for times after the last transition.
    private var rule: ZoneRule?

    /// A zone that is always `fixedOffset` seconds east of Greenwich.
    package init(name: String, fixedOffset: Int32) {
        self.name = name
        firstOffset = fixedOffset
    }

    /// A zone written as an offset, `+02:00` or `-0330`, or as `Z` or `UTC`; nil for anything else.
    package init?(offset text: String) {
        if text == "Z" || text == "UTC" {
            self = .utc
            return
        }
        let digits = text.utf8.filter { $0 != UInt8(ascii: ":") }
        guard text.utf8.count == 5 || text.utf8.count == 6 && text.utf8.dropFirst(3).first == UInt8(ascii: ":"),
            digits.count == 5, let sign = digits.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"),
            digits.dropFirst().allSatisfy({ $0 >= 48 && $0 <= 57 })
        else { return nil }
        let number = digits.dropFirst().reduce(Int32(0)) { $0 * 10 + Int32($1 - 48) }
        guard number / 100 < 24, number % 100 < 60 else { return nil }
        let seconds = number / 100 * 3600 + number % 100 * 60
        self.init(name: text, fixedOffset: sign == UInt8(ascii: "-") ? -seconds : seconds)
    }

    /// A zone from the bytes of a TZif file; nil when they are not one.
    package init?(name: String, tzif bytes: [UInt8]) {
        guard let file = ZoneFile(bytes) else { return nil }
        self.name = name
        transitions = file.transitions
        offsets = file.offsets
        firstOffset = file.firstOffset
        rule = file.rule
    }

    /// Seconds east of Greenwich at an instant given in seconds since 1970.
    package func offset(atUTC seconds: Int64) -> Int32 {
        guard let last = transitions.last else { return rule?.offset(atUTC: seconds) ?? firstOffset }
        if seconds >= last, let rule { return rule.offset(atUTC: seconds) }
        var low = 0
        var high = transitions.count
        while low < high {
            let middle = (low + high) / 2
            if transitions[middle] <= seconds { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? firstOffset : offsets[low - 1]
    }

    /// The number of the local day that holds the instant, counted from 1970-01-01.
    package func dayNumber(of moment: Moment) -> Int64 {
        let local = moment.seconds + Int64(offset(atUTC: moment.seconds))
        return local >= 0 ? local / 86_400 : (local - 86_399) / 86_400
    }

    /// The instant at which a local wall-clock reading (seconds since 1970 as if in UTC) falls.
    ///
    /// A reading that comes twice, when clocks go back, is the earlier instant. A reading that is skipped, when clocks
    /// go forward, is taken by the offset that holds after the change.
    package func instant(local seconds: Int64) -> Moment {
        let (earlier, later) = readings(ofLocal: seconds)
        return Moment(milliseconds: (earlier ?? later) * 1000)
    }

    /// The day as a moment of which only the date is known, from its first instant here.
    package func start(ofDay day: CalendarDay) -> Moment {
        // Midnight may be skipped: the day begins when the clocks change then.
        Moment(milliseconds: firstInstant(local: day.number * 86_400).milliseconds, isDate: true)
    }

    /// The first instant at which the local wall clock shows this reading (seconds since 1970 as if in UTC), or a later
    /// one because clocks went forward over it.
    package func firstInstant(local seconds: Int64) -> Moment {
        let (reading, skipped) = readings(ofLocal: seconds)
        if let reading { return Moment(milliseconds: reading * 1000) }
        var low = skipped
        var high = seconds - Int64(offset(atUTC: skipped))
        while high - low > 1 {
            let middle = (low + high) / 2
            if middle + Int64(offset(atUTC: middle)) >= seconds { high = middle } else { low = middle }
        }
        return Moment(milliseconds: high * 1000)
    }

    /// The first instant with this reading, nil when it is skipped; and the instant by the offset after the change.
    private func readings(ofLocal seconds: Int64) -> (Int64?, Int64) {
        let before = seconds - Int64(offset(atUTC: seconds - 86_400))
        let after = seconds - Int64(offset(atUTC: seconds + 86_400))
        let valid = [before, after].filter { $0 + Int64(offset(atUTC: $0)) == seconds }
        return (valid.min(), after)
    }
}
