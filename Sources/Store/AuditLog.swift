package import Clinical
import Digest

/// One thing that staff, a changed pack or the care of the state did. It names no patient.
package struct AuditEntry: Sendable, Equatable {
    /// By the clock of the command.
    package var at: Moment
    /// The name that was given, or the command.
    package var by: String
    /// What was done, in a word: `acknowledge`, `close`, `silence`, `missed`, `pack`, `prune`, `forget`, …
    package var deed: String
    /// To what: `episode tw1-…`, `patient` and a pseudonym, `rule …`, `state`.
    package var subject: String
    /// More about it; of an act its number and its fingerprint.
    package var detail: String

    /// What the hash covers, each field with its length, so that no text can pass from one to the next.
    fileprivate func canonical(number: Int64) -> [UInt8] {
        var bytes: [UInt8] = []
        for field in ["\(number)", "\(at.milliseconds)", by, deed, subject, detail] {
            bytes += "\(field.utf8.count):".utf8
            bytes += field.utf8
        }
        return bytes
    }

    /// The hash of a row that follows one with the hash `previous`.
    func hash(number: Int64, after previous: String) -> String {
        SHA256.hexadecimal(of: Array(previous.utf8) + canonical(number: number))
    }
}

/// What became of the chain of the audit log.
package enum AuditFinding: Sendable, Equatable {
    /// All rows are there, and as they were written.
    case intact(rows: Int)
    /// The row was changed, or does not follow from the one before it.
    case broken(row: Int)
    /// The row is gone, and later ones are there.
    case missing(row: Int)
    /// Rows are gone, or more than were written are there, at the end.
    case cutOff(rows: Int, written: Int)

    /// One line for people.
    package var message: String {
        switch self {
        case .intact(let rows): "the audit log is intact: \(rows) rows"
        case .broken(let row): "the audit log is broken at row \(row): it is not what was written"
        case .missing(let row): "the audit log is broken: row \(row) is missing"
        case .cutOff(let rows, let written): "the audit log ends at row \(rows), but \(written) were written"
        }
    }
}

extension Database {
    /// Adds an entry, inside the transaction that does what it tells.
    func audit(_ entry: AuditEntry) throws(StateError) {
        let number = try auditRows() + 1
        let hash = entry.hash(number: number, after: try auditHead())
        try run(
            .addAudit, .integer(number), .integer(entry.at.milliseconds), .text(entry.by), .text(entry.deed),
            .text(entry.subject), .text(entry.detail), .text(hash))
        try run(.setMeta, .text("audit_rows"), .integer(number))
        try run(.setMeta, .text("audit_head"), .text(hash))
    }

    /// Follows the chain from its first row to the end that was noted apart.
    func verifyAudit() throws(StateError) -> AuditFinding {
        var finding: AuditFinding?
        var rows: Int64 = 0
        var head = ""
        try each(.audit) { row throws(StateError) in
            guard finding == nil else { return }
            let number = row.integer(0)
            if number != rows + 1 {
                finding = .missing(row: Int(rows + 1))
            } else if AuditEntry(row: row).hash(number: number, after: head) != row.text(6) {
                finding = .broken(row: Int(number))
            }
            rows = number
            head = row.text(6)
        }
        let written = try auditRows()
        if let finding { return finding }
        if rows != written { return .cutOff(rows: Int(rows), written: Int(written)) }
        return try head == auditHead() ? .intact(rows: Int(rows)) : .broken(row: Int(rows))
    }

    /// What stands for a patient in the audit log: the same for the same patient, in this state only.
    func pseudonym(of patient: [UInt8]) throws(StateError) -> String {
        let key = try first(.meta, .text("secret")) { $0.bytes(0) } ?? []
        var text: [UInt8] = []
        let hash = (KeyedHash(key: key) ?? KeyedHash()).hash(patient)
        StableID(high: hash.high, low: hash.low).append(to: &text)
        return String(decoding: text, as: UTF8.self)
    }

    private func auditRows() throws(StateError) -> Int64 {
        try first(.meta, .text("audit_rows")) { $0.integer(0) } ?? 0
    }

    private func auditHead() throws(StateError) -> String {
        try first(.meta, .text("audit_head")) { $0.text(0) } ?? ""
    }
}

extension AuditEntry {
    init(row: Row) {
        self.init(at: row.moment(1), by: row.text(2), deed: row.text(3), subject: row.text(4), detail: row.text(5))
    }
}
