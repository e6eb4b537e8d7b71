import Clinical
import Glibc
import TestSupport
import Testing

@testable import Store

@Suite struct WriterLockTests {
    let place: StatePlace

    init() throws { place = try StatePlace() }

    @Test func `a second run waits, and is told who holds the state`() throws {
        var first = try place.driver().start(["hold", "state.db"])
        #expect(first.nextLine() == "held")
        var error: StateError?
        let waited = ContinuousClock().measure {
            error = stateError { () throws(StateError) in _ = try place.run(patience: 120).journalSize }
        }
        let holder = "process \(first.process), hold, since 2026-02-25T06:13:20Z"
        #expect(error?.reason == .held(by: holder))
        #expect(error?.ending == .inputOutput)
        #expect(error?.message == "\(place.path): another run holds the state: \(holder); wait for it or end it")
        #expect(waited >= .milliseconds(120))
        let second = try place.driver().run("open", "state.db")
        #expect(second.text == "state.db: another run holds the state: \(holder); wait for it or end it\n")
        #expect(second.status == 74)
        #expect(first.finish().status == 0)
        #expect(try place.driver().run("open", "state.db").status == 0)
    }

    @Test func `a run that waits long enough goes on`() throws {
        var first = try place.driver().start(["hold", "state.db"])
        #expect(first.nextLine() == "held")
        var second = try place.driver().start(["open", "state.db"])
        #expect(first.finish().status == 0)
        _ = second.finish()
        #expect(try place.driver().run("open", "state.db").status == 0)
    }

    @Test func `several that make one state at once make one, and each has it or is told who has`() throws {
        var first = try place.driver().start(["open", "state.db"])
        var second = try place.driver().start(["open", "state.db"])
        var third = try place.driver().start(["open", "state.db"])
        let results = [first.finish(), second.finish(), third.finish()]
        #expect(results.contains { $0.status == 0 })
        #expect(results.allSatisfy { $0.status == 0 || $0.text.contains("another run holds the state") })
        #expect(try place.run().reader.auditLog().map(\.deed) == ["create"])
    }

    @Test func `the lock of a process that was killed is nobody's`() throws {
        var first = try place.driver().start(["hold", "state.db"])
        #expect(first.nextLine() == "held")
        first.end()
        #expect(first.finish().status == -SIGKILL)
        _ = try place.run().journalSize
    }

    @Test func `within one process it holds as well`() throws {
        let first = try place.run()
        let error = stateError { () throws(StateError) in _ = try place.run(patience: 0).journalSize }
        #expect(error?.reason == .held(by: "process \(getpid()), test, since 2026-03-01T00:00:00Z"))
        #expect(try first.reader.episodes() == [])
    }

    @Test func `readers and staff need no lock, and see the last commit`() throws {
        var state = try place.run()
        let reader = try StateReader(place.path)
        #expect(try reader.episodes() == [])
        _ = try state.commit(.numbered(1))
        #expect(try reader.episodes().map(\.id) == [EpisodeEntry.numbered(1).id])
        try StaffDesk(place.path).record(
            StaffAct(.acknowledge(episode: EpisodeEntry.numbered(1).id, note: ""), by: "A", at: .day(1)))
        #expect(try state.reader.acts(after: 0).count == 1)
        _ = try state.commit(.numbered(2))
        #expect(try reader.episodes().map { $0.acknowledged?.by } == ["A", nil])
    }
}
