/// Text made fit to show: every character that would hide, move or restyle what stands around it is spelled out.
enum VisibleText {
    /// Text of a message, its middle left out when it is longer than `limit` characters.
    static func message(_ text: String, limit: Int = 500) -> String {
        let scalars = Array(text.unicodeScalars.prefix(100_000))
        guard scalars.count > limit else { return scalars.map { shown($0) }.joined() }
        let kept = [scalars.prefix(limit / 2), scalars.suffix(limit / 2)]
        return kept.map { $0.map { shown($0) }.joined() }.joined(separator: " … ")
    }

    /// A character as it can be shown: itself, or `<U+001B>`.
    static func shown(_ scalar: Unicode.Scalar) -> String {
        isVisible(scalar) ? String(scalar) : "<U+\(hex(scalar.value, digits: 4))>"
    }

    /// A character in words for a message, such as `the control character U+0000`.
    static func name(_ scalar: Unicode.Scalar) -> String {
        let code = "U+\(hex(scalar.value, digits: 4))"
        return switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0: "the control character \(code)"
        case 0x2028, 0x2029: "the line break \(code), which few editors show,"
        case 0x202A...0x202E, 0x2066...0x2069: "the direction mark \(code), which hides the true order of the text,"
        default: "the invisible character \(code)"
        }
    }

    /// A byte in hexadecimal, such as `FF`.
    static func byte(_ byte: UInt8) -> String { hex(UInt32(byte), digits: 2) }

    /// How many columns of a terminal a visible character takes: 0, 1 or 2.
    static func width(_ scalar: Unicode.Scalar) -> Int {
        if scalar.value < 0x300 { return 1 }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark: return 0
        default: break
        }
        return switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
            0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF,
            0x20000...0x3FFFD:
            2
        default: 1
        }
    }

    private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: false
        default: true
        }
    }

    private static func hex(_ value: UInt32, digits: Int) -> String {
        let text = String(value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
}
