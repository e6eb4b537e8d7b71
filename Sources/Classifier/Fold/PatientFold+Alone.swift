import Clinical

/// The quick pass: a report judged by itself, as it comes.
extension PatientFold {
    /// Tells of the report that was read last what staff have not been told; it is not kept, and nothing eases or ends.
    mutating func speak(
        _ index: Int, _ batch: EventBatch, _ patient: Roster.Patient?, isPlain: Bool, _ episodes: inout [Episode],
        _ alerts: inout AlertBatch
    ) {
        if isPlain || patient == nil && isSilent(index, batch, episodes) { return }
        let instant = instant([index], batch, patient)
        let outcomes = judge.outcomes(instant.reports, .none, instant.situations)
        var setting = AlertComposer.Setting(instant.reports, instant.situations, batch, .none, patient)
        setting.isAlone = true
        composer.compose(outcomes, setting, &earlier, &episodes, &alerts)
    }

    /// Whether triage alone decides, and says nothing that the patient's episodes have not said already.
    private mutating func isSilent(_ event: Int, _ batch: EventBatch, _ episodes: [Episode]) -> Bool {
        guard reader.isTriageAlone, let context = situations.clocklessContext(event, batch, pack) else { return false }
        return reader.raised.allSatisfy { term, finding in
            let news = EpisodeLife.News(
                concern: pack.terms[term].concern, situations.severity(finding, in: context, pack), finding,
                at: batch.events[event].time, pack)
            return news.severity == .none || EpisodeLife.transition(news, episodes) == nil
        }
    }
}
