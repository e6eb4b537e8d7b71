import CScan
import Clinical

/// Steps over JSON text, sixteen bytes at a time where it can.
///
/// Every line ends in a newline, and no loop here passes a byte below 0x20, so no step asks whether the line is over:
/// the newline is the guard. Up to 32 bytes past it may be looked at, never beyond the padding.
enum JSONScanner {
    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let highBits: UInt64 = 0x8080_8080_8080_8080

    /// A comma and a quote, as `RawSpan.two(at:)` reads them.
    static var commaAndQuote: UInt16 { UInt16(UInt8(ascii: "\"")) << 8 | UInt16(UInt8(ascii: ",")) }

    /// The high bit of each byte of `word` that equals `byte`; exact up to the lowest one set.
    @inline(__always)
    static func matches(_ word: UInt64, _ byte: UInt8) -> UInt64 {
        let difference = word ^ (UInt64(byte) &* ones)
        return (difference &- ones) & ~difference & highBits
    }

    /// The first byte from `index` on that ends or interrupts a plain text: a quote, a backslash, a control
    /// character or anything outside ASCII.
    @inline(__always)
    static func plainEnd(_ bytes: RawSpan, _ index: Int) -> Int {
        var index = index
        while true {
            let stops = cscan_stops(bytes.sixteen(at: index))
            if stops != 0 { return index &+ stops.trailingZeroBitCount }
            index = index &+ 16
        }
    }

    /// The closing quote of the text whose first byte stands at `start`; nil when it has escapes or faults, is empty or
    /// begins with a blank.
    @inline(__always)
    static func unescapedEnd(_ bytes: RawSpan, _ start: Int) -> Int? {
        let end = plainEnd(bytes, start)
        // The first byte of an empty text is its quote.
        if bytes.at(end) == UInt8(ascii: "\""), bytes.at(start) > UInt8(ascii: "\"") { return end }
        return unusualEnd(bytes, start, end)
    }

    @inline(never)
    private static func unusualEnd(_ bytes: RawSpan, _ start: Int, _ end: Int) -> Int? {
        var end = end
        while bytes.at(end) >= 0x80 {
            guard let next = try? UTF8Check.sequenceEnd(bytes, end) else { return nil }
            end = plainEnd(bytes, next)
        }
        return bytes.at(end) == UInt8(ascii: "\"") && end > start && bytes.at(start) > UInt8(ascii: " ") ? end : nil
    }

    /// The first byte from `index` on that is not a blank inside a line.
    @inline(__always)
    static func skipBlanks(_ bytes: RawSpan, _ index: Int) -> Int {
        bytes.at(index) > UInt8(ascii: " ") ? index : skipSomeBlanks(bytes, index)
    }

    @inline(never)
    private static func skipSomeBlanks(_ bytes: RawSpan, _ index: Int) -> Int {
        var index = index
        while isBlank(bytes.at(index)) { index = index &+ 1 }
        return index
    }

