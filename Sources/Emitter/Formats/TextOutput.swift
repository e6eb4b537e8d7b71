package import Clinical

/// Alerts for people: severity first, a few aligned lines for each.
///
/// ```
/// URGENT     P0042  opened  Diarrhea grade 1 with abdominal pain grade 2 on checkpoint inhibitor, day 41
///            bowel · rule ici-colitis · seen 2026-03-01 09:15 +01:00 · answer by 2026-03-01 13:15 +01:00
///            therapy checkpoint_inhibitor, day 41; also chemotherapy
///            answers diarrhea frequency       3
///                    abdominal_pain severity  moderate · seen 2026-02-28 20:00 +01:00
///            because grade:diarrhea (routine)
///            advice  ASCO 2021: hold the checkpoint inhibitor until grade 1 (confirmed)
///            source  ASCO 2021, T2.1
/// ```
/// An answer tells when it was seen where that is not when the alert was. Lines that would say nothing are left out.
/// `[test]`, `[shadow]` and `[unapproved]` stand before the summary. Nothing is wrapped or cut; what came from outside is
/// shown as `VisibleText` has it.
package struct TextOutput: OutputFormat {
    package static let name = "text"
    package static let summary = "a few aligned lines an alert, for people"
    package static let fileExtension = "txt"

    private let catalogue: Catalogue
    private let zone: SiteZone
    private let usesColor: Bool

    package init(_ setup: OutputSetup) {
        catalogue = setup.catalogue
        zone = setup.zone
        usesColor = setup.usesColor
    }

    package mutating func write(_ alerts: AlertBatch, to buffer: inout OutputBuffer) {
        for alert in alerts.alerts {
            writeHeadline(alert, of: alerts, to: &buffer)
            writePlace(alert, of: alerts, to: &buffer)
            writeTherapy(alert, of: alerts, to: &buffer)
            writeEvidence(alert, of: alerts, to: &buffer)
            writeBecause(alert, of: alerts, to: &buffer)
            writeReason(alert, of: alerts, to: &buffer)
            writeAdvice(alert, of: alerts, to: &buffer)
        }
    }

    private func writeHeadline(_ alert: AlertRecord, of batch: AlertBatch, to buffer: inout OutputBuffer) {
        let word = alert.severity.name.uppercased()
        if usesColor { buffer.append(verbatim: "\u{1B}[\(Self.color(of: alert.severity))m") }
        buffer.append(verbatim: word)
        if usesColor { buffer.append("\u{1B}[0m") }
        buffer.append(verbatim: String(repeating: " ", count: Self.indent.utf8CodeUnitCount - word.utf8.count))
        append(alert.patient, of: batch, or: "(no patient)", to: &buffer)
        buffer.append("  ")
        buffer.append(verbatim: alert.transition.name)
        if let previous = alert.previousSeverity {
            if previous < alert.severity || alert.transition != .worsened, previous != alert.severity {
                buffer.append(" from ")
                buffer.append(verbatim: previous.name)
            } else if alert.transition == .worsened {
                buffer.append(", already ")
                buffer.append(verbatim: previous.name)
            }
        }
        buffer.append("  ")
        if alert.isTest { buffer.append("[test] ") }
        if catalogue.mode != "live" {
            buffer.append("[")
            buffer.append(visible: catalogue.mode)
            buffer.append("] ")
        }
        if !catalogue.isApproved { buffer.append("[unapproved] ") }
        append(alert.summary, of: batch, or: "(no summary)", to: &buffer)
        buffer.append("\n")
    }

    private func writePlace(_ alert: AlertRecord, of batch: AlertBatch, to buffer: inout OutputBuffer) {
        buffer.append(Self.indent)
        buffer.append(visible: catalogue[alert.concern])
        buffer.append(alert.concern.isNone ? "rule " : " · rule ")
        buffer.append(visible: catalogue[alert.rule])
        if alert.time.isKnown {
            buffer.append(alert.isDeadline ? " · fell due " : " · seen ")
            buffer.append(alert.time, in: zone)
        }
        if alert.respondBy.isKnown {
            buffer.append(" · answer by ")
            buffer.append(alert.respondBy, in: zone)
        }
        if !alert.team.isEmpty {
            buffer.append(" · team ")
            append(alert.team, of: batch, or: "", to: &buffer)
        }
        if !alert.site.isEmpty {
            buffer.append(" · site ")
            append(alert.site, of: batch, or: "", to: &buffer)
        }
        buffer.append("\n")
    }

    private func writeTherapy(_ alert: AlertRecord, of batch: AlertBatch, to buffer: inout OutputBuffer) {
        guard !alert.therapy.isNone else { return }
        begin("therapy ", &buffer)
        buffer.append(visible: catalogue[alert.therapy])
        if alert.therapyDay != .min {
            buffer.append(", day ")
            buffer.append(alert.therapyDay)
        }
        for (place, index) in alert.also.range.enumerated() {
            buffer.append(place == 0 ? "; also " : ", ")
            buffer.append(visible: catalogue[batch.words[index]])
        }
        buffer.append("\n")
    }

    private func writeEvidence(_ alert: AlertRecord, of batch: AlertBatch, to buffer: inout OutputBuffer) {
        let questions = alert.evidence.range.map { question(batch.evidence[$0], of: batch) }
        let width = questions.map(\.count).max() ?? 0
        for (place, index) in alert.evidence.range.enumerated() {
            let evidence = batch.evidence[index]
            begin(place == 0 ? "answers " : "        ", &buffer)
            buffer.append(visible: questions[place])
            buffer.append(verbatim: String(repeating: " ", count: width - questions[place].count + 2))
            append(evidence.value, of: batch, or: "(no value)", to: &buffer)
            if !evidence.unit.isEmpty {
                buffer.append(" ")
                append(evidence.unit, of: batch, or: "", to: &buffer)
            }
            if evidence.time.isKnown, evidence.time != alert.time {
                buffer.append(" · seen ")
                buffer.append(evidence.time, in: zone)
            }
            buffer.append("\n")
        }
    }

    /// The term and which of its questions was answered.
    private func question(_ evidence: EvidenceRecord, of batch: AlertBatch) -> String {
        let attribute = String(decoding: batch.text[evidence.attribute.range], as: UTF8.self)
        return attribute.isEmpty ? catalogue[evidence.term] : "\(catalogue[evidence.term]) \(attribute)"
    }

    private func writeBecause(_ alert: AlertRecord, of batch: AlertBatch, to buffer: inout OutputBuffer) {
        guard !alert.because.isEmpty else { return }
        begin("because ", &buffer)
        for (place, index) in alert.because.range.enumerated() {
            if place > 0 { buffer.append(", ") }
            buffer.append(visible: catalogue[batch.reasons[index].rule])
            buffer.append(" (")
            buffer.append(verbatim: batch.reasons[index].severity.name)
            buffer.append(")")
        }
        buffer.append("\n")
    }

    private func writeReason(_ alert: AlertRecord, of batch: AlertBatch, to buffer: inout OutputBuffer) {
        guard !alert.reason.isEmpty || !alert.possible.isNone else { return }
        begin("reason  ", &buffer)
        if !alert.possible.isNone {
            buffer.append("possibly grade ")
            buffer.append(alert.possible)
            buffer.append(alert.reason.isEmpty ? "" : ": ")
        }
        append(alert.reason, of: batch, or: "", to: &buffer)
        buffer.append("\n")
    }

    private func writeAdvice(_ alert: AlertRecord, of batch: AlertBatch, to buffer: inout OutputBuffer) {
        if !alert.advice.isNone {
            begin("advice  ", &buffer)
            buffer.append(visible: catalogue[alert.advice])
            if !alert.adviceConfidence.isNone {
                buffer.append(" (")
                buffer.append(visible: catalogue[alert.adviceConfidence])
                buffer.append(")")
            }
            buffer.append("\n")
        }
        guard !alert.sources.isEmpty else { return }
        begin("source  ", &buffer)
        for (place, index) in alert.sources.range.enumerated() {
            if place > 0 { buffer.append("; ") }
            buffer.append(visible: catalogue[batch.words[index]])
        }
        buffer.append("\n")
    }

    // As wide as the longest severity and two spaces.
    private static let indent: StaticString = "           "

    private func begin(_ label: StaticString, _ buffer: inout OutputBuffer) {
        buffer.append(Self.indent)
        buffer.append(label)
    }

    private func append(_ run: Run, of batch: AlertBatch, or missing: StaticString, to buffer: inout OutputBuffer) {
        guard !run.isEmpty else { return buffer.append(missing) }
        buffer.append(visible: batch.text.span.bytes, from: Int(run.start), count: Int(run.count))
    }

    // Parameters of the terminal's "select graphic rendition".
    private static func color(of severity: Severity) -> String {
        switch severity {
        case .emergency: "1;37;41"
        case .urgent: "1;31"
        case .soon: "33"
        case .routine: "36"
        case .none: "32"
        }
    }
}
