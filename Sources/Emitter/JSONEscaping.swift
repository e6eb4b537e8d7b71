import Clinical

/// How text becomes a JSON string.
///
/// Quote and backslash get a backslash, control characters become `\u00XX`, bytes that are not UTF-8 become U+FFFD, and
/// all else stays as it is.
extension OutputBuffer {
    /// Appends `"…"` with the text of `bytes[from..<from + count]`.
    @inline(__always)
    package mutating func append(json bytes: RawSpan, from: Int, count: Int) {
        append(UInt8(ascii: "\""))
        append(jsonContent: bytes, from: from, count: count)
        append(UInt8(ascii: "\""))
    }

    /// Appends `"…"` with the text.
    package mutating func append(json text: String) {
        let bytes = Array(text.utf8)
        append(json: bytes.span.bytes, from: 0, count: bytes.count)
    }

    /// Appends the inside of a JSON string.
    @inline(__always)
    mutating func append(jsonContent bytes: RawSpan, from: Int, count: Int) {
        var index = from
        let end = from &+ count
        while end &- index >= 8 {
            let word = bytes.word(index)
            let plain = Self.special(word).trailingZeroBitCount &>> 3
            place(word, length: plain)
            index &+= plain
            if plain < 8 { index &+= append(jsonSpecial: bytes, at: index, end: end) }
        }
        while index < end {
            let left = end &- index
            let word = FastHash.tail(bytes, from: index, count: left)
            let plain = min(left, Self.special(word).trailingZeroBitCount &>> 3)
            place(word, length: plain)
            index &+= plain
            if plain < left { index &+= append(jsonSpecial: bytes, at: index, end: end) }
        }
    }

    // The high bit of each byte that is a quote, a backslash, a control or not ASCII; true of the lowest such byte, and
    // of none when there is none.
    @inline(__always)
    private static func special(_ word: UInt64) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let quotes = word ^ ones &* 0x22
        let backslashes = word ^ ones &* 0x5C
        let found = (word &- ones &* 0x20) | (quotes &- ones) | (backslashes &- ones) | word
        return found & (ones &* 0x80)
    }

    // Appends what stands for the scalar at `index`; returns how many bytes it took.
    @inline(never)
    private mutating func append(jsonSpecial bytes: RawSpan, at index: Int, end: Int) -> Int {
        let byte = bytes.byte(index)
        if byte < 0x20 {
            append("\\u00")
            append(48 &+ byte &>> 4)
            append(byte & 15 < 10 ? 48 &+ byte & 15 : 87 &+ byte & 15)
            return 1
        }
        if byte < 0x80 {
            append(UInt8(ascii: "\\"))
            append(byte)
            return 1
        }
        let scalar = UTF8Scalar.read(bytes, at: index, end: end)
        if scalar.isValid {
            place(FastHash.tail(bytes, from: index, count: scalar.length), length: scalar.length)
        } else {
            append("\u{FFFD}")
        }
        return scalar.length
    }
}
