import Clinical

/// A text that an id is hashed from, put together in room that is used again.
struct IDText: Sendable {
    /// What was put in is the first `count` of these.
    private(set) var bytes = [UInt8](repeating: 0, count: 256)
    private(set) var count = 0

    /// Begins a new text.
    mutating func begin() { count = 0 }

    /// Appends a part with its length before it, so that no two lists of parts look the same.
    mutating func append(part: RawSpan) {
        append(UInt32(truncatingIfNeeded: part.byteCount).bigEndian)
        append(part)
    }

    /// Appends bytes as they are.
    mutating func append(_ part: RawSpan) {
        makeRoom(part.byteCount)
        bytes.withUnsafeMutableBytes { room in
            let target = UnsafeMutableRawBufferPointer(rebasing: room[count..<count + part.byteCount])
            part.withUnsafeBytes { target.copyMemory(from: $0) }
        }
        count += part.byteCount
    }

    /// Appends a number as it lies in memory.
    mutating func append(_ number: some FixedWidthInteger & BitwiseCopyable) {
        let size = number.bitWidth / 8
        makeRoom(size)
        bytes.withUnsafeMutableBytes { $0.storeBytes(of: number, toByteOffset: count, as: type(of: number)) }
        count += size
    }

    private mutating func makeRoom(_ more: Int) {
        if bytes.count < count + more { bytes += [UInt8](repeating: 0, count: max(bytes.count, more)) }
    }
}
