import Clinical

/// Writes down what time makes.
extension AlertComposer {
    /// Adds the alert of a call.
    ///
    /// - Parameters:
    ///   - report: the last report that it leans on, as an event of `batch`.
    ///   - situation: what the patient is on.
    mutating func add(
        _ call: TimeCall, _ report: Report?, _ batch: EventBatch, _ situation: Situation, _ alerts: inout AlertBatch
    ) {
        var alert = AlertRecord()
        alert.transition = call.transition
        alert.severity = call.severity
        alert.previousSeverity = call.previous
        alert.episodeID = call.episode
        alert.concern = pack.concerns[call.concern]
        alert.time = Moment(milliseconds: call.time, isDate: call.isDate)
        alert.isDeadline = call.event.isEmpty
        alert.patient = alerts.keep(call.patient)
        let rule = call.ruleIndex >= 0 ? pack.rules[call.ruleIndex] : nil
        alert.rule = rule?.id ?? (call.grading >= 0 ? pack.gradeRules[call.grading] : .none)
        // What is overdue was due then.
        alert.respondBy =
            call.transition == .overdue
            ? alert.time : respondBy(call.severity, call.isAboutTerm ? 0 : rule?.respondWithin ?? 0, alert.time)
        alert.isTest = report?.event.has.contains(.test) ?? false
        set(&alert, situation, drivenBy: call.node, &alerts)
        let place = place(of: call, report)
        let finding = place.flatMap { report?.findings[$0] }
        if call.isAboutTerm { describe(&alert, call, finding) }
        if let report {
            let shown = Outcome(
                rule: alert.rule, severity: call.severity, concern: call.concern, node: call.node, respondWithin: 0,
                ruleIndex: -1, finding: place ?? -1, source: .none, report: 0)
            alert.evidence = evidence(shown, report, batch, &alerts)
        }
        addSource(&alert, call, finding, report, &alerts)
        if let status = call.status { alert.reason = alerts.keep(status.name) }
        alert.summary = summary(call, report, finding, situation, batch, &alerts)
        alert.alertID = life.timeID(call, alert.grade)
        alerts.alerts.append(alert)
    }

    /// The finding to show: of the grading that leads, else the highest.
    private func place(of call: TimeCall, _ report: Report?) -> Int? {
        guard let findings = report?.findings else { return nil }
        return findings.firstIndex { Int($0.grading) == call.grading }
            ?? findings.indices.max { findings[$0].cautious < findings[$1].cautious }
    }

    private func describe(_ alert: inout AlertRecord, _ call: TimeCall, _ finding: Finding?) {
        alert.term = pack.terms[call.term].name
        guard let finding else { return }
        let grading = pack.gradings[Int(finding.grading)]
        alert.term = pack.terms[grading.term].name
        alert.grade = finding.grade
        if finding.possible.rawValue > finding.grade.rawValue { alert.possible = finding.possible }
        alert.scale = grading.scaleName
        if finding.cautious != 0 { alert.direction = grading.direction }
    }

    private func addSource(
        _ alert: inout AlertRecord, _ call: TimeCall, _ finding: Finding?, _ report: Report?,
        _ alerts: inout AlertBatch
    ) {
        let start = alerts.words.count
        if call.ruleIndex >= 0 {
            let rule = pack.rules[call.ruleIndex]
            if !rule.source.isNone { alerts.words.append(rule.source) }
        } else if let finding, finding.criterion >= 0 {
            let source = pack.criteria[Int(finding.criterion)].source
            if !source.isNone { alerts.words.append(source) }
        }
        if call.severity != .none, let advice = advice(call, finding, report) {
            alert.advice = advice.text
            alert.adviceConfidence = advice.confidence
            if !alerts.words[start...].contains(advice.source) { alerts.words.append(advice.source) }
        }
        alert.sources = Run(start: start, count: alerts.words.count - start)
    }

    /// The advice that the call had when its report came.
    private func advice(_ call: TimeCall, _ finding: Finding?, _ report: Report?) -> TherapyNode.Advice? {
        if call.ruleIndex >= 0, let own = pack.rules[call.ruleIndex].advice { return own }
        guard let made = call.made, made.grounds.isEmpty, let report else { return nil }
        return advice(made, report.term, finding)
    }

    private func summary(
        _ call: TimeCall, _ report: Report?, _ finding: Finding?, _ situation: Situation, _ batch: EventBatch,
        _ alerts: inout AlertBatch
    ) -> Run {
        let start = alerts.text.count
        let rule = call.ruleIndex >= 0 ? pack.rules[call.ruleIndex] : nil
        if let records = (rule?.work as? UnjudgedRule)?.records, !call.isAboutTerm {
            // Of a record that nobody could judge there is nothing else to say.
            sentences.append(records, "", to: &alerts.text)
            sentences.appendEnd(call, to: &alerts.text)
            return Run(start: start, count: alerts.text.count - start)
        }
        if call.isAboutTerm {
            let want = report.map { Array(reason(finding, $0, batch).utf8) } ?? []
            sentences.appendFinding(
                finding, term: report?.term ?? call.term, want: want, isFirst: true, isLedByRule: call.ruleIndex >= 0,
                to: &alerts.text)
        } else if !(rule?.work is SilentRule) {
            // Its rule is gone, and no report is about it.
            alerts.text += pack.catalogue[pack.concerns[call.concern]].utf8
        } else {
            // Of the last report is told what was severe in it, and nothing where all was well.
            let notable = finding.flatMap { $0.cautious > 0 ? $0 : nil }
            sentences.appendSilence(call, notable, term: report?.term ?? -1, to: &alerts.text)
        }
        let isUnknown = situation.context.isUnknown
        let therapy = isUnknown ? pack.wording.unknownTherapy : pack.catalogue[pack.tree.nodes[call.node].phrase]
        sentences.appendSetting(
            therapy, day: situation.day(of: call.node, in: pack.zone),
            title: call.severity == .none ? .none : rule?.title ?? .none, to: &alerts.text)
        if call.isAboutTerm || call.status != nil || call.transition == .overdue {
            sentences.appendEnd(call, to: &alerts.text)
        }
        return Run(start: start, count: alerts.text.count - start)
    }
}

extension SentenceWriter {
    /// Appends that nothing came for a while, or that something came again.
    func appendSilence(_ call: TimeCall, _ last: Finding?, term: Int, to text: inout [UInt8]) {
        let template = call.severity == .none && call.status == nil ? pack.templates.heard : pack.templates.silent
        template.append(to: &text) { place, text in
            switch place {
            case .span where call.span > 0: text += TimeSpan.text(minutes: call.span).utf8
            case .finding where last != nil:
                appendFinding(last, term: term, want: [], isFirst: false, isLedByRule: false, to: &text)
            default: break
            }
        }
    }

    /// Appends for how long nothing was reported of it, or why nothing more is awaited.
    func appendEnd(_ call: TimeCall, to text: inout [UInt8]) {
        let usual = call.transition == .overdue ? pack.templates.overdue : pack.templates.stale
        let template = call.status == nil ? usual : pack.templates.closed
        template.append(to: &text) { place, text in
            if place == .status { text += (call.status?.name ?? "").utf8 }
            if place == .span { text += TimeSpan.text(minutes: call.span).utf8 }
        }
    }
}
