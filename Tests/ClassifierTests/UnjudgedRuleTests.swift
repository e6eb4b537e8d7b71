import Clinical
import TestSupport
import Testing

@testable import Classifier

/// Watched reports that cannot be graded, and records that cannot be read.
struct UnjudgedRuleTests {
    private static let files = [
        "scale.yaml": TestPack.scale + """
              alb: {title: Albumin, concern: liver, unit: g/L, plausible: 3..90, direction: low, grades: {2: "< 30"}}
              hb: {title: Hemoglobin, concern: blood, unit: g/L, low: {title: Anemia, grades: {1: "< 100"}}, high: {title: Polycythemia, grades: {3: "> 1 ULN and symptomatic"}}}
              fever: {title: Fever, concern: fever, attributes: {temp: {unit: Cel, plausible: 25..45, aliases: [degrees], codes: [temp]}}, grades: {1: temp >= 38}}
              ggt: {title: GGT, concern: liver, grades: {1: "> 1 ULN", 3: "> 5 ULN"}}

            """,
        "pro.yaml": """
        scale: composite
        family: composite
        answers: answers
        phrase: "{term} composite {grade}"
        answer_phrase: "{term} answered {grade}"
        source: published
        tables: {"frequency, severity": [[0, 0, 0, 0, 0], [1, 1, 1, 2, 2], [1, 1, 2, 2, 2], [1, 1, 2, 3, 3], [1, 1, 2, 3, 3]]}
        terms: {nausea: {title: Nausea, concern: bowel, asks: [frequency, severity]}}

        """,
        "shared.yaml": """
        qualifiers: {symptomatic: {}}
        attributes:
          frequency: {choices: [never, rarely, occasionally, frequently, almost constantly]}
          severity: {choices: [none, mild, moderate, severe, very severe]}

        """,
        "any.yaml": """
        therapy: any
        source: root source
        triage: {default: {1: none, 2: routine, 3: urgent}, ggt: {1: none, 3: none}}
        triage_by_scale: {answers: {default: {3: soon}}}
        rules:
          - {id: not-graded, kind: unjudged, terms: all, title: not graded, severity: soon}
          - {id: unread, kind: unjudged, records: unread, concern: data, severity: soon}
          - {id: critical, kind: unjudged, records: critical, concern: data, severity: urgent}

        """,
        "cells.yaml": """
        therapy: cells
        source: cells source
        rules: [{id: fever-not-graded, kind: unjudged, terms: [fever], severity: emergency}]

        """,
    ]

    private static let pack = Result { try TestPack(files) }

    private static func alerts(_ events: String..., kinds: Set<String>? = nil) throws -> [String] {
        try pack.get().alerts(events, kinds: kinds).map { "\($0.severity) \($0.concern) by \($0.rule)" }
    }

    @Test(arguments: ["fever=300 unit=Cel", "fever=hot", "fever='38.5'", "fever=3 attribute=grades"])
    func `an unknown answer may be the worst, so it speaks as the rule says`(event: String) throws {
        #expect(try Self.alerts("\(event) therapy=any") == ["soon fever by not-graded"])
        #expect(try Self.alerts("\(event) therapy=cells") == ["emergency fever by fever-not-graded"])
        #expect(try Self.alerts("\(event) therapy=cells", kinds: ["grade", "when", "together"]) == [])
    }

    @Test func `the alert says what could not be graded, and why, without the value`() throws {
        let alert = try #require(Self.pack.get().alerts("alb=25 therapy=any id=e1").first)
        #expect(alert.line == "opened routine liver by not-graded on any")
        #expect(alert.summary == "Albumin could not be graded: no unit with value on any: not graded")
        #expect(alert.reason == "no unit with value")
        #expect(alert.grade == nil)
        #expect(alert.possible == 2)
        #expect(alert.evidence == ["e1 alb.value=25"])
    }

    @Test(arguments: [
        // Without a unit the value itself can be read: the worst grade it may be is 2.
        ("alb=25", "routine liver by not-graded"), ("alb='25'", "soon liver by not-graded"),
        ("alb=300 unit=g/L", "soon liver by not-graded"),
        // No grade of this term alerts, so neither does one that is not known.
        ("ggt=100", ""), ("fever=101 unit=K", ""), ("alb=25 unit=g/L", "routine liver by grade:alb"),
        ("alb=35 unit=g/L", ""),
    ])
    func `an ungraded report is no more severe than the worst grade it may have`(event: String, alert: String) throws {
        #expect(try Self.alerts("\(event) therapy=any") == (alert.isEmpty ? [] : [alert]))
    }

