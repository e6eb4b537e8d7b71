import Clinical
import Config

/// Takes a roster apart into rows.
struct RosterRows {
    private let file: String
    private var text: [UInt8]
    /// Where the text ends and the padding begins.
    private let end: Int
    private var rows: [RosterRow] = []
    private var namesMet: Set<String> = []

    /// The rows of a roster; those that cannot be read are mistakes.
    static func read(_ bytes: [UInt8], file: String, _ mistakes: inout Mistakes) -> [RosterRow] {
        var reader = RosterRows(bytes, file)
        let first = reader.text.first { $0 > 0x20 }
        if first == nil {
            mistakes.add(
                at: Mark(file: file, line: 1), "the roster is empty",
                help: "its first line names the columns, such as patient,agent,started; each line below is a treatment")
        }
        if first == UInt8(ascii: "{") { reader.readLines(&mistakes) } else { reader.readTable(&mistakes) }
        return reader.rows
    }

    private init(_ bytes: [UInt8], _ file: String) {
        self.file = file
        let mark = TextEncoding.told(by: bytes[...])
        var transcoder = Transcoder(mark?.0 ?? .utf8)
        text = []
        transcoder.append(bytes.dropFirst(mark?.length ?? 0), isLast: true, to: &text)
        end = text.count
        text += [UInt8](repeating: UInt8(ascii: "\n"), count: EventBatch.padding)
    }

    private mutating func readTable(_ mistakes: inout Mistakes) {
        var scanner = CSVScanner(dialect(), limit: 1 << 20)
        var header: (names: [String], line: Int)?
        var line = 1
        var index = 0
        while index < end {
            var decoded: [UInt8] = []
            let outcome = scanner.row(text.span.bytes, from: index, to: end, isLast: true, into: &decoded)
            let start = index
            switch outcome {
            case .row(let next):
                let cells = scanner.cells.map {
                    String(decoding: $0.isDecoded ? decoded[$0.range] : text[$0.range], as: UTF8.self)
                }
                index = next
                if cells.allSatisfy({ RosterRow.values($0, of: "").isEmpty }) { break }
                if let header {
                    take(cells, header, line, &mistakes)
                } else {
                    header = (cells.map { RosterRow.values($0, of: "").first ?? "" }, line)
                    checkHeader(header?.names ?? [], line, &mistakes)
                }
            case .fault(let error, _, let next):
                mistakes.add(at: Mark(file: file, line: line), error.sentence(from: start, words: .all))
                index = next
            case .incomplete, .endless: index = end
            }
            line += Int(Lines.count(text.span.bytes, from: start, to: index))
        }
    }

    /// The delimiter with which the first line has a column `patient`.
    private func dialect() -> CSVDialect {
        var dialect = CSVDialect()
        let line = text[..<end].drop { $0 <= 0x20 }.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
        for delimiter in [UInt8(ascii: ";"), UInt8(ascii: "\t")] where !line.contains(UInt8(ascii: ",")) {
            if line.contains(delimiter) { dialect.delimiter = delimiter }
        }
        return dialect
    }

    private mutating func checkHeader(_ names: [String], _ line: Int, _ mistakes: inout Mistakes) {
        let mark = Mark(file: file, line: line)
        if !names.contains("patient") { mistakes.add(at: mark, "the roster has no column 'patient'") }
        for name in names where !name.isEmpty { check(name, mark, &mistakes) }
        for name in Set(names) where !name.isEmpty && names.count(where: { $0 == name }) > 1 {
            mistakes.add(at: mark, "two columns are named '\(name)'")
        }
    }

    private mutating func check(_ name: String, _ mark: Mark, _ mistakes: inout Mistakes) {
        guard namesMet.insert(name).inserted, !RosterRow.knows(name) else { return }
        mistakes.addUnknown("column", name, known: RosterRow.columns, at: mark)
    }

    private mutating func take(
        _ cells: [String], _ header: (names: [String], line: Int), _ line: Int, _ mistakes: inout Mistakes
    ) {
        let extra = cells.dropFirst(header.names.count)
        guard cells.count >= header.names.count, extra.allSatisfy(\.isEmpty) else {
            let problem = "the row has \(cells.count) cells, the header \(header.names.count)"
            return mistakes.add(at: Mark(file: file, line: line), problem)
        }
        let fields = zip(header.names, cells).compactMap { name, cell -> RosterRow.Field? in
            let values = RosterRow.values(cell, of: name)
            return values.isEmpty || name.isEmpty ? nil : RosterRow.Field(name: name, values: values)
        }
        rows.append(RosterRow(line: line, headerLine: header.line, fields: fields))
    }

    private mutating func readLines(_ mistakes: inout Mistakes) {
        text[end] = UInt8(ascii: "\n")
        var line = 1
        var index = 0
        while index < end {
            let start = index
            index = Lines.end(text.span.bytes, start) + 1
            let mark = Mark(file: file, line: line)
            if JSONScanner.skipBlanks(text.span.bytes, start) < index - 1 {
                do throws(RecordError) {
                    let fields = try RosterLine.fields(text.span.bytes, start)
                    for field in fields { check(field.name, mark, &mistakes) }
                    let said = fields.filter { !$0.values.isEmpty }
                    rows.append(RosterRow(line: line, headerLine: line, fields: said.sorted { $0.name < $1.name }))
                } catch {
                    mistakes.add(at: mark, error.sentence(from: start, words: .all))
                }
            }
            line += 1
        }
    }
}
