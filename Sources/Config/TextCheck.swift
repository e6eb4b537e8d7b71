/// Finds bytes that a config file must not hold, before anything else reads it.
enum TextCheck {
    /// The first wrong place of a file, with what is wrong there; nil when every character may stand.
    ///
    /// The offset counts from the end of a byte order mark, if there is one.
    static func firstFault(in bytes: [UInt8]) -> (offset: Int, problem: String, help: String)? {
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            return (0, "the file is UTF-16", "save it as UTF-8")
        }
        var offset = 0
        while offset < bytes.count {
            if bytes[offset] >= 0x20, bytes[offset] < 0x7F {
                if bytes[offset] == UInt8(ascii: "%"), beginsTagLine(bytes, at: offset) {
                    return (offset, "%TAG lines are not supported; every value is text", "delete the line")
                }
                offset += 1
                continue
            }
            let (scalar, length) = UTF8Step.character(in: bytes, at: offset)
            guard let scalar else {
                return (offset, "byte \(VisibleText.byte(bytes[offset])) is not UTF-8", "save the file as UTF-8")
            }
            if !mayStand(scalar) {
                return (offset, "\(VisibleText.name(scalar)) must not stand in a config file", "delete it")
            }
            offset += length
        }
        return nil
    }

    /// Whether a `%TAG` stands here, which libyaml reads in time that grows with the square of their number.
    private static func beginsTagLine(_ bytes: [UInt8], at offset: Int) -> Bool {
        let isFirst = offset == 0 || bytes[offset - 1] == UInt8(ascii: "\n") || bytes[offset - 1] == UInt8(ascii: "\r")
        return isFirst && bytes[offset...].starts(with: "%TAG".utf8)
    }

    /// Whether a value may hold the character when an escape such as `\u0007` asks for it.
    static func mayBeEscaped(_ scalar: Unicode.Scalar) -> Bool { mayStand(scalar) && scalar != "\r" }

    /// Control characters, foreign line breaks and marks that change the order of reading are out.
    private static func mayStand(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A, 0x0D: true
        case 0..<0x20, 0x7F..<0xA0, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF, 0xFFFE, 0xFFFF: false
        default: true
        }
    }
}
