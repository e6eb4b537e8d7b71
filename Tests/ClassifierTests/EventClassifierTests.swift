import Clinical
import TestSupport
import Testing

@testable import Classifier

/// Whole runs: repeats and corrections, sums, splits, bounded memory.
struct EventClassifierTests {
    static let files = [
        "scale.yaml": TestPack.scale + """
              x: {title: X, concern: skin, grades: {1: "> 1", 2: "> 2", 3: "> 3", 4: "> 4"}}
              y: {title: Y, concern: bowel, unit: g/L, units: {g/dL: 10}, plausible: 0..100, grades: {1: "> 10", 2: "> 2 ULN", 3: "> 3 ULN and symptomatic"}}
              na: {title: Sodium, concern: kidney, unit: mmol/L, low: {title: Low, grades: {1: "< 1 LLN", 2: "< 130", 3: "< 120"}}, high: {title: High, grades: {1: "> 1 ULN", 2: "> 150"}}}
              rash: {title: Rash, concern: skin, attributes: {area: {unit: "%", plausible: 0..100}, adl: {choices: [none, some, much]}, sore: {kind: bool, absent: false}}, default: area, grades: {1: "area > 0", 2: "area > 10", 3: "adl = much or sore"}}
              low: {title: Low pressure, concern: blood, attributes: {sbp: {unit: "mm[Hg]", plausible: 30..300, codes: [sbp]}}, grades: {1: "sbp < 90"}}
              high: {title: High pressure, concern: blood, attributes: {sbp: {unit: "mm[Hg]", plausible: 30..300, codes: [sbp]}}, grades: {1: "sbp > 140", 2: "sbp > 160"}}

            """,
        "shared.yaml": "qualifiers: {symptomatic: {}, well: {denies: symptomatic}}\n",
        "any.yaml": """
        therapy: any
        source: root source
        triage: {default: {1: routine, 2: soon, 3: urgent, 4: emergency}}
        rules:
          - {id: pair, kind: together, of: [x >= 1, low.sbp < 100], within: 2d, severity: urgent}
          - {id: trio, kind: together, of: [rash >= 1, y >= 1, na >= 1], within: 5d, severity: emergency, concern: liver}
          - {id: fall, kind: when, when: low.sbp < 95, severity: soon, concern: fever}
          - {id: flagged, kind: when, terms: all, when: "flag in [HH, LL]", severity: urgent}
          - {id: left, kind: unjudged, terms: all, severity: soon}
          - {id: unread, kind: unjudged, records: unread, concern: data, severity: soon}

        """,
        "ici.yaml":
            "therapy: ici\nsource: s\nwatch: {from: 0d, until: 20d after last_dose}\ntriage: {x: [{window: {from: 0d, until: 3d}, 1: none, 2: emergency}, {1: soon}], na: {1: none, 2: urgent}}\n",
        "modifiers.yaml": "modifiers: {chemo: {triage: {x: {1: urgent}}}}\n",
    ]

    static let pack = Result { try TestPack(files) }

    private static func tally(_ events: String..., kinds: Set<String>? = nil) throws -> RunTally {
        let pack = try pack.get()
        var classifier = EventClassifier(pack: pack.compiled, kinds: kinds)
        _ = pack.alerts(TestEvents(pack.compiled.vocabulary, events).batch, &classifier)
        return classifier.tally
    }

    // MARK: Repeats and corrections

    @Test func `the same report again is a repeat and silent`() throws {
        let tally = try Self.tally("x=1.5 therapy=any id=e1", "x=1.5 therapy=any id=e1", "x=1.5 therapy=any id=e1")
        #expect((tally.graded, tally.repeats, tally.alerts) == (1, 2, [0, 1, 0, 0, 0]))
        #expect(try Self.tally("x=1.5", "x=1.5").repeats == 1)
        #expect(try Self.tally("x=1.5 therapy=any id=e1", "x=1.5 therapy=any id=e1 patient=P2").repeats == 0)
    }

    @Test func `the same id with other content is a correction and judged anew, and what it replaced is no second one`()
        throws
    {
        let tally = try Self.tally(
            "x=1.5 therapy=any id=e1", "x=2.5 therapy=any id=e1", "x=2.5 therapy=any id=e1", "x=1.5 therapy=any id=e1",
            "x=0.5 therapy=any id=e1", "x=2.5 therapy=any id=e1", "x=0.5 therapy=any id=e1")
        #expect((tally.graded, tally.repeats, tally.alerts) == (3, 4, [1, 1, 1, 0, 0]))
    }

    @Test func `without ids, different values are different reports`() throws {
        let tally = try Self.tally("x=1.5 therapy=any", "x=2.5 therapy=any", "x=1.5 therapy=any")
        #expect((tally.graded, tally.repeats) == (2, 1))
    }

