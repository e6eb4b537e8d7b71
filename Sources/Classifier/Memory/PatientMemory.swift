import Clinical

/// What is remembered of one patient, beside the ids in `ReportMemory`: bounded, whatever the number of events.
///
/// How the patient stood earlier, and which alerts came of it, is not kept: folding the log again tells it. For that the
/// episodes as they stood where the log is settled are kept, and now and then as they stood further on.
struct PatientMemory: Sendable {
    /// Recent reports in the order of their time.
    var log = ReportLog()
    private var settled: Int32 = 0
    /// Open episodes, at most one per concern, as all reports have made them.
    var episodes: [Episode] = []
    /// A bit for each term that an open episode rests on, terms that are 64 apart sharing one.
    var watchedTerms: UInt64 = 0
    /// Of the few patients who need it, one; a list, so that the many others have no more than its place.
    private var rare: [Hindsight] = []
    /// What time made, beside what reports made.
    var time = TimeMemory()
    /// Each change of the episodes and each alert is kept, not only folded again when it is asked for.
    private(set) var isRecalling = false
    /// Whether a report that is not settled may have made an alert or changed the episodes.
    var hasChanged = false

    /// How many of the log's reports, from the oldest on, are settled: nothing is put before or between them any more.
    var settledCount: Int {
        get { Int(settled) }
        set { settled = Int32(truncatingIfNeeded: newValue) }
    }

    /// What is kept beside, for hindsight; to change it is to have it.
    var hindsight: Hindsight {
        _read {
            if rare.isEmpty { yield Hindsight.none } else { yield rare[0] }
        }
        _modify {
            if rare.isEmpty { rare.append(.none) }
            defer { isRecalling = rare[0].isRecalling }
            yield &rare[0]
        }
    }

    /// Gives back the room of what holds nothing.
    mutating func tidy() {
        if !rare.isEmpty, rare[0].isNone { rare = [] }
    }

    /// Whether anything is kept for hindsight.
    var hasHindsight: Bool { !rare.isEmpty }

    /// The most reports that a late one may still be put before.
    static let unsettledLimit = 256

    /// The most such records that are known again.
    static let unreadLimit = 64

    /// Takes note of a record that is no report about a watched term; false when the very same one is remembered.
    mutating func noteUnread(_ record: [UInt8]) -> Bool {
        let hash = FastHash.hash(record.span.bytes, from: 0, count: record.count)
        if hindsight.unread.contains(hash) { return false }
        if hindsight.unread.count == Self.unreadLimit { hindsight.unread.removeFirst() }
        hindsight.unread.append(hash)
        return true
    }

    /// The offset of `episodes`.
    static let placeOfEpisodes = MemoryLayout<PatientMemory>.offset(of: \.episodes) ?? 0

    /// The offset of `log`.
    static let placeOfLog = MemoryLayout<PatientMemory>.offset(of: \.log) ?? 0

    /// Whether the latest report of the same thing said the same, so that there is nothing to note but that it came.
    func stands(_ news: EpisodeLife.News) -> Bool {
        guard let episode = episodes.first(where: { Int($0.concern) == news.concern }) else {
            return news.severity == .none
        }
        let standing = episode.standings.first { Subject(grading: $0.key) == news.subject }
        return (standing?.severity ?? .none) == news.severity && (standing?.grade ?? news.grade) == news.grade
            && !episode.standings.contains { $0.key < 0 }
    }

    /// Whether anything else stands that a report about a term may change, than what one grading of it says.
    func standsOtherwise(_ term: Int32, but grading: Int32) -> Bool {
        if watchedTerms & Self.bit(Int(term)) == 0 { return false }
        for episode in episodes.indices {
            for standing in episodes[episode].standings.indices
            where episodes[episode].standings[standing].key != grading
                && episodes[episode].standings[standing].terms.contains(term)
            {
                return true
            }
        }
        return false
    }

    static func bit(_ term: Int) -> UInt64 { 1 << UInt64(term & 63) }

    /// The bits of all terms that episodes rest on.
    static func watchedTerms(_ episodes: [Episode]) -> UInt64 {
        var bits: UInt64 = 0
        for episode in episodes.indices {
            for standing in episodes[episode].standings.indices {
                episodes[episode].standings[standing].terms.forEach { bits |= bit(Int($0)) }
            }
        }
        return bits
    }
}

/// What is kept of an alert, to know it again and to take it back.
struct IssuedAlert: Sendable, BitwiseCopyable {
    var alert: StableID
    /// The alert that told staff of it: this one, unless a correction was told in its place.
    var told: StableID
    var episode: StableID
    var concern: PackText
    var rule: PackText
    var term: PackText
    var therapy: PackText
    var transition: Transition
    var severity: Severity
    var grade: MaybeGrade
    var scale: PackText
    var direction: Direction
    var time: Moment

    init(_ alert: AlertRecord) {
        self.alert = alert.alertID
        told = alert.alertID
        episode = alert.episodeID
        concern = alert.concern
        rule = alert.rule
        term = alert.term
        therapy = alert.therapy
        transition = alert.transition
        severity = alert.severity
        grade = alert.grade
        scale = alert.scale
        direction = alert.direction
        time = alert.time
    }
}
