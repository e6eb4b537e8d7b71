package import Clinical

/// Grading alone: what `grade` asks.
extension EventClassifier {
    /// Grades every event by the facts in it alone; nothing is remembered.
    package mutating func grade(_ batch: EventBatch, into findings: inout FindingBatch) {
        for index in batch.events.indices {
            findings.verdicts.append(verdict(batch.events[index], index, batch, &findings))
        }
        tally.rejects += batch.rejects.count
    }

    private mutating func verdict(
        _ event: EventRecord, _ index: Int, _ batch: EventBatch, _ findings: inout FindingBatch
    ) -> Verdict {
        var verdict = Verdict(event: index)
        if event.status == .cancelled {
            tally.cancelled += 1
            verdict.isCancelled = true
            if !event.codeSymbol.isNone { verdict.term = pack.term(of: event.codeSymbol) }
            return verdict
        }
        if event.codeSymbol.isNone {
            tally.unmatched += 1
            unmatchedCodes[batch.string(event.code), default: 0] += 1
            verdict.isUnmatched = true
        }
        let patient = roster.flatMap { $0[Array(batch.bytes(of: event.patient))] }
        let situation = situations.situation(event, batch, patient, pack.tree)
        verdict.therapy = composer.therapyName(situation)
        if verdict.isUnmatched { return verdict }
        _ = fold.read(index, batch, patient)
        count()
        let (outcomes, reports, _) = fold.outcomes(index, batch, patient)
        verdict.term = pack.term(of: event.codeSymbol)
        verdict.findings = composer.write(reports, batch, into: &findings)
        if let worst = outcomes.max(by: { $0.severity < $1.severity }) {
            verdict.severity = worst.severity
            if let lead = outcomes.first(where: { $0.severity == worst.severity }), !situation.context.isUnknown {
                verdict.therapy = composer.componentName(lead.node, situation)
            }
        }
        return verdict
    }
}
