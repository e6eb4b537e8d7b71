import Clinical

extension AlertComposer {
    /// Adds the alert that a feed fell silent, or speaks again; it is about no patient.
    mutating func add(_ call: TimeCall, feed name: [UInt8], _ alerts: inout AlertBatch) {
        let rule = pack.rules[call.ruleIndex]
        var alert = AlertRecord()
        alert.transition = call.transition
        alert.severity = call.severity
        alert.previousSeverity = call.previous
        alert.episodeID = call.episode
        alert.alertID = life.timeID(call, .none)
        alert.concern = pack.concerns[call.concern]
        alert.rule = rule.id
        alert.time = Moment(milliseconds: call.time)
        alert.isDeadline = call.severity != .none
        let isOverdue = call.transition == .overdue
        alert.respondBy = isOverdue ? alert.time : respondBy(call.severity, rule.respondWithin, alert.time)
        if call.severity != .none, let advice = rule.advice {
            alert.advice = advice.text
            alert.adviceConfidence = advice.confidence
        }
        alert.sources = Run(start: alerts.words.count, count: 1)
        alerts.words.append(rule.source)
        let start = alerts.text.count
        let template = call.severity == .none ? pack.templates.feedHeard : pack.templates.feedSilent
        template.append(to: &alerts.text) { place, text in
            if place == .feed { text += name }
            if place == .span { text += TimeSpan.text(minutes: call.span).utf8 }
        }
        if isOverdue { sentences.appendEnd(call, to: &alerts.text) }
        alert.summary = Run(start: start, count: alerts.text.count - start)
        alerts.alerts.append(alert)
    }
}