    /// Space, tab or carriage return.
    @inline(__always)
    static func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
    }

    @inline(__always)
    static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

    @inline(__always)
    static func startsNumber(_ byte: UInt8) -> Bool { isDigit(byte) || byte == UInt8(ascii: "-") }

    /// The index after the text whose first byte stands at `index`, past its closing quote; checks escapes and UTF-8.
    static func skipText(_ bytes: RawSpan, _ index: Int) throws(RecordError) -> Int {
        var index = plainEnd(bytes, index)
        while bytes.at(index) != UInt8(ascii: "\"") {
            if bytes.at(index) == UInt8(ascii: "\\") {
                index = try escape(bytes, index).end
            } else if bytes.at(index) < 0x20 {
                throw control(bytes, index)
            } else {
                index = try UTF8Check.sequenceEnd(bytes, index)
            }
            index = plainEnd(bytes, index)
        }
        return index + 1
    }

    /// The text whose first byte stands at `start`, decoded if it has escapes, and the index past its closing quote.
    static func text(
        _ bytes: RawSpan, _ start: Int, into decoded: inout [UInt8]
    ) throws(RecordError) -> (TextSpan, end: Int) {
        let end = try skipText(bytes, start)
        guard hasEscape(bytes, from: start, to: end) else {
            return (TextSpan(offset: start, count: end &- 1 &- start), end)
        }
        let first = decoded.count
        _ = try decodeText(bytes, start, into: &decoded)
        return (TextSpan(offset: first, count: decoded.count - first, decoded: true), end)
    }

    /// Whether a text that was checked, up to its closing quote before `end`, holds an escape.
    static func hasEscape(_ bytes: RawSpan, from start: Int, to end: Int) -> Bool {
        for index in start..<end where bytes.at(index) == UInt8(ascii: "\\") { return true }
        return false
    }

    /// Appends the decoded text whose first byte stands at `index`; returns the index past its closing quote.
    static func decodeText(_ bytes: RawSpan, _ index: Int, into decoded: inout [UInt8]) throws(RecordError) -> Int {
        var index = index
        while true {
            let byte = bytes.at(index)
            if byte == UInt8(ascii: "\"") { return index + 1 }
            if byte == UInt8(ascii: "\\") {
                let (scalar, end) = try escape(bytes, index)
                decoded.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
                index = end
            } else if byte < 0x20 {
                throw control(bytes, index)
            } else {
                let end = byte < 0x80 ? index + 1 : try UTF8Check.sequenceEnd(bytes, index)
                while index < end {
                    decoded.append(bytes.at(index))
                    index += 1
                }
            }
        }
    }

    /// The character that the escape at `index` stands for, and the index after it.
    static func escape(_ bytes: RawSpan, _ index: Int) throws(RecordError) -> (Unicode.Scalar, end: Int) {
        let simple: Unicode.Scalar
        switch bytes.at(index + 1) {
        case UInt8(ascii: "\""): simple = "\""
        case UInt8(ascii: "\\"): simple = "\\"
        case UInt8(ascii: "/"): simple = "/"
        case UInt8(ascii: "b"): simple = "\u{8}"
        case UInt8(ascii: "f"): simple = "\u{c}"
        case UInt8(ascii: "n"): simple = "\n"
        case UInt8(ascii: "r"): simple = "\r"
        case UInt8(ascii: "t"): simple = "\t"
        case UInt8(ascii: "u"): return try unicodeEscape(bytes, index)
        default: throw RecordError(.escape, at: index)
        }
        return (simple, index + 2)
    }

    private static func unicodeEscape(_ bytes: RawSpan, _ index: Int) throws(RecordError) -> (Unicode.Scalar, end: Int)
    {
        guard let unit = hexadecimal(bytes, index + 2) else { throw RecordError(.escape, at: index) }
        if let scalar = Unicode.Scalar(unit) { return (scalar, index + 6) }
        // Only surrogates are no scalars: a high half must be followed by a low one.
        guard unit < 0xDC00, bytes.at(index + 6) == UInt8(ascii: "\\"), bytes.at(index + 7) == UInt8(ascii: "u"),
            let low = hexadecimal(bytes, index + 8), low >= 0xDC00, low < 0xE000,
            let scalar = Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))
        else { throw RecordError(.escape, at: index) }
        return (scalar, index + 12)
    }

    private static func hexadecimal(_ bytes: RawSpan, _ index: Int) -> UInt32? {
        var value: UInt32 = 0
        for offset in 0..<4 {
            let byte = bytes.at(index + offset)
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): value = value << 4 | UInt32(byte & 15)
            case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"):
                value = value << 4 | UInt32(byte & 15 + 9)
            default: return nil
            }
        }
        return value
    }

    private static func control(_ bytes: RawSpan, _ index: Int) -> RecordError {
        RecordError(bytes.at(index) == UInt8(ascii: "\n") ? .unfinished : .controlCharacter, at: index)
    }
}
