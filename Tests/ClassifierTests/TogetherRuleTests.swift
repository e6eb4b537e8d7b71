import Clinical
import TestSupport
import Testing

@testable import Classifier

/// Combinations of reports within a span.
struct TogetherRuleTests {
    private static let terms = """
        x: {title: X, concern: skin, grades: {1: "> 1", 2: "> 2", 3: "> 3"}}
        y: {title: Y, concern: bowel, grades: {1: "> 1", 2: "> 2", 3: "> 3"}}
        z: {title: Z, concern: bowel, attributes: {seen: {kind: bool, absent: false}, temp: {unit: Cel, plausible: 30..45}}, default: temp, grades: {1: temp > 38 or seen}}

        """

    private static func pack(_ rules: String, terms: String = terms) throws -> TestPack {
        try TestPack(
            terms: terms,
            therapies: """
                therapy: any
                source: root source
                triage: {default: {1: routine, 2: routine, 3: soon}}
                rules:

                """ + TestPack.indented(rules))
    }

    private static let pair = """
        - id: pair
          kind: together
          title: possible pair
          of: [x >= 1, y >= 2]
          within: 3d
          severity: urgent
          source: pair source

        """

    private static func rules(_ pack: TestPack, _ events: String...) -> [String] {
        pack.alerts(events).map { "\($0.severity) \($0.concern) by \($0.rule)" }
    }

    @Test(arguments: [
        ("d0h8", "d3h8", true), ("d0h8", "d3h8m1", false), ("d0h8", "d0h8", true), ("d3h8", "d0h8", true),
        ("d3h8m1", "d0h8", false),
        ("d0h8", "d2h8", true),
    ])
    func `both within the span fire, in any order, both edges in`(first: String, second: String, fires: Bool) throws {
        let pack = try Self.pack(Self.pair)
        for events in [["x=1.5 t=\(first)", "y=2.5 t=\(second)"], ["y=2.5 t=\(second)", "x=1.5 t=\(first)"]] {
            #expect(pack.alerts(events).contains { $0.rule == "pair" } == fires, "\(events)")
        }
    }

    @Test(arguments: [("x=1", "y=2.5"), ("x=1.5", "y=2"), ("x=1.5", "y=2.5 patient=P2")])
    func `a part below its limit, or of another patient, does not fire`(first: String, second: String) throws {
        #expect(try !Self.pack(Self.pair).alerts(first, second).contains { $0.rule == "pair" })
    }

    @Test func `an answer that was not asked for stands in the evidence as it was written`() throws {
        let pack = try Self.pack(Self.pair.replacing("y >= 2", with: "z >= 1"))
        let alert = try #require(pack.alerts("z{temp=39,foo=true} unit=Cel", "x=1.5").last { $0.rule == "pair" })
        #expect(alert.evidence.contains { $0.contains("z.foo=true") }, "\(alert.evidence)")
        #expect(!alert.evidence.contains { $0.contains("z.temp=true") }, "\(alert.evidence)")
    }

