package import Clinical

/// A batch of alerts made by hand, with the catalogue that its words are in.
package struct AlertStory: Sendable {
    /// The words that the alerts use.
    package var catalogue = Catalogue()
    /// The alerts so far.
    package var batch = AlertBatch()

    /// A story under a live, approved pack, with no alerts yet.
    package init() {
        catalogue.packName = "immunotherapy"
        catalogue.packVersion = "1.0.0"
        catalogue.packDigest = String(repeating: "9f2c51ab", count: 8)
        catalogue.mode = "live"
        catalogue.isApproved = true
    }

    /// A quarter past eight in the morning, UTC, of 2026-03-01.
    package static let morning = Moment(milliseconds: 1_772_352_900_000)

    /// Adds an alert that has a patient, a summary and little else, and lets `change` make more of it.
    package mutating func add(
        _ severity: Severity, _ transition: Transition = .opened, patient: String = "P0042",
        summary: String = "Diarrhea grade 2", change: (inout AlertRecord, inout AlertStory) -> Void = { _, _ in }
    ) {
        var alert = AlertRecord()
        let place = UInt64(batch.alerts.count)
        alert.alertID = StableID(high: 0x9F2C_0000_0000_0000, low: place)
        alert.episodeID = StableID(high: 0x51AB_0000_0000_0000, low: place)
        alert.severity = severity
        alert.transition = transition
        alert.concern = catalogue.number(of: "bowel")
        alert.rule = catalogue.number(of: "grade:diarrhea")
        alert.time = Self.morning
        alert.patient = batch.keep(patient)
        alert.summary = batch.keep(summary)
        change(&alert, &self)
        batch.alerts.append(alert)
    }

    /// Puts pack words into the batch and returns their run.
    package mutating func words(_ words: String...) -> Run {
        let start = batch.words.count
        for word in words { batch.words.append(catalogue.number(of: word)) }
        return Run(start: start, count: words.count)
    }

    /// Puts reasons into the batch and returns their run.
    package mutating func reasons(_ reasons: (rule: String, severity: Severity)...) -> Run {
        let start = batch.reasons.count
        for reason in reasons {
            batch.reasons.append(AlertReason(rule: catalogue.number(of: reason.rule), severity: reason.severity))
        }
        return Run(start: start, count: reasons.count)
    }

    /// Puts one answer into the batch and returns its run.
    package mutating func evidence(
        event: String, at time: Moment = morning, term: String, attribute: String = "", value: String,
        unit: String = "", grade: MaybeGrade = .none, criterion: String = ""
    ) -> Run {
        var record = EvidenceRecord()
        record.event = batch.keep(event)
        record.time = time
        record.term = catalogue.number(of: term)
        record.attribute = batch.keep(attribute)
        record.value = batch.keep(value)
        record.unit = batch.keep(unit)
        record.grade = grade
        record.criterion = catalogue.number(of: criterion)
        batch.evidence.append(record)
        return Run(start: batch.evidence.count - 1, count: 1)
    }
}
