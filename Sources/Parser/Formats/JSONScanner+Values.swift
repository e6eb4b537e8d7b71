import Clinical

extension JSONScanner {
    /// The index after the value at `index`, whatever it is; checks all of it.
    static func skipValue(_ bytes: RawSpan, _ index: Int, depth: Int, limit: Int) throws(RecordError) -> Int {
        switch bytes.at(index) {
        case UInt8(ascii: "\""): return try skipText(bytes, index + 1)
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            return try skipContainer(bytes, index, depth: depth + 1, limit: limit)
        case UInt8(ascii: "t"), UInt8(ascii: "f"), UInt8(ascii: "n"): return try literal(bytes, index)
        default: return try numberEnd(bytes, index)
        }
    }

    private static func skipContainer(_ bytes: RawSpan, _ start: Int, depth: Int, limit: Int) throws(RecordError) -> Int
    {
        if depth > limit {
            var error = RecordError(.tooDeep, at: start)
            error.wanted = Int32(clamping: limit)
            throw error
        }
        let isObject = bytes.at(start) == UInt8(ascii: "{")
        let close = isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")
        var index = skipBlanks(bytes, start + 1)
        if bytes.at(index) == close { return index + 1 }
        while true {
            if isObject { index = try skipKey(bytes, index) }
            index = try skipBlanks(bytes, skipValue(bytes, index, depth: depth, limit: limit))
            if bytes.at(index) == close { return index + 1 }
            guard bytes.at(index) == UInt8(ascii: ",") else { throw syntax(bytes, index) }
            index = skipBlanks(bytes, index + 1)
        }
    }

    private static func skipKey(_ bytes: RawSpan, _ index: Int) throws(RecordError) -> Int {
        guard bytes.at(index) == UInt8(ascii: "\"") else { throw syntax(bytes, index) }
        let colon = try skipBlanks(bytes, skipText(bytes, index + 1))
        guard bytes.at(colon) == UInt8(ascii: ":") else { throw syntax(bytes, colon) }
        return skipBlanks(bytes, colon + 1)
    }

    /// The index after `true`, `false` or `null` at `index`.
    static func literal(_ bytes: RawSpan, _ index: Int) throws(RecordError) -> Int {
        let four = bytes.eight(at: index) & 0xFFFF_FFFF
        if four == word("null") || four == word("true") { return index &+ 4 }
        if bytes.eight(at: index) & 0xFF_FFFF_FFFF == word("false") { return index &+ 5 }
        throw syntax(bytes, index)
    }

    /// Up to eight ASCII characters as the word they make in memory.
    @inline(__always)
    static func word(_ text: StaticString) -> UInt64 {
        text.withUTF8Buffer { characters in
            var word: UInt64 = 0
            for (offset, character) in characters.enumerated() { word |= UInt64(character) &<< UInt64(offset &* 8) }
            return word
        }
    }

    /// The index after the number at `index`, by the grammar of JSON.
    static func numberEnd(_ bytes: RawSpan, _ start: Int) throws(RecordError) -> Int {
        var index = start
        if bytes.at(index) == UInt8(ascii: "-") { index += 1 }
        guard isDigit(bytes.at(index)) else {
            throw index == start ? syntax(bytes, index) : RecordError(.number, at: start)
        }
        let hasLeadingZero = bytes.at(index) == UInt8(ascii: "0")
        index += 1
        if hasLeadingZero {
            guard !isDigit(bytes.at(index)) else { throw RecordError(.number, at: start) }
        } else {
            index = skipDigits(bytes, index)
        }
        if bytes.at(index) == UInt8(ascii: ".") {
            guard isDigit(bytes.at(index + 1)) else { throw RecordError(.number, at: start) }
            index = skipDigits(bytes, index + 1)
        }
        if bytes.at(index) | 0x20 == UInt8(ascii: "e") {
            index += 1
            if bytes.at(index) == UInt8(ascii: "+") || bytes.at(index) == UInt8(ascii: "-") { index += 1 }
            guard isDigit(bytes.at(index)) else { throw RecordError(.number, at: start) }
            index = skipDigits(bytes, index)
        }
        return index
    }

