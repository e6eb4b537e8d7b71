import Clinical

/// How text that came from outside is shown to people: nothing in it may move, hide or reorder what stands beside it.
///
/// A line feed shows as `⏎`. Every other character that is a control, a format or bidirectional control, invisible,
/// unassigned, for private use or a separator of lines shows by its number, as `<U+202E>`; so do marks that would
/// stack on nothing or more than four high. Bytes that are not UTF-8 show as U+FFFD. Letters, digits, signs and emoji
/// of all scripts stay as they are.
extension OutputBuffer {
    /// Appends the text of `bytes[from..<from + count]`, visible and harmless.
    package mutating func append(visible bytes: RawSpan, from: Int, count: Int) {
        reserve(count)
        var index = from
        let end = from + count
        var marks = Self.highestStack
        while index < end {
            let scalar = UTF8Scalar.read(bytes, at: index, end: end)
            let kind = VisibleKind(scalar.value)
            marks = kind == .mark ? marks + 1 : 0
            if !scalar.isValid {
                append("\u{FFFD}")
            } else if kind == .plain || kind == .mark && marks <= Self.highestStack {
                place(FastHash.tail(bytes, from: index, count: scalar.length), length: scalar.length)
            } else {
                append(numberOf: scalar.value)
            }
            index += scalar.length
        }
    }

    /// Appends the text, visible and harmless.
    package mutating func append(visible text: String) {
        let bytes = Array(text.utf8)
        append(visible: bytes.span.bytes, from: 0, count: bytes.count)
    }

    private static var highestStack: Int { 4 }

    private mutating func append(numberOf scalar: UInt32) {
        guard scalar != 0x0A else { return append("⏎") }
        let digits = String(scalar, radix: 16, uppercase: true)
        append("<U+")
        append(verbatim: String(repeating: "0", count: max(0, 4 - digits.count)) + digits)
        append(">")
    }
}

/// What a character does to the text around it.
private enum VisibleKind {
    /// Shows itself and nothing else happens.
    case plain
    /// Stands on the character before it.
    case mark
    /// Is not seen, or does something to its neighbours.
    case hidden

    init(_ value: UInt32) {
        if value >= 0x20, value < 0x7F {
            self = .plain
        } else if let scalar = Unicode.Scalar(value) {
            self.init(scalar.properties)
        } else {
            self = .hidden
        }
    }

    private init(_ properties: Unicode.Scalar.Properties) {
        switch properties.generalCategory {
        case .control, .format, .unassigned, .privateUse, .surrogate, .lineSeparator, .paragraphSeparator:
            self = .hidden
        case .nonspacingMark, .enclosingMark: self = properties.isDefaultIgnorableCodePoint ? .hidden : .mark
        default: self = properties.isDefaultIgnorableCodePoint ? .hidden : .plain
        }
    }
}
