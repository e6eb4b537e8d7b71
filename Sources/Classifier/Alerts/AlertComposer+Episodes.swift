import Clinical

/// What becomes of episodes, and the alerts that tell it.
extension AlertComposer {
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
        /// The quick pass: nothing is noted of what stands, so that nothing can ease or end.
        var isAlone = false

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
                !setting.newest.isKnown, !setting.isAlone
            {
                let shown = setting.reports.firstIndex { episodes[index].rests(on: [$0]) } ?? 0
                episodes[index].take(own, setting.reports, pack)
                guard episodes[index].standing < episodes[index].severity else { continue }
                lower(index, shown: shown, own, setting, &earlier, &episodes, &alerts)
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
        var leader = leader
        leader.witnesses = witnesses(leader, setting, &earlier)
        var news = news(leader, setting.reports)
        if let first = leader.witnesses.first { news.shown = first.finding?.grade ?? .none }
        let event = setting.reports[leader.report].event
        guard let identity = identity(news, event.id, event.patient, setting.batch, &episodes) else { return }
        if let episode = episodes.firstIndex(where: { Int($0.concern) == leader.concern }) {
            for outcome in own {
                episodes[episode].tell(self.news(outcome, setting.reports))
            }
            if !setting.isAlone, !setting.newest.isKnown || identity.transition == .opened {
                episodes[episode].take(own, setting.reports, pack)
            }
        }
        add(AlertRecord(identity, news, pack), leader, own, setting, &alerts)
    }

    /// Tells that the latest reports make an episode less severe than staff were told, or end it.
    ///
    /// - Parameter shown: the place of the report that shows it, where none of them raises anything.
    private mutating func lower(
        _ episode: Int, shown: Int, _ own: [Outcome], _ setting: Setting, _ earlier: inout EarlierReports,
        _ episodes: inout [Episode], _ alerts: inout AlertBatch
    ) {
        let severity = episodes[episode].standing
        let concern = Int(episodes[episode].concern)
        var best: Outcome?
        for outcome in own where best.map({ leads(outcome, $0, setting) }) ?? true { best = outcome }
        var leader = best ?? plainOutcome(episodes[episode], shown, setting)
        leader.witnesses = witnesses(leader, setting, &earlier)
        leader.severity = severity
        leader.respondWithin = 0
        var news = self.news(leader, setting.reports)
        if let first = leader.witnesses.first { news.shown = first.finding?.grade ?? .none }
        news.concern = concern
        let event = setting.batch.bytes(of: setting.reports[leader.report].event.id)
        let identity = life.lower(news, event: event.span.bytes, episode: episode, &episodes)
        add(AlertRecord(identity, news, pack), leader, own.filter { $0.severity <= severity }, setting, &alerts)
    }

    /// What stands for a report that raises nothing: the triage of its highest proven finding.
    private func plainOutcome(_ episode: Episode, _ shown: Int, _ setting: Setting) -> Outcome {
        let report = setting.reports[shown]
        let finding = report.findings.indices.max {
            report.findings[$0].grade.rawValue < report.findings[$1].grade.rawValue
        }
        return Outcome(
            rule: finding.map { pack.gradeRules[Int(report.findings[$0].grading)] } ?? .none, severity: .none,
            concern: Int(episode.concern),
            node: setting.situations[report.member].context.components.first ?? TherapyTree.root, respondWithin: 0,
            ruleIndex: -1, finding: finding ?? -1, source: .none, report: shown)
    }

    private mutating func add(
        _ record: AlertRecord, _ leader: Outcome, _ own: [Outcome], _ setting: Setting, _ alerts: inout AlertBatch
    ) {
        var alert = record
        let event = setting.reports[leader.report].event
        alert.patient = alerts.keep(setting.batch.bytes(of: event.patient))
        alert.isTest = event.has.contains(.test)
        alert.isAhead = event.has.contains(.ahead)
        alert.newest = setting.newest
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
        let isUnjudged = outcome.ruleIndex >= 0 && pack.rules[outcome.ruleIndex].work is UnjudgedRule
        let subject =
            if let finding, !isUnjudged {
                Subject(grading: finding.grading)
            } else {
                Subject(ungradedTerm: report.term)
            }
        var news = EpisodeLife.News(
            concern: outcome.concern, outcome.severity, finding?.grade ?? .none, of: subject, at: report.event.time,
            isUnjudged: isUnjudged, pack)
        if outcome.ruleIndex >= 0, !isUnjudged { news.rule = Subject(rule: outcome.ruleIndex) }
        return news
    }
}
