package import Clinical

/// Events in native form, one JSON object a line: what `toxwatch read` prints and any input can be turned into.
///
/// ```
/// {"id":"e17","patient":"P0042","time":"2026-03-01T08:15:00Z","code":"alt","value":180.0,"unit":"U/L","high":40}
/// ```
/// Only members that were present are written, save `id`, which always is: an event without one gets the 16 hexadecimal
/// digits of the hash of its default id. Read again, the output gives the same events. A value keeps its digits.
/// Agents stand under `therapy`. A time of which only the date is known has `"time_precision":"day"` after it; a dose
/// day is a plain date of the zone.
package struct EventWriter: Sendable {
    private let zone: SiteZone
    private var instants: InstantWriter

    /// A writer for events whose dates were read in `zone`.
    package init(zone: SiteZone) {
        self.zone = zone
        instants = InstantWriter(zone: zone)
    }

    /// Appends the events in their order.
    package mutating func write(_ batch: EventBatch, to buffer: inout OutputBuffer) {
        for event in batch.events {
            writeReport(event, of: batch, to: &buffer)
            writeAnswers(event, of: batch, to: &buffer)
            writeReference(event, of: batch, to: &buffer)
            writeTreatment(event, of: batch, to: &buffer)
            writeRemarks(event, of: batch, to: &buffer)
            buffer.append("}\n")
        }
    }

    private mutating func writeReport(_ event: EventRecord, of batch: EventBatch, to buffer: inout OutputBuffer) {
        buffer.append("{\"id\":")
        buffer.append(idOf: event, in: batch)
        buffer.append(",\"patient\":")
        buffer.append(json: event.patient, of: batch)
        if event.time.isKnown {
            buffer.append(",\"time\":")
            instants.append(json: event.time, to: &buffer)
            if event.time.isDate { buffer.append(",\"time_precision\":\"day\"") }
        }
        buffer.append(",\"code\":")
        buffer.append(json: event.code, of: batch)
    }

    private func writeAnswers(_ event: EventRecord, of batch: EventBatch, to buffer: inout OutputBuffer) {
        guard event.has.contains(.answers) else {
            guard !event.answers.isEmpty else { return }
            let answer = batch.answers[event.answers.range.lowerBound]
            if !answer.attributeText.isEmpty { member(",\"attribute\":", answer.attributeText, batch, &buffer) }
            buffer.append(",\"value\":")
            write(answer, of: batch, to: &buffer)
            return
        }
        buffer.append(",\"answers\":{")
        for (place, index) in event.answers.range.enumerated() {
            if place > 0 { buffer.append(",") }
            buffer.append(json: batch.answers[index].attributeText, of: batch)
            buffer.append(":")
            write(batch.answers[index], of: batch, to: &buffer)
        }
        buffer.append("}")
    }

    private func write(_ answer: AnswerRecord, of batch: EventBatch, to buffer: inout OutputBuffer) {
        switch answer.kind {
        case .bool: buffer.append(answer.bool ? "true" : "false")
        case .text: buffer.append(json: answer.text, of: batch)
        case .number: buffer.append(number: answer.number, writtenAs: answer.text, of: batch)
        }
    }

    private func writeReference(_ event: EventRecord, of batch: EventBatch, to buffer: inout OutputBuffer) {
        if event.has.contains(.unit) { member(",\"unit\":", event.unit, batch, &buffer) }
        if event.comparator != .none { word(",\"comparator\":\"", event.comparator.sign, &buffer) }
        if event.has.contains(.low) { number(",\"low\":", event.low, &buffer) }
        if event.has.contains(.high) { number(",\"high\":", event.high, &buffer) }
        if event.has.contains(.baseline) { number(",\"baseline\":", event.baseline, &buffer) }
        if event.baselineFlag != .unstated { word(",\"baseline_flag\":\"", event.baselineFlag.name, &buffer) }
    }

    private mutating func writeTreatment(_ event: EventRecord, of batch: EventBatch, to buffer: inout OutputBuffer) {
        names(",\"therapy\":", .therapy, event, batch, &buffer)
        names(",\"modifier\":", .modifier, event, batch, &buffer)
        names(",\"qualifier\":", .qualifier, event, batch, &buffer)
        day(",\"last_dose\":\"", event.lastDose, &buffer)
        day(",\"started\":\"", event.started, &buffer)
    }

    private func writeRemarks(_ event: EventRecord, of batch: EventBatch, to buffer: inout OutputBuffer) {
        if event.status != .final { word(",\"status\":\"", event.status.name, &buffer) }
        if event.flag != .none { word(",\"flag\":\"", event.flag.name, &buffer) }
        if event.has.contains(.test) { buffer.append(",\"test\":true") }
        if !event.source.isEmpty { member(",\"source\":", event.source, batch, &buffer) }
        if !event.text.isEmpty { member(",\"text\":", event.text, batch, &buffer) }
    }

    private func member(_ key: StaticString, _ span: TextSpan, _ batch: EventBatch, _ buffer: inout OutputBuffer) {
        buffer.append(key)
        buffer.append(json: span, of: batch)
    }

    private func word(_ key: StaticString, _ word: String, _ buffer: inout OutputBuffer) {
        buffer.append(key)
        buffer.append(verbatim: word)
        buffer.append("\"")
    }

    private func number(_ key: StaticString, _ number: ExactDecimal, _ buffer: inout OutputBuffer) {
        buffer.append(key)
        buffer.append(number)
    }

    // One name as a string, several as a list; qualifiers always as a list.
    private func names(
        _ key: StaticString, _ role: NameRecord.Role, _ event: EventRecord, _ batch: EventBatch,
        _ buffer: inout OutputBuffer
    ) {
        var written = 0
        let count = event.names.range.count { batch.names[$0].role == role }
        let isList = count > 1 || role == .qualifier
        for index in event.names.range where batch.names[index].role == role {
            if written == 0 { buffer.append(key) }
            if isList { buffer.append(written == 0 ? "[" : ",") }
            buffer.append(json: batch.names[index].text, of: batch)
            written += 1
        }
        if isList, written > 0 { buffer.append("]") }
    }

    private mutating func day(_ key: StaticString, _ moment: Moment, _ buffer: inout OutputBuffer) {
        guard moment.isKnown else { return }
        buffer.append(key)
        if moment.isDate {
            buffer.append(CalendarDay(number: zone.dayNumber(of: moment)))
        } else {
            instants.append(moment, to: &buffer)
        }
        buffer.append("\"")
    }
}
