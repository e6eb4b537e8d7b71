import Clinical

/// Checks text that is not plain ASCII.
enum UTF8Check {
    /// The index after the well-formed sequence at `index`, which does not begin with an ASCII byte.
    ///
    /// Overlong forms, surrogates and anything past U+10FFFF are refused (table 3-7 of the Unicode standard).
    static func sequenceEnd(_ bytes: RawSpan, _ index: Int) throws(RecordError) -> Int {
        let lead = bytes.at(index)
        let second = bytes.at(index + 1)
        let allowed: ClosedRange<UInt8>
        let length: Int
        switch lead {
        case 0xC2...0xDF: (length, allowed) = (2, 0x80...0xBF)
        case 0xE0: (length, allowed) = (3, 0xA0...0xBF)
        case 0xED: (length, allowed) = (3, 0x80...0x9F)
        case 0xE1...0xEF: (length, allowed) = (3, 0x80...0xBF)
        case 0xF0: (length, allowed) = (4, 0x90...0xBF)
        case 0xF1...0xF3: (length, allowed) = (4, 0x80...0xBF)
        case 0xF4: (length, allowed) = (4, 0x80...0x8F)
        default: throw RecordError(.encoding, at: index)
        }
        guard allowed.contains(second) else { throw RecordError(.encoding, at: index) }
        for offset in 2..<max(2, length) where bytes.at(index + offset) & 0xC0 != 0x80 {
            throw RecordError(.encoding, at: index)
        }
        return index + length
    }

    /// Whether `bytes[from..<to]` is well-formed UTF-8.
    static func isValid(_ bytes: RawSpan, from: Int, to: Int) -> Bool {
        var index = from
        while index < to {
            if bytes.at(index) < 0x80 {
                index += 1
            } else {
                guard let end = try? sequenceEnd(bytes, index), end <= to else { return false }
                index = end
            }
        }
        return true
    }
}
