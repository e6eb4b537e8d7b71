/// What `grade` says of each event of one batch; `Run`s of text point into `text`.
package struct FindingBatch: Sendable {
    package var verdicts: [Verdict] = []
    package var findings: [FindingRecord] = []
    package var text: [UInt8] = []

    package init() {}

    /// Forgets the findings, keeps the room.
    package mutating func removeAll() {
        verdicts.removeAll(keepingCapacity: true)
        findings.removeAll(keepingCapacity: true)
        text.removeAll(keepingCapacity: true)
    }
}

/// The verdict on one event: its findings and what they mean for this patient.
package struct Verdict: Sendable, BitwiseCopyable {
    /// Index of the event in its batch.
    package var event: Int
    package var term = PackText.none
    /// In the batch's `findings`.
    package var findings = Run()
    package var therapy = PackText.none
    package var severity = Severity.none
    /// The pack does not watch the event's code.
    package var isUnmatched = false
    /// The report was withdrawn: there is nothing to grade.
    package var isCancelled = false

    package init(event: Int) { self.event = event }
}

/// One term's grade on one scale, or why there is none.
package struct FindingRecord: Sendable, BitwiseCopyable {
    package var term = PackText.none
    package var direction = Direction.none
    package var scale = PackText.none
    package var grade = MaybeGrade.none
    package var possible = MaybeGrade.none
    /// Why it cannot be graded, or for want of what a higher grade stayed possible.
    package var reason = Run()
    package var criterion = PackText.none

    package init() {}
}
