import Clinical
import Testing

@testable import Parser

struct CSVScannerTests {
    /// The rows of a whole table; a fault is a row that holds its code alone.
    static func rows(
        _ bytes: [UInt8], _ dialect: CSVDialect = CSVDialect(), encoding: TextEncoding = .utf8, limit: Int = 1 << 20
    ) -> [[String]] {
        var text: [UInt8] = []
        let mark = TextEncoding.told(by: bytes[...])
        var transcoder = Transcoder(mark?.0 ?? encoding)
        transcoder.append(bytes.dropFirst(mark?.length ?? 0), isLast: true, to: &text)
        let count = text.count
        text += [UInt8](repeating: 0, count: EventBatch.padding)
        var scanner = CSVScanner(dialect, limit: limit)
        var rows: [[String]] = []
        var index = 0
        while index < count {
            var decoded: [UInt8] = []
            switch scanner.row(text.span.bytes, from: index, to: count, isLast: true, into: &decoded) {
            case .row(let next):
                rows.append(
                    scanner.cells.map {
                        String(decoding: $0.isDecoded ? decoded[$0.range] : text[$0.range], as: UTF8.self)
                    })
                index = next
            case .fault(let error, _, let next):
                rows.append([error.fault.code])
                index = next
            case .incomplete, .endless:
                rows.append(["never ends"])
                index = count
            }
        }
        return rows
    }

    @Test(arguments: [
        ("a,b\n1,2\n", [["a", "b"], ["1", "2"]]),
        ("a,b\r\n1,2", [["a", "b"], ["1", "2"]]),
        ("a,b\r1,2\r", [["a", "b"], ["1", "2"]]),
        ("a,,\n", [["a", "", ""]]),
        ("\"a\",\"b,c\"\n", [["a", "b,c"]]),
        ("\"a\"\"b\",\"\"\n", [["a\"b", ""]]),
        ("\"a\nb\",\"c\r\nd\"\n", [["a\nb", "c\r\nd"]]),
        ("a\"b\"c, \"d\"\n", [["a\"b\"c", " \"d\""]]),
        ("\"\"\"\"\n", [["\""]]),
        ("\n\na\n", [[""], [""], ["a"]]),
        ("a,\"b\"x,c\n1,2\n", [["csv.quoting"], ["1", "2"]]),
        ("a,\"b\n1,2\n3,4\n", [["csv.unclosed_quote"], ["1", "2"], ["3", "4"]]),
        ("a,\"b\n1,\"ok\",2\n3,4\n", [["csv.quoting"], ["1", "ok", "2"], ["3", "4"]]),
        ("\"x\ny\",\"b\n1,2\n", [["csv.unclosed_quote"], ["1", "2"]]),
        ("a\"", [["a\""]]),
        ("\"a", [["csv.unclosed_quote"]]),
        ("a,\0b\n1\n", [["csv.nul_byte"], ["1"]]),
        ("", []),
    ])
    func `rows are read by RFC 4180`(_ text: String, _ wanted: [[String]]) {
        #expect(Self.rows(Array(text.utf8)) == wanted)
    }

    @Test func `delimiter and quote can be others`() {
        var dialect = CSVDialect()
        dialect.delimiter = UInt8(ascii: ";")
        dialect.quote = UInt8(ascii: "'")
        #expect(Self.rows(Array("a;'b;c';\"d\"\n".utf8), dialect) == [["a", "b;c", "\"d\""]])
    }

    @Test func `text that is not UTF-8 costs its row`() {
        #expect(Self.rows([0x61, 0xFF, 0x0A, 0x62, 0x0A]) == [["text.encoding"], ["b"]])
    }

    @Test func `a row over the limit costs its line, or the line of the quote that is to blame`() {
        #expect(Self.rows(Array("aaaaaaaaaaaa\nb\n".utf8), limit: 8) == [["record.too_long"], ["b"]])
        #expect(
            Self.rows(Array("\"a\nbbbbb\nccccc\nd\n".utf8), limit: 8) == [
                ["csv.unclosed_quote"], ["bbbbb"], ["ccccc"], ["d"],
            ])
        #expect(
            Self.rows(Array("\"a\nbbbbbbb\"\nd\n".utf8), limit: 8) == [["csv.unclosed_quote"], ["bbbbbbb\""], ["d"]])
    }

    @Test(arguments: [
        (TextEncoding.latin1, [0x61, 0x2C, 0xE9, 0x80] as [UInt8], [["a", "é\u{80}"]]),
        (.windows1252, [0x61, 0x2C, 0xE9, 0x80], [["a", "é€"]]),
        (.windows1252, [0x61, 0x0A, 0x81], [["a"], ["text.encoding"]]),
        (.utf16LittleEndian, [0x61, 0, 0x2C, 0, 0x3D, 0xD8, 0x00, 0xDE, 0x0A, 0], [["a", "😀"]]),
        (.utf16BigEndian, [0, 0x61, 0, 0x2C, 0xD8, 0x3D, 0xDE, 0x00], [["a", "😀"]]),
        (.utf16BigEndian, [0, 0x61, 0, 0x0A, 0xD8, 0x3D], [["a"], ["text.encoding"]]),
        (.utf16BigEndian, [0, 0x61, 0, 0x0A, 0xD8, 0x3D, 0, 0x61], [["a"], ["text.encoding"]]),
        (.utf16LittleEndian, [0x61, 0, 0x0A, 0, 0x61], [["a"], ["text.encoding"]]),
        (.utf8, [0xFF, 0xFE, 0x61, 0], [["a"]]),
        (.utf8, [0xFE, 0xFF, 0, 0x61], [["a"]]),
        (.latin1, [0xEF, 0xBB, 0xBF, 0xC3, 0xA9], [["é"]]),
    ])
    func `other encodings become UTF-8`(_ encoding: TextEncoding, _ bytes: [UInt8], _ wanted: [[String]]) {
        #expect(Self.rows(bytes, encoding: encoding) == wanted)
    }
}
