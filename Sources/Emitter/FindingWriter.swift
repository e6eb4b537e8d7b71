package import Clinical

/// What `toxwatch grade` prints: one JSON object for each event, nothing remembered.
///
/// ```
/// {"event":"e17","patient":"P0042","time":"2026-03-01T08:15:00Z","code":"loinc|1742-6","term":"alt","findings":[
///  {"term":"alt","direction":"high","scale":"ctcae_v5","grade":2,"possible":null,"reason":null,"criterion":"> 3 ULN"}],
///  "therapy":"checkpoint_inhibitor","severity":"soon"}
/// ```
/// After them, only where they apply: `unmatched` (the pack does not watch the code), `cancelled` (the report was
/// withdrawn) and `time_precision` (`day` when only the date is known). The first two come with no findings.
package struct FindingWriter: Sendable {
    private var texts: PackTextsAsJSON
    private var instants: InstantWriter

    /// A writer for findings whose words are in `catalogue`, on days of `zone`.
    package init(catalogue: Catalogue, zone: SiteZone) {
        texts = PackTextsAsJSON(catalogue)
        instants = InstantWriter(zone: zone)
    }

    /// Appends the verdicts on events of `batch`, in their order.
    package mutating func write(_ findings: FindingBatch, of batch: EventBatch, to buffer: inout OutputBuffer) {
        for verdict in findings.verdicts {
            let event = batch.events[verdict.event]
            buffer.append("{\"event\":")
            buffer.append(idOf: event, in: batch)
            buffer.append(",\"patient\":")
            buffer.append(json: event.patient, of: batch)
            buffer.append(",\"time\":")
            instants.append(json: event.time, to: &buffer)
            buffer.append(",\"code\":")
            buffer.append(json: event.code, of: batch)
            buffer.append(",\"term\":")
            texts.append(verdict.term, to: &buffer)
            writeFindings(verdict, of: findings, to: &buffer)
            buffer.append(",\"therapy\":")
            texts.append(verdict.therapy, to: &buffer)
            buffer.append(",\"severity\":\"")
            buffer.append(verbatim: verdict.severity.name)
            buffer.append("\"")
            if verdict.isUnmatched { buffer.append(",\"unmatched\":true") }
            if verdict.isCancelled { buffer.append(",\"cancelled\":true") }
            if event.time.isDate { buffer.append(",\"time_precision\":\"day\"") }
            buffer.append("}\n")
        }
    }

    private mutating func writeFindings(_ verdict: Verdict, of batch: FindingBatch, to buffer: inout OutputBuffer) {
        buffer.append(",\"findings\":[")
        for (place, index) in verdict.findings.range.enumerated() {
            if place > 0 { buffer.append(",") }
            write(batch.findings[index], of: batch, to: &buffer)
        }
        buffer.append("]")
    }

    private mutating func write(_ finding: FindingRecord, of batch: FindingBatch, to buffer: inout OutputBuffer) {
        buffer.append("{\"term\":")
        texts.append(finding.term, to: &buffer)
        switch finding.direction {
        case .none: buffer.append(",\"direction\":null,\"scale\":")
        case .low: buffer.append(",\"direction\":\"low\",\"scale\":")
        case .high: buffer.append(",\"direction\":\"high\",\"scale\":")
        }
        texts.append(finding.scale, to: &buffer)
        buffer.append(",\"grade\":")
        buffer.append(finding.grade)
        buffer.append(",\"possible\":")
        buffer.append(finding.possible)
        buffer.append(",\"reason\":")
        if finding.reason.isEmpty {
            buffer.append("null")
        } else {
            let reason = finding.reason
            buffer.append(json: batch.text.span.bytes, from: Int(reason.start), count: Int(reason.count))
        }
        buffer.append(",\"criterion\":")
        texts.append(finding.criterion, to: &buffer)
        buffer.append("}")
    }
}