    /// The number at `start` and the index after it, when it is plain, not negative and has at most seven digits, or six and a point.
    @inline(__always)
    static func shortNumber(_ bytes: RawSpan, _ start: Int) -> (ExactDecimal, end: Int)? {
        var digits = bytes.eight(at: start) ^ 0x3030_3030_3030_3030
        let whole = digitCount(digits)
        var count = whole
        var end = start &+ whole
        if whole == 0 || whole > 7 || whole > 1 && digits & 0xFF == 0 { return nil }
        if bytes.at(end) == UInt8(ascii: ".") {
            // The digits after the point move down to those before it.
            let before: UInt64 = 1 &<< (UInt64(whole) &* 8) &- 1
            digits = digits & before | digits &>> 8 & ~before | 0xFF &<< 56
            count = digitCount(digits)
            end = start &+ count &+ 1
            // Only six surely end within the eight bytes.
            if count == whole || count > 6 { return nil }
        }
        if bytes.at(end) | 0x20 == UInt8(ascii: "e") { return nil }
        // The last digit becomes the highest byte, then the last one that is no zero.
        let all = digits &<< (64 &- UInt64(count) &* 8)
        let zeros = all == 0 ? 0 : all.leadingZeroBitCount &>> 3
        let mantissa = Int64(truncatingIfNeeded: eightDigits(all &<< (UInt64(zeros) &* 8)))
        let exponent = all == 0 ? 0 : zeros &- (count &- whole)
        return (ExactDecimal(mantissa: mantissa, exponent: Int16(truncatingIfNeeded: exponent)), end)
    }

    /// How many of the lowest bytes are 0 to 9.
    @inline(__always)
    private static func digitCount(_ bytes: UInt64) -> Int {
        let others = (bytes | (bytes &+ 0x7676_7676_7676_7676)) & 0x8080_8080_8080_8080
        return others.trailingZeroBitCount &>> 3
    }

    /// The number that eight digits make, the first one in the lowest byte.
    @inline(__always)
    private static func eightDigits(_ digits: UInt64) -> UInt64 {
        let pairs = digits &* 10 &+ digits &>> 8
        let first = (pairs & 0xFF_0000_00FF) &* 0x000F_4240_0000_0064
        let second = (pairs &>> 16 & 0xFF_0000_00FF) &* 0x0000_2710_0000_0001
        return (first &+ second) &>> 32
    }

    /// The number at `start` and the index after it, checked by the grammar of JSON.
    @inline(__always)
    static func number(_ bytes: RawSpan, _ start: Int, _ member: Member) throws(RecordError) -> (ExactDecimal, end: Int)
    {
        if let short = shortNumber(bytes, start) { return short }
        return try longNumber(bytes, start, member)
    }

    /// A number with an exponent or many digits, or none at all.
    @inline(never)
    private static func longNumber(
        _ bytes: RawSpan, _ start: Int, _ member: Member
    ) throws(RecordError) -> (ExactDecimal, end: Int) {
        let first = bytes.at(start)
        guard first == UInt8(ascii: "-") || isDigit(first) else {
            throw startsValue(first) ? RecordError(.wrongType, member, at: start) : syntax(bytes, start)
        }
        let end = try numberEnd(bytes, start)
        // A member that is ignored may hold any number of JSON.
        if member == .other { return (ExactDecimal(mantissa: 0), end) }
        if let number = ExactDecimal(ascii: bytes, from: start, to: end) { return (number.normalized, end) }
        let isLong = ExactDecimal.hasTooManyDigits(bytes, from: start, to: end)
        throw RecordError(isLong ? .numberTooLong : .numberOutOfRange, member, at: start)
    }

    /// Whether a JSON value can begin with this byte.
    static func startsValue(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "t"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "-"):
            true
        default: isDigit(byte)
        }
    }

    /// The fault at a byte that cannot stand where it stands.
    static func syntax(_ bytes: RawSpan, _ index: Int) -> RecordError {
        RecordError(bytes.at(index) == UInt8(ascii: "\n") ? .unfinished : .syntax, at: index)
    }

    private static func skipDigits(_ bytes: RawSpan, _ index: Int) -> Int {
        var index = index
        while isDigit(bytes.at(index)) { index += 1 }
        return index
    }
}
