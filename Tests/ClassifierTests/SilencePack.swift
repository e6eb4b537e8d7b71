import Clinical
import TestSupport

@testable import Classifier

/// A pack whose episodes get stale and whose patients are awaited, and runs in which time passes.
struct SilencePack: Sendable {
    let pack: TestPack

    /// The pack with these rules at the root of its tree, beside those of the therapy `cells`, watched for 28 days.
    init(_ rules: String = rules, cells: String = "") throws {
        let front = TestPack.front
            .replacing("respond_within: 72h}", with: "respond_within: 72h, stale_after: 10d}")
            .replacing("respond_within: 24h}", with: "respond_within: 24h, stale_after: 5d, remind_after: 2d}")
            .replacing("respond_within: 4h}", with: "respond_within: 4h, stale_after: 3d}")
        let triage = "triage: {default: {1: routine, 2: soon, 3: urgent, 4: emergency}}\n"
        pack = try TestPack([
            "toxwatch.yaml": front + "include: [any.yaml, cells.yaml, scale.yaml]\n",
            "scale.yaml": TestPack.scale + TestPack.indented(TimePack.terms),
            "any.yaml": "therapy: any\nsource: root source\n\(triage)rules:\n\(TestPack.indented(rules))\n",
            "cells.yaml": """
            therapy: cells
            phrase: cells
            agents: [cell]
            source: cells source
            watch: {from: 0d, until: 28d after last_dose}
            \(cells.isEmpty ? "" : "rules:\n" + TestPack.indented(cells))

            """,
        ])
    }

    static let rules = """
        - {id: quiet, kind: silent, within: 7d, grace: 1d, severity: soon, severity_after: {urgent: urgent}, concern: data, title: quiet}
        - {id: stopped, kind: feed_silent, feeds: all, within: 4d, severity: urgent, concern: liver}
        """

    /// What happens in a run.
    enum Step: Sendable {
        /// Events, in one batch.
        case events([String])
        /// Time passes to an instant: `d8h8`.
        case tick(String)
        /// All patients of the roster are awaited.
        case expectRoster
    }

    /// The alerts of a run.
    func alerts(_ steps: [Step], roster: Roster? = nil, now: String? = nil, kinds: Set<String>? = nil) -> [AlertView] {
        var classifier = EventClassifier(pack: pack.compiled, roster: roster, kinds: kinds)
        if let now { classifier.now = TestEvents.moment(now) }
        return alerts(steps, &classifier)
    }

    /// The alerts that a classifier makes in these steps.
    func alerts(_ steps: [Step], _ classifier: inout EventClassifier) -> [AlertView] {
        var output = AlertBatch()
        for step in steps {
            switch step {
            case .events(let lines):
                classifier.judge(TestEvents(pack.compiled.vocabulary, lines).batch, into: &output)
            case .tick(let time): classifier.tick(to: TestEvents.moment(time), into: &output)
            case .expectRoster: classifier.expectRoster()
            }
        }
        return output.alerts.map { AlertView($0, output, pack.compiled.catalogue) }
    }

    /// The same, each alert in a line: when it fell due, what became of what, and how severe it is.
    func lines(_ steps: [Step], roster: Roster? = nil, now: String? = nil) -> [String] {
        alerts(steps, roster: roster, now: now).map(Self.line)
    }

    static func line(_ alert: AlertView) -> String {
        let hours = (alert.time.milliseconds - TestEvents.moment("d0h0").milliseconds) / 3_600_000
        let who = alert.patient == "P1" ? "" : alert.patient.isEmpty ? "feed " : alert.patient + " "
        return
            "\(who)d\(hours / 24)h\(hours % 24) \(alert.transition) \(alert.severity) \(alert.concern) by \(alert.rule)"
    }

    /// A roster of one patient, `P1`, on `cells` unless told otherwise.
    func roster(
        expects days: Int64 = 0, therapy: String? = "cells", started: String? = nil, lastDose: String? = nil,
        _ stations: [(Roster.Status, String?)] = []
    ) -> Roster {
        var patient = Roster.Patient()
        patient.expects = days * Moment.millisecondsPerDay
        var treatment = Roster.Treatment()
        if let therapy { treatment.treatments = [pack.compiled.vocabulary.treatments.symbol(therapy) ?? .none] }
        if let started { treatment.started = TestEvents.moment(started) }
        if let lastDose { treatment.lastDose = TestEvents.moment(lastDose) }
        patient.treatments = [treatment]
        for (status, since) in stations {
            patient.standing.add(status, since: since.map { TestEvents.moment($0) } ?? .unknown)
        }
        var roster = Roster()
        roster[Array("P1".utf8)] = patient
        return roster
    }
}
