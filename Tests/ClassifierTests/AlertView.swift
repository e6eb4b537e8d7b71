import Clinical

/// An alert in words, to compare in tests.
struct AlertView: Equatable, CustomStringConvertible {
    var alertID: StableID
    var episodeID: StableID
    var transition: String
    var severity: String
    var previousSeverity: String?
    var patient: String
    var concern: String
    var rule: String
    var term: String
    var direction: String?
    var grade: Int?
    var possible: Int?
    var scale: String
    var therapy: String
    var also: [String]
    var day: Int32?
    var time: Moment
    var respondBy: Moment
    var summary: String
    var reason: String
    var advice: String
    var sources: [String]
    /// As `rule severity`.
    var because: [String]
    /// As `event term.attribute=value unit`.
    var evidence: [String]
    var isTest: Bool
    var team: String
    var retracts: StableID?
    var newest: Moment

    init(_ alert: AlertRecord, _ batch: AlertBatch, _ catalogue: Catalogue) {
        func text(_ run: Run) -> String { String(decoding: batch.text[run.range], as: UTF8.self) }
        alertID = alert.alertID
        episodeID = alert.episodeID
        transition = alert.transition.name
        severity = alert.severity.name
        previousSeverity = alert.previousSeverity?.name
        patient = text(alert.patient)
        concern = catalogue[alert.concern]
        rule = catalogue[alert.rule]
        term = catalogue[alert.term]
        direction = alert.direction.name
        grade = alert.grade.grade
        possible = alert.possible.grade
        scale = catalogue[alert.scale]
        therapy = catalogue[alert.therapy]
        also = batch.words[alert.also.range].map { catalogue[$0] }
        day = alert.therapyDay == .min ? nil : alert.therapyDay
        time = alert.time
        respondBy = alert.respondBy
        summary = text(alert.summary)
        reason = text(alert.reason)
        advice = catalogue[alert.advice]
        sources = batch.words[alert.sources.range].map { catalogue[$0] }
        because = batch.reasons[alert.because.range].map { "\(catalogue[$0.rule]) \($0.severity.name)" }
        evidence = batch.evidence[alert.evidence.range].map { record in
            let unit = text(record.unit)
            let question = "\(catalogue[record.term]).\(text(record.attribute))"
            return "\(text(record.event)) \(question)=\(text(record.value))" + (unit.isEmpty ? "" : " \(unit)")
        }
        isTest = alert.isTest
        team = text(alert.team)
        retracts = alert.retracts
        newest = alert.newest
    }

    /// The alert in a line: how, how severe, about what, why and on what.
    var line: String { "\(transition) \(severity) \(concern) by \(rule) on \(therapy)" }

    var description: String { "\(patient): \(line): \(summary)" }

    /// How long staff have, in minutes.
    var minutesToRespond: Int64 { (respondBy.milliseconds - time.milliseconds) / 60_000 }
}
