import Clinical
import Testing

@testable import Emitter

@Suite struct OutputBufferTests {
    @Test func `it grows as far as it must and loses nothing`() {
        var buffer = OutputBuffer(capacity: 0)
        var wanted: [UInt8] = []
        for round in 0..<1000 {
            let piece = [UInt8](repeating: UInt8(truncatingIfNeeded: round), count: round % 71)
            buffer.append(piece)
            buffer.append(UInt8(ascii: "|"))
            buffer.place(0x6867_6665_6463_6261, length: round % 9)
            buffer.append("static")
            wanted += piece + Array("|".utf8) + Array("abcdefgh".utf8.prefix(round % 9)) + Array("static".utf8)
        }
        let (bytes, count) = (buffer.bytes, buffer.count)
        #expect(bytes == wanted)
        #expect(count == wanted.count)
    }

    @Test(arguments: [0, 1, 15, 16, 17, 31, 32, 33, 64, 100])
    func `blocks are copied to the byte`(count: Int) {
        let source = (0..<200).map { UInt8($0) }
        var buffer = OutputBuffer(capacity: 0)
        buffer.append("<")
        buffer.append(3..<3 + count, ofPadded: source.span.bytes)
        buffer.append(">")
        let bytes = buffer.bytes
        #expect(bytes == [0x3C] + source[3..<3 + count] + [0x3E])
    }

    @Test func `it is emptied and used again`() {
        var buffer = OutputBuffer()
        buffer.append("first")
        let wasEmpty = buffer.isEmpty
        buffer.removeAll()
        let isEmpty = buffer.isEmpty
        buffer.append("second")
        let text = buffer.string
        #expect(!wasEmpty && isEmpty && text == "second")
    }

    @Test func `a record begun in vain can be taken back`() {
        var buffer = OutputBuffer()
        buffer.append("kept, not kept")
        buffer.truncate(to: 4)
        buffer.truncate(to: 400)
        let text = buffer.string
        #expect(text == "kept")
    }

    @Test func `it lends its bytes in place`() {
        var buffer = OutputBuffer()
        buffer.append("abc")
        let lent = buffer.withBytes { Array($0) }
        #expect(lent == Array("abc".utf8))
    }

    @Test(arguments: [0, 9, 10, 99, 100, 12_345, Int.max, -1, -10, Int.min])
    func `a number is written in plain digits`(number: Int) {
        #expect(text { $0.append(number) } == "\(number)")
    }

    @Test func `the largest number is written in plain digits`() {
        #expect(text { $0.append(UInt64.max) } == "18446744073709551615")
    }

    @Test func `a decimal is written as it describes itself`() {
        for mantissa: Int64 in [0, 1, 7, 10, 1234, 405, 999_999_999_999_999_999] {
            for exponent in Int16(-40)...40 {
                for sign: Int64 in [1, -1] {
                    let number = ExactDecimal(mantissa: sign * mantissa, exponent: exponent)
                    #expect(text { $0.append(number) } == number.description)
                }
            }
        }
    }

    @Test func `every pair of hexadecimal digits is right`() {
        for byte in UInt64(0)...255 {
            let digits = String(byte, radix: 16)
            let wanted = String(repeating: (digits.count == 1 ? "0" : "") + digits, count: 8)
            #expect(text { $0.appendHexadecimal(byte &* 0x0101_0101_0101_0101) } == wanted)
        }
    }
}
