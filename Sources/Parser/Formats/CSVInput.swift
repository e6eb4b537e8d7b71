import Clinical

/// A table with a header, one event or one report a row; which columns mean what is told by `sources:` in the config.
///
/// ```
/// patient,time,code,value,unit
/// P0042,2026-03-01T08:15:00Z,alt,212,U/L
/// ```
package enum CSVInput: InputFormat {
    /// The word for `--from`.
    package static let name = "csv"
    /// What it is, in one line.
    package static let summary =
        "a table with a header; its columns are mapped by `sources:` or bear the members' names"

    /// Any text may be a table.
    package static func recognizes(_ start: ArraySlice<UInt8>) -> Bool { true }

    /// A reader at the beginning of one input.
    package static func reader(_ options: ReadingOptions) -> any RecordReader { CSVReader(options) }
}

/// Reads a table row by row; a bad row costs only itself.
struct CSVReader: RecordReader {
    private(set) var notes: [String] = []
    private var options: ReadingOptions
    private var tables: EventTables
    private var builder: EventBuilder
    /// What reads the rows, once the header has come.
    private var rows: TableRows?
    /// The first bytes, as many as told the header.
    private var opening: [UInt8] = []
    /// Text of an input that is not UTF-8, turned into UTF-8 as far as it has come and was not read yet.
    private var text: [UInt8] = []
    private var transcoder: Transcoder?

    init(_ options: ReadingOptions) {
        self.options = options
        tables = EventTables(options.vocabulary)
        builder = EventBuilder(zone: options.zone)
    }

    mutating func read(
        _ batch: inout EventBatch, from: Int, to: Int, isLast: Bool, at place: inout InputPlace
    ) throws(InputError) -> Int {
        var start = from
        if rows == nil {
            guard let found = try TableOpening(options).read(batch.bytes[from..<to], isLast: isLast) else {
                return isLast ? to : from
            }
            opening = Array(batch.bytes[from..<to])
            notes = found.mapping.mapping.notes
            rows = TableRows(found.mapping, tables, options)
            if found.encoding != .utf8 { transcoder = Transcoder(found.encoding) }
            start += found.markLength
            place.offset += transcoder == nil ? UInt64(found.markLength) : 0
        }
        var input: [UInt8] = []
        swap(&input, &batch.bytes)
        swap(&builder.batch, &batch)
        defer {
            swap(&builder.batch, &batch)
            swap(&input, &batch.bytes)
        }
        guard transcoder != nil else {
            return rows?.read(input.span.bytes, from: start, to: to, isLast, isStable: true, &builder, &place) ?? to
        }
        var text: [UInt8] = []
        swap(&text, &self.text)
        transcoder?.append(input[start..<to], isLast: isLast, to: &text)
        let count = text.count
        text.append(contentsOf: [UInt8](repeating: 0, count: EventBatch.padding))
        let done = rows?.read(text.span.bytes, from: 0, to: count, isLast, isStable: false, &builder, &place)
        text.removeSubrange(count...)
        text.removeSubrange(..<(done ?? count))
        swap(&text, &self.text)
        return to
    }

    mutating func change(to options: ReadingOptions) throws(InputError) {
        let tables = EventTables(options.vocabulary)
        if rows != nil {
            // That the header is whole is known, not that it is followed by anything.
            guard let found = try TableOpening(options).read(opening[...], isLast: true) else { return }
            rows?.change(to: found.mapping, tables, options)
            notes += found.mapping.mapping.notes.filter { !notes.contains($0) }
        }
        self.options = options
        self.tables = tables
        builder = EventBuilder(zone: options.zone)
    }
}
