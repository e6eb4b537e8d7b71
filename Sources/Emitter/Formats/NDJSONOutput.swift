package import Clinical

/// Alerts in native form, one JSON object a line.
///
/// ```
/// {"alert":"tw1-9f2c…","episode":"tw1-51ab…","concern":"bowel","transition":"opened","severity":"urgent",…,
///  "mode":"live","approved":true,"pack":{"name":"immunotherapy","version":"1.0.0","sha256":"…"}}
/// ```
/// The members up to `pack` are always there, `null` where there is nothing. After it stand, in this order and only
/// where they apply: `possible` (the highest grade that could not be excluded), `reason`, `advice_confidence`,
/// `time_precision` (`day` when only the date is known; also in evidence), `retracts` (the alert that is taken back),
/// `newest` (the report came late: when the patient's newest one was observed), `clock` (`ahead` when the event said that
/// it lay in the future) and `test`.
package struct NDJSONOutput: OutputFormat {
    package static let name = "ndjson"
    package static let summary = "one JSON object a line, the native form"
    package static let fileExtension = "ndjson"

    private var texts: PackTextsAsJSON
    private var instants: InstantWriter
    private let transitions = JSONPieces(",\"transition\":", names: Transition.allCases.map(\.name))
    private let severities = JSONPieces(",\"severity\":", names: Severity.allCases.map(\.name))
    private let severityWords = JSONPieces("", names: Severity.allCases.map(\.name))
    // `mode`, `approved` and `pack`, which never change.
    private let tail: [UInt8]

    package init(_ setup: OutputSetup) {
        texts = PackTextsAsJSON(setup.catalogue)
        tail = Self.tail(setup.catalogue)
        instants = InstantWriter(zone: setup.zone)
    }

    package mutating func write(_ alerts: AlertBatch, to buffer: inout OutputBuffer) {
        for alert in alerts.alerts {
            writeHead(alert, to: &buffer)
            writeWho(alert, of: alerts, to: &buffer)
            writeWhat(alert, of: alerts, to: &buffer)
            writeWhy(alert, of: alerts, to: &buffer)
            buffer.append(tail)
            writeWhatApplies(alert, of: alerts, to: &buffer)
            buffer.append("}\n")
        }
    }

    private mutating func writeHead(_ alert: AlertRecord, to buffer: inout OutputBuffer) {
        buffer.append("{\"alert\":\"")
        buffer.append(alert.alertID)
        buffer.append("\",\"episode\":\"")
        buffer.append(alert.episodeID)
        buffer.append("\",\"concern\":")
        texts.append(alert.concern, to: &buffer)
        transitions.append(Int(alert.transition.rawValue), to: &buffer)
        severities.append(Int(alert.severity.rawValue), to: &buffer)
        buffer.append(",\"previous_severity\":")
        if let previous = alert.previousSeverity {
            severityWords.append(Int(previous.rawValue), to: &buffer)
        } else {
            buffer.append("null")
        }
    }

    private mutating func writeWho(_ alert: AlertRecord, of batch: AlertBatch, to buffer: inout OutputBuffer) {
        buffer.append(",\"patient\":")
        Self.append(alert.patient, of: batch, to: &buffer)
        buffer.append(",\"therapy\":")
        texts.append(alert.therapy, to: &buffer)
        buffer.append(",\"also\":")
        append(words: alert.also, of: batch, to: &buffer)
        buffer.append(",\"therapy_day\":")
        if alert.therapyDay == .min { buffer.append("null") } else { buffer.append(alert.therapyDay) }
    }

    private mutating func writeWhat(_ alert: AlertRecord, of batch: AlertBatch, to buffer: inout OutputBuffer) {
        buffer.append(",\"rule\":")
        texts.append(alert.rule, to: &buffer)
        buffer.append(",\"term\":")
        texts.append(alert.term, to: &buffer)
        switch alert.direction {
        case .none: buffer.append(",\"direction\":null,\"grade\":")
        case .low: buffer.append(",\"direction\":\"low\",\"grade\":")
        case .high: buffer.append(",\"direction\":\"high\",\"grade\":")
        }
        buffer.append(alert.grade)
        buffer.append(",\"scale\":")
        texts.append(alert.scale, to: &buffer)
        buffer.append(",\"time\":")
        instants.append(json: alert.time, to: &buffer)
        buffer.append(",\"respond_by\":")
        instants.append(json: alert.respondBy, to: &buffer)
        buffer.append(",\"summary\":")
        Self.append(alert.summary, of: batch, to: &buffer)
    }

    private mutating func writeWhy(_ alert: AlertRecord, of batch: AlertBatch, to buffer: inout OutputBuffer) {
        buffer.append(",\"because\":[")
        for index in alert.because.range {
            let reason = batch.reasons[index]
            buffer.append(index == alert.because.range.lowerBound ? "{\"rule\":" : ",{\"rule\":")
            texts.append(reason.rule, to: &buffer)
            severities.append(Int(reason.severity.rawValue), to: &buffer)
            buffer.append(UInt8(ascii: "}"))
        }
        buffer.append("],\"advice\":")
        texts.append(alert.advice, to: &buffer)
        buffer.append(",\"source\":")
        append(words: alert.sources, of: batch, to: &buffer)
        buffer.append(",\"team\":")
        Self.append(alert.team, of: batch, to: &buffer)
        buffer.append(",\"site\":")
        Self.append(alert.site, of: batch, to: &buffer)
        buffer.append(",\"evidence\":[")
        for index in alert.evidence.range {
            if index != alert.evidence.range.lowerBound { buffer.append(UInt8(ascii: ",")) }
            write(batch.evidence[index], of: batch, to: &buffer)
        }
        buffer.append(UInt8(ascii: "]"))
    }

    private mutating func write(_ evidence: EvidenceRecord, of batch: AlertBatch, to buffer: inout OutputBuffer) {
        buffer.append("{\"event\":")
        Self.append(evidence.event, of: batch, to: &buffer)
        buffer.append(",\"time\":")
        instants.append(json: evidence.time, to: &buffer)
        buffer.append(",\"term\":")
        texts.append(evidence.term, to: &buffer)
        buffer.append(",\"attribute\":")
        Self.append(evidence.attribute, of: batch, to: &buffer)
        buffer.append(",\"value\":")
        Self.append(evidence.value, of: batch, to: &buffer)
        buffer.append(",\"unit\":")
        Self.append(evidence.unit, of: batch, to: &buffer)
        buffer.append(",\"grade\":")
        buffer.append(evidence.grade)
        buffer.append(",\"criterion\":")
        texts.append(evidence.criterion, to: &buffer)
        if evidence.time.isDate { buffer.append(",\"time_precision\":\"day\"") }
        buffer.append(UInt8(ascii: "}"))
    }

    @inline(__always)
    private mutating func writeWhatApplies(_ alert: AlertRecord, of batch: AlertBatch, to buffer: inout OutputBuffer) {
        if !alert.possible.isNone {
            buffer.append(",\"possible\":")
            buffer.append(alert.possible)
        }
        if !alert.reason.isEmpty {
            buffer.append(",\"reason\":")
            Self.append(alert.reason, of: batch, to: &buffer)
        }
        if !alert.adviceConfidence.isNone {
            buffer.append(",\"advice_confidence\":")
            texts.append(alert.adviceConfidence, to: &buffer)
        }
        if alert.time.isDate { buffer.append(",\"time_precision\":\"day\"") }
        if let retracted = alert.retracts {
            buffer.append(",\"retracts\":\"")
            buffer.append(retracted)
            buffer.append(UInt8(ascii: "\""))
        }
        if alert.newest.isKnown {
            buffer.append(",\"newest\":")
            instants.append(json: alert.newest, to: &buffer)
        }
        if alert.isAhead { buffer.append(",\"clock\":\"ahead\"") }
        if alert.isTest { buffer.append(",\"test\":true") }
    }

    private mutating func append(words run: Run, of batch: AlertBatch, to buffer: inout OutputBuffer) {
        guard !run.isEmpty else { return buffer.append("[]") }
        buffer.append(UInt8(ascii: "["))
        for index in run.range {
            if index != run.range.lowerBound { buffer.append(UInt8(ascii: ",")) }
            texts.append(batch.words[index], to: &buffer)
        }
        buffer.append(UInt8(ascii: "]"))
    }

    @inline(__always)
    private static func append(_ run: Run, of batch: AlertBatch, to buffer: inout OutputBuffer) {
        guard !run.isEmpty else { return buffer.append("null") }
        buffer.append(json: batch.text.span.bytes, from: Int(run.start), count: Int(run.count))
    }

    private static func tail(_ catalogue: Catalogue) -> [UInt8] {
        var tail = OutputBuffer(capacity: 256)
        tail.append(",\"mode\":")
        tail.append(json: catalogue.mode)
        tail.append(",\"approved\":")
        tail.append(catalogue.isApproved ? "true" : "false")
        tail.append(",\"pack\":{\"name\":")
        tail.append(json: catalogue.packName)
        tail.append(",\"version\":")
        tail.append(json: catalogue.packVersion)
        tail.append(",\"sha256\":")
        tail.append(json: catalogue.packDigest)
        tail.append("}")
        return tail.bytes
    }
}
