import Clinical
import TestSupport
import Testing

@testable import Classifier

/// What a patient is on at an event: from the event itself, else from the roster.
struct SituationTests {
    private static let pack = Result {
        try TestPack([
            "scale.yaml": TestPack.scale + TestPack.indented(TriageTests.terms) + """
                  alt:
                    title: ALT
                    concern: liver
                    unit: U/L
                    units: {ukat/L: 60}
                    grades: {1: "> 1 ULN", 2: "> 3 ULN"}
                    when baseline high: {1: "> 1 baseline", 2: "> 3 baseline"}

                """,
            "any.yaml": "therapy: any\nsource: root source\ntriage: {default: {1: none}, alt: {1: routine, 2: soon}}\n",
            "trees.yaml": """
            modifiers: {chemo: {triage: {y: {1: emergency}}}}
            therapy: ici
            agents: [pembro, Keytruda]
            source: ici source
            triage:
              x:
                - {window: {from: 0d, until: 7d, since: any dose}, 1: urgent}
                - {1: routine}

            """,
            "cells.yaml": """
            therapy: cells
            source: cells source
            triage:
              x:
                - {window: {from: 0d, until: 3d, dose_phase: [restart]}, 1: emergency}
                - {1: soon}

            """,
        ])
    }

    /// A roster of the patient P1 with these treatments.
    private static func roster(
        _ treatments: [(names: [String], change: (inout Roster.Treatment) -> Void)], baselines: [Roster.Baseline] = []
    ) throws -> Roster {
        let vocabulary = try pack.get().compiled.vocabulary
        var patient = Roster.Patient()
        patient.baselines = baselines
        patient.team = "onc-2"
        patient.treatments = treatments.map { names, change in
            var treatment = Roster.Treatment()
            for name in names {
                if name == "chemo" || name == "kemo" {
                    treatment.modifiers.append(vocabulary.treatments.symbol(name) ?? .none)
                } else {
                    treatment.treatments.append(vocabulary.treatments.symbol(name) ?? .none)
                }
            }
            change(&treatment)
            return treatment
        }
        var roster = Roster()
        roster[Array("P1".utf8)] = patient
        return roster
    }

    private static func lines(_ event: String, _ roster: Roster) throws -> [String] {
        try pack.get().alerts(event, roster: roster).map {
            "\($0.severity) on \($0.therapy)" + ($0.day.map { ", day \($0)" } ?? "")
        }
    }

    @Test func `the roster tells the therapy, unless the event does`() throws {
        let roster = try Self.roster([(["ici"], { _ in })])
        #expect(try Self.lines("x=1.5", roster) == ["urgent on ici"])
        #expect(try Self.lines("x=1.5 therapy=cells", roster) == ["soon on cells"])
        #expect(try Self.lines("x=1.5 agent=Keytruda", roster) == ["urgent on ici"])
        #expect(try Self.lines("x=1.5 patient=P2", roster) == ["urgent on unknown"])
        #expect(try Self.pack.get().alerts("x=1.5", roster: roster).map(\.team) == ["onc-2"])
    }

    @Test func `a roster that names an unknown drug leaves the therapy unknown`() throws {
        let roster = try Self.roster([(["moonlight"], { _ in })])
        #expect(try Self.lines("x=1.5", roster) == ["urgent on unknown"])
        let none = try Self.roster([([], { _ in })])
        #expect(try Self.lines("x=1.5", none) == ["urgent on unknown"])
    }

    @Test func `modifiers of the roster add to what the event says, and those of the event to the roster's`() throws {
        let withChemo = try Self.roster([(["ici", "chemo"], { _ in })])
        #expect(try Self.lines("y=1.5", withChemo) == ["emergency on chemo"])
        #expect(try Self.lines("y=1.5 therapy=cells", withChemo) == ["emergency on chemo"])
        let plain = try Self.roster([(["ici"], { _ in })])
        #expect(try Self.lines("y=1.5", plain) == [])
        #expect(try Self.lines("y=1.5 modifier=chemo", plain) == ["emergency on chemo"])
        #expect(try Self.lines("y=1.5 modifier=kemo", plain) == ["emergency on unknown"])
        #expect(try Self.pack.get().alerts("y=1.5 modifier=kemo", roster: plain).map(\.also) == [["ici"]])
        #expect(try Self.lines("y=1.5", try Self.roster([(["ici", "kemo"], { _ in })])) == ["emergency on unknown"])
        #expect(try Self.lines("y=1.5 modifier=kemo therapy=ici", plain) == ["emergency on unknown"])
    }

    @Test func `each treatment of the roster has a clock of its own`() throws {
        let roster = try Self.roster([
            (
                ["ici"],
                {
                    $0.started = TestEvents.moment("d-40")
                    $0.lastDose = TestEvents.moment("d-20")
                    $0.doses = [TestEvents.moment("d-40")]
                }
            ),
            (
                ["cells"],
                {
                    $0.started = TestEvents.moment("d-1")
                    $0.lastDose = TestEvents.moment("d-1")
                    $0.dosePhase = "restart"
                }
            ),
        ])
        #expect(try Self.lines("x=1.5", roster) == ["emergency on cells, day 1"])
        // Past the window of the cells, at the edge of that of the checkpoint inhibitor's doses.
        #expect(try Self.lines("x=1.5 t=d3h8", roster) == ["soon on cells, day 4"])
        #expect(try Self.lines("x=1.5 t=d-13h8", roster) == ["urgent on ici, day 27"])
    }

