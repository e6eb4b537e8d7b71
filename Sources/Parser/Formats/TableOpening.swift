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
        if let finding = try find(start, isLast: isLast) { return finding }
        // Blanks without end would be looked through again and again.
        if isLast || start.count <= options.recordLimit * 2 { return nil }
        throw .badHeader("it does not come within the first \(options.recordLimit * 2) bytes")
    }

    private func find(_ start: ArraySlice<UInt8>, isLast: Bool) throws(InputError) -> Finding? {
        if !isLast, TextEncoding.mayBeMark(start) { return nil }
        let mark = TextEncoding.told(by: start)
        let body = start.dropFirst(mark?.length ?? 0)
        let choice = MappingChoice(sources: options.sources, name: options.source)
        let tables = try choice.candidates() + [SourceMapping(name: "")]
        var headers: [HeaderKey: Header] = [:]
        for mapping in tables.flatMap(\.spellings) {
            let key = HeaderKey(mapping, mark?.0)
            guard headers[key] == nil else { continue }
            guard let header = header(body, key, isLast) else { return nil }
            headers[key] = header
        }
        if headers.values.allSatisfy({ $0 == .success([]) }) { return nil }
        let mapping = try choice.choose { headers[HeaderKey($0, mark?.0)] ?? .success([]) }
        return Finding(mapping: mapping, encoding: mark?.0 ?? mapping.mapping.encoding, markLength: mark?.length ?? 0)
    }

    private struct HeaderKey: Hashable {
        var encoding: TextEncoding
        var delimiter: UInt8
        var quote: UInt8

        /// What a header must be read with for a mapping, when a mark told the encoding or none did.
        init(_ mapping: SourceMapping, _ told: TextEncoding?) {
            encoding = told ?? mapping.encoding
            delimiter = mapping.dialect.delimiter
            quote = mapping.dialect.quote
        }
    }

    /// The names in the first row that is not blank; nil when its end has not come, empty when there is none.
    private func header(_ body: ArraySlice<UInt8>, _ key: HeaderKey, _ isLast: Bool) -> Header? {
        var text: [UInt8] = []
        var transcoder = Transcoder(key.encoding)
        transcoder.append(body.prefix(options.recordLimit * 4), isLast: isLast, to: &text)
        let count = text.count
        text.append(contentsOf: [UInt8](repeating: 0, count: EventBatch.padding))
        var scanner = CSVScanner(CSVDialect(delimiter: key.delimiter, quote: key.quote), limit: options.recordLimit)
        var decoded: [UInt8] = []
        var index = 0
        while index < count {
            switch scanner.row(text.span.bytes, from: index, to: count, isLast: isLast, into: &decoded) {
            case .incomplete: return nil
            case .fault(let error, _, _), .endless(let error):
                return .failure(.badHeader(error.sentence(from: index, words: .all)))
            case .row(let next):
                let names = scanner.cells.map { Self.name($0.isDecoded ? decoded[$0.range] : text[$0.range]) }
                if names.contains(where: { !$0.isEmpty }) { return .success(names) }
                index = next
            }
        }
        return isLast ? .success([]) : nil
    }

    private static func name(_ bytes: ArraySlice<UInt8>) -> String {
        let trimmed = bytes.drop { $0 <= 0x20 }.reversed().drop { $0 <= 0x20 }.reversed()
        return String(decoding: Array(trimmed), as: UTF8.self)
    }
}
