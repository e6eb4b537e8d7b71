import Clinical
import Digest

/// Makes alerts out of outcomes: one call per concern, with its ids, sentence and evidence.
struct AlertComposer: Sendable {
    let pack: CompiledPack
    let sentences: SentenceWriter
    let reasons: ReasonWriter
    var life: EpisodeLife

    init(pack: CompiledPack) {
        self.pack = pack
        life = EpisodeLife(pack)
        sentences = SentenceWriter(pack)
        reasons = ReasonWriter(pack)
    }

    /// The identity of an alert about an event, or nil when its episode says nothing new.
    mutating func identity(
        _ news: EpisodeLife.News, _ id: TextSpan, _ patient: TextSpan, _ batch: EventBatch,
        _ episodes: inout [Episode]
    ) -> EpisodeLife.Identity? {
        let (bytes, decoded) = (batch.bytes.span.bytes, batch.decoded.span.bytes)
        return life.speak(
            news, event: id.isDecoded ? decoded.extracting(id.range) : bytes.extracting(id.range),
            patient: patient.isDecoded ? decoded.extracting(patient.range) : bytes.extracting(patient.range), &episodes)
    }

    /// The identity of the alert that an event ends an episode; the episode is removed.
    mutating func resolution(
        _ news: EpisodeLife.News, _ id: TextSpan, _ batch: EventBatch, _ episode: Int, _ episodes: inout [Episode]
    ) -> EpisodeLife.Identity {
        let (bytes, decoded) = (batch.bytes.span.bytes, batch.decoded.span.bytes)
        return life.lower(
            news, event: id.isDecoded ? decoded.extracting(id.range) : bytes.extracting(id.range), episode: episode,
            &episodes)
    }

    func fill(
        _ alert: inout AlertRecord, _ leader: Outcome, _ outcomes: [Outcome], _ reports: [Report],
        _ situation: Situation, _ event: EventRecord, _ batch: EventBatch, _ alerts: inout AlertBatch
    ) {
        let report = reports[leader.report]
        var finding = leader.finding >= 0 ? report.findings[leader.finding] : nil
        var term = report.term
        if let first = leader.witnesses.first {
            finding = first.finding
            term = first.term
        }
        alert.rule = leader.rule
        alert.term = pack.terms[term].name
        alert.time = event.time
        if let finding {
            let grading = pack.gradings[Int(finding.grading)]
            alert.grade = finding.grade
            if finding.possible.rawValue > finding.grade.rawValue { alert.possible = finding.possible }
            alert.scale = grading.scaleName
            if finding.cautious != 0 { alert.direction = grading.direction }
        }
        set(&alert, situation, drivenBy: leader.node, &alerts)
        alert.respondBy = respondBy(leader.severity, leader.respondWithin, event.time)
        alert.because = because(leader, outcomes, &alerts)
        addAdvice(&alert, leader, term, finding, &alerts)
        let want = leader.witnesses.first?.reason ?? Array(reason(finding, report, batch).utf8)
        alert.reason = alerts.keep(want)
        alert.summary = summary(leader, report, finding, want, situation, batch, &alerts)
        alert.evidence = evidence(leader, report, batch, &alerts)
    }

    /// What the patient is on, and who looks after them.
    func set(_ alert: inout AlertRecord, _ situation: Situation, drivenBy node: Int, _ alerts: inout AlertBatch) {
        alert.therapy = componentName(node, situation)
        alert.also = also(alert.therapy, situation, &alerts)
        alert.team = alerts.keep(situation.team)
        alert.site = alerts.keep(situation.site)
        alert.therapyDay = situation.day(of: node, in: pack.zone) ?? .min
    }

    /// For want of what a finding of this report, or the report itself, has no grade or may have a higher one.
    func reason(_ finding: Finding?, _ report: Report, _ batch: EventBatch) -> String {
        if let finding { return reasons.reason(finding, report, batch) }
        return report.isGraded && report.isAllAsked ? "" : reasons.reason(report, batch)
    }

