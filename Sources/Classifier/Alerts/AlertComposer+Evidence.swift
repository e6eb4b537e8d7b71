import Clinical

extension AlertComposer {
    /// Appends the alert's sentence.
    func summary(
        _ leader: Outcome, _ report: Report, _ finding: Finding?, _ want: [UInt8], _ situation: Situation,
        _ batch: EventBatch, _ alerts: inout AlertBatch
    ) -> Run {
        let start = alerts.text.count
        let isLedByRule = leader.ruleIndex >= 0
        if leader.witnesses.isEmpty {
            sentences.appendFinding(
                finding, term: report.term, want: want, isFirst: true, isLedByRule: isLedByRule, to: &alerts.text)
            if leader.severity != .none, let worse = worsePossible(leader, report, situation) {
                sentences.appendJoin(to: &alerts.text)
                let want = Array(reasons.reason(worse, report, batch).utf8)
                sentences.appendNotExcluded(worse, want: want, isFirst: false, to: &alerts.text)
            }
        }
        for (index, witness) in leader.witnesses.enumerated() {
            if index > 0 { sentences.appendJoin(to: &alerts.text) }
            sentences.appendFinding(
                witness.finding, term: witness.term, want: witness.reason, isFirst: index == 0,
                isLedByRule: isLedByRule,
                to: &alerts.text)
        }
        let isUnknown = situation.context.isUnknown
        let therapy = isUnknown ? pack.wording.unknownTherapy : pack.catalogue[pack.tree.nodes[leader.node].phrase]
        let title = leader.ruleIndex >= 0 ? pack.rules[leader.ruleIndex].title : PackText.none
        sentences.appendSetting(
            therapy, day: situation.day(of: leader.node, in: pack.zone), title: title, to: &alerts.text)
        return Run(start: start, count: alerts.text.count - start)
    }

    /// The worst of the report's other findings, where a grade of it that is not excluded would be more severe than what
    /// leads; nil when there is none.
    private func worsePossible(_ leader: Outcome, _ report: Report, _ situation: Situation) -> Finding? {
        let clock = situation.clock(of: leader.node)
        let isWatched = pack.tree.nodes[leader.node].watch?.state(clock, pack.zone) != .closed
        let node = isWatched ? leader.node : TherapyTree.root
        var worst: (severity: Severity, finding: Finding)?
        for (place, finding) in report.findings.enumerated() where place != leader.finding {
            guard finding.possible.rawValue > max(0, finding.grade.rawValue), !report.isSettled(finding, pack) else {
                continue
            }
            let severity = GradeRule.verdict(finding, node: node, clock, pack).severity
            if severity > worst?.severity ?? leader.severity { worst = (severity, finding) }
        }
        return worst?.finding
    }

    /// Adds the answers that the alert rests on.
    func evidence(_ leader: Outcome, _ report: Report, _ batch: EventBatch, _ alerts: inout AlertBatch) -> Run {
        let start = alerts.evidence.count
        if leader.witnesses.isEmpty {
            let finding = leader.finding >= 0 ? report.findings[leader.finding] : nil
            for event in [report.event] + report.siblings.map({ batch.events[$0] }) {
                addEvidence(event, report, finding, batch, &alerts)
            }
        }
        for witness in leader.witnesses {
            for answer in witness.answers {
                var record = EvidenceRecord()
                record.event = alerts.keep(witness.event)
                record.time = witness.time
                record.attribute = alerts.keep(answer.attribute)
                record.value = alerts.keep(answer.value)
                record.unit = alerts.keep(answer.unit)
                describe(&record, witness.term, witness.finding)
                alerts.evidence.append(record)
            }
        }
        return Run(start: start, count: alerts.evidence.count - start)
    }

    private func addEvidence(
        _ event: EventRecord, _ report: Report, _ finding: Finding?, _ batch: EventBatch, _ alerts: inout AlertBatch
    ) {
        let id = alerts.keep(batch.bytes(of: event.id))
        let unit = alerts.keep(batch.bytes(of: event.unit))
        for index in event.answers.range {
            let answer = batch.answers[index]
            var record = EvidenceRecord()
            record.event = id
            record.time = event.time
            record.unit = unit
            record.attribute = alerts.keep(attribute(of: answer, report, batch))
            let start = alerts.text.count
            alerts.text += event.comparator.sign.utf8
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

    /// The name of the question that was answered: the term's own, else as it was written.
    private func attribute(of answer: AnswerRecord, _ report: Report, _ batch: EventBatch) -> [UInt8] {
        let term = pack.terms[report.term]
        let slot = answer.attribute.isNone ? nil : term.slot(of: answer.attribute)
        if slot == nil, !answer.attributeText.isEmpty { return Array(batch.bytes(of: answer.attributeText)) }
        return Array(pack.catalogue[term.slots[Int(slot ?? report.slot)].name].utf8)
    }

    /// What is kept of a report so that a later alert can lean on it.
    func witness(_ report: Report, _ batch: EventBatch) -> Witness {
        let finding = report.findings.max { ($0.grade.rawValue, $0.cautious) < ($1.grade.rawValue, $1.cautious) }
        let answers = report.event.answers.range.map { index in
            let answer = batch.answers[index]
            let sign = Array(report.event.comparator.sign.utf8)
            return Witness.Answer(
                attribute: attribute(of: answer, report, batch), value: sign + batch.bytes(of: answer.text),
                unit: Array(batch.bytes(of: report.event.unit)))
        }
        return Witness(
            term: report.term, time: report.event.time, finding: finding,
            event: Array(batch.bytes(of: report.event.id)), answers: answers,
            reason: Array(reason(finding, report, batch).utf8))
    }
}
