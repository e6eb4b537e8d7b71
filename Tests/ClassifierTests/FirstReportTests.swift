import Clinical
import TestSupport
import Testing

@testable import Classifier

/// Patients who never sent a report: from when on the roster awaits one.
struct FirstReportTests {
    private static let pack = Result { try SilencePack() }

    private static func silences(_ steps: [SilencePack.Step], roster: Roster) throws -> [String] {
        try pack.get().lines(steps, roster: roster).filter { $0.contains(" data by ") }
    }

    @Test(arguments: [Roster.Status.admitted, .paused, .withdrawn, .deceased])
    func `a patient who never sent a report is awaited until the station begins that says why`(status: Roster.Status)
        throws
    {
        let pack = try Self.pack.get()
        let steps: [SilencePack.Step] = [.expectRoster, .tick("d9h0"), .tick("d50h0")]
        let roster = pack.roster(expects: 3, started: "d0h8", [(status, "d40")])
        #expect(
            try Self.silences(steps, roster: roster) == [
                "d4h8 opened soon data by quiet", "d40h0 resolved none data by quiet",
            ])
    }

    @Test func `whose first station is active with a date is awaited from then on`() throws {
        let pack = try Self.pack.get()
        let roster = pack.roster(expects: 3, started: "d0h8", [(.active, "d20"), (.paused, "d40")])
        #expect(
            try Self.silences([.expectRoster, .tick("d30h0")], roster: roster) == ["d24h23 opened soon data by quiet"])
    }

    @Test func `of several courses the earliest counts, be the next one ahead`() throws {
        let pack = try Self.pack.get()
        var roster = pack.roster(expects: 3, started: "d0h8")
        var next = Roster.Treatment()
        next.started = TestEvents.moment("d30")
        roster[Array("P1".utf8)]?.treatments.append(next)
        #expect(
            try Self.silences([.expectRoster, .tick("d9h0"), .tick("d50h0")], roster: roster) == [
                "d4h8 opened soon data by quiet"
            ])
    }

    @Test(arguments: [("cells", true), (nil, true), (nil, false)])
    func `without any date a first report is awaited from when the patient was first seen`(
        therapy: String?, hasTreatment: Bool
    ) throws {
        let pack = try Self.pack.get()
        var roster = pack.roster(expects: 3, therapy: therapy)
        if !hasTreatment { roster[Array("P1".utf8)]?.treatments = [] }
        let ticks: [SilencePack.Step] = [.tick("d1h0"), .tick("d4h23"), .tick("d5h0"), .tick("d90h0")]
        #expect(try Self.silences([.expectRoster] + ticks, roster: roster) == ["d5h0 opened soon data by quiet"])
        // What is kept of one between runs says it too.
        let kept = KeptMemory()
        var first = kept.classifier(pack.pack, roster: roster)
        var alerts = pack.alerts([.expectRoster, .tick("d1h0")], &first)
        kept.fold(&first)
        var next = kept.classifier(pack.pack, roster: roster)
        alerts += pack.alerts([.expectRoster, .tick("d9h0"), .events(["x=0.5 t=d9h8"]), .tick("d10h0")], &next)
        #expect(
            alerts.map(SilencePack.line) == ["d5h0 opened soon data by quiet", "d9h8 resolved none data by quiet"])
    }

    @Test func `a last dose that moves does not put off the first report`() throws {
        let pack = try Self.pack.get()
        var classifier = EventClassifier(pack: pack.pack.compiled, roster: pack.roster(expects: 9, lastDose: "d0h8"))
        _ = pack.alerts([.expectRoster, .tick("d1h0")], &classifier)
        var next = EventClassifier(
            pack: pack.pack.compiled, roster: pack.roster(expects: 9, lastDose: "d7h8"), kinds: nil,
            remembersAll: false, after: classifier)
        #expect(
            pack.alerts([.expectRoster, .tick("d20h0")], &next).map(SilencePack.line) == [
                "d11h0 opened soon data by quiet"
            ])
    }
}
