import Clinical

/// The number grammar of JSON (RFC 8259, section 6).
enum JSONNumber {
    /// Whether `bytes[from..<to]` is one JSON number and nothing else.
    static func isOne(_ bytes: RawSpan, from: Int, to: Int) -> Bool {
        var index = from
        if index < to, bytes.byte(index) == UInt8(ascii: "-") { index += 1 }
        let whole = index
        skipDigits(bytes, &index, to)
        guard index > whole, index == whole + 1 || bytes.byte(whole) != UInt8(ascii: "0") else { return false }
        if index < to, bytes.byte(index) == UInt8(ascii: ".") {
            index += 1
            let first = index
            skipDigits(bytes, &index, to)
            guard index > first else { return false }
        }
        if index < to, bytes.byte(index) | 0x20 == UInt8(ascii: "e") {
            index += 1
            if index < to, [UInt8(ascii: "+"), UInt8(ascii: "-")].contains(bytes.byte(index)) { index += 1 }
            let first = index
            skipDigits(bytes, &index, to)
            guard index > first else { return false }
        }
        return index == to
    }

    private static func skipDigits(_ bytes: RawSpan, _ index: inout Int, _ to: Int) {
        while index < to, bytes.byte(index) >= UInt8(ascii: "0"), bytes.byte(index) <= UInt8(ascii: "9") { index += 1 }
    }
}
