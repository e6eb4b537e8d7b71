import Clinical

/// What is remembered of one patient, beside the ids in `ReportMemory`: bounded, whatever the number of events.
struct PatientMemory: Sendable {
    /// Recent reports that make a part of some combination true, oldest first.
    var witnesses: [Witness] = []
    /// Open episodes, at most one per concern.
    var episodes: [Episode] = []

    /// The most witnesses kept; the oldest goes first whose parts later ones hold as well.
    static let witnessLimit = 48

    /// The offset of `episodes`.
    static let placeOfEpisodes = MemoryLayout<PatientMemory>.offset(of: \.episodes) ?? 0

    /// Keeps a witness in its place by event time.
    mutating func keep(_ witness: Witness) {
        let place = witnesses.lastIndex { $0.time.milliseconds <= witness.time.milliseconds }.map { $0 + 1 } ?? 0
        witnesses.insert(witness, at: place)
        if witnesses.count > Self.witnessLimit { witnesses.remove(at: leastNeeded) }
    }

    /// Forgets what was kept of a report; the episodes that spoke of it last will speak again.
    mutating func forget(_ report: ArraySlice<UInt8>) {
        witnesses.removeAll { $0.event[...] == report }
        let ground = EpisodeLife.ground(report.span.bytes)
        for index in episodes.indices where episodes[index].ground == ground { episodes[index].isUnfounded = true }
    }

    /// The oldest witness that tells nothing that a later one does not tell; the oldest of all when there is none.
    private var leastNeeded: Int {
        var later = AtomSet()
        var result = 0
        for index in witnesses.indices.reversed() {
            if witnesses[index].atoms.isSubset(of: later) { result = index }
            later.formUnion(witnesses[index].atoms)
        }
        return result
    }
}

/// A report that made one or more atoms true, with what an alert needs to show of it.
struct Witness: Sendable {
    var atoms: AtomSet
    var time: Moment
    var term: Int
    /// Its highest proven grade, else the highest that stayed possible; nil when nothing was asked.
    var finding: Finding?
    /// The report's id, which also tells two witnesses apart.
    var event: [UInt8]
    /// Its answers, as an alert shows them.
    var answers: [Answer]
    /// For want of what the finding has no grade, or may have a higher one; empty when it is fully graded.
    var reason: [UInt8]

    /// One answer of the report.
    struct Answer: Sendable {
        var attribute: PackText
        var value: [UInt8]
        var unit: [UInt8]
    }

    func isSame(as other: Witness) -> Bool { event == other.event && term == other.term && time == other.time }
}

/// The life of one concern of one patient.
struct Episode: Sendable {
    var id: StableID
    var concern: Int32
    var severity: Severity
    /// The grade that led last, comparable only on the same grading.
    var grade: MaybeGrade
    var grading: Int32
    /// When the report was observed that it spoke of last, in milliseconds; `.min` when nobody knows.
    var spoke: Int64
    /// A hash of the id of that report.
    var ground: UInt64
    /// That report was corrected or withdrawn since: what comes next speaks, whatever was told.
    var isUnfounded = false
    /// The grades that were told besides, on other gradings: each is the highest.
    var earlier: [Height] = []

    /// How high one grading has led.
    struct Height: Sendable, BitwiseCopyable {
        var grade: MaybeGrade
        var grading: Int32
    }

    /// The highest grade that was told of a grading; nil when it never led.
    func told(_ grading: Int32) -> MaybeGrade? {
        if grading == self.grading { return grade }
        return earlier.first { $0.grading == grading }?.grade
    }

    /// Takes note that staff were told of a grade beside the one that leads.
    mutating func tell(_ grade: MaybeGrade, _ grading: Int32) {
        guard grading >= 0, grading != self.grading, told(grading).map({ $0.rawValue < grade.rawValue }) ?? true else {
            return
        }
        earlier.removeAll { $0.grading == grading }
        earlier.append(Height(grade: grade, grading: grading))
    }

    /// Forgets how high it was: from now on it is this.
    mutating func startOver(_ severity: Severity, _ grade: MaybeGrade, _ grading: Int32) {
        self.severity = severity
        self.grade = grade
        self.grading = grading
        earlier.removeAll()
    }

    /// Takes note that a grade leads now.
    mutating func lead(_ grade: MaybeGrade, _ grading: Int32) {
        if grading != self.grading {
            earlier.removeAll { $0.grading == grading }
            earlier.append(Height(grade: self.grade, grading: self.grading))
        }
        self.grade = grade
        self.grading = grading
    }
}
