import Clinical
import Testing

@testable import Store

@Suite struct SchemaTests {
    let place: StatePlace

    init() throws { place = try StatePlace() }

    private func open(_ steps: [String]) throws(StateError) -> RunState {
        try RunState(place.path, holder: .test, patience: 1_000, steps: steps)
    }

    private static let second = "ALTER TABLE run ADD COLUMN host TEXT NOT NULL DEFAULT 'here'"
    private static let wrong = "CREATE TABLE extra (x); INSERT INTO nowhere VALUES (1)"

    @Test func `a state of version 1 is brought up to date, step by step, with all that it holds`() throws {
        do {
            var state = try place.run()
            _ = try state.begin("run", at: .day(1), pack: "abc", feeds: [])
            _ = try state.commit(.numbered(1))
        }
        let third = "UPDATE run SET host = host || '!'"
        for steps in [Schema.steps + [Self.second], Schema.steps + [Self.second, third]] {
            #expect(try open(steps).reader.episodes().map(\.id) == [EpisodeEntry.numbered(1).id])
        }
        let database = try Database(StateLocation(place.path), .read)
        var hosts: [[UInt8]] = []
        try database.each(once: "SELECT host FROM run") { hosts.append($0) }
        #expect(hosts == [Array("here!".utf8)])
        #expect(try database.first(.schemaVersion) { $0.count(0) } == 3)
        let log = try database.all(.audit, read: AuditEntry.init).filter { $0.subject == "state" }
        #expect(log.map(\.deed) == ["create", "migrate", "migrate"])
        #expect(log.map(\.detail) == ["version 0 to 1", "version 1 to 2", "version 2 to 3"])
        #expect(try database.verifyAudit() == .intact(rows: 4))
    }

    @Test func `a step that fails leaves the state in its version`() throws {
        _ = try place.run().journalSize
        let error = stateError { () throws(StateError) in
            _ = try open(Schema.steps + [Self.second, Self.wrong]).journalSize
        }
        #expect(error?.reason == .failed("no such table: nowhere"))
        #expect(try place.run().reader.check() == [])
        let database = try Database(StateLocation(place.path), .read)
        #expect(try database.first(.schemaVersion) { $0.count(0) } == 1)
    }

    @Test func `staff and readers wait for a run to bring an earlier version up to date`() throws {
        _ = try place.run().journalSize
        let database = try Database(StateLocation(place.path), .read)
        let error = stateError { () throws(StateError) in try database.checkCurrent(known: 2) }
        #expect(error?.reason == .olderSchema(found: 1, known: 2))
        #expect(error?.ending == .configuration)
    }

    @Test func `the file says whose it is`() throws {
        _ = try place.run().journalSize
        #expect(try place.bytes()[68..<72].map { Character(UnicodeScalar($0)) } == ["t", "x", "w", "t"])
    }
}
