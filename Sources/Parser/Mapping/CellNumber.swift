import Clinical

/// Reads cells that hold numbers.
enum CellNumber {
    /// What a cell's text is.
    enum Reading {
        case number(ExactDecimal, Comparator)
        /// A number that no exact decimal can hold.
        case unfit(Fault)
        case text
    }

    /// Reads `12.5`, `-3`, `<0.5` or `>= 7`, with `decimal` as the decimal sign; thousands separators are not guessed.
    static func read(_ text: [UInt8], decimal: UInt8) -> Reading {
        var rest = text[...]
        let comparator = takeComparator(&rest)
        var digits = Array(rest.drop { $0 == UInt8(ascii: " ") })
        if decimal != UInt8(ascii: ".") {
            if digits.contains(UInt8(ascii: ".")) { return .text }
            for index in digits.indices where digits[index] == decimal { digits[index] = UInt8(ascii: ".") }
        }
        guard looksNumeric(digits) else { return .text }
        if let number = ExactDecimal(ascii: digits.span.bytes, from: 0, to: digits.count) {
            return .number(number.normalized, comparator)
        }
        let isLong = ExactDecimal.hasTooManyDigits(digits.span.bytes, from: 0, to: digits.count)
        return .unfit(isLong ? .numberTooLong : .numberOutOfRange)
    }

    /// A sign, digits with at most one point, and perhaps a power of ten.
    private static func looksNumeric(_ text: [UInt8]) -> Bool {
        var rest = text[...]
        if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") { rest = rest.dropFirst() }
        let whole = rest.prefix { JSONScanner.isDigit($0) }
        rest = rest.dropFirst(whole.count)
        var digits = whole.count
        if rest.first == UInt8(ascii: ".") {
            let places = rest.dropFirst().prefix { JSONScanner.isDigit($0) }
            digits += places.count
            rest = rest.dropFirst(1 + places.count)
        }
        guard digits > 0 else { return false }
        guard let letter = rest.first else { return true }
        guard letter | 0x20 == UInt8(ascii: "e") else { return false }
        rest = rest.dropFirst()
        if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") { rest = rest.dropFirst() }
        return !rest.isEmpty && rest.allSatisfy { JSONScanner.isDigit($0) }
    }

    private static func takeComparator(_ text: inout ArraySlice<UInt8>) -> Comparator {
        let signs: [(String, Comparator)] = [
            ("<=", .lessOrEqual), (">=", .greaterOrEqual), ("≤", .lessOrEqual), ("≥", .greaterOrEqual),
            ("<", .less), (">", .greater),
        ]
        for (sign, comparator) in signs where text.starts(with: sign.utf8) {
            text = text.dropFirst(sign.utf8.count)
            return comparator
        }
        return .none
    }
}