    @Test(arguments: [false, true]) func `of two courses of one therapy the later dose counts, in whatever order`(
        isReversed: Bool
    ) throws {
        let old: (names: [String], change: (inout Roster.Treatment) -> Void) = (
            ["ici"], { $0.lastDose = TestEvents.moment("d-700") }
        )
        let new: (names: [String], change: (inout Roster.Treatment) -> Void) = (
            ["ici"], { $0.lastDose = TestEvents.moment("d-3") }
        )
        let undated: (names: [String], change: (inout Roster.Treatment) -> Void) = (["ici"], { _ in })
        #expect(
            try Self.lines("x=1.5", Self.roster(isReversed ? [new, old] : [old, new])) == ["urgent on ici, day 3"])
        // Of a course without a date nobody knows how long ago it was.
        #expect(
            try Self.lines("x=1.5", Self.roster(isReversed ? [undated, old] : [old, undated])) == ["urgent on ici"])
    }

    @Test func `the event's own dose applies to all therapies it names`() throws {
        let roster = try Self.roster([(["ici"], { $0.lastDose = TestEvents.moment("d-20") })])
        #expect(try Self.lines("x=1.5", roster) == ["routine on ici, day 20"])
        #expect(try Self.lines("x=1.5 last_dose=d-7", roster) == ["urgent on ici, day 7"])
        #expect(try Self.lines("x=1.5 last_dose=d-8", roster) == ["routine on ici, day 8"])
        #expect(try Self.lines("x=1.5 therapy=ici last_dose=d-7", roster) == ["urgent on ici, day 7"])
    }

    @Test func `an earlier dose that the roster lists opens a window since any dose`() throws {
        let roster = try Self.roster([
            (
                ["ici"],
                {
                    $0.doses = [TestEvents.moment("d-30"), TestEvents.moment("d-5"), TestEvents.moment("d9")]
                    $0.lastDose = TestEvents.moment("d9")
                }
            )
        ])
        #expect(try Self.lines("x=1.5", roster) == ["urgent on ici, day 5"])
        #expect(try Self.lines("x=1.5 t=d3h8", roster) == ["routine on ici, day 8"])
        #expect(try Self.lines("x=1.5 t=d10h8", roster) == ["urgent on ici, day 1"])
    }

    @Test func `a treatment counts from its start on; before any has begun, all do`() throws {
        let roster = try Self.roster([
            (["ici"], { $0.started = TestEvents.moment("d-10") }),
            (["cells"], { $0.started = TestEvents.moment("d5") }),
        ])
        #expect(try Self.lines("x=1.5 t=d4h23", roster) == ["urgent on ici, day 14"])
        #expect(try Self.lines("x=1.5 t=d5h0", roster) == ["urgent on ici, day 15"])
        #expect(try Self.pack.get().alerts("x=1.5 t=d5h0", roster: roster).map(\.also) == [["cells"]])
        #expect(try Self.lines("x=1.5 t=d-11h0", roster) == ["urgent on ici"])
    }

    @Test(arguments: [
        ("alt=100 unit=U/L high=40", "ukat/L", "1.5", "routine"), ("alt=100 unit=U/L high=40", "U/L", "30", "routine"),
        ("alt=100 unit=U/L high=40", "U/L", "101", ""), ("alt=301 unit=U/L high=40", "U/L", "100", "soon"),
        ("alt=5 unit=ukat/L high=0.7", "ukat/L", "1.6", "soon"), ("alt=5 unit=ukat/L high=0.7", "U/L", "99", "soon"),
        ("alt=121 unit=U/L high=40 baseline=30", "U/L", "200", "soon"),
    ])
    func `a baseline of the roster counts where the event brings none, in its own unit`(
        event: String, unit: String, baseline: String, severity: String
    ) throws {
        let vocabulary = try Self.pack.get().compiled.vocabulary
        let value = Roster.Baseline(
            code: vocabulary.codes.symbol("alt") ?? .none, value: ExactDecimal(baseline) ?? .zero,
            unit: vocabulary.units.symbol(unit) ?? .none)
        let roster = try Self.roster([(["ici"], { _ in })], baselines: [value])
        let found = try Self.pack.get().alerts(event, roster: roster).map(\.severity)
        #expect(found == (severity.isEmpty ? [] : [severity]))
    }

    private static func lines(_ event: String) throws -> [String] {
        try pack.get().alerts(event).map { "\($0.severity) on \($0.therapy)" }
    }

    @Test func `a modifier that the pack does not know is judged under all therapies, as an unknown agent is`() throws {
        #expect(try Self.lines("x=1.5 therapy=cells modifier=chemo") == ["soon on cells"])
        #expect(try Self.lines("x=1.5 therapy=cells modifier=chemotherpy") == ["urgent on unknown"])
    }
}
