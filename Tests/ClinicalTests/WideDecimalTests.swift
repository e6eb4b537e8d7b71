import Clinical
import Testing

struct WideDecimalTests {
    static let edges: [ExactDecimal] = [
        ExactDecimal(mantissa: -999_999_999_999_999_999, exponent: 400), ExactDecimal(mantissa: -1, exponent: 400),
        ExactDecimal(mantissa: -999_999_999_999_999_999), ExactDecimal(mantissa: -1),
        ExactDecimal(mantissa: -1, exponent: -400),
        .zero, ExactDecimal(mantissa: 1, exponent: -400), ExactDecimal(mantissa: 999, exponent: -400), .one,
        ExactDecimal(mantissa: 999_999_999_999_999_999), ExactDecimal(mantissa: 1, exponent: 18),
        ExactDecimal(mantissa: 1, exponent: 400),
        ExactDecimal(mantissa: 999_999_999_999_999_999, exponent: 400),
    ]

    @Test func `numbers of any size stand in their order`() {
        for (leftIndex, left) in Self.edges.enumerated() {
            for (rightIndex, right) in Self.edges.enumerated() {
                let wanted = leftIndex < rightIndex ? Ordering.less : leftIndex > rightIndex ? .greater : .equal
                #expect(WideDecimal(left).compared(to: WideDecimal(right)) == wanted, "\(left) \(right)")
                #expect(ExactDecimal.compare(left, right) == wanted, "\(left) \(right)")
            }
        }
    }

    @Test func `a product compares as if it were multiplied out`() {
        for _ in 0..<2000 {
            let (a, b, c) = (
                Int64.random(in: -999...999), Int64.random(in: -999...999), Int64.random(in: -999_999...999_999)
            )
            let (left, right) = (Int16.random(in: -3...3), Int16.random(in: -3...3))
            let product = WideDecimal(
                ExactDecimal(mantissa: a, exponent: left), times: ExactDecimal(mantissa: b, exponent: right))
            let other = WideDecimal(ExactDecimal(mantissa: c, exponent: left + right))
            let wanted = a * b < c ? Ordering.less : a * b > c ? .greater : .equal
            #expect(product.compared(to: other) == wanted)
        }
    }

    @Test func `sums and further products are exact, or nil past 128 bits`() {
        let third = WideDecimal(ExactDecimal(mantissa: 3, exponent: -1))
        let sum = third.adding(ExactDecimal(mantissa: 25, exponent: -2))
        #expect(sum?.compared(to: WideDecimal(ExactDecimal(mantissa: 55, exponent: -2))) == .equal)
        #expect(
            third.multiplied(by: ExactDecimal(mantissa: 2))?.compared(
                to: WideDecimal(ExactDecimal(mantissa: 6, exponent: -1))) == .equal)
        let large = WideDecimal(Self.edges[9], times: Self.edges[9])
        #expect(large.multiplied(by: ExactDecimal(mantissa: 1000)) == nil)
        #expect(WideDecimal(ExactDecimal(mantissa: 1, exponent: 400)).adding(.one) == nil)
        #expect(WideDecimal(.zero).adding(ExactDecimal(mantissa: 1, exponent: -400)) != nil)
    }
}
