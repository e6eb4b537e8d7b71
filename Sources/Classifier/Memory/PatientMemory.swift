import Clinical

/// What is remembered of one patient, beside the ids in `ReportMemory`: bounded, whatever the number of events.
struct PatientMemory: Sendable {
    /// Recent reports in the order of their time.
    var log = ReportLog()
    /// Open episodes, at most one per concern, as all reports have made them.
    var episodes: [Episode] = []
    /// How many of the log's reports, from the oldest on, are settled: nothing is put before or between them any more.
    var settledCount = 0
    /// The episodes as they were before each report that changed them and is not settled, oldest first.
    var checkpoints: [Checkpoint] = []
    /// The alerts that reports which are not settled have made and that stand.
    var issued: [IssuedAlert] = []
    /// A bit for each term that an open episode rests on, terms that are 64 apart sharing one.
    var watchedTerms: UInt64 = 0

    /// The episodes before the reports of one time, which changed them.
    struct Checkpoint: Sendable {
        /// Where those reports begin in the log.
        var place: Int
        var episodes: [Episode]
        /// How many of `issued` are older than those reports.
        var issued: Int
    }

    /// The most reports that a late one may still be put before.
    static let unsettledLimit = 256

    /// Hashes of the latest records of which no more than the patient was told, oldest first.
    private var unread: [UInt64] = []

    /// The most such records that are known again.
    static let unreadLimit = 64

    /// What time made, beside what reports made.
    var time = TimeMemory()

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

    /// The offset of `log`.
    static let placeOfLog = MemoryLayout<PatientMemory>.offset(of: \.log) ?? 0

    /// Nothing was ever told that may still change, and nothing is open.
    var isQuiet: Bool { episodes.isEmpty && issued.isEmpty && checkpoints.isEmpty }

    /// How the patient stood before the reports from a place in the log on.
    func checkpoint(before place: Int) -> Checkpoint {
        let next = checkpoints.first { $0.place >= place }
        return Checkpoint(place: place, episodes: next?.episodes ?? episodes, issued: next?.issued ?? issued.count)
    }

    /// Takes note that the reports at a place changed the episodes, or were told of.
    ///
    /// - Parameter before: the episodes before them, and how many alerts had been made by then.
    mutating func mark(_ place: Int, before: [Episode], issued count: Int) {
        guard issued.count > count || before != episodes else { return }
        checkpoints.append(Checkpoint(place: place, episodes: before, issued: count))
        watchedTerms = Self.watchedTerms(episodes)
    }

    /// Lets go of all that follows a place.
    mutating func rewind(to checkpoint: Checkpoint) {
        episodes = checkpoint.episodes
        issued.removeSubrange(checkpoint.issued...)
        checkpoints.removeAll { $0.place >= checkpoint.place }
        watchedTerms = Self.watchedTerms(episodes)
    }

    /// Makes room for a report, or closes the gap that one left.
    mutating func shiftCheckpoints(from place: Int, by distance: Int) {
        for index in checkpoints.indices where checkpoints[index].place >= place {
            checkpoints[index].place += distance
        }
    }

    /// Settles the reports before a place.
    mutating func settle(before place: Int) {
        let told = checkpoint(before: place).issued
        issued.removeFirst(told)
        checkpoints.removeAll { $0.place < place }
        for index in checkpoints.indices { checkpoints[index].issued -= told }
        settledCount = place
    }

    /// Forgets the oldest reports, all of them settled.
    mutating func forget(_ count: Int) {
        log.removeFirst(count)
        settledCount -= count
        shiftCheckpoints(from: 0, by: -count)
    }

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
                for term in episodes[episode].standings[standing].terms { bits |= bit(Int(term)) }
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
