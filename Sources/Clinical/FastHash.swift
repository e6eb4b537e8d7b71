/// A quick 64-bit hash for tables in memory (never written down: see the Digest module for hashes that are).
///
/// Words are folded by a 128-bit multiplication, the scheme of the wyhash family, which mixes structured ids such as
/// `e00000017` well enough that two ids of one patient do not meet by chance.
package struct FastHash: Sendable {
    @usableFromInline var state: UInt64

    @inlinable @inline(__always) package init(seed: UInt64 = 0) {
        state = seed ^ 0x9E37_79B9_7F4A_7C15
    }

    /// Adds one word.
    @inlinable @inline(__always) package mutating func combine(_ word: UInt64) {
        state = Self.fold(state ^ word, 0xD6E8_FEB8_6659_FD93 ^ state &<< 1)
    }

    /// The hash of all that was added.
    @inlinable @inline(__always) package var value: UInt64 {
        Self.fold(state ^ 0xA076_1D64_78BD_642F, 0xE703_7ED1_A0B4_28DB)
    }

    @inlinable @inline(__always) static func fold(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let product = left.multipliedFullWidth(by: right)
        return product.high ^ product.low
    }

    /// Hashes `bytes[from..<from + count]`; the span must be readable for eight bytes past the end, or end there.
    @inlinable
    package static func hash(_ bytes: RawSpan, from: Int, count: Int) -> UInt64 {
        var hash = FastHash(seed: UInt64(truncatingIfNeeded: count))
        var index = from
        var left = count
        while left > 8 {
            hash.combine(bytes.word(index))
            index += 8
            left -= 8
        }
        hash.combine(tail(bytes, from: index, count: left))
        return hash.value
    }

    /// Up to eight bytes as one word, zero-filled.
    @inlinable @inline(__always)
    package static func tail(_ bytes: RawSpan, from: Int, count: Int) -> UInt64 {
        if count == 0 { return 0 }
        if from + 8 <= bytes.byteCount {
            return bytes.word(from) & (~0 &>> (64 &- UInt64(count) &* 8))
        }
        var word: UInt64 = 0
        for offset in 0..<count { word |= UInt64(bytes.byte(from + offset)) &<< UInt64(offset * 8) }
        return word
    }
}
