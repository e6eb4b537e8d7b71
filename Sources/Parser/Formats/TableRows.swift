import Clinical

/// Reads the rows of a table whose mapping is known, keeping lines and offsets.
struct TableRows: Sendable {
    private var mapper: RowMapper
    private var tables: EventTables
    private var limit: Int
    private var scanner: CSVScanner
    private var isHeaderPending = true
    /// Inside a row that was rejected for its length, whose line has not ended yet.
    private var isSkipping = false
    /// The last row ended in CR at the end of what had come: an LF that comes next belongs to it.
    private var skipsLineFeed = false

    init(_ mapping: BoundMapping, _ tables: EventTables, _ options: ReadingOptions) {
        mapper = RowMapper(mapping, tables, siteZone: options.zone)
        self.tables = tables
        limit = options.recordLimit
        scanner = CSVScanner(mapping.mapping.dialect, limit: limit)
    }

    /// Reads the rows that come next by another mapping of the same header.
    mutating func change(to mapping: BoundMapping, _ tables: EventTables, _ options: ReadingOptions) {
        let former = self
        self = TableRows(mapping, tables, options)
        isHeaderPending = former.isHeaderPending
        isSkipping = former.isSkipping
        skipsLineFeed = former.skipsLineFeed
    }

    /// Reads the whole rows in `bytes[from..<to]`; returns the index of the first byte that was not read.
    ///
    /// `isStable` says that the bytes are the batch's own, so that records may point into them.
    mutating func read(
        _ bytes: RawSpan, from: Int, to: Int, _ isLast: Bool, isStable: Bool, _ out: inout EventBuilder,
        _ place: inout InputPlace
    ) -> Int {
        var index = from
        while index < to {
            if skipsLineFeed {
                skipsLineFeed = false
                if bytes.at(index) == UInt8(ascii: "\n") {
                    index += 1
                    place.offset += 1
                    continue
                }
            }
            let next: Int
            if isSkipping {
                let end = Lines.firstEnd(bytes, from: index, to: to)
                next = end.map { Lines.next(bytes, $0, to: to) } ?? to
                isSkipping = end == nil
            } else {
                guard let end = row(bytes, index, to, isLast, isStable, &out, place) else { return index }
                next = end
            }
            place.line += Lines.count(bytes, from: index, to: next)
            place.offset += UInt64(next - index)
            skipsLineFeed = next == to && !isLast && bytes.at(next - 1) == UInt8(ascii: "\r")
            index = next
        }
        return index
    }

    /// Reads the row at `start`; returns the index after it, or nil when its end has not come yet.
    private mutating func row(
        _ bytes: RawSpan, _ start: Int, _ to: Int, _ isLast: Bool, _ isStable: Bool, _ out: inout EventBuilder,
        _ place: InputPlace
    ) -> Int? {
        let mark = RowMark(out.batch)
        switch scanner.row(bytes, from: start, to: to, isLast: isLast, into: &out.batch.decoded) {
        case .incomplete:
            mark.restore(&out.batch)
            return nil
        case .endless(let error):
            reject(error, bytes, start, start + limit, mark, &out, place)
            isSkipping = true
            return to
        case .fault(let error, let end, let next):
            reject(error, bytes, start, end, mark, &out, place)
            return next
        case .row(let next):
            if isBlank(bytes, &out) { return next }
            if isHeaderPending {
                isHeaderPending = false
                return next
            }
            let row = RowMapper.Row(cells: scanner.cells, line: place.line, offset: place.offset, isStable: isStable)
            do throws(RecordError) {
                if try !mapper.read(row, bytes, into: &out) { out.batch.skipped += 1 }
            } catch {
                reject(error, bytes, start, Self.trimmedEnd(bytes, start, next), mark, &out, place)
            }
            return next
        }
    }

    private func isBlank(_ bytes: RawSpan, _ out: inout EventBuilder) -> Bool {
        scanner.cells.allSatisfy { out.isBlank($0, bytes) }
    }

    private mutating func reject(
        _ error: RecordError, _ bytes: RawSpan, _ start: Int, _ end: Int, _ mark: RowMark, _ out: inout EventBuilder,
        _ place: InputPlace
    ) {
        let patient = mapper.patient(scanner.cells, bytes, &out)
        let time = mapper.time(scanner.cells, bytes, &out)
        mark.restore(&out.batch)
        let formats = mapper.bound.cell(of: error.member)?.patterns.map(\.text) ?? []
        let reason = error.sentence(
            from: start, words: tables.words, columns: mapper.bound.header, formats: formats)
        out.batch.rejects.append(
            Reject(
                code: error.fault.code, reason: reason, line: place.line, offset: place.offset,
                raw: (start..<min(end, start + limit)).map { bytes.at($0) }, patients: patient.map { [$0] } ?? [],
                time: time))
    }

    /// The end of a row without its line end.
    private static func trimmedEnd(_ bytes: RawSpan, _ start: Int, _ next: Int) -> Int {
        var end = next
        while end > start, bytes.at(end - 1) == UInt8(ascii: "\n") || bytes.at(end - 1) == UInt8(ascii: "\r") {
            end -= 1
        }
        return end
    }
}

/// How full a batch was before a row, so that a rejected row leaves nothing behind.
private struct RowMark {
    private let events, answers, names, decoded: Int

    init(_ batch: borrowing EventBatch) {
        events = batch.events.count
        answers = batch.answers.count
        names = batch.names.count
        decoded = batch.decoded.count
    }

    func restore(_ batch: inout EventBatch) {
        batch.events.removeSubrange(events...)
        batch.answers.removeSubrange(answers...)
        batch.names.removeSubrange(names...)
        batch.decoded.removeSubrange(decoded...)
    }
}
