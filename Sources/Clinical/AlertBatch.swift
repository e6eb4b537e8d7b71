/// A stable 128-bit id, written as `tw1-` and 32 hexadecimal digits.
package struct StableID: Sendable, Hashable, BitwiseCopyable {
    /// The first eight bytes, as a big-endian number.
    package var high: UInt64
    /// The last eight bytes, as a big-endian number.
    package var low: UInt64

    @inlinable package init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// The id that is written so; nil for any other text.
    package init?(_ text: String) {
        let digits = Array(text.utf8.dropFirst(4))
        guard text.hasPrefix("tw1-"), digits.count == 32 else { return nil }
        var words: (UInt64, UInt64) = (0, 0)
        for (place, byte) in digits.enumerated() {
            let value: UInt8
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): value = byte - 48
            case UInt8(ascii: "a")...UInt8(ascii: "f"): value = byte - 87
            default: return nil
            }
            if place < 16 { words.0 = words.0 << 4 | UInt64(value) } else { words.1 = words.1 << 4 | UInt64(value) }
        }
        self.init(high: words.0, low: words.1)
    }

    /// The length of the written form.
    package static let textLength = 36

    /// The written form, `tw1-` and 32 digits.
    package var text: String {
        var bytes: [UInt8] = []
        append(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends the written form.
    package func append(to bytes: inout [UInt8]) {
        bytes.append(contentsOf: "tw1-".utf8)
        Self.appendHexadecimal(high, to: &bytes)
        Self.appendHexadecimal(low, to: &bytes)
    }

    private static func appendHexadecimal(_ word: UInt64, to bytes: inout [UInt8]) {
        var shift: UInt64 = 60
        for _ in 0..<16 {
            let digit = UInt8(truncatingIfNeeded: word &>> shift & 15)
            bytes.append(digit < 10 ? digit &+ 48 : digit &+ 87)
            shift = shift &- 4
        }
    }
}

/// A grade from 0 to 5, or none.
package struct MaybeGrade: Sendable, Hashable, BitwiseCopyable {
    package var rawValue: Int8
    @inlinable package init(_ grade: Int) { rawValue = Int8(truncatingIfNeeded: grade) }
    /// No grade: nothing could be graded, or there is nothing to grade.
    package static let none = MaybeGrade(-1)
    /// Whether there is no grade.
    @inlinable package var isNone: Bool { rawValue < 0 }
    /// The grade; nil for none.
    package var grade: Int? { isNone ? nil : Int(rawValue) }
}

/// Alerts made from one batch of events, flat, with their own text, so that they outlive the batch.
package struct AlertBatch: Sendable {
    /// In input order.
    package var alerts: [AlertRecord] = []
    /// What the alerts' `because` point into.
    package var reasons: [AlertReason] = []
    /// What the alerts' `evidence` point into.
    package var evidence: [EvidenceRecord] = []
    /// Runs of pack words: `also` and `sources` of alerts.
    package var words: [PackText] = []
    /// Text from events and text that was composed; `Run`s point into it.
    package var text: [UInt8] = []

    package init() {}

    /// Forgets the alerts, keeps the room.
    package mutating func removeAll() {
        alerts.removeAll(keepingCapacity: true)
        reasons.removeAll(keepingCapacity: true)
        evidence.removeAll(keepingCapacity: true)
        words.removeAll(keepingCapacity: true)
        text.removeAll(keepingCapacity: true)
    }

    /// Keeps text and returns the run that points to it.
    package mutating func keep(_ bytes: ArraySlice<UInt8>) -> Run {
        let start = text.count
        text.append(contentsOf: bytes)
        return Run(start: start, count: bytes.count)
    }

    /// Keeps the text of a span of an event's batch, and returns the run that points to it.
    package mutating func keep(_ span: TextSpan, of batch: borrowing EventBatch) -> Run {
        span.isDecoded
            ? keep(batch.decoded.span.bytes.extracting(span.range))
            : keep(batch.bytes.span.bytes.extracting(span.range))
    }

    /// Keeps text and returns the run that points to it.
    package mutating func keep(_ bytes: RawSpan) -> Run {
        let start = text.count
        bytes.withUnsafeBytes { text.append(contentsOf: $0) }
        return Run(start: start, count: bytes.byteCount)
    }

    /// Adds an alert of another batch, with all that it points to.
    package mutating func append(_ alert: AlertRecord, of other: AlertBatch) {
        var alert = alert
        for run in [
            \AlertRecord.patient, \AlertRecord.summary, \AlertRecord.reason, \AlertRecord.team, \AlertRecord.site,
        ] {
            alert[keyPath: run] = keep(other.text[alert[keyPath: run].range])
        }
        for run in [\AlertRecord.also, \AlertRecord.sources] {
            let range = alert[keyPath: run].range
            alert[keyPath: run] = Run(start: words.count, count: range.count)
            words += other.words[range]
        }
        let because = alert.because.range
        alert.because = Run(start: reasons.count, count: because.count)
        reasons += other.reasons[because]
        let shown = alert.evidence.range
        alert.evidence = Run(start: evidence.count, count: shown.count)
        for index in shown {
            var record = other.evidence[index]
            record.event = keep(other.text[record.event.range])
            record.attribute = keep(other.text[record.attribute.range])
            record.value = keep(other.text[record.value.range])
            record.unit = keep(other.text[record.unit.range])
            evidence.append(record)
        }
        alerts.append(alert)
    }

    /// Keeps text and returns the run that points to it.
    package mutating func keep(_ bytes: [UInt8]) -> Run { keep(bytes[...]) }

    /// Keeps text and returns the run that points to it.
    package mutating func keep(_ string: String) -> Run {
        if string.isEmpty { return Run() }
        let start = text.count
        text.append(contentsOf: string.utf8)
        return Run(start: start, count: text.count - start)
    }
}

/// A call to staff: who, what, how severe, by when and why.
package struct AlertRecord: Sendable, BitwiseCopyable {
    /// The same for the same input under the same pack.
    package var alertID = StableID(high: 0, low: 0)
    /// The same for all alerts of one episode.
    package var episodeID = StableID(high: 0, low: 0)
    /// What became of the episode.
    package var transition = Transition.opened
    /// How severe the episode is now.
    package var severity = Severity.none
    /// The episode's severity before; nil when it opened.
    package var previousSeverity: Severity?
    /// Which side of normal the value is on, where the pack watches both.
    package var direction = Direction.none
    /// The highest grade that is proven.
    package var grade = MaybeGrade.none
    /// The highest grade that could not be excluded for want of a fact, when it is above `grade`.
    package var possible = MaybeGrade.none
    /// A test patient.
    package var isTest = false
    /// The event said that it was observed after now; it was judged as of now.
    package var isAhead = false
    /// Time made it: `time` is when it fell due, not when a report was observed.
    package var isDeadline = false
    /// The alert that this one takes back.
    package var retracts: StableID?

    /// What one call to the patient would cover.
    package var concern = PackText.none
    /// The component that drove the alert; the word `unknown` when none was known.
    package var therapy = PackText.none
    /// The rule that leads; `grade:TERM` for a row of triage.
    package var rule = PackText.none
    /// What the leading report is about.
    package var term = PackText.none
    /// The published scale of `grade`.
    package var scale = PackText.none
    /// What the cited guideline says; `.none` for nothing.
    package var advice = PackText.none
    /// `confirmed`, `mixed` or `knowledge`, of the advice.
    package var adviceConfidence = PackText.none

    /// In the batch's `words`.
    package var also = Run()
    /// Where the rule, the scale and the advice come from, in the batch's `words`.
    package var sources = Run()
    /// In the batch's `text`.
    package var patient = Run()
    package var summary = Run()
    /// Why it could not be graded, or for want of what a higher grade stayed possible; empty otherwise.
    package var reason = Run()
    /// The team that answers for the patient, from the roster; empty when unknown.
    package var team = Run()
    /// Where the patient is treated, from the roster; empty when unknown.
    package var site = Run()
    /// In the batch's `reasons` and `evidence`.
    package var because = Run()
    /// The answers that the alert leans on, in the batch's `evidence`.
    package var evidence = Run()

    /// Days since the therapy started, else since the last dose; `Int32.min` when the clock is unknown.
    package var therapyDay = Int32.min
    /// When the leading report was observed.
    package var time = Moment.unknown
    /// The patient's newest report, where the leading one came after it though it was observed before; unknown otherwise.
    package var newest = Moment.unknown
    /// By when somebody must answer.
    package var respondBy = Moment.unknown

    package init() {}
}

/// Another rule that fired on the same report and concern, less severe than the leading one or equal.
package struct AlertReason: Sendable, BitwiseCopyable {
    /// As `AlertRecord.rule`.
    package var rule: PackText
    /// How severe that rule alone finds it.
    package var severity: Severity

    package init(rule: PackText, severity: Severity) {
        self.rule = rule
        self.severity = severity
    }
}

/// One answer that an alert rests on. `Run`s point into the batch's `text`.
package struct EvidenceRecord: Sendable, BitwiseCopyable {
    /// The report's id.
    package var event = Run()
    /// When it was observed.
    package var time = Moment.unknown
    /// What it is about.
    package var term = PackText.none
    /// Which question was answered; empty for the only one.
    package var attribute = Run()
    /// The answer as it was written.
    package var value = Run()
    /// As it was written; empty when there was none.
    package var unit = Run()
    /// The grade of that report, on its own scale.
    package var grade = MaybeGrade.none
    /// The criterion that made the grade, as the pack writes it.
    package var criterion = PackText.none

    package init() {}
}
