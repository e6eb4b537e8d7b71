import CSQLite
import Glibc

/// One connection to SQLite, with its statements prepared once; used by one thread at a time.
final class Database {
    /// What a connection may do.
    enum Access {
        /// Look, and see what was last committed.
        case read
        /// Change what is there.
        case write
    }

    /// As people gave the path.
    let path: String
    private let handle: OpaquePointer
    private var prepared: [Query: Statement] = [:]
    private var durability = Durability.atOnce
    private var room = ValueRoom()
    /// As of the transaction under way.
    var episodeNumbers = EpisodeNumbers()

    /// Opens a file that is there.
    init(_ location: StateLocation, _ access: Access) throws(StateError) {
        path = location.given
        let mode = access == .read ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE
        var opened: OpaquePointer?
        let code = sqlite3_open_v2(
            location.path, &opened, mode | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nil)
        guard code == SQLITE_OK, let opened else {
            sqlite3_close_v2(opened)
            throw StateError(location.given, StateError.reason(code, "it cannot be opened"))
        }
        handle = opened
        // Oftener than SQLite itself would ask, so that a run that commits without a pause does not keep staff out.
        sqlite3_busy_handler(handle, { _, tries in Database.waitsOnce(more: tries) ? 1 : 0 }, nil)
        // SQLite falls back to reading when it may not write.
        if access == .write, sqlite3_db_readonly(handle, "main") == 1 { throw StateError(path, .readOnly) }
    }

    /// A statement that this connection has prepared.
    struct Statement {
        fileprivate let handle: OpaquePointer
    }

    deinit {
        for statement in prepared.values { sqlite3_finalize(statement.handle) }
        sqlite3_close_v2(handle)
    }

    /// Waits a little while another process writes; false after ten seconds of it.
    private static func waitsOnce(more tries: Int32) -> Bool {
        guard tries < 5_000 else { return false }
        usleep(2_000)
        return true
    }

    /// Runs statements that have neither values nor rows.
    func execute(_ sql: String) throws(StateError) {
        try check(sqlite3_exec(handle, sql, nil, nil, nil))
    }

    /// Runs a statement that gives no rows.
    func run(_ query: Query, _ values: Value...) throws(StateError) {
        try rows(statement(query), values) { _ throws(StateError) in }
    }

    /// The same for one that is run many times, for which it is looked up once.
    func run(_ statement: Statement, _ values: [Value]) throws(StateError) {
        let code = room.withValues(values, of: statement.handle) { sqlite3_step(statement.handle) }
        defer {
            sqlite3_reset(statement.handle)
            sqlite3_clear_bindings(statement.handle)
        }
        if code != SQLITE_DONE { throw failure(code) }
    }

    /// Runs a statement and hands over each row.
    func each(
        _ query: Query, _ values: Value..., body: (Row) throws(StateError) -> Void
    ) throws(StateError) {
        try rows(statement(query), values, body)
    }

    /// Runs a statement of one time and hands over one column of each row.
    func each(
        once sql: String, column: Int32 = 0, body: ([UInt8]) throws(StateError) -> Void
    ) throws(StateError) {
        let statement = try prepare(sql, 0)
        defer { sqlite3_finalize(statement.handle) }
        try step(statement) { row throws(StateError) in try body(row.bytes(column)) }
    }

    /// The first row, read; nil when there is none.
    func first<Result>(_ query: Query, _ values: Value..., read: (Row) -> Result) throws(StateError) -> Result? {
        var result: Result?
        try rows(statement(query), values) { row throws(StateError) in
            if result == nil { result = read(row) }
        }
        return result
    }

    /// The rows, read.
    func all<Result>(_ query: Query, _ values: Value..., read: (Row) -> Result) throws(StateError) -> [Result] {
        var results: [Result] = []
        try rows(statement(query), values) { row throws(StateError) in results.append(read(row)) }
        return results
    }

    /// How many rows the last statement changed.
    var changes: Int { Int(sqlite3_changes64(handle)) }

    /// The number of the row added last.
    var lastNumber: Int64 { sqlite3_last_insert_rowid(handle) }

    /// When what a transaction did must be on the disk. Until then a loss of power may undo all of it, never a part; a
    /// process that is killed loses nothing either way.
    enum Durability: String {
        /// Before the transaction is over.
        case atOnce = "PRAGMA synchronous = FULL"
        /// With the next transaction that must be there at once.
        case withTheNext = "PRAGMA synchronous = NORMAL"
    }

    /// Does all of it or nothing; another process's writing is waited for.
    func transaction<Result>(
        _ durability: Durability = .atOnce, _ body: () throws(StateError) -> Result
    ) throws(StateError) -> Result {
        if durability != self.durability { try execute(durability.rawValue) }
        self.durability = durability
        try execute("BEGIN IMMEDIATE")
        do throws(StateError) {
            let result = try body()
            try execute("COMMIT")
            return result
        } catch {
            episodeNumbers.removeAll()
            // Some failures have ended the transaction already.
            if sqlite3_get_autocommit(handle) == 0 { sqlite3_exec(handle, "ROLLBACK", nil, nil, nil) }
            throw error
        }
    }

    private func rows(
        _ statement: Statement, _ values: [Value], _ body: (Row) throws(StateError) -> Void
    ) throws(StateError) {
        defer {
            sqlite3_reset(statement.handle)
            sqlite3_clear_bindings(statement.handle)
        }
        for (place, value) in values.enumerated() { try check(value.bind(statement.handle, Int32(place + 1))) }
        try step(statement, body)
    }

    private func step(_ statement: Statement, _ body: (Row) throws(StateError) -> Void) throws(StateError) {
        while true {
            let code = sqlite3_step(statement.handle)
            if code == SQLITE_DONE { return }
            guard code == SQLITE_ROW else { throw failure(code) }
            try body(Row(statement: statement.handle))
        }
    }

    /// A statement, prepared once.
    func statement(_ query: Query) throws(StateError) -> Statement {
        if let known = prepared[query] { return known }
        let made = try prepare(query.rawValue, UInt32(SQLITE_PREPARE_PERSISTENT))
        prepared[query] = made
        return made
    }

    private func prepare(_ sql: String, _ flags: UInt32) throws(StateError) -> Statement {
        var made: OpaquePointer?
        try check(sqlite3_prepare_v3(handle, sql, -1, flags, &made, nil))
        guard let made else { throw StateError(path, .failed("an empty statement")) }
        return Statement(handle: made)
    }

    private func check(_ code: Int32) throws(StateError) {
        if code != SQLITE_OK { throw failure(code) }
    }

    private func failure(_ code: Int32) -> StateError {
        let system = sqlite3_system_errno(handle)
        let isOfSystem = [SQLITE_IOERR, SQLITE_CANTOPEN].contains(code & 0xFF) && system != 0
        if isOfSystem, system == ENOSPC || system == EDQUOT { return StateError(path, .diskFull) }
        let words = String(cString: sqlite3_errmsg(handle))
        return StateError(
            path, StateError.reason(code, isOfSystem ? "\(words): \(String(cString: strerror(system)))" : words))
    }
}

extension StateError {
    /// What a code of SQLite's means to people.
    static func reason(_ code: Int32, _ words: String) -> Reason {
        switch code & 0xFF {
        case SQLITE_NOTADB: .notADatabase
        case SQLITE_CORRUPT: .damaged(words)
        case SQLITE_FULL: .diskFull
        case SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH: .readOnly
        case SQLITE_CANTOPEN: .cannotOpen(words)
        case SQLITE_BUSY, SQLITE_LOCKED: .busy
        default: .failed(words)
        }
    }
}
