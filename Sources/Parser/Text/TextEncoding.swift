import Clinical

/// How the characters of a table are written as bytes.
package enum TextEncoding: String, Sendable, CaseIterable {
    case utf8 = "utf-8"
    case utf16LittleEndian = "utf-16le"
    case utf16BigEndian = "utf-16be"
    case latin1 = "latin-1"
    case windows1252 = "windows-1252"

    /// The encoding that a byte order mark at the start of an input tells, and the length of the mark.
    static func told(by start: ArraySlice<UInt8>) -> (TextEncoding, length: Int)? {
        if start.starts(with: [0xEF, 0xBB, 0xBF]) { return (.utf8, 3) }
        if start.starts(with: [0xFF, 0xFE]) { return (.utf16LittleEndian, 2) }
        if start.starts(with: [0xFE, 0xFF]) { return (.utf16BigEndian, 2) }
        return nil
    }

    /// Whether these first bytes of an input are too few to tell whether it begins with a byte order mark.
    static func mayBeMark(_ start: ArraySlice<UInt8>) -> Bool {
        [[0xEF, 0xBB, 0xBF], [0xFF, 0xFE], [0xFE, 0xFF]].contains { $0.count > start.count && $0.starts(with: start) }
    }
}

/// Turns text of another encoding into UTF-8, chunk by chunk.
///
/// What is not valid becomes the byte 0xFF, which no UTF-8 text holds, so that the record it stands in is rejected.
struct Transcoder: Sendable {
    private let encoding: TextEncoding
    /// A first byte, or a high surrogate, whose other half has not come yet.
    private var pendingByte: UInt8?
    private var pendingHalf: UInt16?

    init(_ encoding: TextEncoding) { self.encoding = encoding }

    /// Appends `bytes` to `text`; `isLast` says that what is pending will never be completed.
    mutating func append(_ bytes: ArraySlice<UInt8>, isLast: Bool, to text: inout [UInt8]) {
        switch encoding {
        case .utf8: text += bytes
        case .latin1: for byte in bytes { Self.append(Unicode.Scalar(byte), to: &text) }
        case .windows1252: for byte in bytes { Self.append(Self.windows1252(byte), to: &text) }
        case .utf16LittleEndian, .utf16BigEndian:
            for byte in bytes { appendHalf(byte, to: &text) }
            guard isLast, pendingByte != nil || pendingHalf != nil else { return }
            Self.append(nil, to: &text)
            (pendingByte, pendingHalf) = (nil, nil)
        }
    }

    private mutating func appendHalf(_ byte: UInt8, to text: inout [UInt8]) {
        guard let first = pendingByte else {
            pendingByte = byte
            return
        }
        pendingByte = nil
        let isLittle = encoding == .utf16LittleEndian
        append(UInt16(isLittle ? byte : first) << 8 | UInt16(isLittle ? first : byte), to: &text)
    }

    private mutating func append(_ unit: UInt16, to text: inout [UInt8]) {
        if let high = pendingHalf {
            pendingHalf = nil
            if unit >= 0xDC00, unit < 0xE000 {
                Self.append(Unicode.Scalar(0x10000 + (UInt32(high) - 0xD800) << 10 + UInt32(unit) - 0xDC00), to: &text)
                return
            }
            Self.append(nil, to: &text)
        }
        if unit >= 0xD800, unit < 0xDC00 {
            pendingHalf = unit
        } else {
            Self.append(Unicode.Scalar(unit), to: &text)
        }
    }

    private static func append(_ scalar: Unicode.Scalar?, to text: inout [UInt8]) {
        guard let scalar, let encoded = UTF8.encode(scalar) else {
            text.append(0xFF)
            return
        }
        text.append(contentsOf: encoded)
    }

    private static func windows1252(_ byte: UInt8) -> Unicode.Scalar? {
        guard byte >= 0x80, byte < 0xA0 else { return Unicode.Scalar(byte) }
        return windows1252Range[Int(byte - 0x80)].flatMap { Unicode.Scalar($0 as UInt32) }
    }

    /// What 0x80 to 0x9F stand for; five of them stand for nothing.
    private static let windows1252Range: [UInt32?] = [
        0x20AC, nil, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, nil,
        0x017D, nil,
        nil, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, nil,
        0x017E, 0x0178,
    ]
}
