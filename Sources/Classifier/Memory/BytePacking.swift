import Clinical

/// Small numbers and texts, one behind the other, in as few bytes as they need.
extension OutputSpan<UInt8> {
    /// A symbol; none is as short as the first.
    mutating func add(_ symbol: Symbol) { add(count: UInt64(symbol.rawValue &+ 1)) }

    /// Seven bits to a byte, the lowest first; ten bytes at most.
    mutating func add(count: UInt64) {
        var rest = count
        while rest >= 0x80 {
            append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        append(UInt8(truncatingIfNeeded: rest))
    }

    /// A number of either sign; those near 0 are short.
    mutating func add(_ number: Int64) { add(count: UInt64(bitPattern: number << 1 ^ number >> 63)) }

    mutating func add(_ number: ExactDecimal) {
        add(number.mantissa)
        add(Int64(number.exponent))
    }

    mutating func add(_ moment: Moment) {
        add(moment.milliseconds)
        append(moment.isDate ? 1 : 0)
    }

    private mutating func add(_ part: RawSpan) {
        part.withUnsafeBytes { text in
            withUnsafeMutableBufferPointer { room, count in
                // The slice holds that there is room for the text.
                let place = UnsafeMutableBufferPointer(rebasing: room[count..<count + text.count])
                UnsafeMutableRawBufferPointer(place).copyMemory(from: text)
                count += text.count
            }
        }
    }

    /// The text of a span of a batch.
    mutating func add(_ span: TextSpan, of batch: borrowing EventBatch) {
        add(count: UInt64(span.count))
        if span.isDecoded {
            add(batch.decoded.span.bytes.extracting(span.range))
        } else {
            add(batch.bytes.span.bytes.extracting(span.range))
        }
    }
}

/// Reads what was packed so. Bytes that end too early give zeros, never a crash: they may come from a file.
struct ByteUnpacker {
    private let bytes: [UInt8]
    private(set) var place: Int
    /// More was asked for than there was.
    private(set) var isBroken = false

    init(_ bytes: [UInt8], from place: Int = 0) {
        self.bytes = bytes
        self.place = place
    }

    /// Passes over so many bytes.
    mutating func skip(_ count: Int) {
        isBroken = isBroken || count > bytes.count - place
        place = min(bytes.count, place + count)
    }

    mutating func byte() -> UInt8 {
        guard place < bytes.count else {
            isBroken = true
            return 0
        }
        place += 1
        return bytes[place - 1]
    }

    mutating func symbol() -> Symbol { Symbol(UInt16(truncatingIfNeeded: count()) &- 1) }

    mutating func count() -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while shift < 64 {
            let next = byte()
            value |= UInt64(next & 0x7F) << shift
            if next < 0x80 { return value }
            shift += 7
        }
        isBroken = true
        return value
    }

    mutating func number() -> Int64 {
        let value = count()
        return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
    }

    mutating func decimal() -> ExactDecimal {
        let mantissa = number()
        return ExactDecimal(mantissa: mantissa, exponent: Int16(truncatingIfNeeded: number()))
    }

    mutating func moment() -> Moment {
        let milliseconds = number()
        return Moment(milliseconds: milliseconds, isDate: byte() != 0)
    }

    mutating func text() -> ArraySlice<UInt8> {
        let length = count()
        guard length <= UInt64(bytes.count - place) else {
            isBroken = true
            return []
        }
        place += Int(length)
        return bytes[place - Int(length)..<place]
    }
}
