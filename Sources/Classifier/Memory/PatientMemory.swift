import Clinical

/// What is remembered of one patient, beside the ids in `ReportMemory`: bounded, whatever the number of events.
struct PatientMemory: Sendable {
    /// Recent reports that make a part of some combination true, oldest first.
    var witnesses: [Witness] = []
    /// Open episodes, at most one per concern.
    var episodes: [Episode] = []

    /// The most witnesses kept; the oldest goes first whose parts later ones hold as well.
    static let witnessLimit = 48

    /// Hashes of the latest records of which no more than the patient was told, oldest first.
    private var unread: [UInt64] = []

    /// The most such records that are known again.
    static let unreadLimit = 64

    /// Takes note of a record that is no report about a watched term; false when the very same one is remembered.
    mutating func noteUnread(_ record: [UInt8]) -> Bool {
        let hash = FastHash.hash(record.span.bytes, from: 0, count: record.count)
        if unread.contains(hash) { return false }
        if unread.count == Self.unreadLimit { unread.removeFirst() }
        unread.append(hash)
        return true
    }

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
        var attribute: [UInt8]
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
    /// What led last.
    var leading: Told
    /// When the report was observed that it spoke of last, in milliseconds; `.min` when nobody knows.
    var spoke: Int64
    /// A hash of the id of that report.
    var ground: UInt64
    /// That report was corrected or withdrawn since: what comes next speaks, whatever was told.
    var isUnfounded = false
    /// What was told besides: of each subject the highest grade.
    var earlier: [Told] = []

    /// How high one subject has led.
    struct Told: Sendable, BitwiseCopyable {
        var subject: Subject
        var grade: MaybeGrade
        /// When the report was observed by which it was told last, in milliseconds.
        var time: Int64
    }

    /// What was told of a subject; nil when it never led.
    func told(_ subject: Subject) -> Told? {
        if subject == leading.subject { return leading }
        return earlier.first { $0.subject == subject }
    }

    /// Takes note that staff were told of news, beside what leads.
    mutating func tell(_ news: EpisodeLife.News) {
        tell(news.told)
        if let rule = news.rule { tell(Told(subject: rule, grade: news.grade, time: news.time.milliseconds)) }
    }

    private mutating func tell(_ news: Told) {
        if news.subject == leading.subject {
            leading.time = max(leading.time, news.time)
        } else if let place = earlier.firstIndex(where: { $0.subject == news.subject }) {
            earlier[place].time = max(earlier[place].time, news.time)
            if news.grade.rawValue > earlier[place].grade.rawValue { earlier[place].grade = news.grade }
        } else {
            earlier.append(news)
        }
    }

    /// Forgets how high it was: from now on it is this.
    mutating func startOver(_ severity: Severity, _ news: Told) {
        self.severity = severity
        leading = news
        earlier.removeAll()
    }

    /// Takes note that a subject leads now.
    mutating func lead(_ news: Told) {
        if news.subject != leading.subject {
            earlier.removeAll { $0.subject == news.subject }
            earlier.append(leading)
        }
        leading = news
    }
}

/// What staff are told of within a concern: a grading, a rule that fired, or a term of which there is no grade.
///
/// That a term could not be graded is not the same as any grade of it: after one, the other is news.
struct Subject: Sendable, BitwiseCopyable, Equatable {
    private let number: Int64

    /// A finding on a grading.
    init(grading: Int32) { number = Int64(grading) }
    /// What a rule of its own found, on whichever grading.
    init(rule: Int) { number = 1 << 32 + Int64(rule) }
    /// A term whose report has no grade.
    init(ungradedTerm term: Int) { number = ~Int64(term) }
    /// Records that could not be read.
    static let unread = Subject(rule: .max >> 32)
}