    @Test func `a grade in one direction does not hide what could not be graded in the other`() throws {
        // 120 is no anemia; whether it is a polycythemia of grade 3 cannot be told without the limit.
        #expect(try Self.pack.get().findings("hb=120 unit=g/L").first == "hb.low 0")
        #expect(try Self.alerts("hb=120 unit=g/L therapy=any") == ["soon blood by not-graded"])
        #expect(try Self.alerts("hb=120 unit=g/L high=170 therapy=any") == [])
        #expect(try Self.alerts("hb=90 unit=g/L high=170 therapy=any") == [])
        // Proven below normal, it is not above.
        #expect(try Self.alerts("hb=90 unit=g/L therapy=any") == [])
    }

    @Test func `an answer under a name that the term does not ask speaks, though another answer is graded`() throws {
        let alert = try #require(Self.pack.get().alerts("fever{temp=37,tmp=40} unit=Cel therapy=any id=e1").first)
        #expect(alert.line == "opened soon fever by not-graded on any")
        #expect(alert.reason == "an attribute that fever does not ask; asked are temp, grade")
        #expect(alert.evidence == ["e1 fever.temp=37 Cel", "e1 fever.tmp=40 Cel"])
        #expect(try Self.alerts("fever{temp=37} unit=Cel therapy=any") == [])
    }

    @Test func `who says no to a thing that is told by a number denies it; a measurement cannot be denied`() throws {
        #expect(try Self.alerts("fever=false therapy=cells") == [])
        #expect(try Self.alerts("fever=true therapy=cells") == ["emergency fever by fever-not-graded"])
        #expect(try Self.alerts("alb=false therapy=any") == ["soon liver by not-graded"])
        let found = try Self.pack.get().findings("nausea{severity=false,frequency=false}")
        #expect(!found.isEmpty && found.allSatisfy { $0.hasSuffix(" 0") }, "\(found)")
    }

    @Test func `one of two answers is graded by itself, and does not cry for the other`() throws {
        #expect(try Self.alerts("nausea{frequency=2} therapy=any") == [])
        #expect(try Self.alerts("nausea{frequency=3} therapy=any") == ["soon bowel by grade:nausea"])
        #expect(try Self.alerts("nausea{frequency=often} therapy=any") == ["soon bowel by not-graded"])
    }

    @Test func `a measurement under its own code cannot be denied, and a bound is no choice`() throws {
        #expect(try Self.alerts("temp=false therapy=cells") == ["emergency fever by fever-not-graded"])
        #expect(try Self.alerts("nausea{frequency=2} comparator=> therapy=any") == ["soon bowel by not-graded"])
        #expect(try Self.alerts("nausea{frequency=2} therapy=any") == [])
    }

    @Test func `what was not asked, or answered twice, is told beside what was`() throws {
        let pack = try Self.pack.get()
        let odd = try #require(pack.alerts("fever{temp=39,tmp=40} unit=Cel therapy=any").first)
        #expect(odd.reason == "an attribute that fever does not ask; asked are temp, grade")
        let twice = try #require(pack.alerts("fever{temp=37,degrees=40} unit=Cel therapy=any").first)
        #expect(twice.reason == "temp was answered twice, under two of its names")
    }

