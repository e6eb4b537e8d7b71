import Clinical
import TestSupport
import Testing

@testable import Store

@Suite struct StaffDeskTests {
    let place: StatePlace
    let first = EpisodeEntry.numbered(1).id

    init() throws {
        place = try StatePlace()
        var state = try place.run()
        _ = try state.commit(.numbered(1, 2))
    }

    private func record(_ deed: StaffAct.Deed, day: Int = 2) throws(StateError) -> Int64 {
        try StaffDesk(place.path).record(StaffAct(deed, by: "Nurse A", at: .day(day)))
    }

    @Test func `an acknowledged episode says by whom, and stays open`() throws {
        #expect(try record(.acknowledge(episode: first, note: "called, no answer")) == 1)
        let episode = try #require(try StateReader(place.path).episode(first))
        #expect(episode.acknowledged == StaffNote(by: "Nurse A", at: .day(2), text: "called, no answer"))
        #expect(episode.isOpen)
    }

    @Test func `it calls again when it worsens, and only then`() throws {
        _ = try record(.acknowledge(episode: first, note: ""))
        var state = try place.run()
        var batch = BatchRecord()
        batch.episodes = [.numbered(1, severity: .soon)]
        _ = try state.commit(batch)
        #expect(try state.reader.episode(first)?.acknowledged?.by == "Nurse A")
        batch.episodes[0].severity = .emergency
        batch.episodes[0].callsAgain = true
        _ = try state.commit(batch)
        #expect(try state.reader.episode(first)?.acknowledged == nil)
        #expect(try state.reader.acts(of: first).count == 1)
    }

    @Test(arguments: Outcome.allCases) func `a closed episode is no longer open, whatever a run writes`(
        outcome: Outcome
    ) throws {
        _ = try record(.close(episode: first, outcome, note: "seen"))
        var state = try place.run()
        _ = try state.commit(.numbered(1, day: 5))
        let episode = try #require(try state.reader.episode(first))
        #expect(episode.closed?.outcome == outcome)
        #expect(episode.closed?.note == StaffNote(by: "Nurse A", at: .day(2), text: "seen"))
        #expect(!episode.isOpen)
        #expect(try state.reader.episodes().map(\.id) == [EpisodeEntry.numbered(2).id])
    }

    @Test func `what is not open cannot be answered, and nothing is kept of it`() throws {
        _ = try record(.close(episode: first, .acted, note: ""))
        let unknown = StableID(high: 1, low: 1)
        for (episode, words) in [
            (first, "the episode \(first.text) is not open"), (unknown, "there is no episode \(unknown.text)"),
        ] {
            for deed in [
                StaffAct.Deed.acknowledge(episode: episode, note: ""), .close(episode: episode, .error, note: ""),
            ] {
                let error = stateError { () throws(StateError) in _ = try record(deed) }
                #expect(error?.reason == .refused(words))
                #expect(error?.ending == .usage)
            }
        }
        #expect(try StateReader(place.path).acts(after: 0).count == 1)
        #expect(try StateReader(place.path).check() == [])
    }

    @Test func `nobody acts without a name`() throws {
        let act = StaffAct(.acknowledge(episode: first, note: ""), by: "", at: .day(1))
        let error = stateError { () throws(StateError) in try StaffDesk(place.path).record(act) }
        #expect(error?.ending == .usage)
        #expect(try StateReader(place.path).acts(after: 0) == [])
    }

    @Test func `a silence holds until its end`() throws {
        _ = try record(.silence(.patient([0x50]), until: .day(4), reason: "in hospital"))
        _ = try record(.silence(.rule("ici-colitis"), until: .day(3), reason: "noise"))
        let reader = try StateReader(place.path)
        #expect(try reader.silences(at: .day(1)).count == 0)
        #expect(try reader.silences(at: .day(2)).map(\.number) == [1, 2])
        #expect(
            try reader.silences(at: .day(3)).map(\.act.deed) == [
                .silence(.patient([0x50]), until: .day(4), reason: "in hospital")
            ])
        #expect(try reader.silences(at: .day(4)).count == 0)
    }

    @Test func `acts of every kind come back as they were, in order`() throws {
        let deeds: [StaffAct.Deed] = [
            .acknowledge(episode: first, note: "n"), .silence(.patient([1]), until: .day(3), reason: "r"),
            .silence(.rule("x"), until: .day(3), reason: ""), .missed(patient: [], note: "found on the ward"),
            .close(episode: first, .noAction, note: "done"),
        ]
        for deed in deeds { _ = try record(deed) }
        let reader = try StateReader(place.path)
        #expect(
            try reader.acts(after: 0)
                == deeds.enumerated().map { place, deed in
                    ActEntry(number: Int64(place + 1), act: StaffAct(deed, by: "Nurse A", at: .day(2)))
                })
        #expect(try reader.acts(after: 3).map(\.number) == [4, 5])
        #expect(try reader.acts(of: first).map(\.number) == [1, 5])
    }

    @Test func `staff need not wait for a run to end`() throws {
        let other = try StatePlace()
        var running = try other.driver().start(["commit", "state.db"])
        while running.nextLine() != "written 1" {}
        for _ in 1...3 { #expect(try other.driver().run("act", "state.db").status == 0) }
        var line = running.nextLine()
        for _ in 1...10 { line = running.nextLine() }
        #expect(line != nil)
        running.end()
        _ = running.finish()
        let reader = try StateReader(other.path)
        #expect(try reader.acts(after: 0).count == 3)
        #expect(try reader.check() == [])
    }
}
