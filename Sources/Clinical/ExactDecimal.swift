/// A decimal number kept exactly as it was written: `mantissa × 10^exponent`.
///
/// No value that is compared with a limit ever passes through a binary float, so 1.8 is equal to 1.5 × 1.2.
/// The mantissa holds up to 18 significant digits.
package struct ExactDecimal: Sendable, BitwiseCopyable {
    /// All digits, without the point.
    package var mantissa: Int64
    /// The power of ten that the mantissa is multiplied by.
    package var exponent: Int16

    @inlinable package init(mantissa: Int64, exponent: Int16 = 0) {
        self.mantissa = mantissa
        self.exponent = exponent
    }

    /// The number 0.
    package static let zero = ExactDecimal(mantissa: 0)
    /// The number 1.
    package static let one = ExactDecimal(mantissa: 1)

    /// The most significant digits that a mantissa can hold.
    package static let digitLimit = 18

    /// Reads decimal text such as `-12.50` or `1.2e-3`; nil when it is not a number or has over 18 significant digits.
    package init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        self.init(ascii: bytes.span.bytes, from: 0, to: bytes.count)
    }

    /// Reads decimal text from `bytes[from..<to]`, by the JSON grammar save that a leading `+`, a leading `.` and
    /// leading zeros are tolerated, as spreadsheets and analysers write them.
    package init?(ascii bytes: RawSpan, from: Int, to: Int) {
        var index = from
        let isNegative = index < to && bytes.byte(index) == UInt8(ascii: "-")
        if isNegative || index < to && bytes.byte(index) == UInt8(ascii: "+") { index += 1 }
        guard let (mantissa, places) = Self.digits(bytes, &index, to) else { return nil }
        guard let power = Self.power(bytes, from: index, to: to) else { return nil }
        let exponent = mantissa == 0 ? 0 : places + power
        guard exponent >= -400, exponent <= 400 else { return nil }
        self.init(mantissa: isNegative ? -mantissa : mantissa, exponent: Int16(exponent))
    }

    /// The digits at `index`, with at most one point, as a whole number and a power of ten; moves past them.
    private static func digits(_ bytes: RawSpan, _ index: inout Int, _ to: Int) -> (mantissa: Int64, exponent: Int)? {
        var mantissa: Int64 = 0
        var significant = 0
        var exponent = 0
        var digits = 0
        var pendingZeros = 0
        var seenPoint = false
        while index < to {
            let byte = bytes.byte(index)
            if byte == UInt8(ascii: "."), !seenPoint {
                seenPoint = true
                index += 1
                continue
            }
            guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { break }
            index += 1
            digits += 1
            if seenPoint { exponent -= 1 }
            if byte == UInt8(ascii: "0") {
                if mantissa != 0 { pendingZeros += 1 }
                continue
            }
            significant += pendingZeros + 1
            guard significant <= digitLimit else { return nil }
            for _ in 0..<pendingZeros { mantissa *= 10 }
            pendingZeros = 0
            mantissa = mantissa * 10 + Int64(byte &- UInt8(ascii: "0"))
        }
        return digits > 0 ? (mantissa, exponent + pendingZeros) : nil
    }

    /// The power of ten in `bytes[from..<to]`, such as `e-3`; 0 when nothing stands there, nil for anything else.
    private static func power(_ bytes: RawSpan, from: Int, to: Int) -> Int? {
        guard from < to else { return 0 }
        guard bytes.byte(from) | 0x20 == UInt8(ascii: "e") else { return nil }
        var index = from + 1
        let isNegative = index < to && bytes.byte(index) == UInt8(ascii: "-")
        if isNegative || index < to && bytes.byte(index) == UInt8(ascii: "+") { index += 1 }
        guard index < to else { return nil }
        var power = 0
        while index < to {
            let byte = bytes.byte(index)
            guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
            power = min(power * 10 + Int(byte &- UInt8(ascii: "0")), 100_000)
            index += 1
        }
        return isNegative ? -power : power
    }

    /// Whether the number in `bytes[from..<to]`, up to its power of ten, has more significant digits than a mantissa holds.
    package static func hasTooManyDigits(_ bytes: RawSpan, from: Int, to: Int) -> Bool {
        var significant = 0
        var pendingZeros = 0
        for index in from..<to {
            let byte = bytes.byte(index)
            if byte | 0x20 == UInt8(ascii: "e") { break }
            guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { continue }
            if byte == UInt8(ascii: "0") {
                if significant > 0 { pendingZeros += 1 }
            } else {
                significant += pendingZeros + 1
                pendingZeros = 0
            }
        }
        return significant > digitLimit
    }

    /// The same number with no trailing zeros in its mantissa, so that equal numbers have equal parts.
    package var normalized: ExactDecimal {
        guard mantissa != 0 else { return .zero }
        var result = self
        while result.mantissa % 10 == 0 {
            result.mantissa /= 10
            result.exponent += 1
        }
        return result
    }

    /// The number in thousandths, when it is a whole number of them under 2^42; nil otherwise.
    @inlinable @inline(__always)
    package var thousandths: Int64? {
        guard mantissa.magnitude < 1 << 31, exponent >= -3, exponent <= 6 else { return nil }
        if exponent <= 0 {
            // The powers 1000, 100, 10 and 1, sixteen bits each: choosing among them by a branch would cost more.
            let powers: UInt64 = 0x03E8_0064_000A_0001
            let power = powers &>> (UInt64(truncatingIfNeeded: exponent &+ 3) &* 16) & 0xFFFF
            return mantissa &* Int64(truncatingIfNeeded: power)
        }
        let thousandths = mantissa &* Self.powerOfTen(UInt(truncatingIfNeeded: exponent &+ 3))
        return thousandths.magnitude < 1 << 42 ? thousandths : nil
    }

    /// Compares two numbers exactly.
    @inlinable
    package static func compare(_ left: ExactDecimal, _ right: ExactDecimal) -> Ordering {
        if left.exponent == right.exponent { return order(left.mantissa, right.mantissa) }
        return compare(left.mantissa, right.mantissa, Int(left.exponent) - Int(right.exponent))
            ?? WideDecimal(left).compared(to: WideDecimal(right))
    }

    /// Compares a number with the product of two others, exactly.
    @inlinable
    package static func compare(_ left: ExactDecimal, _ factor: ExactDecimal, times right: ExactDecimal) -> Ordering {
        let (product, overflow) = factor.mantissa.multipliedReportingOverflow(by: right.mantissa)
        if !overflow {
            let power = Int(left.exponent) - Int(factor.exponent) - Int(right.exponent)
            if power == 0 { return order(left.mantissa, product) }
            if let ordering = compare(left.mantissa, product, power) { return ordering }
        }
        return WideDecimal(left).compared(to: WideDecimal(factor, times: right))
    }

    /// Compares `left × 10^power` with `right` in 64 bits; nil when they do not fit.
    @inlinable
    static func compare(_ left: Int64, _ right: Int64, _ power: Int) -> Ordering? {
        guard power >= -9, power <= 9 else { return nil }
        let scale = powerOfTen(power.magnitude)
        let (scaled, overflow) = (power > 0 ? left : right).multipliedReportingOverflow(by: scale)
        if overflow { return nil }
        return power > 0 ? order(scaled, right) : order(left, scaled)
    }

    @inlinable @inline(__always)
    static func order(_ left: Int64, _ right: Int64) -> Ordering {
        left < right ? .less : left > right ? .greater : .equal
    }

    @inlinable @inline(__always)
    static func powerOfTen(_ power: UInt) -> Int64 {
        var result: Int64 = 1
        for _ in 0..<power { result &*= 10 }
        return result
    }
}

/// How one number stands to another.
package enum Ordering: Int8, Sendable {
    case less = -1
    case equal = 0
    case greater = 1
}

extension ExactDecimal: Comparable {
    package static func == (left: ExactDecimal, right: ExactDecimal) -> Bool { compare(left, right) == .equal }
    package static func < (left: ExactDecimal, right: ExactDecimal) -> Bool { compare(left, right) == .less }
}

extension ExactDecimal: CustomStringConvertible {
    /// Plain digits without an exponent, such as `0.0125`, for numbers of a size that people read.
    package var description: String {
        let normal = normalized
        let digits = String(normal.mantissa.magnitude)
        let sign = normal.mantissa < 0 ? "-" : ""
        let exponent = Int(normal.exponent)
        if exponent >= 0 {
            return exponent > 30
                ? "\(sign)\(digits)e\(exponent)" : sign + digits + String(repeating: "0", count: exponent)
        }
        let places = -exponent
        if places > 30 { return "\(sign)\(digits)e\(exponent)" }
        let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
        return sign + padded.dropLast(places) + "." + padded.suffix(places)
    }
}
