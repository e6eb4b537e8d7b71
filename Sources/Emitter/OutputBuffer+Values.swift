package import Clinical

extension OutputBuffer {
    /// Appends a whole number in plain digits.
    package mutating func append(_ number: some BinaryInteger) {
        if number < 0 { append(UInt8(ascii: "-")) }
        append(digitsOf: UInt64(clamping: number.magnitude))
    }

    /// Appends a number as its `description` has it.
    package mutating func append(_ number: ExactDecimal) {
        var normal = number.normalized
        while normal.exponent > 0, normal.mantissa.magnitude < 100_000_000_000_000_000 {
            normal.mantissa *= 10
            normal.exponent -= 1
        }
        guard normal.exponent >= -18, normal.exponent <= 0 else { return append(verbatim: number.description) }
        var unit: UInt64 = 1
        for _ in 0..<(-normal.exponent) { unit &*= 10 }
        if normal.mantissa < 0 { append(UInt8(ascii: "-")) }
        append(digitsOf: normal.mantissa.magnitude / unit)
        guard unit > 1 else { return }
        append(UInt8(ascii: "."))
        var rest = normal.mantissa.magnitude % unit
        while unit > 1 {
            unit /= 10
            append(48 &+ UInt8(truncatingIfNeeded: rest / unit))
            rest %= unit
        }
    }

    private mutating func append(digitsOf number: UInt64) {
        if number >= 10 { append(digitsOf: number / 10) }
        append(48 &+ UInt8(truncatingIfNeeded: number % 10))
    }

    /// Appends `null` or a grade's digit.
    @inline(__always)
    package mutating func append(_ grade: MaybeGrade) {
        if grade.isNone { append("null") } else { append(48 &+ UInt8(truncatingIfNeeded: grade.rawValue)) }
    }

    /// Appends an id in its written form, `tw1-` and 32 hexadecimal digits.
    @inline(__always)
    package mutating func append(_ id: StableID) {
        append("tw1-")
        appendHexadecimal(id.high)
        appendHexadecimal(id.low)
    }

    /// Appends 16 hexadecimal digits.
    @inline(__always)
    mutating func appendHexadecimal(_ word: UInt64) {
        place(Self.digits(UInt32(truncatingIfNeeded: word &>> 32)), length: 8)
        place(Self.digits(UInt32(truncatingIfNeeded: word)), length: 8)
    }

    // Spreads eight nibbles over eight bytes, the highest first, and makes letters of those over nine, all at once.
    @inline(__always)
    private static func digits(_ word: UInt32) -> UInt64 {
        var nibbles = UInt64(word.byteSwapped)
        nibbles = (nibbles | nibbles &<< 16) & 0x0000_FFFF_0000_FFFF
        nibbles = (nibbles | nibbles &<< 8) & 0x00FF_00FF_00FF_00FF
        nibbles = (nibbles &>> 4 | nibbles &<< 8) & 0x0F0F_0F0F_0F0F_0F0F
        let letters = (nibbles &+ 0x0606_0606_0606_0606) &>> 4 & 0x0101_0101_0101_0101
        return nibbles &+ 0x3030_3030_3030_3030 &+ letters &* 39
    }
}
