import Clinical
import Testing

@testable import Store

@Suite struct AuditLogTests {
    let place: StatePlace

    /// A log of six rows.
    init() throws {
        place = try StatePlace()
        var state = try place.run()
        _ = try state.commit(.numbered(1))
        let desk = try StaffDesk(place.path)
        for day in 1...5 {
            try desk.record(StaffAct(.silence(.rule("r\(day)"), until: .day(9), reason: "why"), by: "A", at: .day(day)))
        }
    }

    private func verify() throws -> AuditFinding { try StateReader(place.path).verifyAudit() }

    @Test func `what was written is intact`() throws {
        #expect(try verify() == .intact(rows: 6))
        #expect(
            try StateReader(place.path).auditLog().map(\.subject) == [
                "state", "rule r1", "rule r2", "rule r3", "rule r4", "rule r5",
            ])
        #expect(try verify().message == "the audit log is intact: 6 rows")
    }

    @Test(arguments: [
        "at = at + 1", "by = 'B'", "deed = 'close'", "subject = 'rule x'", "detail = ''", "hash = hash || '0'",
        "by = by || deed, deed = ''",
    ])
    func `a changed row is found`(change: String) throws {
        try place.tamper("UPDATE audit SET \(change) WHERE number = 3")
        #expect(try verify() == .broken(row: 3))
    }

    @Test func `a changed row with a hash made anew breaks the next`() throws {
        let database = try Database(StateLocation(place.path), .write)
        try database.execute("UPDATE audit SET by = 'B' WHERE number = 3")
        let log = try database.all(.audit) { ($0.text(6), AuditEntry(row: $0)) }
        try database.execute("UPDATE audit SET hash = '\(log[2].1.hash(number: 3, after: log[1].0))' WHERE number = 3")
        #expect(try verify() == .broken(row: 4))
    }

    @Test(arguments: 1...5) func `a row that is gone is found`(row: Int) throws {
        try place.tamper("DELETE FROM audit WHERE number = \(row)")
        #expect(try verify() == .missing(row: row))
    }

    @Test func `rows that close a gap are found`() throws {
        try place.tamper("DELETE FROM audit WHERE number = 3; UPDATE audit SET number = number - 1 WHERE number > 3")
        #expect(try verify() == .broken(row: 3))
    }

    @Test func `an end that is cut off is found, and one that is added to`() throws {
        try place.tamper("DELETE FROM audit WHERE number > 4")
        #expect(try verify() == .cutOff(rows: 4, written: 6))
        try place.tamper("UPDATE meta SET value = 4 WHERE name = 'audit_rows'")
        #expect(try verify() == .broken(row: 4))
        try place.tamper("UPDATE meta SET value = 3 WHERE name = 'audit_rows'")
        #expect(try verify() == .cutOff(rows: 4, written: 3))
    }

    @Test func `rows that trade places are found`() throws {
        try place.tamper(
            "UPDATE audit SET number = 99 WHERE number = 2; UPDATE audit SET number = 2 WHERE number = 3;"
                + "UPDATE audit SET number = 3 WHERE number = 99")
        #expect(try verify() == .broken(row: 2))
    }

    @Test func `a changed act is found by check`() throws {
        try place.tamper("UPDATE act SET note = 'another reason' WHERE number = 2")
        #expect(try StateReader(place.path).check() == ["act 2 is not what the audit log tells of it"])
        #expect(try verify() == .intact(rows: 6))
    }

    @Test func `no patient stands in it, only a pseudonym that differs from state to state`() throws {
        let patient = Array("P-12345".utf8)
        var names: Set<String> = []
        for place in [place, try StatePlace()] {
            _ = try place.run().journalSize
            let desk = try StaffDesk(place.path)
            try desk.record(StaffAct(.missed(patient: patient, note: "P-12345 fell"), by: "A", at: .day(1)))
            let entry = try #require(try desk.reader.auditLog().last)
            #expect(entry.subject == "patient \(try desk.reader.database.pseudonym(of: patient))")
            #expect(!"\(entry)".contains("P-12345"))
            names.insert(entry.subject)
        }
        #expect(names.count == 2)
    }
}
