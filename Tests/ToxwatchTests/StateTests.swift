import Clinical
@testable import Store
import TestSupport
import Testing

@testable import toxwatch

extension Workplace {
    /// The episode of `makeState`, and its alert.
    static let episode = StableID(high: 1, low: 2)

    /// The alert in native form, as far as people are shown of it.
    static let alert = #"""
        {"transition":"opened","severity":"urgent","rule":"grade:diarrhea","time":"2026-02-25T06:00:00Z",\#
        "respond_by":"2026-02-25T10:00:00Z","summary":"Diarrhea grade 3 on CAR-T","advice":"Call now.",\#
        "source":["ASCO 2021","NCI CTCAE v5.0"],"evidence":[{"term":"diarrhea","attribute":"stools","value":"8","unit":null},\#
        {"term":"alt","attribute":"value","value":"90","unit":"U/L"}]}
        """#

    /// Makes `state.db`, with one patient, P-404, and one open episode.
    func makeState() throws {
        let day = Moment(milliseconds: 1_772_000_000_000)
        let path = toxwatch.folder + "/state.db"
        var state = try RunState(path, holder: LockHolder(command: "test", since: day))
        var batch = BatchRecord()
        let episode = Self.episode
        batch.episodes = [
            EpisodeEntry(
                id: episode, patient: Array("P-404".utf8), concern: "bowel", severity: .urgent, therapy: "car_t",
                rule: "grade:diarrhea", transition: .opened)
        ]
        batch.alerts = [
            OutgoingAlert(id: episode, episode: episode, made: day, bytes: Array(Self.alert.utf8), deliveries: [])
        ]
        var memory = ImageWriter()
        memory.write(text: "nothing that a run understands")
        _ = try state.checkpoint(
            [KeptPatient(id: Array("P-404".utf8), memory: memory.image)], at: day, with: batch)
    }
}

/// The care of a state from the command line.
@Suite struct StateTests {
    let place: Workplace

    init() throws {
        place = try Workplace()
        try place.makeState()
    }

    private func state(_ arguments: String...) throws -> Program.Result {
        try place.toxwatch.run(["state"] + arguments, input: [])
    }

    @Test func `check says that all holds together, or what does not`() throws {
        let good = try state("check", "--state", "state.db")
        #expect(good.status == 0)
        #expect(good.text == "state.db: all holds together\n")
        #expect(try place.shell("chmod 644 state.db").status == 0)
        let open = try state("check", "--state", "state.db")
        #expect(open.status == 74)
        #expect(open.told.hasPrefix("toxwatch: others than its owner may use the file state.db\n"))
    }

    @Test func `check finds a patient's memory that is damaged`() throws {
        do {
            let state = try RunState(
                place.toxwatch.folder + "/state.db", holder: LockHolder(command: "test", since: Moment(milliseconds: 0))
            )
            try state.database.execute("UPDATE patient SET memory = substr(memory, 2)")
        }
        let check = try state("check", "--state", "state.db")
        #expect(check.status == 74 && check.told.contains("patients whose memory is damaged: 1\n"), "\(check.told)")
    }

    @Test func `export writes a line for each thing`() throws {
        let result = try state("export", "--state", "state.db")
        #expect(result.status == 0)
        #expect(result.lines.map { JSONText($0.utf8)?["kind"]?.string } == ["state", "episode", "alert", "audit"])
        #expect(try place.shell("toxwatch state export --state state.db > /dev/full").status == 74)
    }

    @Test func `a forgotten patient is gone`() throws {
        let result = try state("forget", "P-404", "--state", "state.db", "--by", "A. Nurse")
        #expect(result.status == 0)
        #expect(result.told == "toxwatch: taken out: patients 1, episodes 1, alerts 1, acts 0, runs 0\n")
        #expect(try !state("export", "--state", "state.db").text.contains("P-404"))
        #expect(try state("check", "--state", "state.db").status == 0)
    }

    @Test func `pruning leaves what is open`() throws {
        let result = try state("prune", "--state", "state.db", "--by", "A", "--before", "2030-01-01")
        #expect(result.told == "toxwatch: taken out: patients 0, episodes 0, alerts 0, acts 0, runs 0\n")
        #expect(try state("export", "--state", "state.db").lines.last?.contains(#""deed":"prune""#) == true)
    }

    @Test func `what makes no sense is 64, a state that is not there 74, and a file of another kind 78`() throws {
        #expect(try state("check").status == 64)
        #expect(try state("prune", "--state", "state.db", "--by", "A", "--before", "Sunday").status == 64)
        #expect(try state("forget", "P-404", "--state", "state.db").status == 64)
        try place.write("not a state\n" + String(repeating: "x", count: 600), to: "notes.txt")
        for command in [["check"], ["export"], ["forget", "P", "--by", "A"]] {
            let missing = try place.toxwatch.run(["state"] + command + ["--state", "none.db"], input: [])
            #expect(missing.status == 74)
            #expect(missing.told == "toxwatch: \(StateError("none.db", .missing).message)\n")
            let other = try place.toxwatch.run(["state"] + command + ["--state", "notes.txt"], input: [])
            #expect(other.status == 78)
            #expect(other.told == "toxwatch: \(StateError("notes.txt", .notADatabase).message)\n")
        }
        #expect(try place.shell("ls").text == "notes.txt\nstate.db\nstate.db.lock\n")
    }
}
