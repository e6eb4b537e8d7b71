/// Bytes on their way out: writers fill it, the front door writes it out and empties it, and its room is used again.
package struct OutputBuffer: Sendable {
    // Its count is the room; the bytes from `count` on are stale. Eight spare bytes let a piece be stored by whole words.
    private var storage: [UInt8]

    /// How many bytes wait to be written.
    package private(set) var count = 0

    private static let spare = 8

    package init(capacity: Int = 1 << 16) {
        storage = Array(repeating: 0, count: max(0, capacity) + Self.spare)
    }

    package var isEmpty: Bool { count == 0 }

    /// A copy of the waiting bytes, for tests and messages.
    package var bytes: [UInt8] { Array(storage[..<count]) }

    /// The waiting bytes as text, for tests and messages.
    package var string: String { String(decoding: storage[..<count], as: UTF8.self) }

    /// Lends the waiting bytes, in place, to whoever writes them out.
    package func withBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let waiting = count
        return try storage.withUnsafeBufferPointer { (room) throws(Failure) in
            try body(UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: room[..<waiting])))
        }
    }

    /// Forgets the bytes, keeps the room.
    package mutating func removeAll() { count = 0 }

    /// Drops the bytes after the first `length`, to take back a record begun in vain.
    package mutating func truncate(to length: Int) { count = min(count, max(0, length)) }

    /// Appends text of the program itself.
    @inline(__always)
    package mutating func append(_ text: StaticString) {
        text.withUTF8Buffer { append(UnsafeRawBufferPointer($0)) }
    }

    /// Appends text as it is: for JSON and for people's eyes see the escaping appends.
    package mutating func append(verbatim text: String) {
        var copy = text
        copy.withUTF8 { append(UnsafeRawBufferPointer($0)) }
    }

    /// Appends one byte.
    @inline(__always)
    package mutating func append(_ byte: UInt8) { place(UInt64(byte), length: 1) }

    /// Appends bytes as they are.
    @inline(__always)
    package mutating func append(_ source: UnsafeRawBufferPointer) {
        reserve(source.count)
        let range = count..<count &+ source.count
        storage.withUnsafeMutableBytes { room in
            UnsafeMutableRawBufferPointer(rebasing: room[range]).copyMemory(from: source)
        }
        count = range.upperBound
    }

    /// Appends the bytes of an array as they are.
    package mutating func append(_ source: [UInt8]) {
        source.withUnsafeBytes { append($0) }
    }

    /// Appends the first `length` (at most 8) bytes of a word, lowest first.
    @inline(__always)
    mutating func place(_ word: UInt64, length: Int) {
        reserve(8)
        let start = count
        var span = storage.mutableSpan
        var room = span.mutableBytes
        room.storeBytes(of: word.littleEndian, toByteOffset: start, as: UInt64.self)
        count = start &+ length
    }

    /// Makes room for `more` bytes.
    @inline(__always)
    mutating func reserve(_ more: Int) {
        if storage.count &- count < more &+ Self.spare { grow(more) }
    }

    @inline(never)
    private mutating func grow(_ more: Int) {
        let room = storage.count
        let wanted = max(room * 2, count + more + Self.spare)
        storage.append(contentsOf: repeatElement(0, count: wanted - room))
    }
}
