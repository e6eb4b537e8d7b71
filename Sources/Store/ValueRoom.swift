import CSQLite
import Clinical

/// Room for the values of one row on its way into a statement, so that none is allocated for each row.
struct ValueRoom {
    private var bytes = [UInt8](repeating: 0, count: 1024)

    /// Puts values in their places of a statement, and has it run while they are there.
    ///
    /// - Returns: what `run` gives, or why a value could not be put there.
    mutating func withValues(
        _ values: [Value], of statement: OpaquePointer, run: () -> Int32
    ) -> Int32 {
        let count = values.reduce(0) { $0 + $1.count }
        if bytes.count < count { bytes = Array(repeating: 0, count: 2 * count) }
        return bytes.withUnsafeMutableBytes { room in
            var rest = room[...]
            var place: Int32 = 1
            for value in values {
                let code = value.bind(statement, place, in: &rest)
                if code != SQLITE_OK { return code }
                place += 1
            }
            return run()
        }
    }
}

extension Value {
    /// How many bytes it takes.
    fileprivate var count: Int {
        switch self {
        case .null, .integer: 0
        case .text(let text): text.utf8.count
        case .bytes(let bytes): bytes.count
        case .id: 16
        }
    }

    /// Puts it in its place, from 1, by way of room that stays until the statement has run.
    fileprivate func bind(
        _ statement: OpaquePointer, _ place: Int32, in room: inout Slice<UnsafeMutableRawBufferPointer>
    ) -> Int32 {
        switch self {
        case .null: return sqlite3_bind_null(statement, place)
        case .integer(let number): return sqlite3_bind_int64(statement, place, number)
        case .text(var text):
            let own = text.withUTF8 { Self.copy(UnsafeRawBufferPointer($0), into: &room) }
            return own.withMemoryRebound(to: CChar.self) {
                sqlite3_bind_text64(statement, place, $0.baseAddress, UInt64($0.count), nil, UInt8(SQLITE_UTF8))
            }
        case .bytes(let bytes):
            let own = bytes.withUnsafeBytes { Self.copy($0, into: &room) }
            return sqlite3_bind_blob64(statement, place, own.baseAddress, UInt64(own.count), nil)
        case .id(let id):
            let own = withUnsafeBytes(of: (id.high.bigEndian, id.low.bigEndian)) { Self.copy($0, into: &room) }
            return sqlite3_bind_blob64(statement, place, own.baseAddress, UInt64(own.count), nil)
        }
    }

    private static func copy(
        _ bytes: UnsafeRawBufferPointer, into room: inout Slice<UnsafeMutableRawBufferPointer>
    ) -> UnsafeRawBufferPointer {
        let own = UnsafeMutableRawBufferPointer(rebasing: room.prefix(bytes.count))
        own.copyMemory(from: bytes)
        room = room.dropFirst(bytes.count)
        return UnsafeRawBufferPointer(own)
    }
}
