import Clinical
import TestSupport
import Testing

@testable import Classifier

/// What time makes under the shipped pack.
struct ShippedPackTimeTests {
    private let pack = TestPack.shipped

    private func roster(_ agent: String, expects days: Int64, lastDose: String) -> Roster {
        var patient = Roster.Patient()
        patient.expects = days * Moment.millisecondsPerDay
        var treatment = Roster.Treatment()
        treatment.treatments = [pack.compiled.vocabulary.treatments.symbol(agent) ?? .none]
        treatment.started = TestEvents.moment("d-40")
        treatment.lastDose = TestEvents.moment(lastDose)
        patient.treatments = [treatment]
        var roster = Roster()
        roster[Array("P1".utf8)] = patient
        return roster
    }

    private func alerts(_ lines: [String], until time: String, _ roster: Roster) -> [AlertView] {
        var classifier = EventClassifier(pack: pack.compiled, roster: roster)
        var output = AlertBatch()
        classifier.judge(TestEvents(pack.compiled.vocabulary, lines).batch, into: &output)
        classifier.tick(to: TestEvents.moment(time), into: &output)
        return output.alerts.map { AlertView($0, output, pack.compiled.catalogue) }
    }

    @Test func `an episode gets stale, a patient is called for, and a feed that stopped is told first`() {
        let events = [
            "diarrhea{stools_over_baseline=5} t=d0h8", "diarrhea{stools_over_baseline=5} patient=P2 source=app t=d1h8",
        ]
        let found = alerts(events, until: "d20h0", roster("nivolumab", expects: 7, lastDose: "d-2"))
        #expect(
            found.map { "\($0.patient) \(SilencePack.line($0)): \($0.summary)" } == [
                "P1 d0h8 opened soon bowel by grade:diarrhea: Diarrhea grade 2 on PD-1 inhibitor, day 40",
                "P2 P2 d1h8 opened urgent bowel by grade:diarrhea: Diarrhea grade 2 on unknown therapy",
                " feed d4h8 opened urgent feeds by feed-stopped: The feed app stopped: no event for 3d; the silence of its patients is not told until it is back",
                "P2 P2 d4h8 stale urgent bowel by grade:diarrhea: Diarrhea grade 2 on unknown therapy; no report about it for 3d",
                "P1 d8h8 opened soon contact by patient-silent: No report for 8d, and the last one told of diarrhea grade 2 on PD-1 inhibitor, day 48: a report was due",
                "P1 d10h8 stale soon bowel by grade:diarrhea: Diarrhea grade 2 on PD-1 inhibitor, day 50; no report about it for 10d",
            ])
    }

    @Test(arguments: [
        ("nivolumab", "d-10", "d2h8 opened soon contact by patient-silent"),
        ("axicabtagene ciloleucel", "d-10", "d1h12 opened urgent contact by silent-after-cells"),
        ("axicabtagene ciloleucel", "d-60", "d2h8 opened soon contact by patient-silent"),
        ("blinatumomab", "d-2", "d1h12 opened urgent contact by silent-after-engager"),
        ("blinatumomab", "d-20", "d2h8 opened soon contact by patient-silent"),
    ])
    func `soon after cells or an engager silence is urgent, and told earlier`(agent: String, dose: String, line: String)
    {
        let found = alerts(["nausea{severity=none} t=d0h8"], until: "d9h0", roster(agent, expects: 1, lastDose: dose))
        #expect(found.map(SilencePack.line) == [line])
    }

    @Test func `nobody is awaited of whom the roster expects nothing`() {
        let found = alerts(
            ["nausea{severity=none} t=d0h8"], until: "d90h0", roster("nivolumab", expects: 0, lastDose: "d-2"))
        #expect(found.isEmpty)
    }
}
