import Clinical

/// Alerts that differ from an earlier one only in who, when and how much: a pattern of that one is filled in again.
///
/// A finding of the short way, with no rule but triage and no clock told, raises, or ends with grade 0, an episode in the
/// same words for every patient in the same situation, save for patient, ids, times, value and unit. The first such alert comes from `AlertComposer`, which
/// knows all cases; the others are copies of it (a test holds that they are what the composer would have said).
struct AlertPatterns: Sendable {
    /// What stays the same; its texts and words lie in `text` and `words`.
    private struct Pattern: Sendable, BitwiseCopyable {
        var alert: AlertRecord
        var evidence: EvidenceRecord
        /// The slot that was answered and the criterion that decided: another one makes another alert.
        var slot: Int32
        var criterion: Int32
        /// Milliseconds from the event to `respondBy`; nil where nobody must answer.
        var respondWithin: Int64?
    }

    /// By therapy context, grading and grade, grade 0 ending an episode: the number of a pattern, or -1. One slot may have
    /// a grading for each direction.
    private var numbers: [Int32] = []
    private var patterns: [Pattern] = []
    private var text: [UInt8] = []
    private var words: [PackText] = []
    /// Numbers for one context.
    private let perContext: Int

    init(_ pack: CompiledPack) { perContext = pack.gradings.count * 6 }

    /// The pattern for a verdict in a context, or nil.
    func number(_ verdict: QuickGrader.Verdict, _ context: Int) -> Int? {
        let place = context * perContext + Self.place(verdict)
        guard place < numbers.count, numbers[place] >= 0 else { return nil }
        let number = Int(numbers[place])
        let isSame = patterns[number].slot == verdict.slot && patterns[number].criterion == verdict.finding.criterion
        return isSame ? number : nil
    }

    private static func place(_ verdict: QuickGrader.Verdict) -> Int {
        Int(verdict.finding.grading) * 6 + Int(verdict.finding.grade.rawValue)
    }

    /// Learns the pattern of the alert that the composer just made of this verdict.
    mutating func learn(_ alerts: AlertBatch, _ verdict: QuickGrader.Verdict, _ context: Int) {
        guard let alert = alerts.alerts.last, alert.because.isEmpty, alert.reason.isEmpty, alert.evidence.count == 1,
            verdict.finding.grade.rawValue > 0 || alert.transition == .resolved
        else { return }
        let missing = (context + 1) * perContext - numbers.count
        if missing > 0 { numbers += Array(repeating: -1, count: missing) }
        let place = context * perContext + Self.place(verdict)
        // The first of several slots keeps the place; the others go the long way.
        guard numbers[place] < 0 else { return }
        var evidence = alerts.evidence[Int(alert.evidence.start)]
        var pattern = alert
        // Empty, wherever they stood in a batch that is gone.
        (pattern.because, pattern.reason, pattern.team, pattern.site) = (Run(), Run(), Run(), Run())
        pattern.also = keep(alerts.words[alert.also.range])
        pattern.sources = keep(alerts.words[alert.sources.range])
        pattern.summary = keep(alerts.text[alert.summary.range])
        evidence.attribute = keep(alerts.text[evidence.attribute.range])
        numbers[place] = Int32(patterns.count)
        patterns.append(
            Pattern(
                alert: pattern, evidence: evidence, slot: verdict.slot, criterion: verdict.finding.criterion,
                respondWithin: alert.respondBy.isKnown ? alert.respondBy.milliseconds - alert.time.milliseconds : nil))
    }

    private mutating func keep(_ part: ArraySlice<UInt8>) -> Run {
        text += part
        return Run(start: text.count - part.count, count: part.count)
    }

    private mutating func keep(_ part: ArraySlice<PackText>) -> Run {
        words += part
        return Run(start: words.count - part.count, count: part.count)
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
        if let span = patterns[number].respondWithin {
            alert.respondBy = Moment(milliseconds: time.milliseconds + span)
        }
        alert.patient = alerts.keep(batch.events[event].patient, of: batch)
        alert.also = copy(alert.also, &alerts)
        alert.sources = copy(alert.sources, &alerts)
        let text = text.span.bytes
        alert.summary = alerts.keep(text.extracting(alert.summary.range))
        alert.evidence = Run(start: alerts.evidence.count, count: 1)
        var evidence = patterns[number].evidence
        evidence.time = time
        evidence.event = alerts.keep(batch.events[event].id, of: batch)
        evidence.unit = alerts.keep(batch.events[event].unit, of: batch)
        evidence.attribute = alerts.keep(text.extracting(evidence.attribute.range))
        evidence.value = alerts.keep(batch.answers[Int(batch.events[event].answers.start)].text, of: batch)
        alerts.evidence.append(evidence)
        alerts.alerts.append(alert)
    }

    private func copy(_ run: Run, _ alerts: inout AlertBatch) -> Run {
        let start = alerts.words.count
        for place in run.range { alerts.words.append(words[place]) }
        return Run(start: start, count: Int(run.count))
    }
}