    // MARK: Names

    /// What drove the alert; formed nodes and modifiers bear their own names.
    func componentName(_ node: Int, _ situation: Situation) -> PackText {
        situation.context.isUnknown ? pack.unknownTherapy : pack.tree.nodes[node].name
    }

    /// What a patient is on, in one name: the first component, or `unknown`.
    func therapyName(_ situation: Situation) -> PackText {
        guard !situation.context.isUnknown, let first = situation.context.named.first else {
            return pack.unknownTherapy
        }
        return pack.tree.nodes[first].name
    }

    private func also(_ driver: PackText, _ situation: Situation, _ alerts: inout AlertBatch) -> Run {
        let start = alerts.words.count
        let shown = situation.context.isUnknown ? situation.context.named : situation.context.components
        for node in shown where pack.tree.nodes[node].name != driver && node != TherapyTree.root {
            alerts.words.append(pack.tree.nodes[node].name)
        }
        return Run(start: start, count: alerts.words.count - start)
    }

    /// By when somebody must answer; `own` is the rule's own time in minutes, 0 for none.
    func respondBy(_ severity: Severity, _ own: Int32, _ time: Moment) -> Moment {
        if severity == .none { return .unknown }
        var minutes = pack.respondWithin[Int(severity.rawValue)]
        if own > 0 { minutes = min(minutes, Int(own)) }
        return Moment(milliseconds: time.milliseconds + Int64(minutes) * 60_000)
    }

    private func because(
        _ leader: Outcome, _ outcomes: [Outcome], _ alerts: inout AlertBatch
    ) -> Run {
        let start = alerts.reasons.count
        for outcome in outcomes where outcome.rule != leader.rule {
            if let known = alerts.reasons[start...].firstIndex(where: { $0.rule == outcome.rule }) {
                alerts.reasons[known].severity = max(alerts.reasons[known].severity, outcome.severity)
            } else {
                alerts.reasons.append(AlertReason(rule: outcome.rule, severity: outcome.severity))
            }
        }
        return Run(start: start, count: alerts.reasons.count - start)
    }

    private func addAdvice(
        _ alert: inout AlertRecord, _ leader: Outcome, _ term: Int, _ finding: Finding?, _ alerts: inout AlertBatch
    ) {
        var sources = [leader.source]
        if let finding, finding.criterion >= 0 { sources.append(pack.criteria[Int(finding.criterion)].source) }
        if let advice = advice(leader, term, finding) {
            alert.advice = advice.text
            alert.adviceConfidence = advice.confidence
            sources.append(advice.source)
        }
        let start = alerts.words.count
        for source in sources where !source.isNone && !alerts.words[start...].contains(source) {
            alerts.words.append(source)
        }
        alert.sources = Run(start: start, count: alerts.words.count - start)
    }

    /// The rule's own advice, else what is said to this grade of the term. What is said to one grade says nothing of a
    /// combination, a patient's own score is no grade, and what could not be graded has none.
    func advice(_ leader: Outcome, _ term: Int, _ finding: Finding?) -> TherapyNode.Advice? {
        if leader.ruleIndex >= 0, let own = pack.rules[leader.ruleIndex].advice { return own }
        guard leader.severity != .none, leader.witnesses.isEmpty, let finding, !finding.grade.isNone else {
            return nil
        }
        let grading = pack.gradings[Int(finding.grading)]
        guard grading.family == .grade || pack.definesOnlySigns(term) else { return nil }
        return pack.tree.advice(leader.node, term: term, grading.direction, grade: finding.cautious)
    }
}

extension AlertRecord {
    /// An alert that has its identity and nothing else yet.
    init(_ identity: EpisodeLife.Identity, _ news: EpisodeLife.News, _ pack: CompiledPack) {
        self.init()
        alertID = identity.alert
        episodeID = identity.episode
        transition = identity.transition
        previousSeverity = identity.previousSeverity
        severity = news.severity
        concern = pack.concerns[news.concern]
    }
}
