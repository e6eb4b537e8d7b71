extension RawSpan {
    /// The byte at `index`, without a test that it lies inside.
    ///
    /// Only for text that ends in a newline and `EventBatch.padding` more bytes: no step of a scanner passes the
    /// newline, and none looks further past it than the padding reaches. (The tests cost a sixth of the parser's time.)
    @inline(__always)
    func at(_ index: Int) -> UInt8 {
        assert(index >= 0 && index < byteCount)
        return unsafeLoad(fromUncheckedByteOffset: index, as: UInt8.self)
    }

    /// Eight bytes from `index` on, the first one lowest, under the same promise.
    @inline(__always)
    func eight(at index: Int) -> UInt64 {
        assert(index >= 0 && index + 8 <= byteCount)
        return UInt64(littleEndian: unsafeLoadUnaligned(fromUncheckedByteOffset: index, as: UInt64.self))
    }

    /// Two bytes from `index` on, the first one lowest, under the same promise.
    @inline(__always)
    func two(at index: Int) -> UInt16 {
        assert(index >= 0 && index + 2 <= byteCount)
        return UInt16(littleEndian: unsafeLoadUnaligned(fromUncheckedByteOffset: index, as: UInt16.self))
    }

    /// Sixteen bytes from `index` on, under the same promise.
    @inline(__always)
    func sixteen(at index: Int) -> SIMD16<UInt8> {
        assert(index >= 0 && index + 16 <= byteCount)
        return unsafeLoadUnaligned(fromUncheckedByteOffset: index, as: SIMD16<UInt8>.self)
    }
}
