import CSQLite
import Clinical

/// A value on its way into a statement.
enum Value {
    case null
    case integer(Int64)
    case text(String)
    case bytes([UInt8])
    case id(StableID)

    static func count(_ count: Int) -> Value { .integer(Int64(count)) }
    static func flag(_ flag: Bool) -> Value { .integer(flag ? 1 : 0) }
    /// Milliseconds since 1970; null when it is not known.
    static func moment(_ moment: Moment) -> Value { moment.isKnown ? .integer(moment.milliseconds) : .null }
    static func optional(_ text: String?) -> Value { text.map { .text($0) } ?? .null }
    static func optional(_ bytes: [UInt8]?) -> Value { bytes.map { .bytes($0) } ?? .null }
    static func optional(_ id: StableID?) -> Value { id.map { .id($0) } ?? .null }

    /// Puts it in its place, from 1; SQLite copies it.
    func bind(_ statement: OpaquePointer, _ place: Int32) -> Int32 {
        switch self {
        case .null: return sqlite3_bind_null(statement, place)
        case .integer(let number): return sqlite3_bind_int64(statement, place, number)
        case .text(var text):
            return text.withUTF8 { utf8 in
                utf8.withMemoryRebound(to: CChar.self) {
                    csqlite_bind_text(statement, place, $0.baseAddress, UInt64($0.count))
                }
            }
        case .bytes(let bytes):
            return bytes.withUnsafeBytes { csqlite_bind_bytes(statement, place, $0.baseAddress, UInt64($0.count)) }
        case .id(let id):
            return withUnsafeBytes(of: (id.high.bigEndian, id.low.bigEndian)) {
                csqlite_bind_bytes(statement, place, $0.baseAddress, UInt64($0.count))
            }
        }
    }
}

/// A row that a statement gave, until its next one. Columns count from 0; a null reads as zero or as nothing.
struct Row {
    let statement: OpaquePointer

    func isNull(_ column: Int32) -> Bool { sqlite3_column_type(statement, column) == SQLITE_NULL }
    func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(statement, column) }
    func count(_ column: Int32) -> Int { Int(integer(column)) }
    func flag(_ column: Int32) -> Bool { integer(column) != 0 }
    func text(_ column: Int32) -> String { String(decoding: bytes(column), as: UTF8.self) }
    func optionalText(_ column: Int32) -> String? { isNull(column) ? nil : text(column) }
    func optionalBytes(_ column: Int32) -> [UInt8]? { isNull(column) ? nil : bytes(column) }
    func id(_ column: Int32) -> StableID { StableID(bytes: bytes(column)) }
    func optionalID(_ column: Int32) -> StableID? { isNull(column) ? nil : id(column) }

    func moment(_ column: Int32) -> Moment {
        isNull(column) ? .unknown : Moment(milliseconds: integer(column))
    }

    func bytes(_ column: Int32) -> [UInt8] {
        guard let start = sqlite3_column_blob(statement, column) else { return [] }
        return Array(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, column))))
    }
}

extension StableID {
    /// The id of sixteen bytes, the first eight being `high`; missing ones count as zero.
    init(bytes: [UInt8]) {
        func word(_ part: some Sequence<UInt8>) -> UInt64 { part.reduce(0) { $0 << 8 | UInt64($1) } }
        self.init(high: word(bytes.prefix(8)), low: word(bytes.dropFirst(8).prefix(8)))
    }
}
