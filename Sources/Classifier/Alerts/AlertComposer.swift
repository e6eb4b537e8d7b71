import Clinical
import Digest

/// Makes alerts out of outcomes: one call per concern, with its ids, sentence and evidence.
struct AlertComposer: Sendable {
    private let pack: CompiledPack
    private let sentences: SentenceWriter
    private let reasons: ReasonWriter
    private var episodes: EpisodeLife

    init(pack: CompiledPack) {
        self.pack = pack
        episodes = EpisodeLife(pack)
        sentences = SentenceWriter(pack)
        reasons = ReasonWriter(pack)
    }

    /// Leads each concern by its worst outcome and lets the episode decide whether to speak.
    mutating func compose(
        _ outcomes: [Outcome], _ reports: [Report], _ situation: Situation, _ event: EventRecord, _ batch: EventBatch,
        _ memory: inout PatientMemory, _ alerts: inout AlertBatch
    ) {
        var concerns: [Int] = []
        for outcome in outcomes where !concerns.contains(outcome.concern) { concerns.append(outcome.concern) }
        for concern in concerns {
            var leader: Outcome?
            for outcome in outcomes where outcome.concern == concern {
                if leader.map({ outcome.leads($0) }) ?? true { leader = outcome }
            }
            guard let leader else { continue }
            let finding = leader.finding >= 0 ? reports[leader.report].findings[leader.finding] : nil
            let news = EpisodeLife.News(concern: concern, leader.severity, finding)
            guard let identity = identity(news, event, batch, &memory.episodes) else { continue }
            var alert = AlertRecord(identity, news, pack)
            alert.patient = alerts.keep(batch.bytes(of: event.patient))
            alert.isTest = event.has.contains(.test)
            fill(&alert, leader, outcomes.filter { $0.concern == concern }, reports, situation, event, batch, &alerts)
            alerts.alerts.append(alert)
        }
    }

    /// The identity of an alert about an event, or nil when its episode says nothing new.
    mutating func identity(
        _ news: EpisodeLife.News, _ event: EventRecord, _ batch: EventBatch, _ episodes: inout [Episode]
    ) -> EpisodeLife.Identity? {
        self.episodes.speak(news, event: batch.bytes(of: event.id), patient: batch.bytes(of: event.patient), &episodes)
    }

    private func fill(
        _ alert: inout AlertRecord, _ leader: Outcome, _ outcomes: [Outcome], _ reports: [Report], _ situation: Situation,
        _ event: EventRecord, _ batch: EventBatch, _ alerts: inout AlertBatch
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
        let want = finding.map { reasons.reason($0, report, batch) } ?? (report.isGraded ? "" : reasons.reason(report, batch))
        alert.reason = leader.witnesses.isEmpty ? alerts.keep(want) : Run()
        alert.summary = summary(leader, report, finding, Array(want.utf8), situation, &alerts)
        alert.evidence = evidence(leader, report, batch, &alerts)
    }

    // MARK: Names

    /// What drove the alert; formed nodes and modifiers bear their own names.
    func componentName(_ node: Int, _ situation: Situation) -> PackText {
        situation.context.isUnknown ? pack.unknownTherapy : pack.tree.nodes[node].name
    }

    /// What a patient is on, in one name: the first component, or `unknown`.
    func therapyName(_ situation: Situation) -> PackText {
        guard !situation.context.isUnknown, let first = situation.context.named.first else { return pack.unknownTherapy }
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
        var minutes = pack.respondWithin[Int(leader.severity.rawValue)]
        if leader.respondWithin > 0 { minutes = min(minutes, Int(leader.respondWithin)) }
        return Moment(milliseconds: time.milliseconds + Int64(minutes) * 60_000)
    }

    private func because(_ leader: Outcome, _ outcomes: [Outcome], _ alerts: inout AlertBatch) -> Run {
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
        for source in sources where !source.isNone && !alerts.words[start...].contains(source) { alerts.words.append(source) }
        alert.sources = Run(start: start, count: alerts.words.count - start)
    }

