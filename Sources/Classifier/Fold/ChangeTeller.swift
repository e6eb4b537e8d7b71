import Clinical

/// Tells what became different when the past of a patient changed: alerts that no longer stand are taken back, new ones
/// are given, and where a report was corrected, its episode eases or worsens.
struct ChangeTeller {
    /// What changed the past.
    struct Cause {
        var change: PatientFold.Change
        var event: EventRecord
        var batch: EventBatch

        var id: ArraySlice<UInt8> { batch.bytes(of: event.id) }
    }

    let pack: CompiledPack
    let cause: Cause
    /// The patient's newest report.
    let newest: Moment

    /// - Parameters:
    ///   - issued: the alerts that stood.
    ///   - old: the episodes as they stood.
    ///   - again: the alerts that stand now.
    ///   - new: the episodes as they stand now.
    func tell(
        from issued: [IssuedAlert], _ old: [Episode], to again: AlertBatch, _ new: [Episode],
        _ life: inout EpisodeLife, _ alerts: inout AlertBatch
    ) {
        var concerns: [PackText] = []
        for concern in issued.map(\.concern) + again.alerts.map(\.concern) where !concerns.contains(concern) {
            concerns.append(concern)
        }
        for concern in concerns {
            let before = issued.filter { $0.concern == concern }
            let now = again.alerts.filter { $0.concern == concern }
            if before.map(\.alert) == now.map(\.alertID) { continue }
            let number = pack.concerns.firstIndex(of: concern) ?? -1
            let last = old.first { Int($0.concern) == number }
            let next = new.first { Int($0.concern) == number }
            if [.corrected, .cancelled].contains(cause.change), tellCorrection(last, next, before, now, again, &life, &alerts) { continue }
            tellDifference(before, now, again, &life, &alerts)
        }
    }

    /// Alert by alert: those that no longer stand are taken back, those that are new are given.
    private func tellDifference(
        _ before: [IssuedAlert], _ now: [AlertRecord], _ again: AlertBatch, _ life: inout EpisodeLife,
        _ alerts: inout AlertBatch
    ) {
        for old in before where !now.contains(where: { $0.alertID == old.alert }) { takeBack(old, &life, &alerts) }
        for alert in now where !before.contains(where: { $0.alert == alert.alertID }) {
            give(alert, again, &alerts)
        }
    }

    /// One alert for the episode as a whole; false where that cannot tell it.
    private func tellCorrection(
        _ last: Episode?, _ next: Episode?, _ before: [IssuedAlert], _ now: [AlertRecord], _ again: AlertBatch,
        _ life: inout EpisodeLife, _ alerts: inout AlertBatch
    ) -> Bool {
        guard let latest = before.last else { return false }
        if now.isEmpty, next == nil {
            takeBack(latest, &life, &alerts)
            return true
        }
        guard let last, let shown = now.last, shown.episodeID == last.id else { return false }
        let severity = next?.severity ?? .none
        if severity == last.severity { return true }
        let transition: Transition = next == nil ? .resolved : severity < last.severity ? .eased : .worsened
        var alert = shown
        alert.transition = transition
        alert.severity = severity
        alert.previousSeverity = last.severity
        alert.alertID = life.changedID(
            last.id, transition, alert.grade, severity, of: latest.alert, event: cause.id)
        if severity == .none { alert.respondBy = .unknown }
        give(alert, again, &alerts)
        return true
    }

    private func give(_ alert: AlertRecord, _ again: AlertBatch, _ alerts: inout AlertBatch) {
        alerts.append(alert, of: again)
        guard cause.change == .late else { return }
        alerts.alerts[alerts.alerts.count - 1].newest = newest
    }

    /// Takes an alert back.
    private func takeBack(_ old: IssuedAlert, _ life: inout EpisodeLife, _ alerts: inout AlertBatch) {
        var alert = AlertRecord()
        alert.transition = .retracted
        alert.severity = .none
        alert.previousSeverity = old.severity
        alert.episodeID = old.episode
        alert.alertID = life.changedID(old.episode, .retracted, old.grade, .none, of: old.alert, event: cause.id)
        alert.retracts = old.alert
        alert.concern = old.concern
        alert.rule = old.rule
        alert.term = old.term
        alert.therapy = old.therapy
        alert.grade = old.grade
        alert.scale = old.scale
        alert.direction = old.direction
        alert.time = old.time
        alert.isTest = cause.event.has.contains(.test)
        alert.patient = alerts.keep(cause.batch.bytes(of: cause.event.patient))
        let reason: String =
            switch cause.change {
            case .late: pack.wording.cameLate
            case .completed: pack.wording.wasCompleted
            case .corrected: pack.wording.wasCorrected
            case .cancelled: pack.wording.wasWithdrawn
            }
        alert.reason = alerts.keep(reason)
        let term = pack.terms.first { $0.name == old.term }
        let start = alerts.text.count
        pack.templates.retracted.append(to: &alerts.text) { place, text in
            if place == .reason { text += reason.utf8 } else { text += pack.catalogue[term?.title ?? old.term].utf8 }
        }
        alert.summary = Run(start: start, count: alerts.text.count - start)
        alerts.alerts.append(alert)
    }
}
