import Clinical
import Testing

struct ExactDecimalTests {
    @Test(arguments: [
        ("0", "0"), ("-0", "0"), ("0.000", "0"), ("0e5", "0"), ("1", "1"), ("-12.50", "-12.5"), ("+7", "7"),
        (".5", "0.5"), ("5.", "5"),
        ("007", "7"), ("1.2e-3", "0.0012"), ("1E+2", "100"), ("100", "100"),
        ("0.00000000000000000000000000000000000001", "1e-38"),
        ("999999999999999999", "999999999999999999"), ("-999999999999999999", "-999999999999999999"),
        ("100000000000000000000", "100000000000000000000"), ("0.000100", "0.0001"), ("1e400", "1e400"),
        ("10e-401", "1e-400"),
        ("123456789.123456789", "123456789.123456789"),
    ])
    func `decimal text is kept exactly`(_ text: String, _ wanted: String) throws {
        #expect(try #require(ExactDecimal(text)).description == wanted)
    }

    @Test(arguments: [
        "", "-", "+", ".", "e5", "1e", "1e+", "1.2.3", "1,5", " 1", "1 ", "0x10", "NaN", "inf", "--1", "1e401",
        "1e-401", "1e999999999999",
        "1234567890123456789", "0.1234567890123456789", "1000000000000000001", "½",
    ])
    func `what is no number of up to 18 digits is refused`(_ text: String) {
        #expect(ExactDecimal(text) == nil)
    }

    @Test(arguments: [
        ("1234567890123456789", true), ("1000000000000000001", true), ("123456789012345678", false), ("1e999", false),
        ("100000000000000000000", false), ("0.00000000000000000001", false), ("0.1234567890123456789e1", true),
        ("0", false),
    ])
    func `too many digits are told from too large a number`(_ text: String, _ isTooLong: Bool) {
        let bytes = Array(text.utf8)
        #expect(ExactDecimal.hasTooManyDigits(bytes.span.bytes, from: 0, to: bytes.count) == isTooLong)
    }

    @Test func `numbers of one value are equal, whatever their parts`() {
        for (mantissa, exponent) in [(18, 0), (180, -1), (1800, -2), (18_000_000_000_000_000, -15)] as [(Int64, Int16)]
        {
            let number = ExactDecimal(mantissa: mantissa, exponent: exponent)
            #expect(number == ExactDecimal(mantissa: 18))
            #expect(number.normalized.mantissa == 18 && number.normalized.exponent == 0)
            #expect(number.description == "18")
        }
        #expect(ExactDecimal(mantissa: 0, exponent: 9).normalized.exponent == 0)
        #expect(ExactDecimal(mantissa: 100).normalized.exponent == 2)
    }

    /// Small numbers, compared in whole thousandths.
    @Test func `comparison agrees with whole numbers`() {
        let numbers = [
            (-1, 3), (-1, 0), (0, 0), (0, 3), (1, -3), (15, -2), (150, -3), (1, 0), (1000, -3), (1001, -3), (1, 1),
            (9, 1), (1, 2),
        ]
        for (leftMantissa, leftExponent) in numbers {
            for (rightMantissa, rightExponent) in numbers {
                func whole(_ mantissa: Int, _ exponent: Int) -> Int {
                    (0..<exponent + 3).reduce(mantissa) { value, _ in value * 10 }
                }
                let left = ExactDecimal(mantissa: Int64(leftMantissa), exponent: Int16(leftExponent))
                let right = ExactDecimal(mantissa: Int64(rightMantissa), exponent: Int16(rightExponent))
                let (first, second) = (whole(leftMantissa, leftExponent), whole(rightMantissa, rightExponent))
                #expect((left < right) == (first < second), "\(left) \(right)")
                #expect((left == right) == (first == second), "\(left) \(right)")
            }
        }
    }

    @Test func `no binary float comes between a number and its limit`() {
        let limit = WideDecimal(
            ExactDecimal(mantissa: 15, exponent: -1), times: ExactDecimal(mantissa: 12, exponent: -1))
        #expect(WideDecimal(ExactDecimal(mantissa: 18, exponent: -1)).compared(to: limit) == .equal)
        #expect(
            WideDecimal(ExactDecimal(mantissa: 1_800_000_000_000_000_01, exponent: -17)).compared(to: limit) == .greater
        )
    }

    @Test func `text made of random digits reads back`() throws {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<2000 {
            let mantissa = Int64.random(in: -999_999_999_999_999_999...999_999_999_999_999_999, using: &generator)
            let number = ExactDecimal(mantissa: mantissa, exponent: Int16.random(in: -40...40, using: &generator))
            #expect(try #require(ExactDecimal(number.description)) == number)
        }
    }

    @Test(
        arguments: [
            ("0", 0), ("37.5", 37_500), ("-0.125", -125), ("1e6", 1_000_000_000), ("100000", 100_000_000), ("0.001", 1),
            ("4398046511.103", 4_398_046_511_103), ("2147483647", 2_147_483_647_000),
        ] as [(String, Int64)])
    func `a number of up to three places is a whole number of thousandths`(_ text: String, _ wanted: Int64) throws {
        let number = try #require(ExactDecimal(text))
        let found = number.thousandths
        // A long mantissa is left to the exact comparison, though it would fit.
        #expect(found == (number.mantissa.magnitude < 1 << 31 ? wanted : nil))
    }

    @Test(arguments: ["0.0001", "1e-4", "2147483648", "1e7", "4398046511.104", "999999999e6", "-1e400"])
    func `a finer or larger one is not`(_ text: String) throws {
        #expect(try #require(ExactDecimal(text)).thousandths == nil)
    }
}
