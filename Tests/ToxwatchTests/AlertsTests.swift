import Clinical
import Store
import TestSupport
import Testing

@testable import toxwatch

/// What staff see of a state, and what they do about it.
@Suite struct AlertsTests {
    let place: Workplace
    private let id = Workplace.episode.text

    init() throws {
        place = try Workplace()
        try place.makeState()
    }

    private func alerts(_ arguments: String...) throws -> Program.Result {
        try place.toxwatch.run(["alerts"] + arguments + ["--state", "state.db"], input: [])
    }

    @Test func `list shows what stands open, in columns and as JSON`() throws {
        let table = try alerts("list")
        #expect(table.status == 0)
        #expect(
            table.lines.map { $0.split(separator: " ").joined(separator: " ") } == [
                "SEVERITY PATIENT CONCERN THERAPY RULE LAST ANSWER BY STANDING ID",
                "urgent P-404 bowel car_t grade:diarrhea - - opened \(id)",
            ])
        let line = try #require(JSONText(alerts("list", "--to", "json").output))
        #expect(line["episode"]?.string == id && line["severity"]?.string == "urgent")
        #expect(line["patient"]?.string == "P-404" && line["open"] == .bool(true) && line["closed_by"] == .null)
    }

    @Test(arguments: [
        (["--severity", "urgent"], true), (["--severity", "emergency"], false), (["--therapy", "car_t"], true),
        (["--therapy", "pd1"], false), (["--patient", "P-404"], true), (["--patient", "P-4"], false),
        (["--overdue"], false),
    ])
    func `list is filtered`(_ options: [String], _ isFound: Bool) throws {
        let result = try place.toxwatch.run(["alerts", "list", "--state", "state.db"] + options, input: [])
        #expect(result.text.contains(id) == isFound)
        #expect(isFound || result.text == "nothing\n")
    }

    @Test func `show tells what was said, what it leant on, and what staff did`() throws {
        _ = try alerts("ack", id, "--by", "A. Nurse", "--note", "called")
        let result = try alerts("show", id)
        #expect(result.status == 0)
        for part in [
            "URGENT  P-404  bowel · car_t · acknowledged by A. Nurse", "opened urgent: Diarrhea grade 3 on CAR-T",
            "answers diarrhea stools 8", "answers alt value 90 U/L", "advice  Call now.",
            "source  ASCO 2021; NCI CTCAE v5.0", "acknowledged by A. Nurse: called",
        ] {
            #expect(result.text.contains(part + "\n"), "\(part) in \(result.text)")
        }
    }

    @Test func `what is closed is no longer listed, and cannot be closed twice`() throws {
        #expect(try alerts("close", id, "--by", "A", "--outcome", "acted", "--note", "steroids").status == 0)
        #expect(try alerts("list").text == "nothing\n")
        #expect(try alerts("list", "--all").text.contains("closed by A: acted"))
        let again = try alerts("close", id, "--by", "A", "--outcome", "acted", "--note", "")
        #expect(again.status == 64 && again.told.contains("is not open"))
        let odd = try alerts("close", id, "--by", "A", "--outcome", "acts", "--note", "")
        #expect(odd.status == 64 && odd.told.contains("acted, advised, no_action, error"), "\(odd.told)")
    }

    @Test func `a silence has an end that the pack allows, a name and one thing that it is of`() throws {
        func silence(_ span: String, _ more: String...) throws -> Program.Result {
            try place.toxwatch.run(
                ["alerts", "silence", "--for", span, "--state", "state.db", "--by", "A", "--reason", "ward"] + more,
                input: [])
        }
        #expect(try silence("24h", "--patient", "P-404").status == 0)
        #expect(try silence("8h", "--rule", "grade:diarrhea").status == 0)
        let long = try silence("25h", "--patient", "P-404")
        #expect(long.status == 64 && long.told.contains("longer than the pack allows, 24h 0m at most"), "\(long.told)")
        for (span, more) in [
            ("0h", ["--rule", "x"]), ("8", ["--rule", "x"]), ("8h", []), ("8h", ["--rule", "x", "--patient", "y"]),
        ] {
            let result = try place.toxwatch.run(
                ["alerts", "silence", "--for", span, "--state", "state.db", "--by", "A", "--reason", "ward"] + more,
                input: [])
            #expect(result.status == 64, "\(span) \(more)")
        }
    }

    @Test func `every act is in the audit log, which proves that it is whole`() throws {
        _ = try alerts("ack", id, "--by", "A. Nurse")
        _ = try alerts("missed", "P-404", "--by", "B. Nurse", "--note", "secret words")
        let log = try alerts("audit").text
        #expect(log.contains("A. Nurse  acknowledge  episode \(id)"), "\(log)")
        #expect(log.contains("B. Nurse  missed") && !log.contains("secret words") && !log.contains("P-404"), "\(log)")
        #expect(try alerts("audit", "--verify").text.hasPrefix("state.db: the audit log is intact: "))
    }

    @Test(arguments: [
        ["show", "tw1-0"], ["show", "tw1-" + String(repeating: "0", count: 32)], ["ack", "x", "--by", "A"],
    ])
    func `an id that is none, or of nothing, is told`(_ arguments: [String]) throws {
        let result = try place.toxwatch.run(["alerts"] + arguments + ["--state", "state.db"], input: [])
        #expect(result.status == 64)
        #expect(result.told.contains(arguments[1]))
    }

    @Test func `without a state there is nothing to see`() throws {
        #expect(try place.toxwatch.run(["alerts", "list", "--state", "none.db"], input: []).status == 74)
    }
}
