import Clinical
import Config

/// One way of writing times, such as `dd.MM.yyyy HH:mm`.
///
/// `yyyy MM dd HH mm ss SSS` are numbers of that many digits, `M d H h m s` of one or two, `S` of any number, `hh` and `h`
/// go with `a` (AM or PM), `MMM` is an English month such as `Jan`, `Z` is a zone (`Z`, `+01:00` or `+0100`). Anything
/// else stands for itself; letters other than `T` must stand in single quotes.
struct TimePattern: Sendable, Equatable {
    private enum Piece: Sendable, Equatable {
        case number(Field, digits: ClosedRange<Int>)
        case monthName, halfOfDay, zone
        case literal(UInt8)
    }

    private enum Field: Sendable, Equatable { case year, month, day, hour, hour12, minute, second, fraction }

    /// The pattern as it was written.
    let text: String
    private var pieces: [Piece] = []

    /// Whether the pattern tells more than a date.
    var hasClock: Bool {
        pieces.contains {
            if case .number(.hour, _) = $0 { true } else if case .number(.hour12, _) = $0 { true } else { false }
        }
    }

    /// The ways that are understood when a mapping names none: ISO 8601 with a zone, without one, and a bare date.
    static let usual: [TimePattern] = [
        "yyyy-MM-ddTHH:mm:ssZ", "yyyy-MM-dd HH:mm:ssZ", "yyyy-MM-ddTHH:mm:ss.SZ", "yyyy-MM-ddTHH:mmZ",
        "yyyy-MM-dd", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-ddTHH:mm", "yyyy-MM-dd HH:mm",
        "yyyy-MM-ddTHH:mm:ss.S", "yyyy-MM-dd HH:mm:ss.S",
    ].compactMap { TimePattern($0) }

    /// Nil, with a mistake noted, when the pattern has an unknown letter or lacks year, month or day.
    init?(_ text: Located<String>, _ mistakes: inout Mistakes) {
        guard let pattern = TimePattern(text.value) else {
            mistakes.add(
                at: text.mark, "'\(text.value)' is not a time format with year, month and day",
                help: "letters are yyyy MM MMM dd HH hh mm ss SSS a Z; others stand in single quotes")
            return nil
        }
        self = pattern
    }

    init?(_ text: String) {
        self.text = text
        let letters = Array(text.utf8)
        var index = 0
        while index < letters.count {
            let letter = letters[index]
            if letter == UInt8(ascii: "'") {
                guard let end = letters[(index + 1)...].firstIndex(of: letter) else { return nil }
                pieces += letters[index + 1..<end].map { .literal($0) }
                index = end + 1
                continue
            }
            let end = letters[index...].firstIndex { $0 != letter } ?? letters.count
            guard let piece = Self.piece(letter, count: end - index) else { return nil }
            pieces += piece
            index = end
        }
        let hasDate = has(.year) && has(.day) && (has(.month) || pieces.contains(.monthName))
        guard hasDate, has(.hour12) == pieces.contains(.halfOfDay) else { return nil }
    }

    private func has(_ field: Field) -> Bool {
        pieces.contains { if case .number(field, _) = $0 { true } else { false } }
    }

    private static func piece(_ letter: UInt8, count: Int) -> [Piece]? {
        switch (Character(Unicode.Scalar(letter)), count) {
        case ("y", 4): [.number(.year, digits: 4...4)]
        case ("M", 3): [.monthName]
        case ("M", 1...2): [.number(.month, digits: count...2)]
        case ("d", 1...2): [.number(.day, digits: count...2)]
        case ("H", 1...2): [.number(.hour, digits: count...2)]
        case ("h", 1...2): [.number(.hour12, digits: count...2)]
        case ("m", 1...2): [.number(.minute, digits: count...2)]
        case ("s", 1...2): [.number(.second, digits: count...2)]
        case ("S", 1): [.number(.fraction, digits: 1...9)]
        case ("S", 2...9): [.number(.fraction, digits: count...count)]
        case ("a", 1): [.halfOfDay]
        case ("Z", 1): [.zone]
        case ("T", 1): [.literal(letter)]
        case ("a"..."z", _), ("A"..."Z", _): nil
        default: Array(repeating: .literal(letter), count: count)
        }
    }

    /// The reading that `text` tells, or nil when it is not written this way.
    func reading(_ text: [UInt8]) -> TimeReading? {
        var reading = TimeReading(hasClock: hasClock)
        var rest = text[...]
        for piece in pieces {
            switch piece {
            case .literal(let byte): guard rest.popFirst() == byte else { return nil }
            case .monthName: guard reading.takeMonthName(&rest) else { return nil }
            case .halfOfDay: guard reading.takeHalfOfDay(&rest) else { return nil }
            case .zone: guard reading.takeZone(&rest) else { return nil }
            case .number(let field, let digits):
                let number = rest.prefix(digits.upperBound).prefix { JSONScanner.isDigit($0) }
                guard number.count >= digits.lowerBound else { return nil }
                rest = rest.dropFirst(number.count)
                let value = number.reduce(0) { $0 * 10 + Int($1 - 48) }
                switch field {
                case .year: reading.day.year = value
                case .month: reading.day.month = value
                case .day: reading.day.day = value
                case .hour, .hour12: reading.hour = value
                case .minute: reading.minute = value
                case .second: reading.second = value
                case .fraction: reading.takeFraction(value, digits: number.count)
                }
            }
        }
        return rest.isEmpty && reading.isPossible ? reading : nil
    }
}
