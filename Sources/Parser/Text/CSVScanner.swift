import Clinical

/// The marks that structure a table.
package struct CSVDialect: Sendable, Equatable {
    /// What stands between two cells.
    package var delimiter = UInt8(ascii: ",")
    /// What stands around a cell that holds a delimiter or a line end.
    package var quote = UInt8(ascii: "\"")

    /// The delimiters that are tried when none is named.
    static let usualDelimiters = [",", ";", "\t"].map { UInt8(ascii: $0) }

    package init() {}

    init(delimiter: UInt8, quote: UInt8) {
        self.delimiter = delimiter
        self.quote = quote
    }
}

/// Reads the rows of a table, by RFC 4180: quoted cells may hold delimiters and line ends, a doubled quote is a quote.
///
/// Rows end in LF, CRLF or CR. A quote inside a cell that does not begin with one is text.
struct CSVScanner: Sendable {
    /// What became of one row.
    enum Outcome {
        /// The row is in `cells`; the next one begins at `next`.
        case row(next: Int)
        /// The row's end has not come yet.
        case incomplete
        /// The row reaches up to `end` and cannot be read; reading goes on at `next`.
        case fault(RecordError, end: Int, next: Int)
        /// The row is over the limit, and the line that it is given up with has not ended yet.
        case endless(RecordError)
    }

    let dialect: CSVDialect
    let limit: Int
    /// The cells of the last row: text of the scanned bytes, or decoded.
    private(set) var cells: [TextSpan] = []
    /// The cell that was open at the limit began here.
    private var openAtLimit: Int?

    init(_ dialect: CSVDialect, limit: Int) {
        self.dialect = dialect
        self.limit = limit
    }

    /// Reads the row at `start`, in bytes of which those before `to` are valid; `isLast` says that no more will come.
    mutating func row(
        _ bytes: RawSpan, from start: Int, to: Int, isLast: Bool, into decoded: inout [UInt8]
    ) -> Outcome {
        cells.removeAll(keepingCapacity: true)
        openAtLimit = nil
        var index = start
        while true {
            let cellStart = index
            let isQuoted = index < to && bytes.at(index) == dialect.quote
            if isQuoted {
                guard let end = closedCell(bytes, index, start, to, &decoded) else {
                    return unclosed(bytes, openedAt: index, start, to, isLast)
                }
                index = end
            } else {
                index = plainEnd(bytes, index, to)
                cells.append(TextSpan(offset: cellStart, count: index - cellStart))
            }
            if index == to {
                if isLast { return finish(bytes, start, end: to, next: to, to: to, isLast) }
                return to - start > limit ? overLimit(bytes, start, to, isLast, isComplete: false) : .incomplete
            }
            let byte = bytes.at(index)
            if byte == dialect.delimiter {
                index += 1
            } else if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
                return finish(bytes, start, end: index, next: Lines.next(bytes, index, to: to), to: to, isLast)
            } else {
                return giveUp(RecordError(.quoting, at: index), bytes, lineOf: cellStart, start, to, isLast)
            }
        }
    }

    /// Keeps the quoted cell at `index`; returns the index after its closing quote, or nil when there is none.
    private mutating func closedCell(
        _ bytes: RawSpan, _ index: Int, _ start: Int, _ to: Int, _ decoded: inout [UInt8]
    ) -> Int? {
        var end = index + 1
        var doubled = false
        while true {
            while end < to, bytes.at(end) != dialect.quote { end += 1 }
            guard end < to else { return nil }
            guard end + 1 < to, bytes.at(end + 1) == dialect.quote else { break }
            doubled = true
            end += 2
        }
        if end - start >= limit, index - start <= limit, openAtLimit == nil { openAtLimit = index }
        if doubled {
            cells.append(undoubled(bytes, from: index + 1, to: end, &decoded))
        } else {
            cells.append(TextSpan(offset: index + 1, count: end - index - 1))
        }
        return end + 1
    }

    private func undoubled(_ bytes: RawSpan, from: Int, to: Int, _ decoded: inout [UInt8]) -> TextSpan {
        let first = decoded.count
        var index = from
        while index < to {
            decoded.append(bytes.at(index))
            index += bytes.at(index) == dialect.quote ? 2 : 1
        }
        return TextSpan(offset: first, count: decoded.count - first, decoded: true)
    }

    private func plainEnd(_ bytes: RawSpan, _ index: Int, _ to: Int) -> Int {
        var index = index
        while index < to {
            let byte = bytes.at(index)
            if byte == dialect.delimiter || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") { return index }
            index += 1
        }
        return to
    }

    private func finish(
        _ bytes: RawSpan, _ start: Int, end: Int, next: Int, to: Int, _ isLast: Bool
    ) -> Outcome {
        if end - start > limit { return overLimit(bytes, start, to, isLast, isComplete: true) }
        if let fault = Self.strayByte(bytes, from: start, to: end) { return .fault(fault, end: end, next: next) }
        return .row(next: next)
    }

    private mutating func unclosed(
        _ bytes: RawSpan, openedAt: Int, _ start: Int, _ to: Int, _ isLast: Bool
    ) -> Outcome {
        if to - start > limit {
            if openedAt - start <= limit, openAtLimit == nil { openAtLimit = openedAt }
            return overLimit(bytes, start, to, isLast, isComplete: false)
        }
        if !isLast { return .incomplete }
        return giveUp(RecordError(.unclosedQuote, at: openedAt), bytes, lineOf: openedAt, start, to, isLast)
    }

    /// Gives up a row that is over the limit: its first lines when a quote is to blame, else all up to a line's end.
    private func overLimit(_ bytes: RawSpan, _ start: Int, _ to: Int, _ isLast: Bool, isComplete: Bool) -> Outcome {
        if let opened = openAtLimit, let end = Lines.firstEnd(bytes, from: opened, to: min(to, start + limit)) {
            let error = RecordError(.unclosedQuote, at: opened)
            return .fault(error, end: end, next: Lines.next(bytes, end, to: to))
        }
        var error = RecordError(.tooLong)
        error.wanted = Int32(clamping: limit)
        guard let end = Lines.firstEnd(bytes, from: start + limit, to: to) else {
            return isLast ? .fault(error, end: to, next: to) : .endless(error)
        }
        return .fault(error, end: end, next: Lines.next(bytes, end, to: to))
    }

    /// Gives up the row up to the end of the line that holds `place`.
    private func giveUp(
        _ error: RecordError, _ bytes: RawSpan, lineOf place: Int, _ start: Int, _ to: Int, _ isLast: Bool
    ) -> Outcome {
        guard let end = Lines.firstEnd(bytes, from: place, to: to) else {
            if isLast { return .fault(error, end: to, next: to) }
            return to - start > limit ? .endless(error) : .incomplete
        }
        return .fault(error, end: end, next: Lines.next(bytes, end, to: to))
    }

    /// The fault of a row that holds a NUL byte or is not valid UTF-8.
    private static func strayByte(_ bytes: RawSpan, from: Int, to: Int) -> RecordError? {
        var isPlain = true
        for index in from..<to {
            let byte = bytes.at(index)
            if byte == 0 { return RecordError(.nullByte, at: index) }
            isPlain = isPlain && byte < 0x80
        }
        return isPlain || UTF8Check.isValid(bytes, from: from, to: to) ? nil : RecordError(.encoding, at: from)
    }
}
