package import Clinical

/// Turns the bytes of one input into events, chunk by chunk, without ever opening a file itself.
///
/// ```swift
/// var reader = EventReader(options, format: NDJSONInput.self)
/// var batch = EventBatch()
/// repeat {
///     let room = reader.makeRoom(in: &batch)          // where the next bytes go
///     let count = read(into: &batch.bytes, room)      // by the front door
///     try reader.read(into: &batch, added: count, isLast: count == 0)
///     // use batch.events, batch.rejects
/// } while count > 0
/// ```
package struct EventReader: Sendable {
    /// Where the first unread byte stands in the input.
    package private(set) var place = InputPlace()
    /// The format, once it is known.
    package private(set) var format: (any InputFormat.Type)?

    /// What people should know of the input, such as columns that are ignored; each once, growing as it is read.
    package var notes: [String] { reader?.notes ?? [] }

    private var options: ReadingOptions
    private var reader: (any RecordReader)?
    /// The unread bytes: `batch.bytes[unread..<filled]`.
    private var unread = 0
    private var filled = 0

    /// A reader at the beginning of an input; without a format, the input's first bytes decide.
    package init(_ options: ReadingOptions, format: (any InputFormat.Type)? = nil) {
        self.options = options
        self.format = format
        reader = format?.reader(options)
    }

    /// Empties the batch, moves what was not read yet to the front of its bytes, and returns where the next bytes go.
    ///
    /// Everything that the batch's records point to is lost with it.
    package mutating func makeRoom(in batch: inout EventBatch) -> Range<Int> {
        batch.removeRecords()
        let carried = filled - unread
        if unread > 0, carried > 0 {
            batch.bytes.withUnsafeMutableBytes { bytes in
                let tail = UnsafeRawBufferPointer(rebasing: bytes[unread..<filled])
                bytes.copyMemory(from: tail)
            }
        }
        unread = 0
        filled = carried
        let wanted = carried + options.chunkSize + EventBatch.padding
        if batch.bytes.count < wanted {
            // Doubled, so that a long record is not copied again for every chunk of it.
            let size = max(wanted, batch.bytes.count * 2)
            batch.bytes.append(contentsOf: [UInt8](repeating: 0, count: size - batch.bytes.count))
        }
        return carried..<carried + options.chunkSize
    }

    /// Reads the records that are whole, now that `added` bytes were put into the room.
    ///
    /// `isLast` says that no more bytes will come, so that a last line without a newline counts. Throws when the input
    /// is not of its format at all.
    package mutating func read(into batch: inout EventBatch, added: Int, isLast: Bool) throws(InputError) {
        filled += added
        for index in filled..<filled + EventBatch.padding { batch.bytes[index] = 0 }
        if reader == nil { recognize(batch.bytes[unread..<filled], isLast: isLast) }
        unread = try reader?.read(&batch, from: unread, to: filled, isLast: isLast, at: &place) ?? unread
    }

    /// Reads what comes next under other options, such as those of another pack, in the same place of the same format.
    ///
    /// Throws when a table's header means nothing under them; all stays as it was then.
    package mutating func change(to options: ReadingOptions) throws(InputError) {
        try reader?.change(to: options)
        self.options = options
    }

    /// Chooses the format by the first byte that is no blank.
    private mutating func recognize(_ bytes: ArraySlice<UInt8>, isLast: Bool) {
        if !isLast, bytes.count < 3, ArraySlice([0xEF, 0xBB, 0xBF]).starts(with: bytes) { return }
        let withoutMark = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes
        let start = withoutMark.drop { [0x20, 0x09, 0x0A, 0x0D].contains($0) }
        guard !start.isEmpty || isLast || bytes.count > options.recordLimit else { return }
        let chosen = InputFormats.all.first { $0.recognizes(start) } ?? InputFormats.all.last
        format = chosen
        reader = chosen?.reader(options)
    }
}
