import Clinical
import Emitter
import TestSupport
import Testing

@Suite struct NDJSONOutputTests {
    static let members = [
        "alert", "episode", "concern", "transition", "severity", "previous_severity", "patient", "therapy", "also",
        "therapy_day", "rule", "term", "direction", "grade", "scale", "time", "respond_by", "summary", "because",
        "advice", "source", "team", "site", "evidence", "mode", "approved", "pack",
    ]

    private func objects(_ story: AlertStory) throws -> [JSONText] {
        try lines(NDJSONOutput.output(of: story)).map { try #require(JSONText($0.utf8)) }
    }

    private func object(_ change: (inout AlertRecord, inout AlertStory) -> Void) throws -> JSONText {
        var story = AlertStory()
        story.add(.soon, change: change)
        return try #require(objects(story).first)
    }

    @Test func `each alert is one strict JSON object on one line`() throws {
        let story = AlertStory.day
        let objects = try objects(story)
        #expect(objects.count == story.batch.alerts.count)
        for object in objects { #expect(object.members.map(\.name).starts(with: Self.members)) }
    }

    @Test func `where there is nothing stands null or an empty list`() throws {
        let object = try object { alert, _ in
            let bare = AlertRecord()
            alert = bare
        }
        #expect(object.members.map(\.name) == Self.members)
        let nulls = object.members.filter { $0.value == .null }.map(\.name)
        #expect(
            nulls == [
                "concern", "previous_severity", "patient", "therapy", "therapy_day", "rule", "term", "direction",
                "grade", "scale", "time", "respond_by", "summary", "advice", "team", "site",
            ])
        for name in ["also", "because", "source", "evidence"] { #expect(object[name] == .array([])) }
    }

    @Test func `members that do not always apply follow the pack, in one order`() throws {
        let object = try object { alert, story in
            alert.isTest = true
            alert.time.isDate = true
            alert.adviceConfidence = story.catalogue.number(of: "mixed")
            alert.reason = story.batch.keep("no ULN")
            alert.possible = MaybeGrade(4)
        }
        #expect(
            object.members.dropFirst(Self.members.count) == [
                JSONText.Member(name: "possible", value: .number("4")),
                JSONText.Member(name: "reason", value: .string("no ULN")),
                JSONText.Member(name: "advice_confidence", value: .string("mixed")),
                JSONText.Member(name: "time_precision", value: .string("day")),
                JSONText.Member(name: "test", value: .bool(true)),
            ])
    }

    @Test(arguments: [Int32.min + 1, -365, -10, -1, 0, 9, 10, 41, 99, 100, 365, Int32.max])
    func `the therapy day is a plain number`(day: Int32) throws {
        #expect(try object { alert, _ in alert.therapyDay = day }["therapy_day"] == .number("\(day)"))
    }

    @Test(arguments: 0...5)
    func `a grade is its digit`(grade: Int) throws {
        #expect(try object { alert, _ in alert.grade = MaybeGrade(grade) }["grade"] == .number("\(grade)"))
    }

    @Test(arguments: [(Direction.low, "low"), (.high, "high")])
    func `a direction is its word`(direction: Direction, word: String) throws {
        #expect(try object { alert, _ in alert.direction = direction }["direction"] == .string(word))
    }

    @Test(arguments: Severity.allCases)
    func `the severity before is its word`(severity: Severity) throws {
        let object = try object { alert, _ in alert.previousSeverity = severity }
        #expect(object["previous_severity"] == .string(severity.name))
        #expect(object["severity"] == .string("soon"))
    }

    @Test func `ids have their written form`() throws {
        let id = StableID(high: 0x0123_4567_89AB_CDEF, low: 0xFEDC_BA98_7654_3210)
        var written: [UInt8] = []
        id.append(to: &written)
        let object = try object { alert, _ in alert.alertID = id }
        #expect(object["alert"]?.string == "tw1-0123456789abcdeffedcba9876543210")
        #expect(object["alert"]?.string == String(decoding: written, as: UTF8.self))
    }

    @Test func `the pack's own words are escaped, also when they come again`() throws {
        var story = AlertStory()
        let advice = "say \"stop\"\n\\ and ≥ 3 µmol/L"
        for _ in 0..<3 { story.add(.soon) { alert, story in alert.advice = story.catalogue.number(of: advice) } }
        #expect(try objects(story).map { $0["advice"] } == Array(repeating: .string(advice), count: 3))
    }

    @Test func `mode, approval and pack are the catalogue's`() throws {
        var story = AlertStory()
        story.catalogue.mode = "shadow"
        story.catalogue.isApproved = false
        story.catalogue.packName = "im\"munotherapy"
        story.add(.soon)
        let object = try #require(objects(story).first)
        #expect(object["mode"] == .string("shadow"))
        #expect(object["approved"] == .bool(false))
        #expect(object["pack"]?.members.map(\.name) == ["name", "version", "sha256"])
        #expect(object["pack"]?["name"] == .string("im\"munotherapy"))
    }

    @Test func `evidence names the event, its answer and the criterion`() throws {
        let evidence = try object { alert, story in
            alert.evidence = story.evidence(
                event: "e17", term: "diarrhea", attribute: "frequency", value: "3", grade: MaybeGrade(1),
                criterion: "fewer than 4 stools more")
        }["evidence"]?[0]
        #expect(
            evidence
                == JSONText(
                    #"""
                    {"event":"e17","time":"2026-03-01T08:15:00Z","term":"diarrhea","attribute":"frequency","value":"3",
                    "unit":null,"grade":1,"criterion":"fewer than 4 stools more"}
                    """#.utf8))
    }
}
