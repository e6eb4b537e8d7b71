/// A piece of text inside an `EventBatch`: an offset and a length, no copy.
///
/// Text that stood in the input without escapes points into the batch's raw bytes; text that had to be decoded
/// or made by a mapping points into its `decoded` bytes, which the highest bit of the offset says.
package struct TextSpan: Sendable, BitwiseCopyable, Equatable {
    @usableFromInline var tagged: UInt32
    /// Length in bytes.
    package var count: UInt32

    @inlinable package init(offset: Int, count: Int, decoded: Bool = false) {
        tagged = UInt32(truncatingIfNeeded: offset) | (decoded ? Self.decodedBit : 0)
        self.count = UInt32(truncatingIfNeeded: count)
    }

    @usableFromInline static let decodedBit: UInt32 = 0x8000_0000

    /// No text.
    package static let empty = TextSpan(offset: 0, count: 0)

    /// Whether there is no text; absent and empty members look alike.
    @inlinable package var isEmpty: Bool { count == 0 }
    /// Whether it points into the batch's `decoded` bytes.
    @inlinable package var isDecoded: Bool { tagged & Self.decodedBit != 0 }
    /// The index of its first byte, in whichever bytes it points into.
    @inlinable package var offset: Int { Int(tagged & ~Self.decodedBit) }
    /// Where the text lies in whichever bytes it points into.
    @inlinable package var range: Range<Int> { offset..<offset + Int(count) }
}

/// A run of neighbours in one of a batch's side arrays.
package struct Run: Sendable, BitwiseCopyable {
    /// The index of the first neighbour.
    package var start: UInt32
    /// How many neighbours there are.
    package var count: UInt32

    @inlinable package init(start: Int = 0, count: Int = 0) {
        self.start = UInt32(truncatingIfNeeded: start)
        self.count = UInt32(truncatingIfNeeded: count)
    }

    /// The indices of the neighbours.
    @inlinable package var range: Range<Int> { Int(start)..<Int(start) + Int(count) }
    /// Whether there are none.
    @inlinable package var isEmpty: Bool { count == 0 }
}
