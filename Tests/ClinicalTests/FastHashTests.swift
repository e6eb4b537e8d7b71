import Clinical
import Testing

struct FastHashTests {
    static func hash(_ bytes: [UInt8]) -> UInt64 { FastHash.hash(bytes.span.bytes, from: 0, count: bytes.count) }

    @Test func `a hash does not depend on what stands around`() {
        for length in 0...70 {
            let text = (0..<length).map { UInt8($0 + 1) }
            let alone = Self.hash(text)
            for (before, after) in [(0, 1), (3, 0), (5, 9), (8, 64)] {
                let bytes = [UInt8](repeating: 0xEE, count: before) + text + [UInt8](repeating: 0xDD, count: after)
                #expect(
                    FastHash.hash(bytes.span.bytes, from: before, count: length) == alone,
                    "\(length) \(before) \(after)")
                if after >= 16 {
                    #expect(NameKey(padded: bytes.span.bytes, from: before, count: length).hash == alone, "\(length)")
                }
            }
        }
    }

    @Test func `ids that count up, and texts that differ in one bit or in length, all differ`() {
        var hashes: Set<UInt64> = []
        var count = 0
        for number in 0..<20_000 {
            hashes.insert(Self.hash(Array("e\(number)".utf8)))
            hashes.insert(Self.hash(Array("patient-\(number)-of-the-clinic".utf8)))
            count += 2
        }
        for length in 0...40 {
            hashes.insert(Self.hash([UInt8](repeating: 0, count: length)))
            count += 1
            for bit in 0..<length * 8 {
                var text = [UInt8](repeating: 0, count: length)
                text[bit / 8] = 1 << UInt8(bit % 8)
                hashes.insert(Self.hash(text))
                count += 1
            }
        }
        #expect(hashes.count == count)
    }

    @Test func `words combine in their order`() {
        func value(_ words: [UInt64]) -> UInt64 {
            var hash = FastHash()
            for word in words { hash.combine(word) }
            return hash.value
        }
        #expect(value([1, 2]) == value([1, 2]))
        #expect(Set([value([1, 2]), value([2, 1]), value([1]), value([]), value([0]), value([0, 0])]).count == 6)
        #expect(
            Set([FastHash.pair(1, 2, lane: 1), FastHash.pair(2, 1, lane: 1), FastHash.pair(1, 2, lane: 2)]).count == 3)
    }
}
