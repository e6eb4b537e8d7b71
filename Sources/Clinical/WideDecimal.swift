/// A product of two exact decimals, for one comparison: a 128-bit mantissa and a power of ten.
package struct WideDecimal: Sendable, BitwiseCopyable {
    @usableFromInline var mantissa: Int128
    @usableFromInline var exponent: Int32

    @inlinable package init(_ value: ExactDecimal) {
        mantissa = Int128(value.mantissa)
        exponent = Int32(value.exponent)
    }

    /// The exact product; two 18-digit mantissas always fit.
    @inlinable package init(_ left: ExactDecimal, times right: ExactDecimal) {
        mantissa = Int128(left.mantissa) * Int128(right.mantissa)
        exponent = Int32(left.exponent) + Int32(right.exponent)
    }

    /// Turns the number into its opposite.
    package mutating func negate() { mantissa.negate() }

    /// This number times `factor`, or nil when the mantissa outgrows 128 bits.
    package func multiplied(by factor: ExactDecimal) -> WideDecimal? {
        let (product, overflow) = mantissa.multipliedReportingOverflow(by: Int128(factor.mantissa))
        guard !overflow else { return nil }
        var result = self
        result.mantissa = product
        result.exponent += Int32(factor.exponent)
        return result
    }

    /// This number plus `term`, or nil when aligning the two outgrows 128 bits.
    package func adding(_ term: ExactDecimal) -> WideDecimal? {
        let other = WideDecimal(term)
        let common = min(exponent, other.exponent)
        guard let left = scaled(to: common), let right = other.scaled(to: common) else { return nil }
        let (sum, overflow) = left.addingReportingOverflow(right)
        guard !overflow else { return nil }
        var result = self
        result.mantissa = sum
        result.exponent = common
        return result
    }

    private func scaled(to target: Int32) -> Int128? {
        var result = mantissa
        guard result != 0 else { return 0 }
        for _ in 0..<max(0, exponent - target) {
            let (product, overflow) = result.multipliedReportingOverflow(by: 10)
            guard !overflow else { return nil }
            result = product
        }
        return result
    }

    /// Compares exactly, whatever the two exponents are.
    @inlinable package func compared(to other: WideDecimal) -> Ordering {
        if exponent == other.exponent { return Self.order(mantissa, other.mantissa) }
        let leftSign = mantissa.signum()
        let rightSign = other.mantissa.signum()
        if leftSign != rightSign { return leftSign < rightSign ? .less : .greater }
        if leftSign == 0 { return .equal }
        return exponent > other.exponent
            ? Self.aligned(mantissa, by: exponent - other.exponent, against: other.mantissa)
            : Self.flipped(Self.aligned(other.mantissa, by: other.exponent - exponent, against: mantissa))
    }

    /// Compares `left × 10^power` with `right`, both of one sign and not zero.
    @usableFromInline static func aligned(_ left: Int128, by power: Int32, against right: Int128) -> Ordering {
        var scaled = left
        for _ in 0..<power {
            let (product, overflow) = scaled.multipliedReportingOverflow(by: 10)
            // Past 128 bits it is larger in size than anything the other side can hold.
            if overflow { return left > 0 ? .greater : .less }
            scaled = product
        }
        return order(scaled, right)
    }

    @inlinable static func order(_ left: Int128, _ right: Int128) -> Ordering {
        left < right ? .less : left > right ? .greater : .equal
    }

    @usableFromInline static func flipped(_ ordering: Ordering) -> Ordering {
        switch ordering {
        case .less: .greater
        case .equal: .equal
        case .greater: .less
        }
    }
}
