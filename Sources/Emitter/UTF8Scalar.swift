import Clinical

/// One scalar read from bytes that ought to be UTF-8.
struct UTF8Scalar {
    /// The scalar; U+FFFD where the bytes are not UTF-8.
    var value: UInt32
    /// How many bytes it took; for bytes that are not UTF-8, those that one U+FFFD stands for.
    var length: Int
    /// Whether the bytes were UTF-8.
    var isValid: Bool

    /// Reads the scalar at `index`; `end` is where the text ends.
    static func read(_ bytes: RawSpan, at index: Int, end: Int) -> UTF8Scalar {
        let lead = bytes.byte(index)
        if lead < 0x80 { return UTF8Scalar(value: UInt32(lead), length: 1, isValid: true) }
        let wanted: Int
        var lowest: UInt8 = 0x80
        var highest: UInt8 = 0xBF
        var value: UInt32
        switch lead {
        case 0xC2...0xDF: (wanted, value) = (2, UInt32(lead & 0x1F))
        case 0xE0...0xEF:
            (wanted, value) = (3, UInt32(lead & 0x0F))
            if lead == 0xE0 { lowest = 0xA0 }
            if lead == 0xED { highest = 0x9F }
        case 0xF0...0xF4:
            (wanted, value) = (4, UInt32(lead & 0x07))
            if lead == 0xF0 { lowest = 0x90 }
            if lead == 0xF4 { highest = 0x8F }
        default: return UTF8Scalar(value: 0xFFFD, length: 1, isValid: false)
        }
        for offset in 1..<wanted {
            guard index + offset < end else { return UTF8Scalar(value: 0xFFFD, length: offset, isValid: false) }
            let byte = bytes.byte(index + offset)
            guard byte >= lowest, byte <= highest else {
                return UTF8Scalar(value: 0xFFFD, length: offset, isValid: false)
            }
            value = value << 6 | UInt32(byte & 0x3F)
            lowest = 0x80
            highest = 0xBF
        }
        return UTF8Scalar(value: value, length: wanted, isValid: true)
    }
}