    /// The rule's own advice, else what is said to this grade of the term. What is said to one grade says nothing of a
    /// combination, and a patient's own score is no grade.
    private func advice(_ leader: Outcome, _ term: Int, _ finding: Finding?) -> TherapyNode.Advice? {
        if leader.ruleIndex >= 0, let own = pack.rules[leader.ruleIndex].advice { return own }
        guard leader.witnesses.isEmpty, let finding else { return nil }
        let grading = pack.gradings[Int(finding.grading)]
        guard grading.family == .grade || pack.definesOnlySigns(term) else { return nil }
        return pack.tree.advice(leader.node, term: term, grading.direction, grade: finding.cautious)
    }

    // MARK: Sentences and evidence

    private func summary(
        _ leader: Outcome, _ report: Report, _ finding: Finding?, _ want: [UInt8], _ situation: Situation, _ alerts: inout AlertBatch
    ) -> Run {
        let start = alerts.text.count
        if leader.witnesses.isEmpty {
            sentences.appendFinding(finding, term: report.term, want: want, isFirst: true, to: &alerts.text)
        }
        for (index, witness) in leader.witnesses.enumerated() {
            if index > 0 { sentences.appendJoin(to: &alerts.text) }
            sentences.appendFinding(witness.finding, term: witness.term, want: [], isFirst: index == 0, to: &alerts.text)
        }
        let isUnknown = situation.context.isUnknown
        let therapy = isUnknown ? pack.wording.unknownTherapy : pack.catalogue[pack.tree.nodes[leader.node].phrase]
        let title = leader.ruleIndex >= 0 ? pack.rules[leader.ruleIndex].title : PackText.none
        sentences.appendSetting(therapy, day: situation.day(of: leader.node, in: pack.zone), title: title, to: &alerts.text)
        return Run(start: start, count: alerts.text.count - start)
    }

    private func evidence(_ leader: Outcome, _ report: Report, _ batch: EventBatch, _ alerts: inout AlertBatch) -> Run {
        let start = alerts.evidence.count
        if leader.witnesses.isEmpty {
            addEvidence(report, leader.finding >= 0 ? report.findings[leader.finding] : nil, batch, &alerts)
        }
        for witness in leader.witnesses {
            for answer in witness.answers {
                var record = EvidenceRecord()
                record.event = alerts.keep(witness.event)
                record.time = witness.time
                record.attribute = alerts.keep(pack.catalogue[answer.attribute])
                record.value = alerts.keep(answer.value)
                record.unit = alerts.keep(answer.unit)
                describe(&record, witness.term, witness.finding)
                alerts.evidence.append(record)
            }
        }
        return Run(start: start, count: alerts.evidence.count - start)
    }

    private func addEvidence(_ report: Report, _ finding: Finding?, _ batch: EventBatch, _ alerts: inout AlertBatch) {
        let event = alerts.keep(batch.bytes(of: report.event.id))
        let unit = alerts.keep(batch.bytes(of: report.event.unit))
        for index in report.event.answers.range {
            let answer = batch.answers[index]
            var record = EvidenceRecord()
            record.event = event
            record.time = report.event.time
            record.unit = unit
            record.attribute = alerts.keep(pack.catalogue[attribute(of: answer, report)])
            let start = alerts.text.count
            alerts.text += report.event.comparator.sign.utf8
            alerts.text += batch.bytes(of: answer.text)
            record.value = Run(start: start, count: alerts.text.count - start)
            describe(&record, report.term, finding)
            alerts.evidence.append(record)
        }
    }

    private func describe(_ record: inout EvidenceRecord, _ term: Int, _ finding: Finding?) {
        record.term = pack.terms[term].name
        guard let finding else { return }
        record.grade = finding.grade
        if finding.criterion >= 0 { record.criterion = pack.criteria[Int(finding.criterion)].text }
    }

    private func attribute(of answer: AnswerRecord, _ report: Report) -> PackText {
        let term = pack.terms[report.term]
        let slot = answer.attribute.isNone ? report.slot : term.slot(of: answer.attribute) ?? report.slot
        return term.slots[Int(slot)].name
    }