    @Test func `a critical result under a code that is not watched calls for its patient, each once`() throws {
        let pack = try Self.pack.get()
        let alerts = pack.alerts(
            "shoe=1 flag=HH therapy=cells", "shoe=1 flag=HH therapy=cells", "hat=2 flag=LL", "shoe=1 flag=H", "shoe=1")
        #expect(
            alerts.map(\.line) == [
                "opened urgent data by critical on cells", "reminded urgent data by critical on unknown",
            ])
        let first = try #require(alerts.first)
        #expect(first.summary == "Flagged critical: the code 'shoe' is not watched")
        #expect(first.respondBy == TestEvents.moment("d0h12"))
    }

    @Test func `an unreadable record is known again whatever else comes, and however the input is cut`() throws {
        let pack = try Self.pack.get()
        let reports = (0..<400).map { "alb=40 unit=g/L id=r\($0) patient=P7 t=d1h\($0 % 24)" }
        func alerts(cutAfter: Int) -> [AlertView] {
            var classifier = EventClassifier(pack: pack.compiled)
            var found: [AlertView] = []
            for part in [reports[..<cutAfter], reports[cutAfter...]] {
                var events = TestEvents(pack.compiled.vocabulary)
                for report in part {
                    events.addReject(patient: "P7", raw: "{")
                    events.add(report)
                }
                found += pack.alerts(events.batch, &classifier)
            }
            return found
        }
        for cut in [1, 100, 200, 399] { #expect(alerts(cutAfter: cut).map(\.rule) == ["unread"], "\(cut)") }
    }

    @Test func `each patient that an unreadable record names is called for`() throws {
        let pack = try Self.pack.get()
        var events = TestEvents(pack.compiled.vocabulary)
        events.addReject(patients: ["P7", "P8"], raw: "{}{}")
        #expect(pack.alerts(events.batch).map(\.patient) == ["P7", "P8"])
    }

    @Test func `a record that could not be read calls for its patient, and so does each other one`() throws {
        let pack = try Self.pack.get()
        var events = TestEvents(pack.compiled.vocabulary)
        events.addReject(patient: "P7", raw: "{\"patient\":\"P7\",", reason: "the object does not end")
        events.addReject(patient: nil)
        events.addReject(patient: "P7", raw: "{\"patient\":\"P7\",\"x", reason: "the object does not end")
        events.addReject(patient: "P7", raw: "{\"patient\":\"P7\",", reason: "the object does not end")
        let alerts = pack.alerts(events.batch)
        let alert = try #require(alerts.first)
        #expect(alerts.map(\.transition) == ["opened", "reminded"])
        #expect(Set(alerts.map(\.alertID)).count == 2)
        #expect(alert.line == "opened soon data by unread on unknown")
        #expect(alert.patient == "P7")
        #expect(alert.summary == "A record could not be read: the object does not end")
        #expect(alert.sources == ["root source"])
        #expect(pack.alerts(events.batch, kinds: ["grade"]).isEmpty)
    }

    @Test func `an unread record of a known time must be answered in time, and tells what the roster knows`() throws {
        let pack = try Self.pack.get()
        var treatment = Roster.Treatment()
        treatment.treatments = [try #require(pack.compiled.vocabulary.treatments.symbol("cells"))]
        treatment.started = TestEvents.moment("d1")
        var patient = Roster.Patient()
        patient.treatments = [treatment]
        patient.team = "T1"
        var roster = Roster()
        roster[Array("P7".utf8)] = patient
        var events = TestEvents(pack.compiled.vocabulary)
        events.addReject(patient: "P7", at: TestEvents.moment("d3h8"))
        events.addReject(patient: "P8", raw: "[")
        let alerts = pack.alerts(events.batch, roster: roster)
        #expect(alerts.map(\.therapy) == ["cells", "unknown"])
        #expect(alerts.map(\.team) == ["T1", ""])
        #expect(alerts.map(\.day) == [2, nil])
        #expect(alerts.map(\.time) == [TestEvents.moment("d3h8"), .unknown])
        #expect(alerts.map(\.respondBy) == [TestEvents.moment("d4h8"), .unknown])
    }

    private static func life(_ events: String...) throws -> [String] {
        try reminding.get().alerts(events).map {
            "\($0.transition) \($0.severity) \($0.term) \($0.grade ?? -1) was \($0.previousSeverity ?? "-")"
        }
    }

    private static let reminding = Result {
        try TestPack(
            terms: """
                x: {title: X, concern: skin, grades: {1: "> 1", 2: "> 2", 3: "> 3", 4: "> 4"}}
                w: {title: W, concern: skin, grades: {1: "> 1", 2: "> 2", 3: "> 3", 4: "> 4"}}

                """,
            therapies: """
                therapy: any
                source: s
                triage: {default: {1: routine, 2: soon, 3: urgent, 4: emergency}}
                rules: [{id: not-graded, kind: unjudged, terms: all, severity: soon}]

                """,
            remindAfter: ["routine": "7d", "soon": "7d", "urgent": "3d"])
    }

    @Test func `what cannot be graded speaks though its concern has, each term by itself, and once in remind_after`()
        throws
    {
        #expect(
            try Self.life("x=2.5 t=d0", "x='7.9' t=d1", "w=many t=d2", "w=more t=d3", "x='8' t=d8", "x='9' t=d9") == [
                "opened soon x 2 was -", "worsened soon x -1 was soon", "worsened soon w -1 was soon",
                "reminded soon x -1 was soon",
            ])
    }

    @Test func `what cannot be graded speaks beside something more severe, and takes nothing from it`() throws {
        #expect(
            try Self.life("x=3.5 t=d0", "x=lots t=d1", "x=3.5 t=d2", "x=3.5 t=d3", "x=9 t=d4") == [
                "opened urgent x 3 was -", "reminded soon x -1 was urgent", "reminded urgent x 3 was urgent",
                "worsened emergency x 4 was urgent",
            ])
    }

    @Test func `a milder report after one that could not be graded eases`() throws {
        #expect(
            try Self.life("x=180 id=a t=d0", "x='180' id=b t=d1", "x=1.5 t=d2", "x=2.5 t=d3")
                == [
                    "opened emergency x 4 was -", "reminded soon x -1 was emergency", "eased routine x 1 was emergency",
                    "worsened soon x 2 was routine",
                ])
        #expect(
            try Self.life("x='180' t=d0", "x=1.5 t=d1", "x=2.5 t=d2", "x=3.5 t=d3") == [
                "opened soon x -1 was -", "eased routine x 1 was soon", "worsened soon x 2 was routine",
                "worsened urgent x 3 was soon",
            ])
    }
}
