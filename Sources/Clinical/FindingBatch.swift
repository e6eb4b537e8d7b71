/// What `grade` says of each event of one batch; `Run`s of text point into `text`.
package struct FindingBatch: Sendable {
    /// One for each event, in input order.
    package var verdicts: [Verdict] = []
    /// What the verdicts' `findings` point into.
    package var findings: [FindingRecord] = []
    /// What the findings' `reason` points into.
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
    /// What the event is about; `.none` when the pack does not watch it.
    package var term = PackText.none
    /// In the batch's `findings`.
    package var findings = Run()
    /// The component that decided; the word `unknown` when none was known.
    package var therapy = PackText.none
    /// What the worst finding or rule means for this patient.
    package var severity = Severity.none
    /// The pack does not watch the event's code.
    package var isUnmatched = false
    /// The report was withdrawn: there is nothing to grade.
    package var isCancelled = false

    package init(event: Int) { self.event = event }
}

/// One term's grade on one scale, or why there is none.
package struct FindingRecord: Sendable, BitwiseCopyable {
    /// What was graded.
    package var term = PackText.none
    /// Which side of normal was graded, where the pack watches both.
    package var direction = Direction.none
    /// The published scale of the grade.
    package var scale = PackText.none
    /// The highest grade that is proven.
    package var grade = MaybeGrade.none
    /// The highest grade that could not be excluded, when it is above `grade`.
    package var possible = MaybeGrade.none
    /// Why it cannot be graded, or for want of what a higher grade stayed possible.
    package var reason = Run()
    /// The criterion that made the grade, as the pack writes it.
    package var criterion = PackText.none

    package init() {}
}
