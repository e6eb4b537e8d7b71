package import Clinical

/// A way in which events come in.
package protocol InputFormat: Sendable {
    /// The word for `--from`.
    static var name: String { get }
    /// What it is, in one line.
    static var summary: String { get }
    /// Whether input that begins with these bytes, blanks left out, is of this format.
    static func recognizes(_ start: ArraySlice<UInt8>) -> Bool
    /// A reader at the beginning of one input.
    static func reader(_ options: ReadingOptions) -> any RecordReader
}

/// Reads the records of one input, chunk by chunk.
package protocol RecordReader: Sendable {
    /// Puts every whole record of `batch.bytes[from..<to]` into the batch as an event or a reject.
    ///
    /// At least `EventBatch.padding` bytes may be looked at past `to`. `place` is where `from` stands in the input, and
    /// becomes where the first unread byte stands. Returns the index of that byte.
    mutating func read(
        _ batch: inout EventBatch, from: Int, to: Int, isLast: Bool, at place: inout InputPlace
    ) throws(InputError) -> Int

    /// Reads what comes next under other options, such as those of another pack; on an error all stays as it was.
    mutating func change(to options: ReadingOptions) throws(InputError)

    /// What people should know of the input, found in what was read so far, each once.
    var notes: [String] { get }
}

extension RecordReader {
    /// Nothing.
    package var notes: [String] { [] }
}

/// A place in an input.
package struct InputPlace: Sendable, Equatable {
    /// The line, from 1.
    package var line: UInt64 = 1
    /// Bytes before it; for a table in another encoding than UTF-8, bytes of its text in UTF-8.
    package var offset: UInt64 = 0

    package init() {}
}

/// Input in which not one record can be framed, because it is not of the format it was said to be.
package struct InputError: Error, Sendable, Equatable {
    /// A short stable code such as `csv.no_mapping`.
    package var code: String
    /// What is wrong, what was found and how to mend it.
    package var message: String

    /// An error with its code and message.
    package init(code: String, message: String) {
        self.code = code
        self.message = message
    }
}

/// The list of input formats; a new one is a file in `Formats/` and a line here.
package enum InputFormats {
    /// In the order in which they are tried on input of unknown format; the last one takes what no other recognizes.
    package static let all: [any InputFormat.Type] = [NDJSONInput.self, CSVInput.self]

    /// The format of that name.
    package static func named(_ name: String) -> (any InputFormat.Type)? { all.first { $0.name == name } }
}