    /// What is kept of a report so that a later alert can lean on it.
    func witness(_ report: Report, _ batch: EventBatch) -> Witness {
        let finding = report.findings.max { $0.cautious < $1.cautious }
        let answers = report.event.answers.range.map { index in
            let answer = batch.answers[index]
            let sign = Array(report.event.comparator.sign.utf8)
            return Witness.Answer(
                attribute: attribute(of: answer, report), value: sign + batch.bytes(of: answer.text),
                unit: Array(batch.bytes(of: report.event.unit)))
        }
        return Witness(
            atoms: report.atoms, time: report.event.time, term: report.term, finding: finding,
            event: Array(batch.bytes(of: report.event.id)), answers: answers)
    }

    // MARK: Unread records

    /// A record of a known patient that could not be read.
    mutating func composeUnread(
        _ reject: Reject, _ patient: [UInt8], _ roster: Roster.Patient?, _ memory: inout PatientMemory, _ alerts: inout AlertBatch
    ) {
        for index in pack.rulesOfNode[TherapyTree.root] {
            let rule = pack.rules[index]
            guard let work = rule.work as? UnjudgedRule, work.coversRejects, rule.severity != .none else { continue }
            let event = Array(SHA256.hexadecimal(of: reject.raw).utf8)
            let news = EpisodeLife.News(concern: rule.concern, rule.severity, nil)
            guard let identity = episodes.speak(news, event: event[...], patient: patient[...], &memory.episodes) else { continue }
            var alert = AlertRecord(identity, news, pack)
            alert.patient = alerts.keep(patient)
            alert.rule = rule.id
            alert.therapy = pack.unknownTherapy
            alert.sources = Run(start: alerts.words.count, count: 1)
            alerts.words.append(rule.source)
            alert.reason = alerts.keep(reject.reason)
            let start = alerts.text.count
            sentences.appendUnread(reject.reason, to: &alerts.text)
            alert.summary = Run(start: start, count: alerts.text.count - start)
            if let roster {
                alert.team = alerts.keep(roster.team)
                alert.site = alerts.keep(roster.site)
            }
            alerts.alerts.append(alert)
        }
    }

    // MARK: Findings

    /// Adds the findings of one event to those of `grade`.
    func write(_ reports: [Report], _ batch: EventBatch, into output: inout FindingBatch) -> Run {
        let start = output.findings.count
        for report in reports {
            if report.findings.isEmpty {
                var record = FindingRecord()
                record.term = pack.terms[report.term].name
                if let first = pack.terms[report.term].gradings.first {
                    record.scale = pack.gradings[first].scaleName
                    record.direction = pack.gradings[first].direction
                }
                record.reason = keep(reasons.reason(report, batch), &output)
                output.findings.append(record)
            }
            for finding in report.findings {
                let grading = pack.gradings[Int(finding.grading)]
                var record = FindingRecord()
                record.term = pack.terms[report.term].name
                record.direction = grading.direction
                record.scale = grading.scaleName
                record.grade = finding.grade
                if finding.possible.rawValue > finding.grade.rawValue { record.possible = finding.possible }
                record.reason = keep(reasons.reason(finding, report, batch), &output)
                if finding.criterion >= 0 { record.criterion = pack.criteria[Int(finding.criterion)].text }
                output.findings.append(record)
            }
        }
        return Run(start: start, count: output.findings.count - start)
    }

    private func keep(_ text: String, _ output: inout FindingBatch) -> Run {
        let start = output.text.count
        output.text += text.utf8
        return Run(start: start, count: output.text.count - start)
    }
}

extension AlertRecord {
    /// An alert that has its identity and nothing else yet.
    fileprivate init(_ identity: EpisodeLife.Identity, _ news: EpisodeLife.News, _ pack: CompiledPack) {
        self.init()
        alertID = identity.alert
        episodeID = identity.episode
        transition = identity.transition
        previousSeverity = identity.previousSeverity
        severity = news.severity
        concern = pack.concerns[news.concern]
    }
}
