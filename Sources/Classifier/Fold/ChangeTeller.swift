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
    /// The alerts that told staff of others, which were made before what changed.
    let earlier: [StableID]

    /// - Parameters:
    ///   - issued: the alerts that stood.
    ///   - old: the episodes as they stood.
    ///   - again: the alerts that stand now.
    ///   - new: the episodes as they stand now.
    /// - Returns: by place in `again`, the alert that told staff of each.
    func tell(
        from issued: [IssuedAlert], _ old: [Episode], to again: AlertBatch, _ new: [Episode],
        _ life: inout EpisodeLife, _ alerts: inout AlertBatch
    ) -> [StableID] {
        let matches = matches(issued, again)
        var told = again.alerts.indices.map { matches[$0].map { issued[$0].told } ?? again.alerts[$0].alertID }
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
            let first = alerts.alerts.count
            if [.corrected, .cancelled].contains(cause.change),
                tellCorrection(last, next, before, now, again, &life, &alerts)
            {
                // Whatever stands of the concern, staff know it by what they were told last.
                let latest = first < alerts.alerts.count ? alerts.alerts[first].alertID : before.last?.told
                for (index, alert) in again.alerts.enumerated() where alert.concern == concern {
                    if matches[index] == nil { told[index] = latest ?? told[index] }
                }
                continue
            }
            for (index, old) in issued.enumerated() where old.concern == concern && !matches.contains(index) {
                takeBack(old, &life, &alerts)
            }
            for (index, alert) in again.alerts.enumerated() where alert.concern == concern && matches[index] == nil {
                var alert = alert
                // Staff may have the very id for another alert that still stands: that an episode eased, shown elsewhere.
                if isTaken(alert.alertID, matches, issued) {
                    alert.alertID = life.changedID(
                        alert.episodeID, alert.transition, alert.grade, alert.severity, of: alert.alertID,
                        event: cause.id.span.bytes)
                    told[index] = alert.alertID
                }
                give(alert, again, &alerts)
            }
        }
        return told
    }

    private func isTaken(_ id: StableID, _ matches: [Int?], _ issued: [IssuedAlert]) -> Bool {
        earlier.contains(id) || issued.indices.contains { issued[$0].told == id && matches.contains($0) }
    }

    /// By place in `again`: the alert that stood and told staff the same, each counted once.
    ///
    /// One that staff have under the very same id comes first. That an episode eased, is over or goes on is the same
    /// whichever report shows it.
    private func matches(_ issued: [IssuedAlert], _ again: AlertBatch) -> [Int?] {
        var matches: [Int?] = again.alerts.map { _ in nil }
        let isSame: [(IssuedAlert, AlertRecord) -> Bool] = [
            { $0.told == $1.alertID }, { $0.alert == $1.alertID },
            { old, new in
                [.eased, .resolved, .reminded].contains(new.transition) && old.transition == new.transition
                    && old.episode == new.episodeID && old.severity == new.severity
            },
        ]
        for isSame in isSame {
            for (index, alert) in again.alerts.enumerated() where matches[index] == nil {
                matches[index] = issued.indices.first { isSame(issued[$0], alert) && !matches.contains($0) }
            }
        }
        return matches
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
            last.id, transition, alert.grade, severity, of: latest.told, event: cause.id.span.bytes)
        if severity == .none { alert.respondBy = .unknown }
        give(alert, again, &alerts)
        return true
    }

    private func give(_ alert: AlertRecord, _ again: AlertBatch, _ alerts: inout AlertBatch) {
        alerts.append(alert, of: again)
        // Nothing is late against reports that were ahead of the clock.
        guard cause.change == .late, cause.event.time.milliseconds < newest.milliseconds else { return }
        alerts.alerts[alerts.alerts.count - 1].newest = newest
    }

    /// Takes an alert back.
    private func takeBack(_ old: IssuedAlert, _ life: inout EpisodeLife, _ alerts: inout AlertBatch) {
        var alert = AlertRecord()
        alert.transition = .retracted
        alert.severity = .none
        alert.previousSeverity = old.severity
        alert.episodeID = old.episode
        alert.alertID = life.changedID(
            old.episode, .retracted, old.grade, .none, of: old.told, event: cause.id.span.bytes)
        alert.retracts = old.told
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
