/// The content of a TZif file (RFC 8536): the 64-bit block where there is one, and the rule in its footer.
struct ZoneFile {
    var transitions: [Int64] = []
    var offsets: [Int32] = []
    var firstOffset: Int32 = 0
    var rule: ZoneRule?

    /// The counts in a header, in the order of the file.
    private struct Header {
        var version: UInt8
        var utIndicators, standardIndicators, leaps, times, types, letters: Int

        /// The length of the data that follows, with times of `width` bytes.
        func length(width: Int) -> Int {
            times * (width + 1) + types * 6 + letters + leaps * (width + 4) + standardIndicators + utIndicators
        }
    }

    private static let headerLength = 44

    /// Nil when the bytes are no TZif file, are cut short, or contradict themselves.
    init?(_ bytes: [UInt8]) {
        guard let first = Self.header(bytes, at: 0) else { return nil }
        guard first.version >= UInt8(ascii: "2") else {
            guard readBlock(bytes, first, from: Self.headerLength, width: 4) else { return nil }
            return
        }
        let second = Self.headerLength + first.length(width: 4)
        guard let header = Self.header(bytes, at: second) else { return nil }
        let block = second + Self.headerLength
        guard readBlock(bytes, header, from: block, width: 8) else { return nil }
        let footer = block + header.length(width: 8)
        guard footer < bytes.count, bytes[footer] == UInt8(ascii: "\n"),
            let end = bytes[(footer + 1)...].firstIndex(of: UInt8(ascii: "\n"))
        else { return nil }
        let text = bytes[footer + 1..<end]
        if text.isEmpty { return }
        guard let rule = ZoneRule(text) else { return nil }
        self.rule = rule
    }

    private static func header(_ bytes: [UInt8], at start: Int) -> Header? {
        guard start + headerLength <= bytes.count, bytes[start..<start + 4].elementsEqual("TZif".utf8) else {
            return nil
        }
        func count(_ index: Int) -> Int { Int(number(bytes, at: start + 20 + index * 4, width: 4)) }
        let header = Header(
            version: bytes[start + 4], utIndicators: count(0), standardIndicators: count(1), leaps: count(2),
            times: count(3), types: count(4), letters: count(5))
        let counts = [
            header.utIndicators, header.standardIndicators, header.leaps, header.times, header.types, header.letters,
        ]
        return counts.allSatisfy { $0 >= 0 && $0 < 1 << 20 } && header.types > 0 ? header : nil
    }

    private mutating func readBlock(_ bytes: [UInt8], _ header: Header, from start: Int, width: Int) -> Bool {
        guard start + header.length(width: width) <= bytes.count else { return false }
        let typeIndexes = start + header.times * width
        let types = typeIndexes + header.times
        func offset(ofType type: Int) -> Int32? {
            type < header.types ? Int32(Self.number(bytes, at: types + type * 6, width: 4)) : nil
        }
        for index in 0..<header.times {
            let time = Self.number(bytes, at: start + index * width, width: width)
            guard let offset = offset(ofType: Int(bytes[typeIndexes + index])), abs(offset) < 100_000 else {
                return false
            }
            if let last = transitions.last, time <= last { return false }
            transitions.append(time)
            offsets.append(offset)
        }
        guard let first = offset(ofType: 0) else { return false }
        firstOffset = first
        return true
    }

    /// A big-endian two's-complement number.
    private static func number(_ bytes: [UInt8], at start: Int, width: Int) -> Int64 {
        let value = bytes[start..<start + width].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return width == 4 ? Int64(Int32(truncatingIfNeeded: value)) : Int64(bitPattern: value)
    }
}
