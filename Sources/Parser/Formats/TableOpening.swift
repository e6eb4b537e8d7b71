import Clinical

/// Reads the beginning of a table: its encoding, its header, and with these which mapping it is for.
struct TableOpening {
    private let options: ReadingOptions

    /// What the beginning told.
    struct Finding {
        var mapping: BoundMapping
        var encoding: TextEncoding
        /// Bytes of the byte order mark.
        var markLength: Int
    }

    init(_ options: ReadingOptions) { self.options = options }

    /// Nil when the header has not come yet, or when nothing ever came.
    func read(_ start: ArraySlice<UInt8>, isLast: Bool) throws(InputError) -> Finding? {
        if !isLast, TextEncoding.mayBeMark(start) { return nil }
        let mark = TextEncoding.told(by: start)
        let body = start.dropFirst(mark?.length ?? 0)
        let choice = MappingChoice(sources: options.sources, name: options.source)
        let tables = try choice.candidates() + [SourceMapping(name: "")]
        var headers: [HeaderKey: [String]] = [:]
        for mapping in tables {
            let encoding = mark?.0 ?? mapping.encoding
            for delimiter in Set([mapping.dialect.delimiter, UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")])
            {
                var dialect = mapping.dialect
                dialect.delimiter = delimiter
                guard let names = try names(body, encoding, dialect, isLast) else { return nil }
                headers[HeaderKey(encoding: encoding, delimiter: delimiter, quote: dialect.quote)] = names
            }
        }
        if headers.values.allSatisfy(\.isEmpty) { return nil }
        let mapping = try choice.choose { mapping in
            let encoding = mark?.0 ?? mapping.encoding
            let dialect = mapping.dialect
            return headers[HeaderKey(encoding: encoding, delimiter: dialect.delimiter, quote: dialect.quote)] ?? []
        }
        return Finding(mapping: mapping, encoding: mark?.0 ?? mapping.mapping.encoding, markLength: mark?.length ?? 0)
    }

    private struct HeaderKey: Hashable {
        var encoding: TextEncoding
        var delimiter: UInt8
        var quote: UInt8
    }

    /// The names in the first row that is not blank; nil when its end has not come, empty when there is none.
    private func names(
        _ body: ArraySlice<UInt8>, _ encoding: TextEncoding, _ dialect: CSVDialect, _ isLast: Bool
    ) throws(InputError) -> [String]? {
        var text: [UInt8] = []
        var transcoder = Transcoder(encoding)
        transcoder.append(body.prefix(options.recordLimit * 4), isLast: isLast, to: &text)
        let count = text.count
        text.append(contentsOf: [UInt8](repeating: 0, count: EventBatch.padding))
        var scanner = CSVScanner(dialect, limit: options.recordLimit)
        var decoded: [UInt8] = []
        var index = 0
        while index < count {
            switch scanner.row(text.span.bytes, from: index, to: count, isLast: isLast, into: &decoded) {
            case .incomplete: return nil
            case .fault(let error, _, _), .endless(let error):
                throw .badHeader(error.sentence(from: index, words: .all))
            case .row(let next):
                let names = scanner.cells.map { Self.name($0.isDecoded ? decoded[$0.range] : text[$0.range]) }
                if names.contains(where: { !$0.isEmpty }) { return names }
                index = next
            }
        }
        return isLast ? [] : nil
    }

    private static func name(_ bytes: ArraySlice<UInt8>) -> String {
        let trimmed = bytes.drop { $0 <= 0x20 }.reversed().drop { $0 <= 0x20 }.reversed()
        return String(decoding: Array(trimmed), as: UTF8.self)
    }
}
