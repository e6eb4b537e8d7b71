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

    /// The reports of one time and where they stand: all that an alert about them tells besides the outcomes.
    struct Setting: Sendable {
        var reports: [Report]
        /// By `Report.member`.
        var situations: [Situation]
        var batch: EventBatch
        var past: Past
        var patient: Roster.Patient?
        /// The patient's newest report, when this one came too late to take its place; unknown otherwise.
        var newest = Moment.unknown

        init(
            _ reports: [Report], _ situations: [Situation], _ batch: EventBatch, _ past: Past,
            _ patient: Roster.Patient?
        ) {
            self.reports = reports
            self.situations = situations
            self.batch = batch
            self.past = past
            self.patient = patient
        }
    }

    /// Leads each concern by its worst outcome and lets the episode decide whether to speak.
    mutating func compose(
        _ outcomes: [Outcome], _ setting: Setting, _ earlier: inout EarlierReports, _ episodes: inout [Episode],
        _ alerts: inout AlertBatch
    ) {
        var concerns: [Int] = []
        for outcome in outcomes where !concerns.contains(outcome.concern) { concerns.append(outcome.concern) }
        for episode in episodes where !concerns.contains(Int(episode.concern)) && episode.rests(on: setting.reports) {
            concerns.append(Int(episode.concern))
        }
        for concern in concerns {
            let own = outcomes.filter { $0.concern == concern }
            if let leader = leader(own, setting, episodes) {
                speak(leader, own, setting, &earlier, &episodes, &alerts)
            } else if let index = episodes.firstIndex(where: { Int($0.concern) == concern }),
                !setting.newest.isKnown
            {
                episodes[index].take(own, setting.reports, pack)
                guard episodes[index].standing < episodes[index].severity else { continue }
                lower(index, own, setting, &earlier, &episodes, &alerts)
            }
        }
    }

    /// The outcome that leads among those that are news.
    private func leader(_ own: [Outcome], _ setting: Setting, _ episodes: [Episode]) -> Outcome? {
        var leader: Outcome?
        for outcome in own where EpisodeLife.transition(news(outcome, setting.reports), episodes) != nil {
            if leader.map({ leads(outcome, $0, setting) }) ?? true { leader = outcome }
        }
        return leader
    }

    /// Whether an outcome leads before another: by itself, else by the higher grade, else by the pack's order of terms, so
    /// that it does not matter which of several reports of one time came first.
    private func leads(_ outcome: Outcome, _ other: Outcome, _ setting: Setting) -> Bool {
        if outcome.leads(other) { return true }
        if other.leads(outcome) || outcome.report == other.report { return false }
        let (own, others) = (setting.reports[outcome.report], setting.reports[other.report])
        let grade = outcome.finding >= 0 ? own.findings[outcome.finding].cautious : -1
        let otherGrade = other.finding >= 0 ? others.findings[other.finding].cautious : -1
        return (grade, others.term) > (otherGrade, own.term)
    }

    private mutating func speak(
        _ leader: Outcome, _ own: [Outcome], _ setting: Setting, _ earlier: inout EarlierReports,
        _ episodes: inout [Episode], _ alerts: inout AlertBatch
    ) {
        let news = news(leader, setting.reports)
        let event = setting.reports[leader.report].event
        guard let identity = identity(news, event, setting.batch, &episodes) else { return }
        if let episode = episodes.firstIndex(where: { Int($0.concern) == leader.concern }) {
            for outcome in own {
                let also = self.news(outcome, setting.reports)
                episodes[episode].tell(also.grade, also.grading)
            }
            if !setting.newest.isKnown || identity.transition == .opened {
                episodes[episode].take(own, setting.reports, pack)
            }
        }
        add(AlertRecord(identity, news, pack), leader, own, setting, &earlier, &alerts)
    }

    /// Tells that the latest reports make an episode less severe than staff were told, or end it.
    private mutating func lower(
        _ episode: Int, _ own: [Outcome], _ setting: Setting, _ earlier: inout EarlierReports,
        _ episodes: inout [Episode], _ alerts: inout AlertBatch
    ) {
        let severity = episodes[episode].standing
        let concern = Int(episodes[episode].concern)
        var best: Outcome?
        for outcome in own where best.map({ leads(outcome, $0, setting) }) ?? true { best = outcome }
        var leader = best ?? plainOutcome(episodes[episode], setting)
        leader.severity = severity
        leader.respondWithin = 0
        var news = self.news(leader, setting.reports)
        news.concern = concern
        let event = setting.batch.bytes(of: setting.reports[leader.report].event.id)
        let identity = life.lower(news, event: event, episode: episode, &episodes)
        add(AlertRecord(identity, news, pack), leader, own.filter { $0.severity <= severity }, setting, &earlier, &alerts)
    }

    /// What stands for a report that raises nothing: the triage of its highest finding.
    private func plainOutcome(_ episode: Episode, _ setting: Setting) -> Outcome {
        let report = setting.reports.firstIndex { episode.rests(on: [$0]) } ?? 0
        let findings = setting.reports[report].findings
        let finding = findings.indices.max { findings[$0].cautious < findings[$1].cautious }
        return Outcome(
            rule: finding.map { pack.gradeRules[Int(findings[$0].grading)] } ?? .none, severity: .none,
            concern: Int(episode.concern), node: setting.situations[setting.reports[report].member].context.components.first ?? TherapyTree.root,
            respondWithin: 0, ruleIndex: -1, finding: finding ?? -1, source: .none, report: report)
    }

    private mutating func add(
        _ record: AlertRecord, _ leader: Outcome, _ own: [Outcome], _ setting: Setting,
        _ earlier: inout EarlierReports, _ alerts: inout AlertBatch
    ) {
        var alert = record
        let event = setting.reports[leader.report].event
        alert.patient = alerts.keep(setting.batch.bytes(of: event.patient))
        alert.isTest = event.has.contains(.test)
        alert.isAhead = event.has.contains(.ahead)
        alert.newest = setting.newest
        var leader = leader
        leader.witnesses = witnesses(leader, setting, &earlier)
        let situation = setting.situations[setting.reports[leader.report].member]
        fill(&alert, leader, own, setting.reports, situation, event, setting.batch, &alerts)
        alerts.alerts.append(alert)
    }

    /// The reports that a rule leans on; none where it leans on the one at hand alone.
    private func witnesses(_ leader: Outcome, _ setting: Setting, _ earlier: inout EarlierReports) -> [Witness] {
        leader.grounds.compactMap { ground in
            switch ground {
            case .atHand(let place): return witness(setting.reports[place], setting.batch)
            case .past(let place, let term):
                let report = earlier.report(place, term: term, setting.past, setting.patient)
                return report.map { witness($0, earlier.batch) }
            }
        }
    }

    private func news(_ outcome: Outcome, _ reports: [Report]) -> EpisodeLife.News {
        let report = reports[outcome.report]
        let finding = outcome.finding >= 0 ? report.findings[outcome.finding] : nil
        return EpisodeLife.News(concern: outcome.concern, outcome.severity, finding, at: report.event.time, pack)
    }

    /// The identity of an alert about an event, or nil when its episode says nothing new.
    mutating func identity(
        _ news: EpisodeLife.News, _ event: EventRecord, _ batch: EventBatch, _ episodes: inout [Episode]
    ) -> EpisodeLife.Identity? {
        life.speak(news, event: batch.bytes(of: event.id), patient: batch.bytes(of: event.patient), &episodes)
    }

    private func fill(
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
            alert.direction = grading.direction
        }
        alert.therapy = situation.context.isUnknown ? pack.unknownTherapy : componentName(leader.node, situation)
        alert.also = also(alert.therapy, situation, &alerts)
        alert.team = alerts.keep(situation.team)
        alert.site = alerts.keep(situation.site)
        alert.therapyDay = situation.day(of: leader.node, in: pack.zone) ?? .min
        alert.respondBy = respondBy(leader, event.time)
        alert.because = because(leader, outcomes, &alerts)
        addAdvice(&alert, leader, term, finding, &alerts)
        let want = leader.witnesses.first?.reason ?? Array(reason(finding, report, batch).utf8)
        alert.reason = alerts.keep(want)
        alert.summary = summary(leader, report, finding, want, situation, batch, &alerts)
        alert.evidence = evidence(leader, report, batch, &alerts)
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

    private func respondBy(_ leader: Outcome, _ time: Moment) -> Moment {
        if leader.severity == .none { return .unknown }
        var minutes = pack.respondWithin[Int(leader.severity.rawValue)]
        if leader.respondWithin > 0 { minutes = min(minutes, Int(leader.respondWithin)) }
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
    private func advice(_ leader: Outcome, _ term: Int, _ finding: Finding?) -> TherapyNode.Advice? {
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