    @Test func `the alert belongs to the concern of its first term, and tells of all it leans on`() throws {
        let pack = try Self.pack(Self.pair)
        let alerts = pack.alerts("x=1.5 id=e1 therapy=any", "y=3.5 id=e2 t=d1h8 therapy=any")
        #expect(
            alerts.map(\.line) == [
                "opened routine skin by grade:x on any", "opened soon bowel by grade:y on any",
                "worsened urgent skin by pair on any",
            ])
        #expect(
            alerts.map(\.summary) == [
                "X grade 1 on any", "Y grade 3 on any", "X grade 1 with Y grade 3 on any: possible pair",
            ])
        let pair = try #require(alerts.last)
        #expect(pair.evidence == ["e1 x.value=1.5", "e2 y.value=3.5"])
        #expect(pair.sources == ["pair source", "scale source"])
        #expect(pair.because == [])
        #expect((pair.term, pair.grade) == ("x", 1))
        #expect(pair.time == TestEvents.moment("d1h8"))
    }

    @Test func `a late arrival fires by its own time, not by the time it came`() throws {
        let pack = try Self.pack(Self.pair)
        #expect(
            pack.alerts("x=1.5 t=d10h8", "y=2.5 t=d0h8", "x=1.5 t=d2h8").filter { $0.transition != "retracted" }.map(
                \.rule) == ["grade:x", "grade:y", "pair"])
    }

    @Test(arguments: [
        ("d0", "d3", true), ("d0", "d4", false), ("d0", "d3h23m59", true), ("d0", "d4h0", false), ("d0h8", "d3", true),
        ("d0h8", "d4", false), ("d0h0", "d3", true),
    ])
    func `a report known by its date alone may be of any hour of it`(first: String, second: String, fires: Bool) throws
    {
        let pack = try Self.pack(Self.pair)
        for events in [["x=1.5 t=\(first)", "y=2.5 t=\(second)"], ["y=2.5 t=\(second)", "x=1.5 t=\(first)"]] {
            #expect(pack.alerts(events).contains { $0.rule == "pair" } == fires, "\(events)")
        }
    }

    @Test func `three must all come within the span`() throws {
        let pack = try Self.pack(
            "- {id: three, kind: together, of: [x >= 1, y >= 1, z >= 1], within: 24h, severity: urgent}\n")
        #expect(
            Self.rules(pack, "x=1.5 t=d0h0", "z=39 unit=Cel t=d0h20", "y=1.5 t=d1h0").last == "urgent skin by three")
        #expect(!pack.alerts("x=1.5 t=d0h0", "z=39 unit=Cel t=d0h20", "y=1.5 t=d1h1").contains { $0.rule == "three" })
        // The one in the middle may come last.
        #expect(pack.alerts("x=1.5 t=d0h0", "y=1.5 t=d1h0", "z=39 unit=Cel t=d0h20").contains { $0.rule == "three" })
    }

    @Test func `any of several will do, and each that holds is told`() throws {
        let pack = try Self.pack(
            """
            - id: some
              kind: together
              of:
                - x >= 1
                - any of [y >= 2, z.temp > 40, z.seen]
              within: 24h
              severity: urgent

            """)
        #expect(pack.alerts("x=1.5", "z=40.1 unit=Cel").last?.rule == "some")
        #expect(pack.alerts("x=1.5", "z{seen=true}").last?.rule == "some")
        #expect(pack.alerts("x=1.5", "z=40 unit=Cel").contains { $0.rule == "some" } == false)
        let both = pack.alerts(
            "z=40.1 unit=Cel id=e1 therapy=any", "y=2.5 id=e2 therapy=any", "x=1.5 id=e3 therapy=any")
        #expect(both.last?.summary == "X grade 1 with Y grade 2 with Z grade 1 on any")
    }

    @Test func `a part may be a value that is graded 0`() throws {
        let pack = try Self.pack(
            "- {id: warm, kind: together, of: [x >= 1, z.temp >= 37.5], within: 24h, severity: urgent}\n")
        #expect(pack.alerts("z{temp=37.6,seen=false}", "x=1.5").map(\.rule) == ["warm"])
        #expect(pack.alerts("z{temp=37.4,seen=false}", "x=1.5").map(\.rule) == ["grade:x"])
        #expect(pack.alerts("x=1.5", "z{temp=37.6,seen=false}").map(\.rule) == ["grade:x", "warm"])
        let absence = try Self.pack(
            "- {id: mild, kind: together, of: [x >= 1, y < 1], within: 24h, severity: urgent}\n")
        #expect(absence.alerts("y=0", "x=1.5").map(\.rule) == ["mild"])
    }

    @Test func `a corrected report leaves the combination it no longer belongs to`() throws {
        let pack = try Self.pack(Self.pair)
        #expect(!pack.alerts("x=1.5 id=e1", "x=0 id=e1", "y=2.5 t=d1h8").contains { $0.rule == "pair" })
        #expect(pack.alerts("x=0 id=e1", "x=1.5 id=e1", "y=2.5 t=d1h8").contains { $0.rule == "pair" })
        // Moved out of the span.
        #expect(
            !pack.alerts("x=1.5 id=e1 t=d0h8", "x=1.5 id=e1 t=d-9h8", "y=2.5 t=d1h8").contains { $0.rule == "pair" })
    }

    @Test func `a withdrawn report leaves the combination`() throws {
        let pack = try Self.pack(Self.pair)
        #expect(!pack.alerts("x=1.5 id=e1", "x id=e1 status=cancelled", "y=2.5 t=d1h8").contains { $0.rule == "pair" })
        #expect(
            !pack.alerts("x=1.5 id=e1", "unheard id=e1 status=cancelled", "y=2.5 t=d1h8").contains { $0.rule == "pair" }
        )
    }

    @Test func `many reports of one part do not push out the only one of another`() throws {
        let pack = try Self.pack("- {id: pair, kind: together, of: [x >= 1, y >= 2], within: 21d, severity: urgent}\n")
        let noise = (1...200).map { "x=1.5 t=d\($0 / 10)h\($0 % 10)" }
        #expect(pack.alerts(["y=2.5 t=d0h0"] + noise + ["x=1.5 t=d20h12"]).contains { $0.rule == "pair" })
        let other = (1...200).map { "x=1.5 t=d\($0 / 10)h\($0 % 10)" }
        let three = try Self.pack(
            "- {id: three, kind: together, of: [x >= 1, y >= 2, z >= 1], within: 21d, severity: urgent}\n")
        #expect(three.alerts(["y=2.5 t=d0h0"] + other + ["z=39 unit=Cel t=d20h12"]).contains { $0.rule == "three" })
    }

    @Test func `the same combination speaks once`() throws {
        let pack = try Self.pack(Self.pair)
        #expect(
            pack.alerts("x=1.5", "y=2.5", "x=1.5 t=d1h8", "y=2.5 t=d1h8").map(\.rule) == ["grade:x", "grade:y", "pair"])
    }

    @Test func `a combination under the window of its therapy`() throws {
        let pack = try Self.pack(
            """
            - id: pair
              kind: together
              of: [x >= 1, y >= 2]
              within: 3d
              window: {from: 0d, until: 7d}
              severity: urgent
              concern: kidney
              respond_within: 30m

            """)
        let inside = pack.alerts("x=1.5 last_dose=d0 t=d7h8 therapy=any", "y=2.5 last_dose=d0 t=d7h9 therapy=any")
        #expect(inside.map(\.concern) == ["skin", "bowel", "kidney"])
        #expect(inside.map(\.minutesToRespond) == [72 * 60, 72 * 60, 30])
        #expect(!pack.alerts("x=1.5 last_dose=d0 t=d7h8", "y=2.5 last_dose=d0 t=d8h0").contains { $0.rule == "pair" })
        #expect(pack.alerts("x=1.5 t=d7h8", "y=2.5 t=d8h0").contains { $0.rule == "pair" })
    }
}
