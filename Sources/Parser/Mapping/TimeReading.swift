import Clinical

/// A date, perhaps with a clock reading and an offset, as it was written down.
struct TimeReading: Sendable {
    var day = CalendarDay(year: 0, month: 0, day: 0)
    var hour = 0
    var minute = 0
    var second = 0
    private var milliseconds = 0
    private var isAfternoon: Bool?
    /// Seconds east of Greenwich, when the text told them.
    private(set) var offset: Int?
    let hasClock: Bool

    init(hasClock: Bool) { self.hasClock = hasClock }

    /// Whether the day exists and the clock can show this.
    var isPossible: Bool {
        let isHour = isAfternoon == nil ? hour < 24 : hour >= 1 && hour <= 12
        return day.exists && isHour && minute < 60 && second <= 60
    }

    /// The moment, in `zone` when the text itself told no offset; nil when a zone is needed and there is none.
    func moment(in zone: SiteZone?) -> Moment? {
        if !hasClock { return zone.map { $0.start(ofDay: day) } }
        let hours = isAfternoon.map { hour % 12 + ($0 ? 12 : 0) } ?? hour
        let local = day.number * 86_400 + Int64(hours * 3600 + minute * 60 + second)
        let fraction = Int64(milliseconds)
        if let offset { return Moment(milliseconds: (local - Int64(offset)) * 1000 + fraction) }
        guard var moment = zone?.instant(local: local) else { return nil }
        moment.milliseconds += fraction
        return moment
    }

    /// Takes a fraction of a second, cut to milliseconds.
    mutating func takeFraction(_ value: Int, digits: Int) {
        var value = value
        for _ in min(digits, 3)..<max(digits, 3) { value = digits < 3 ? value * 10 : value / 10 }
        milliseconds = value
    }

    /// Takes `Jan` to `Dec` in any case from the front of `text`.
    mutating func takeMonthName(_ text: inout ArraySlice<UInt8>) -> Bool {
        let names = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
        let name = text.prefix(3).map { $0 | 0x20 }
        guard let index = names.firstIndex(where: { $0.utf8.elementsEqual(name) }) else { return false }
        text = text.dropFirst(3)
        day.month = index + 1
        return true
    }

    /// Takes `AM` or `PM` in any case from the front of `text`.
    mutating func takeHalfOfDay(_ text: inout ArraySlice<UInt8>) -> Bool {
        let letters = text.prefix(2).map { $0 | 0x20 }
        guard letters.count == 2, letters[1] == UInt8(ascii: "m") else { return false }
        guard letters[0] == UInt8(ascii: "a") || letters[0] == UInt8(ascii: "p") else { return false }
        isAfternoon = letters[0] == UInt8(ascii: "p")
        text = text.dropFirst(2)
        return true
    }

    /// Takes `Z`, `+01:00` or `+0100` from the front of `text`.
    mutating func takeZone(_ text: inout ArraySlice<UInt8>) -> Bool {
        guard let sign = text.popFirst() else { return false }
        if sign | 0x20 == UInt8(ascii: "z") {
            offset = 0
            return true
        }
        guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"), let hours = Self.two(&text) else { return false }
        if text.first == UInt8(ascii: ":") { text = text.dropFirst() }
        guard let minutes = Self.two(&text), hours < 24, minutes < 60 else { return false }
        let seconds = hours * 3600 + minutes * 60
        offset = sign == UInt8(ascii: "+") ? seconds : -seconds
        return true
    }

    private static func two(_ text: inout ArraySlice<UInt8>) -> Int? {
        let digits = text.prefix(2)
        guard digits.count == 2, digits.allSatisfy({ JSONScanner.isDigit($0) }) else { return nil }
        text = text.dropFirst(2)
        return digits.reduce(0) { $0 * 10 + Int($1 - 48) }
    }
}
