import Clinical
import TestSupport
import Testing

/// Values in an image, and what is no image.
@Suite struct ImageTests {
    private static func reads<Value: ImageValue & Equatable>(_ values: [Value]) -> Bool {
        var writer = ImageWriter()
        writer.write(values)
        return writer.image.withUnsafeBytes { bytes in
            guard var reader = ImageReader(bytes) else { return false }
            let found: [Value] = reader.read()
            return found == values && reader.isSound && reader.isAtEnd
        }
    }

    @Test func `numbers of every width come back as they were`() {
        #expect(Self.reads([Int.min, -65, -64, -33, -32, -1, 0, 1, 31, 32, 63, 64, 4095, 4096, .max]))
        #expect(Self.reads([UInt64.min, 63, 64, 1 << 59, 1 << 60, 1 << 63, .max]))
        #expect(Self.reads(Array(Int8.min...Int8.max)))
        #expect(Self.reads([UInt16.max, UInt16.max - 1, 0]))
        #expect(Self.reads([Int32.min, Int32.max]))
    }

    @Test func `texts, choices and what is absent come back as they were`() {
        #expect(Self.reads(["", "diarrhea", "µg/L", "≥ 3", "\0\u{7F}\"\\"]))
        #expect(Self.reads([true, false]))
        #expect(Self.reads([nil, 0, 7] as [Int?]))
        #expect(Self.reads([[], [1], [2, 3]]))
        #expect(Self.reads([0..<0, 3..<9]))
        #expect(Self.reads(Severity.allCases))
    }

    @Test func `a table of names comes back with every name`() {
        var table = SymbolTable()
        let names = (0..<3000).map { number in "N\(number)" + String(repeating: "x", count: number % 40) }
        for (number, name) in names.enumerated() { table.add(name, as: Symbol(number)) }
        var writer = ImageWriter()
        writer.write(table)
        let read = writer.image.withUnsafeBytes { bytes -> SymbolTable in
            guard var reader = ImageReader(bytes) else { return SymbolTable() }
            return reader.read()
        }
        for (number, name) in names.enumerated() { #expect(read.symbol(name) == Symbol(number)) }
        #expect(read.symbol("n1xy") == nil)
        #expect(read.count == table.count)
    }

    @Test func `a number too wide, ends in the wrong order and a length beyond the end are not sound`() {
        func isSound<Value: ImageValue>(_ numbers: [UInt64], as type: Value.Type) -> Bool {
            var writer = ImageWriter()
            for number in numbers { writer.write(number: number) }
            return writer.image.withUnsafeBytes { bytes in
                guard var reader = ImageReader(bytes) else { return false }
                _ = reader.read() as Value
                return reader.isSound
            }
        }
        #expect(isSound([255], as: UInt8.self))
        #expect(!isSound([256], as: UInt8.self))
        #expect(isSound([4], as: Severity.self))
        #expect(!isSound([5], as: Severity.self))
        #expect(!isSound([8, 4], as: Range<Int>.self))
        #expect(!isSound([2, 1], as: [Int].self))
        #expect(!isSound([UInt64.max], as: String.self))
        #expect(!isSound([], as: Int.self))
    }
}
