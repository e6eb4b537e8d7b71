import Clinical

/// One JSON object a line, toxwatch's native form.
///
/// ```
/// {"patient":"P0042","time":"2026-03-01T08:15:00Z","code":"alt","value":212,"unit":"U/L","high":40}
/// ```
package enum NDJSONInput: InputFormat {
    /// The word for `--from`.
    package static let name = "ndjson"
    /// What it is, in one line.
    package static let summary = "one event a line as a JSON object (native form)"

    /// A JSON object begins with a brace.
    package static func recognizes(_ start: ArraySlice<UInt8>) -> Bool { start.first == UInt8(ascii: "{") }

    /// A reader at the beginning of one input.
    package static func reader(_ options: ReadingOptions) -> any RecordReader { NDJSONReader(options) }
}

/// Reads NDJSON line by line; a bad line costs only itself.
struct NDJSONReader: RecordReader {
    private let line: EventLine
    private let limit: Int
    private var familiar: FamiliarLines
    private var builder: EventBuilder
    /// Inside a line that was rejected for its length, whose end has not come yet.
    private var isSkipping = false

    init(_ options: ReadingOptions) {
        line = EventLine(options)
        familiar = FamiliarLines(line.tables, options)
        limit = options.recordLimit
        builder = EventBuilder(zone: options.zone)
    }

    mutating func read(
        _ batch: inout EventBatch, from: Int, to: Int, isLast: Bool, at place: inout InputPlace
    ) throws(InputError) -> Int {
        // The bytes are taken out while events go in, so that looking at them holds nothing else back.
        var input: [UInt8] = []
        swap(&input, &batch.bytes)
        swap(&builder.batch, &batch)
        defer {
            swap(&builder.batch, &batch)
            swap(&input, &batch.bytes)
        }
        if isLast, to > from { input[to] = UInt8(ascii: "\n") }
        return readLines(input.span.bytes, from: from, to: to, end: isLast && to > from ? to + 1 : to, &place)
    }

    mutating func change(to options: ReadingOptions) {
        let wasSkipping = isSkipping
        self = NDJSONReader(options)
        isSkipping = wasSkipping
    }

    /// Reads the lines that end in `bytes[from..<end]`, of which the input itself reaches up to `to`.
    private mutating func readLines(_ bytes: RawSpan, from: Int, to: Int, end: Int, _ place: inout InputPlace) -> Int {
        guard let lastNewline = Lines.lastNewline(bytes, from: from, to: end) else {
            return overflow(bytes, from: from, to: to, &place)
        }
        let base = place.offset &- UInt64(from)
        var start = from
        if isSkipping {
            start = Lines.end(bytes, from) + 1
            place.line += 1
            isSkipping = false
        } else if place.offset == 0 {
            start += Lines.byteOrderMark(bytes, at: from)
        }
        var line = LinePlace(start: start, last: lastNewline, number: place.line, base: base)
        while true {
            familiar.read(bytes, at: &line, into: &builder)
            if line.start > lastNewline { break }
            line.start = readLine(bytes, from: line.start, offset: base &+ UInt64(line.start), number: line.number) + 1
            line.number &+= 1
        }
        place.line = line.number
        let next = min(line.start, to)
        place.offset = base &+ UInt64(next)
        return next == to ? to : overflow(bytes, from: next, to: to, &place)
    }

    /// Reads the line at `start`; returns the index of its newline.
    @inline(__always)
    private mutating func readLine(_ bytes: RawSpan, from start: Int, offset: UInt64, number: UInt64) -> Int {
        let first = JSONScanner.skipBlanks(bytes, start)
        if bytes.at(first) == UInt8(ascii: "\n"), first &- start <= limit { return first }
        builder.begin(line: number, offset: offset)
        do throws(RecordError) {
            let end = try line.read(bytes, from: first, into: &builder)
            if end &- start <= limit || !isTooLong(bytes, start, end) {
                familiar.learn(builder.event, bytes, from: start, to: end)
                return end
            }
            builder.batch.events.removeLast()
            reject(RecordError(.tooLong), bytes, start, end)
            return end
        } catch {
            let end = Lines.end(bytes, start)
            reject(isTooLong(bytes, start, end) ? RecordError(.tooLong) : error, bytes, start, end)
            return end
        }
    }

    /// Whether a record that reaches up to `end` is over the limit; a carriage return at its end does not count.
    @inline(never)
    private func isTooLong(_ bytes: RawSpan, _ start: Int, _ end: Int) -> Bool {
        let excess = end - start - limit
        return excess > 1 || excess == 1 && bytes.at(end - 1) != UInt8(ascii: "\r")
    }

    @inline(never)
    private mutating func reject(_ error: RecordError, _ bytes: RawSpan, _ start: Int, _ end: Int) {
        builder.withdraw()
        let rejected = RejectedLine(error, bytes, from: start, to: min(end, start + limit), limit: limit)
        let (number, offset) = (builder.event.line, builder.event.offset)
        builder.batch.rejects.append(
            rejected.reject(line: number, offset: offset, words: line.tables.words, zone: builder.zone))
    }

    /// Gives up a line that is over the limit before its end has come; keeps any other for the next chunk.
    private mutating func overflow(_ bytes: RawSpan, from: Int, to: Int, _ place: inout InputPlace) -> Int {
        if !isSkipping {
            let start = place.offset == 0 ? from + Lines.byteOrderMark(bytes, at: from) : from
            guard isTooLong(bytes, start, to) else { return from }
            builder.begin(line: place.line, offset: place.offset + UInt64(start - from))
            reject(RecordError(.tooLong), bytes, start, to)
            isSkipping = true
        }
        place.offset += UInt64(to - from)
        return to
    }
}
