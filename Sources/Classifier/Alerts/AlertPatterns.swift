import Clinical

/// Alerts that differ from an earlier one only in who, when and how much: a pattern of that one is filled in again.
///
/// A finding of the short way, with no rule but triage and no clock told, makes the same alert for every patient in the
/// same situation, save for patient, ids, times, value and unit. The first such alert comes from `AlertComposer`, which
/// knows all cases; the others are copies of it (a test holds that they are what the composer would have said).
struct AlertPatterns: Sendable {
    /// What stays the same.
    private struct Pattern: Sendable {
        var alert: AlertRecord
        var evidence: EvidenceRecord
        var also: [PackText]
        var sources: [PackText]
        var summary: [UInt8]
        var attribute: [UInt8]
        /// Milliseconds from the event to `respondBy`.
        var respondWithin: Int64
    }

    /// By therapy context, slot and grade: the number of a pattern, or -1.
    private var numbers: [[Int32]] = []
    private var patterns: [Pattern] = []
    private let slotCount: Int

    init(_ pack: CompiledPack) { slotCount = pack.tables.slots.count }

    /// The pattern for a verdict in a context, or nil.
    func number(_ verdict: QuickGrader.Verdict, _ context: Int) -> Int? {
        guard context < numbers.count, !numbers[context].isEmpty else { return nil }
        let number = numbers[context][Self.place(verdict)]
        return number >= 0 ? Int(number) : nil
    }

    private static func place(_ verdict: QuickGrader.Verdict) -> Int {
        Int(verdict.slot) * 6 + Int(verdict.finding.grade.rawValue)
    }

    /// Learns the pattern of the alert that the composer just made of this verdict.
    mutating func learn(_ alerts: AlertBatch, _ verdict: QuickGrader.Verdict, _ context: Int) {
        guard let alert = alerts.alerts.last, alert.because.isEmpty, alert.reason.isEmpty, alert.evidence.count == 1
        else { return }
        while numbers.count <= context { numbers.append([]) }
        if numbers[context].isEmpty { numbers[context] = Array(repeating: -1, count: slotCount * 6) }
        let evidence = alerts.evidence[Int(alert.evidence.start)]
        numbers[context][Self.place(verdict)] = Int32(patterns.count)
        patterns.append(
            Pattern(
                alert: alert, evidence: evidence, also: Array(alerts.words[alert.also.range]),
                sources: Array(alerts.words[alert.sources.range]), summary: Array(alerts.text[alert.summary.range]),
                attribute: Array(alerts.text[evidence.attribute.range]),
                respondWithin: alert.respondBy.milliseconds - alert.time.milliseconds))
    }

    /// Adds the alert of a pattern for one event, with the identity that the episode gave it.
    func fill(
        _ number: Int, _ identity: EpisodeLife.Identity, _ event: Int, _ batch: EventBatch, _ alerts: inout AlertBatch
    ) {
        var alert = patterns[number].alert
        let time = batch.events[event].time
        alert.alertID = identity.alert
        alert.episodeID = identity.episode
        alert.transition = identity.transition
        alert.previousSeverity = identity.previousSeverity
        alert.isTest = batch.events[event].has.contains(.test)
        alert.time = time
        alert.respondBy = Moment(milliseconds: time.milliseconds + patterns[number].respondWithin)
        alert.patient = alerts.keep(batch.bytes(of: batch.events[event].patient))
        alert.also = Self.keep(patterns[number].also, &alerts)
        alert.sources = Self.keep(patterns[number].sources, &alerts)
        alert.summary = alerts.keep(patterns[number].summary)
        alert.evidence = Run(start: alerts.evidence.count, count: 1)
        var evidence = patterns[number].evidence
        evidence.time = time
        evidence.event = alerts.keep(batch.bytes(of: batch.events[event].id))
        evidence.unit = alerts.keep(batch.bytes(of: batch.events[event].unit))
        evidence.attribute = alerts.keep(patterns[number].attribute)
        evidence.value = alerts.keep(batch.bytes(of: batch.answers[Int(batch.events[event].answers.start)].text))
        alerts.evidence.append(evidence)
        alerts.alerts.append(alert)
    }

    private static func keep(_ words: [PackText], _ alerts: inout AlertBatch) -> Run {
        let start = alerts.words.count
        alerts.words += words
        return Run(start: start, count: words.count)
    }
}
