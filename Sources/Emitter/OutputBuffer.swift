/// Bytes on their way out: writers fill it, the front door writes it out and empties it, and its room is used again.
///
/// It owns its room and cannot be copied, so that appending is a comparison and a store.
package struct OutputBuffer: ~Copyable {
    private var room: UnsafeMutableRawPointer
    // The size of the room without its spare bytes.
    private var capacity: Int

    /// How many bytes wait to be written.
    package private(set) var count = 0

    // A piece may be stored by whole blocks, past its end.
    private static let spare = 32

    /// An empty buffer with room for `capacity` bytes; it grows when more come.
    package init(capacity: Int = 1 << 16) {
        self.capacity = max(64, capacity)
        room = .allocate(byteCount: self.capacity + Self.spare, alignment: 16)
    }

    deinit { room.deallocate() }

    /// Whether nothing waits to be written.
    package var isEmpty: Bool { count == 0 }

    /// A copy of the waiting bytes, for tests and messages.
    package var bytes: [UInt8] { Array(UnsafeRawBufferPointer(start: room, count: count)) }

    /// The waiting bytes as text, for tests and messages.
    package var string: String { String(decoding: UnsafeRawBufferPointer(start: room, count: count), as: UTF8.self) }

    /// Lends the waiting bytes, in place, to whoever writes them out.
    package func withBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(UnsafeRawBufferPointer(start: room, count: count))
    }

    /// Forgets the bytes, keeps the room.
    package mutating func removeAll() { count = 0 }

    /// Drops the bytes after the first `length`, to take back a record begun in vain.
    package mutating func truncate(to length: Int) { count = min(count, max(0, length)) }

    /// Appends text of the program itself.
    @inline(__always)
    package mutating func append(_ text: StaticString) {
        let length = text.utf8CodeUnitCount
        reserve(length)
        (room + count).copyMemory(from: text.utf8Start, byteCount: length)
        count &+= length
    }

    /// Appends text as it is: for JSON and for people's eyes see the escaping appends.
    package mutating func append(verbatim text: String) {
        append(Array(text.utf8))
    }

    /// Appends the bytes of an array as they are.
    package mutating func append(_ source: [UInt8]) {
        reserve(source.count)
        source.withUnsafeBytes { bytes in
            UnsafeMutableRawBufferPointer(start: room + count, count: bytes.count).copyMemory(from: bytes)
        }
        count &+= source.count
    }

    /// Appends one byte.
    @inline(__always)
    package mutating func append(_ byte: UInt8) {
        reserve(1)
        room.storeBytes(of: byte, toByteOffset: count, as: UInt8.self)
        count &+= 1
    }

    /// Appends the first `length` (at most 8) bytes of a word, lowest first.
    @inline(__always)
    mutating func place(_ word: UInt64, length: Int) {
        reserve(8)
        room.storeBytes(of: word.littleEndian, toByteOffset: count, as: UInt64.self)
        count &+= length
    }

    /// Appends `source[run]`, of which at least 16 readable bytes follow the run, by whole blocks.
    @inline(__always)
    mutating func append(_ run: Range<Int>, ofPadded source: RawSpan) {
        reserve(run.count)
        var index = run.lowerBound
        var target = count
        while index < run.upperBound {
            let block = source.unsafeLoadUnaligned(fromByteOffset: index, as: SIMD2<UInt64>.self)
            room.storeBytes(of: block, toByteOffset: target, as: SIMD2<UInt64>.self)
            index &+= 16
            target &+= 16
        }
        count &+= run.count
    }

    /// Makes room for `more` bytes.
    @inline(__always)
    mutating func reserve(_ more: Int) {
        if capacity &- count < more { grow(more) }
    }

    @inline(never)
    private mutating func grow(_ more: Int) {
        let wanted = max(capacity * 2, count + more)
        let fresh = UnsafeMutableRawPointer.allocate(byteCount: wanted + Self.spare, alignment: 16)
        fresh.copyMemory(from: room, byteCount: count)
        room.deallocate()
        room = fresh
        capacity = wanted
    }
}
