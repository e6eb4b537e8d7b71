import Clinical
import TestSupport
import Testing

@testable import Classifier

/// Windows of the therapy clock, in rules, triage rows and the watch of a node.
struct TherapyWindowTests {
    private static let east = SiteZone(name: "+02:00", fixedOffset: 7200)

    private static func state(
        _ window: TherapyWindow, at time: String, dose: String = "", started: String = "", phase: String = "",
        doses: [String] = [], zone: SiteZone = .utc
    ) -> WindowState {
        var clock = TherapyClock(time: TestEvents.moment(time))
        if !dose.isEmpty { clock.lastDose = TestEvents.moment(dose) }
        if !started.isEmpty { clock.started = TestEvents.moment(started) }
        clock.doses = doses.isEmpty && !dose.isEmpty ? [clock.lastDose] : doses.map { TestEvents.moment($0) }
        clock.dosePhase = phase
        return window.state(clock, zone)
    }

    private static func window(
        _ from: Int64?, _ until: Int64?, hours: Bool = false, _ clock: TherapyWindow.Clock = .dose,
        phases: [String] = []
    ) -> TherapyWindow {
        TherapyWindow(
            from: from.map { TherapyWindow.Bound(amount: $0, isInHours: hours, clock: clock) },
            until: until.map { TherapyWindow.Bound(amount: $0, isInHours: hours, clock: clock) }, dosePhases: phases)
    }

    @Test(arguments: [
        ("d2h23m59", WindowState.closed), ("d3h0", .open), ("d3", .open), ("d14h23m59", .open), ("d14", .open),
        ("d15h0", .closed),
        ("d15", .closed),
    ])
    func `days are calendar days, and both ends are in`(time: String, state: WindowState) {
        #expect(Self.state(Self.window(3, 14), at: time, dose: "d0h22") == state)
        #expect(Self.state(Self.window(3, 14), at: time, dose: "d0") == state)
        #expect(Self.state(Self.window(3, 14, .start), at: time, started: "d0h22") == state)
    }

    @Test func `a day begins where the site is`() {
        // 23:00 UTC of day 0 is the first hour of day 1 in the east.
        #expect(Self.state(Self.window(0, 1), at: "d2h1", dose: "d0h23", zone: Self.east) == .open)
        #expect(Self.state(Self.window(0, 1), at: "d2h1", dose: "d0h23") == .closed)
        #expect(Self.state(Self.window(0, 0), at: "d0h23", dose: "d0h8", zone: Self.east) == .closed)
    }

    @Test(arguments: [
        ("d0h8", WindowState.open), ("d1h8", .open), ("d1h8m1", .closed), ("d1h7m59", .open), ("d1", .open),
        ("d2", .closed),
    ])
    func `hours count from the dose, both ends in; a day that touches them is in`(time: String, state: WindowState) {
        #expect(Self.state(Self.window(0, 24, hours: true), at: time, dose: "d0h8") == state)
    }

    @Test(arguments: [("d0h0", WindowState.open), ("d1h23m59", .open), ("d2h0", .open), ("d2h1", .closed)])
    func `a dose known by its date alone may have been at any hour of it`(time: String, state: WindowState) {
        #expect(Self.state(Self.window(0, 24, hours: true), at: time, dose: "d0") == state)
    }

    @Test(arguments: [
        ("d0h12", WindowState.closed), ("d1h7m59", .closed), ("d1h8", .open), ("d1", .open), ("d3h8", .open),
        ("d3h9", .closed),
    ])
    func `a window in hours may begin later`(time: String, state: WindowState) {
        #expect(Self.state(Self.window(24, 72, hours: true), at: time, dose: "d0h8") == state)
    }

    @Test func `an unknown clock is neither open nor closed`() {
        #expect(Self.state(Self.window(0, 14), at: "d1") == .unknown)
        #expect(Self.state(Self.window(0, nil), at: "d1") == .unknown)
        #expect(Self.state(Self.window(nil, 14), at: "d1") == .unknown)
        #expect(Self.state(Self.window(0, 14, .start), at: "d1", dose: "d0") == .unknown)
        #expect(Self.state(Self.window(0, 14, .anyDose), at: "d1") == .unknown)
    }

    @Test func `any dose before the event may open a window since any dose`() {
        let window = Self.window(0, 3, .anyDose)
        #expect(Self.state(window, at: "d9", dose: "d7", doses: ["d0", "d7"]) == .open)
        #expect(Self.state(window, at: "d2", dose: "d0", doses: ["d0"]) == .open)
        #expect(Self.state(window, at: "d5", dose: "d0", doses: ["d0"]) == .closed)
        #expect(Self.state(Self.window(5, 6, .anyDose), at: "d9", dose: "d7", doses: ["d3", "d7"]) == .open)
    }

