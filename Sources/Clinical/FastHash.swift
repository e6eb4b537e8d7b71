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

    /// Folds two words into one under the constants of a `lane`, so that lanes can be added up in any order.
    @inlinable @inline(__always)
    package static func pair(_ left: UInt64, _ right: UInt64, lane: UInt64) -> UInt64 {
        fold(left ^ (lane &* 0x9E37_79B9_7F4A_7C15), right ^ (lane &* 0xD6E8_FEB8_6659_FD93))
    }

    /// Hashes `bytes[from..<from + count]`.
    @inlinable @inline(__always)
    package static func hash(_ bytes: RawSpan, from: Int, count: Int) -> UInt64 {
        NameKey(bytes, from: from, count: count).hash
    }

    @inlinable @inline(never)
    static func long(_ bytes: RawSpan, from: Int, count: Int) -> UInt64 {
        var hash = FastHash(seed: UInt64(truncatingIfNeeded: count))
        var index = from
        var left = count
        while left > 8 {
            hash.combine(bytes.word(index))
            index = index &+ 8
            left = left &- 8
        }
        hash.combine(tail(bytes, from: index, count: left))
        return hash.value
    }

    @inlinable @inline(__always)
    static func short(_ first: UInt64, _ second: UInt64, _ count: Int) -> UInt64 {
        let mixed = fold(first ^ 0xA076_1D64_78BD_642F, second ^ 0xE703_7ED1_A0B4_28DB)
        return fold(mixed ^ 0x8EBC_6AF0_9C88_C6E3, UInt64(truncatingIfNeeded: count) ^ 0x5899_65CC_7537_4CC3)
    }

    /// Up to eight bytes as one word, zero-filled.
    @inlinable @inline(__always)
    package static func tail(_ bytes: RawSpan, from: Int, count: Int) -> UInt64 {
        if count == 0 { return 0 }
        if from &+ 8 <= bytes.byteCount {
            return bytes.word(from) & (~0 &>> (64 &- UInt64(truncatingIfNeeded: count) &* 8))
        }
        return tailAtEnd(bytes, from: from, count: count)
    }

    @inlinable @inline(never)
    static func tailAtEnd(_ bytes: RawSpan, from: Int, count: Int) -> UInt64 {
        var word: UInt64 = 0
        for offset in 0..<count { word |= UInt64(bytes.byte(from + offset)) &<< UInt64(offset * 8) }
        return word
    }
}

/// A name as a table looks it up: its hash, its length and, where they hold all of it, its first 16 bytes as two words.
package struct NameKey: BitwiseCopyable {
    /// Up to 16 bytes of the name, the first one lowest, zero-filled.
    package let first: UInt64
    /// The ninth to sixteenth byte, likewise.
    package let second: UInt64
    /// The name's length in bytes.
    package let count: Int
    /// The `FastHash` of the name.
    package let hash: UInt64

    /// The key of `bytes[from..<from + count]`.
    @inlinable @inline(__always)
    package init(_ bytes: RawSpan, from: Int, count: Int) {
        if count <= 8 {
            self.init(FastHash.tail(bytes, from: from, count: count), 0, count)
        } else if count <= 16 {
            self.init(bytes.word(from), FastHash.tail(bytes, from: from &+ 8, count: count &- 8), count)
        } else {
            self.init(long: bytes, from: from, count: count)
        }
    }

    /// The same for a name that stands in `EventBatch.bytes`, whose padding makes tests of each access needless.
    @inlinable @inline(__always)
    package init(padded bytes: RawSpan, from: Int, count: Int) {
        assert(from >= 0 && count >= 0 && from + count + 16 <= bytes.byteCount)
        let start = UInt64(littleEndian: bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: from, as: UInt64.self))
        if count > 16 || count == 0 {
            self.init(bytes, from: from, count: count)
        } else if count <= 8 {
            self.init(start & (~0 &>> (64 &- UInt64(truncatingIfNeeded: count) &* 8)), 0, count)
        } else {
            let rest = bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: from &+ 8, as: UInt64.self)
            let mask: UInt64 = ~0 &>> (128 &- UInt64(truncatingIfNeeded: count) &* 8)
            self.init(start, UInt64(littleEndian: rest) & mask, count)
        }
    }

    @inlinable @inline(__always)
    init(_ first: UInt64, _ second: UInt64, _ count: Int) {
        self.first = first
        self.second = second
        self.count = count
        hash = FastHash.short(first, second, count)
    }

    @inlinable @inline(__always)
    init(long bytes: RawSpan, from: Int, count: Int) {
        first = bytes.word(from)
        second = bytes.word(from &+ 8)
        self.count = count
        hash = FastHash.long(bytes, from: from, count: count)
    }
}
