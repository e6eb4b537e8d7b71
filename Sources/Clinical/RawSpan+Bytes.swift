extension RawSpan {
    /// The byte at `index`; stops the program rather than read outside the span.
    @inlinable @inline(__always)
    package func byte(_ index: Int) -> UInt8 {
        unsafeLoad(fromByteOffset: index, as: UInt8.self)
    }

    /// Eight bytes from `index` on, the first one lowest; stops the program rather than read outside the span.
    @inlinable @inline(__always)
    package func word(_ index: Int) -> UInt64 {
        UInt64(littleEndian: unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self))
    }
}
