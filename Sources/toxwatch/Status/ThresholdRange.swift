import Clinical

/// A range of values as monitoring plugins write it, `[@]start:end`: it alerts outside of it, with `@` inside.
///
/// ```
/// 10      below 0 or above 10        ~:10    above 10
/// 10:     below 10                   @10:20  from 10 to 20
/// ```
struct ThresholdRange: Equatable, CustomStringConvertible {
    /// As it was written.
    let description: String
    private var isInside = false
    /// The lowest value of the range; nil for none.
    private var start: ExactDecimal? = .zero
    /// The highest value of the range; nil for none.
    private var end: ExactDecimal?

    /// The range that is written so; nil for any other text, and where the start lies above the end.
    init?(_ text: String) {
        description = text
        var rest = text[...]
        if rest.first == "@" {
            isInside = true
            rest.removeFirst()
        }
        let parts = rest.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        if parts.count == 2 {
            if parts[0] == "~" {
                start = nil
            } else if !parts[0].isEmpty {
                guard let number = Self.number(parts[0]) else { return nil }
                start = number
            }
        }
        guard let last = parts.last else { return nil }
        if !last.isEmpty {
            guard let number = Self.number(last) else { return nil }
            end = number
        } else if parts.count == 1 {
            return nil
        }
        if let start, let end, end < start { return nil }
    }

    /// Whether the value alerts.
    func alerts(at value: Int) -> Bool {
        let value = ExactDecimal(mantissa: Int64(value), exponent: 0)
        let isBelow = start.map { value < $0 } ?? false
        let isAbove = end.map { $0 < value } ?? false
        return isInside ? !isBelow && !isAbove : isBelow || isAbove
    }

    private static func number(_ text: Substring) -> ExactDecimal? {
        guard text.utf8.allSatisfy({ $0 >= 48 && $0 <= 57 || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") })
        else { return nil }
        return ExactDecimal(String(text))
    }
}
