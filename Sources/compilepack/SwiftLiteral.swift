/// Text as a literal of Swift.
enum SwiftLiteral {
    /// A Swift file with an enumeration that holds the text, which must be valid UTF-8.
    static func source(named name: String, holding text: [UInt8]) -> [UInt8] {
        var source = Array(
            "/// What the build made of the pack.\nenum \(name) {\n    static let text: StaticString = \"".utf8)
        for byte in text { append(byte, to: &source) }
        return source + Array("\"\n}\n".utf8)
    }

    private static func append(_ byte: UInt8, to source: inout [UInt8]) {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): source += [UInt8(ascii: "\\"), byte]
        case ..<0x20, 0x7F: source += Array("\\u{\(String(byte, radix: 16))}".utf8)
        default: source.append(byte)
        }
    }
}