    @Test(arguments: [
        ("preliminary", "final", 2, 0), ("final", "preliminary", 1, 1), ("final", "corrected", 2, 0),
        ("corrected", "final", 1, 1),
        ("preliminary", "corrected", 2, 0), ("corrected", "preliminary", 1, 1), ("preliminary", "preliminary", 2, 0),
        ("corrected", "corrected", 2, 0),
    ])
    func `the more settled version holds, among equals the last`(
        first: String, second: String, graded: Int, repeats: Int
    ) throws {
        let tally = try Self.tally(
            "x=1.5 therapy=any id=e1 status=\(first)", "x=2.5 therapy=any id=e1 status=\(second)")
        #expect((tally.graded, tally.repeats) == (graded, repeats))
        #expect(tally.alerts[2] == graded - 1)
    }

    @Test func `a withdrawn report stays withdrawn`() throws {
        let tally = try Self.tally(
            "x=1.5 therapy=any id=e1", "x therapy=any id=e1 status=cancelled", "x=9 therapy=any id=e1",
            "x=9 therapy=any id=e1 status=corrected", "x therapy=any id=e1 status=cancelled")
        #expect((tally.graded, tally.cancelled, tally.repeats) == (1, 4, 0))
        #expect(tally.alerts == [1, 1, 0, 0, 0])
        // Withdrawn before it came.
        #expect(
            try Self.tally("x therapy=any id=e2 status=cancelled", "x=9 therapy=any id=e2").alerts == [0, 0, 0, 0, 0])
    }

    // MARK: Sums

    @Test func `what is not watched is counted by its code`() throws {
        let pack = try Self.pack.get()
        let classifier = pack.classifier("sparkle=1", "glow=2", "sparkle=3", "x=0")
        #expect(classifier.unmatchedCodes == ["sparkle": 2, "glow": 1])
        #expect((classifier.tally.unmatched, classifier.tally.graded) == (3, 1))
    }

    @Test func `a report with a grade on any scale is graded, one without is ungradable`() throws {
        let tally = try Self.tally(
            "x=0", "x='1'", "y=5", "y=5 unit=mmol", "na=140", "na=125 unit=mmol/L", "rash=3 attribute=size",
            "rash{sore=true}")
        #expect((tally.graded, tally.ungradable) == (3, 5))
    }

    @Test(arguments: Trials.seeds(0..<20))
    func `every record is in exactly one sum`(seed: UInt64) throws {
        let pack = try Self.pack.get()
        let events = RandomEvents.batch(seed: seed, count: 400, pack)
        for kinds: Set<String>? in [nil, ["grade"], []] {
            var classifier = EventClassifier(pack: pack.compiled, kinds: kinds)
            let alerts = pack.alerts(events, &classifier)
            let tally = classifier.tally
            #expect(tally.events == events.events.count)
            #expect(tally.records == events.events.count + events.rejects.count)
            #expect(tally.alerts.reduce(0, +) == alerts.count)
            #expect(tally.alerts == Severity.allCases.map { severity in alerts.count { $0.severity == severity.name } })
            #expect(classifier.unmatchedCodes.values.reduce(0, +) == tally.unmatched)
            #expect(tally.repeats > 0 && tally.cancelled > 0 && tally.ungradable > 0 && tally.unmatched > 0)
            var grading = EventClassifier(pack: pack.compiled)
            var findings = FindingBatch()
            grading.grade(events, into: &findings)
            #expect(findings.verdicts.count == events.events.count)
            #expect(grading.tally.records == tally.records)
        }
    }

    // MARK: The same however it comes

    @Test(arguments: Trials.seeds(0..<20))
    func `the alerts are the same however the input is split`(seed: UInt64) throws {
        let pack = try Self.pack.get()
        let whole = RandomEvents.batch(seed: seed, count: 300, pack)
        var classifier = EventClassifier(pack: pack.compiled)
        let wanted = pack.alerts(whole, &classifier)
        #expect(wanted.count > 10)
        for size in [1, 2, 7, 64] {
            var split = EventClassifier(pack: pack.compiled)
            let found = RandomEvents.pieces(of: whole, size).flatMap { pack.alerts($0, &split) }
            #expect(found == wanted, "in pieces of \(size)")
            #expect(split.tally == classifier.tally)
        }
    }

    @Test(arguments: Trials.seeds(0..<40))
    func `the short way says what the long way says`(seed: UInt64) throws {
        let pack = try Self.pack.get()
        let events = RandomEvents.batch(seed: seed, count: 300, pack)
        for (kinds, remembersAll): (Set<String>?, Bool) in [
            (nil, false), (["grade"], false), (["grade"], true), (["grade", "together"], false), (["when"], false),
        ] {
            // An empty roster knows nobody, and closes the short way.
            var long = EventClassifier(
                pack: pack.compiled, roster: Roster(), kinds: kinds, remembersAll: remembersAll)
            var short = EventClassifier(pack: pack.compiled, kinds: kinds, remembersAll: remembersAll)
            let wanted = pack.alerts(events, &long)
            let found = pack.alerts(events, &short)
            #expect(found == wanted)
            #expect(short.tally == long.tally)
        }
    }

    @Test func `the short way ends and eases episodes in the words of the long way`() throws {
        let pack = try Self.pack.get()
        let course = [
            "x=2.5", "x=2.5", "x=1.5", "rash=15", "x=0.5", "rash=0", "na=160 unit=mmol/L low=135 high=145",
            "na=140 unit=mmol/L low=135 high=145", "y=25 unit=g/L high=10", "y=5 unit=g/L high=10",
            "x=2 attribute=grade",
            "x=0 attribute=grade",
        ]
        let lines = course.enumerated().flatMap { hour, value in
            (0..<6).map { "\(value) therapy=\($0 < 3 ? "ici" : "any") patient=P\($0) t=d0h\(hour)" }
        }
        let events = TestEvents(pack.compiled.vocabulary, lines).batch
        var long = EventClassifier(pack: pack.compiled, roster: Roster(), kinds: ["grade"], remembersAll: true)
        var short = EventClassifier(pack: pack.compiled, kinds: ["grade"], remembersAll: true)
        let wanted = pack.alerts(events, &long)
        #expect(pack.alerts(events, &short) == wanted)
        #expect(wanted.count { $0.transition == "resolved" } == 12)
        #expect(wanted.count { $0.transition == "eased" } >= 3)
    }

    @Test func `low and high of one measurement are never told for one another`() throws {
        let pack = TestPack.shipped
        let measured = [
            ("k", "8 unit=mmol/L", "2 unit=mmol/L"), ("sodium", "162 unit=mmol/L", "118 unit=mmol/L"),
            ("mg", "5 unit=mmol/L", "0.2 unit=mmol/L"), ("glu", "20.4 unit=mmol/L", "1.7 unit=mmol/L"),
        ]
        for (code, high, low) in measured {
            let lines = [high, low, high, low].enumerated().map { number, value in
                "\(code)=\(value) low=1 high=3 patient=P\(number) therapy=pd1"
            }
            let short = pack.alerts(lines)
            #expect(short == pack.alerts(lines, roster: Roster()), "\(code)")
            #expect(Set(short.map(\.direction)) == ["low", "high"], "\(code)")
        }
    }

    @Test(arguments: Trials.seeds(0..<10))
    func `patients do not meddle with one another`(seed: UInt64) throws {
        let pack = try Self.pack.get()
        let events = RandomEvents.batch(seed: seed, count: 300, pack)
        let together = pack.alerts(events)
        for patient in RandomEvents.patients {
            #expect(together.filter { $0.patient == patient } == pack.alerts(RandomEvents.only(patient, of: events)))
        }
    }

    @Test func `feeding the same input twice makes no new alert`() throws {
        let pack = try Self.pack.get()
        let events = RandomEvents.batch(seed: 7, count: 300, pack)
        var classifier = EventClassifier(pack: pack.compiled)
        #expect(!pack.alerts(events, &classifier).isEmpty)
        #expect(pack.alerts(events, &classifier).isEmpty)
    }

    // MARK: Memory

    @Test func `ten thousand events of one patient in one batch at one time end`() throws {
        let pack = try Self.pack.get()
        let lines = (0..<10_000).map { "x=0.\($0) therapy=any" }
        let classifier = { () throws -> RunTally in
            var classifier = EventClassifier(pack: pack.compiled)
            _ = pack.alerts(TestEvents(pack.compiled.vocabulary, lines).batch, &classifier)
            return classifier.tally
        }
        #expect(try classifier().graded == 10_000)
    }

    @Test func `patients with long or alike ids are kept apart`() throws {
        let pack = try Self.pack.get()
        let ids = [
            "P", "P1", "P12345678", "P123456789", "P1234567890123456", "P12345678901234567", "P12345678901234568", "p1",
            "Pé",
        ]
        let many = (0..<5000).map { "x=1.5 patient=Q\($0)" }
        let alerts = pack.alerts(ids.map { "x=1.5 patient=\($0)" } + many)
        #expect(alerts.map(\.patient) == ids + (0..<5000).map { "Q\($0)" })
        #expect(Set(alerts.map(\.alertID)).count == alerts.count)
    }

    // MARK: Grading alone

    @Test func `grading alone remembers nothing`() throws {
        let pack = try Self.pack.get()
        var classifier = EventClassifier(pack: pack.compiled)
        var output = FindingBatch()
        let lines = [
            "x=2.5 id=e1 therapy=any", "x=2.5 id=e1 therapy=any", "x id=e1 status=cancelled", "sparkle=1", "glow=80",
            "sbp=80 unit=mm[Hg]",
        ]
        classifier.grade(TestEvents(pack.compiled.vocabulary, lines).batch, into: &output)
        #expect(output.verdicts.map(\.severity.name) == ["soon", "soon", "none", "none", "none", "soon"])
        #expect(output.verdicts.map(\.isUnmatched) == [false, false, false, true, true, false])
        #expect(output.verdicts.map(\.isCancelled) == [false, false, true, false, false, false])
        #expect(output.verdicts.map { pack.word($0.therapy) } == ["any", "any", "", "unknown", "unknown", "unknown"])
        #expect(output.verdicts.map(\.findings.count) == [1, 1, 0, 0, 0, 2])
        #expect((classifier.tally.graded, classifier.tally.cancelled, classifier.tally.unmatched) == (3, 1, 2))
    }
}