    @Test(arguments: [
        ("step_up", WindowState.open), ("restart", .open), ("later", .closed), ("", .open),
    ])
    func `a dose phase that is not told counts as step-up`(phase: String, state: WindowState) {
        let window = Self.window(0, 3, phases: ["step_up", "restart"])
        #expect(Self.state(window, at: "d1", dose: "d0", phase: phase) == state)
        let other = Self.window(0, 3, phases: ["first_full"])
        #expect(Self.state(other, at: "d1", dose: "d0", phase: "") == .closed)
        #expect(Self.state(window, at: "d1", phase: phase) == (state == .open ? .unknown : .closed))
    }

    // MARK: What windows do to alerts

    private static let pack = Result {
        try TestPack([
            "scale.yaml": TestPack.scale + TestPack.indented(TriageTests.terms),
            "any.yaml": """
            therapy: any
            source: root source
            triage: {x: {1: routine}, y: {1: soon}}
            rules:
              - {id: root-rule, kind: when, when: y >= 4, severity: urgent}

            """,
            "cells.yaml": """
            therapy: cells
            watch: {from: 0d, until: 30d after last_dose}
            source: cells source
            triage:
              x:
                - {window: {from: 0d, until: 2d}, 1: none, 2: routine}
                - {window: {from: 3d, until: 14d}, 1: emergency}
                - {1: urgent}
            rules:
              - {id: early, kind: when, when: y >= 2, severity: emergency, window: {from: 0d, until: 7d, since: start}}
            subtypes:
              car_t: {}
              long: {watch: {from: 0d, until: 60d}}

            """,
        ])
    }

    @Test(arguments: [
        ("d0h9", "none"), ("d2h23", "none"), ("d3h1", "emergency"), ("d14h23", "emergency"), ("d15h1", "urgent"),
        ("d30h23", "urgent"),
        ("d31h1", "routine"), ("d-1h8", "emergency"),
    ])
    func `the first row whose window is open counts, and outside the watch only the root holds`(
        time: String, severity: String
    ) throws {
        let found = try Self.pack.get().verdict("x=1.5 therapy=cells last_dose=d0h8 t=\(time)")
        #expect(found == "\(severity) on cells")
    }

    /// Subtypes once were watched for ever, whatever their parent said.
    @Test(arguments: [
        ("car_t", "d30h23", "urgent"), ("car_t", "d31h1", "routine"), ("long", "d31h1", "urgent"),
        ("long", "d60h1", "urgent"), ("long", "d61h1", "routine"),
    ])
    func `a child is watched as long as its parent, unless it says otherwise`(
        therapy: String, time: String, severity: String
    ) throws {
        let found = try Self.pack.get().verdict("x=1.5 therapy=\(therapy) last_dose=d0h8 t=\(time)")
        #expect(found == "\(severity) on \(therapy)")
    }

    @Test func `an unknown clock opens windows that alert and closes those that lower`() throws {
        #expect(try Self.pack.get().verdict("x=1.5 therapy=cells") == "emergency on cells")
        #expect(try Self.pack.get().verdict("y=2.5 therapy=cells") == "emergency on cells")
    }

    @Test func `a dose in the future tells nothing of the clock`() throws {
        #expect(try Self.pack.get().verdict("x=1.5 therapy=cells last_dose=d9") == "emergency on cells")
        #expect(try Self.pack.get().verdict("x=1.5 therapy=cells last_dose=d0 t=d0h8") == "none on cells")
        #expect(try Self.pack.get().verdict("x=1.5 therapy=cells last_dose=d0h8m1 t=d0h8") == "emergency on cells")
    }

    @Test(arguments: [("d7h23", "emergency"), ("d8h0", "soon"), ("d25h0", "soon")])
    func `a rule has a window of its own, on a clock of its own`(time: String, severity: String) throws {
        let found = try Self.pack.get().verdict("y=2.5 therapy=cells started=d0 last_dose=d0 t=\(time)")
        #expect(found == "\(severity) on cells")
    }

    @Test func `rules of the root hold outside every watch`() throws {
        #expect(try Self.pack.get().verdict("y=4.5 therapy=cells last_dose=d0 t=d400h8") == "urgent on cells")
    }

    @Test func `the day counts from the start, else from the last dose, else it is not known`() throws {
        let pack = try Self.pack.get()
        let events = [
            "y=1.5 therapy=cells started=d-10 last_dose=d-1", "y=1.5 therapy=cells last_dose=d-1 patient=P2",
            "y=1.5 therapy=cells patient=P3",
        ]
        #expect(pack.alerts(events).map(\.day) == [10, 1, nil])
        #expect(
            pack.alerts(events).map(\.summary) == [
                "Y grade 1 on cells, day 10", "Y grade 1 on cells, day 1", "Y grade 1 on cells",
            ])
    }
}
