import TestSupport

@testable import Classifier

/// A pack for rules over time: two symptoms, a measurement and a patient's own score, each of a concern of its own.
enum TimePack {
    static let terms = """
        x: {title: X, concern: skin, grades: {1: "> 1", 2: "> 2", 3: "> 3", 4: "> 4"}}
        y: {title: Y, concern: bowel, grades: {1: "> 1", 2: "> 2", 3: "> 3"}}
        crea: {title: Creatinine, concern: kidney, unit: umol/L, units: {mg/dL: 88.42}, grades: {1: "> 1 ULN", 2: "> 2 ULN"}}

        """

    /// A pack with these rules at the root of its tree.
    static func with(_ rules: String) throws -> TestPack { try TestPack(terms: terms, therapies: tree(rules)) }

    /// The mistakes of such a pack, as people read them.
    static func mistakes(_ rules: String) -> String {
        TestPack.mistakes(["scale.yaml": TestPack.scale + TestPack.indented(terms), "any.yaml": tree(rules)])
    }

    /// A therapy tree of a root with these rules.
    static func tree(_ rules: String) -> String {
        """
        therapy: any
        source: root source
        triage: {default: {1: routine, 2: soon, 3: urgent, 4: emergency}}
        rules:

        """ + TestPack.indented(rules) + "\n"
    }
}

extension TestPack {
    /// What the alerts of one rule say.
    func summaries(of rule: String, _ lines: String...) -> [String] {
        alerts(lines).filter { $0.rule == rule && $0.transition != "retracted" }.map { "\($0.severity): \($0.summary)" }
    }

    /// Whether a rule speaks in a run over these events, in whichever order they come.
    func speaks(_ rule: String, _ lines: [String]) -> Bool {
        let standing = [lines, lines.reversed()].map { order in
            let alerts = alerts(order)
            let retracted = Set(alerts.compactMap(\.retracts))
            return alerts.contains { alert in
                (alert.rule == rule || alert.because.contains { $0.hasPrefix(rule + " ") })
                    && !retracted.contains(alert.alertID) && alert.transition != "retracted"
            }
        }
        precondition(standing[0] == standing[1], "the order of \(lines) matters")
        return standing[0]
    }
}
