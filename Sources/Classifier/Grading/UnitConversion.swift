import Clinical

/// How an analyte's reported unit turns into the canonical one: `(x + offset) × numerator ÷ denominator`.
struct UnitConversion: Sendable, Equatable, BitwiseCopyable {
    var numerator = ExactDecimal.one
    var denominator = ExactDecimal.one
    var offset = ExactDecimal.zero

    static let same = UnitConversion()

    static func == (left: UnitConversion, right: UnitConversion) -> Bool {
        left.numerator == right.numerator && left.denominator == right.denominator && left.offset == right.offset
    }

    /// Compares two values of the same quantity in two units, exactly; nil when the numbers outgrow 128 bits.
    static func compare(
        _ left: ExactDecimal, _ leftUnit: UnitConversion, _ right: ExactDecimal, _ rightUnit: UnitConversion
    ) -> Ordering? {
        guard let first = WideDecimal(left).adding(leftUnit.offset),
            let second = WideDecimal(right).adding(rightUnit.offset)
        else { return nil }
        return compareScaled(first, leftUnit, second, rightUnit)
    }

    /// Compares a difference of values (which no offset shifts) with an amount printed in another unit.
    static func compareDifference(
        _ left: WideDecimal, _ leftUnit: UnitConversion, _ right: ExactDecimal, _ rightUnit: UnitConversion
    ) -> Ordering? {
        compareScaled(left, leftUnit, WideDecimal(right), rightUnit)
    }

    /// Compares a value with a multiple of another; nil when a unit's zero is not the quantity's zero.
    static func compare(
        _ left: ExactDecimal, _ leftUnit: UnitConversion,
        times coefficient: ExactDecimal, _ right: ExactDecimal, _ rightUnit: UnitConversion
    ) -> Ordering? {
        if leftUnit == rightUnit { return WideDecimal(left).compared(to: WideDecimal(coefficient, times: right)) }
        guard leftUnit.offset.mantissa == 0, rightUnit.offset.mantissa == 0 else { return nil }
        return compareScaled(WideDecimal(left), leftUnit, WideDecimal(coefficient, times: right), rightUnit)
    }

    private static func compareScaled(
        _ left: WideDecimal, _ leftUnit: UnitConversion, _ right: WideDecimal, _ rightUnit: UnitConversion
    ) -> Ordering? {
        guard let first = left.multiplied(by: leftUnit.numerator)?.multiplied(by: rightUnit.denominator),
            let second = right.multiplied(by: rightUnit.numerator)?.multiplied(by: leftUnit.denominator)
        else { return nil }
        return first.compared(to: second)
    }

    /// Whether a value in this unit lies in a range given in the canonical unit, both ends in.
    func isWithin(_ range: ClosedLimits, _ value: ExactDecimal) -> Bool {
        guard let low = Self.compare(value, self, range.low, .same),
            let high = Self.compare(value, self, range.high, .same)
        else { return false }
        return low != .less && high != .greater
    }
}

/// A range of numbers, both ends in.
struct ClosedLimits: Sendable {
    var low: ExactDecimal
    var high: ExactDecimal
}
