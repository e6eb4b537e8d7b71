import Clinical
import Digest

/// Decides whether an outcome opens an episode, worsens or eases one, ends it, or is silent.
struct EpisodeLife: Sendable {
    /// What an episode gives an alert.
    struct Identity: Sendable {
        var alert: StableID
        var episode: StableID
        var transition: Transition
        var previousSeverity: Severity?
    }

    /// What an outcome says of a concern.
    struct News: Sendable {
        var concern: Int
        var severity: Severity
        var grade: MaybeGrade
        var subject: Subject
        /// The grade that the alert shows; another one than `grade` where a rule leans on other reports first.
        var shown: MaybeGrade
        /// The rule of its own that found it; nil for triage.
        var rule: Subject?
        /// When it was observed; unknown for a record of which nothing but the patient could be read.
        var time: Moment
        /// It says that something could not be graded or read, and so nothing of how the patient is.
        var isUnjudged: Bool
        /// What was told last before this moment is said again; in milliseconds.
        var remindsBefore = Int64.min

        init(
            concern: Int, _ severity: Severity, _ grade: MaybeGrade, of subject: Subject, at time: Moment,
            isUnjudged: Bool = false, _ pack: CompiledPack
        ) {
            self.concern = concern
            self.severity = severity
            self.grade = grade
            self.subject = subject
            shown = grade
            self.time = time
            self.isUnjudged = isUnjudged
            let minutes = pack.remindAfter[Int(severity.rawValue)]
            if minutes > 0, time.isKnown { remindsBefore = time.milliseconds - Int64(minutes) * 60_000 + 1 }
        }

        /// What a graded finding says.
        init(concern: Int, _ severity: Severity, _ finding: Finding, at time: Moment, _ pack: CompiledPack) {
            self.init(
                concern: concern, severity, finding.grade, of: Subject(grading: finding.grading), at: time, pack)
        }

        /// That it was told.
        var told: Episode.Told { Episode.Told(subject: subject, grade: grade, time: time.milliseconds) }
    }

    private let ids = KeyedHash()
    /// By concern: its name.
    let concerns: [[UInt8]]
    /// Room for what is hashed.
    var text = IDText()

    init(_ pack: CompiledPack) {
        concerns = pack.concerns.map { Array(pack.catalogue[$0].utf8) }
    }

    /// How an outcome changes the episode of its concern; nil when staff have been told already.
    ///
    /// Higher than was told speaks at once. So does a finding that the episode has not told of, or one by a rule of which
    /// it has not, if it is urgent, and whatever could not be judged: another thing of the same concern is not the same thing. All else waits until its
    /// `remind_after` has passed.
    @inline(__always)
    static func transition(_ news: News, _ episodes: [Episode]) -> Transition? {
        for index in 0..<episodes.count where Int(episodes[index].concern) == news.concern {
            if news.severity > episodes[index].severity { return .worsened }
            if news.isUnjudged { return transitionOfUnjudged(news, episodes[index]) }
            if let told = episodes[index].told(news.subject) {
                if news.grade.rawValue > told.grade.rawValue { return .worsened }
                if let rule = news.rule, news.severity >= .urgent, episodes[index].told(rule) == nil {
                    return .worsened
                }
            } else if news.severity >= .urgent {
                return .worsened
            }
            return episodes[index].spoke < news.remindsBefore ? .reminded : nil
        }
        return .opened
    }

    /// An unjudged report speaks once of each subject within its own `remind_after`, an unreadable record always: each is
    /// a report of which nobody knows what it says. It is `worsened` only where it may be so.
    @inline(never)
    private static func transitionOfUnjudged(_ news: News, _ episode: Episode) -> Transition? {
        let told = news.subject == .unread ? nil : episode.told(news.subject)
        if let told, told.time >= news.remindsBefore { return nil }
        return told == nil && news.severity == episode.severity && news.subject != .unread ? .worsened : .reminded
    }

    /// The identity of the alert to make, or nil when the episode says nothing new.
    mutating func speak(
        _ news: News, event: RawSpan, patient: RawSpan, _ episodes: inout [Episode]
    ) -> Identity? {
        guard let transition = Self.transition(news, episodes) else { return nil }
        let none = StableID(high: 0, low: 0)
        var identity = Identity(alert: none, episode: none, transition: transition)
        if let index = episodes.firstIndex(where: { Int($0.concern) == news.concern }) {
            identity.previousSeverity = episodes[index].severity
            identity.episode = episodes[index].id
            take(news, transition, &episodes[index])
        } else {
            identity.episode = episodeID(patient, news.concern, event)
            episodes.append(
                Episode(
                    id: identity.episode, spoke: news.time.milliseconds, leading: news.told, severity: news.severity,
                    concern: Int16(truncatingIfNeeded: news.concern)))
        }
        identity.alert = alertID(identity, news, event)
        return identity
    }

    private func take(_ news: News, _ transition: Transition, _ episode: inout Episode) {
        switch transition {
        case .reminded where news.isUnjudged:
            // It says nothing of how the patient is: what was told of the concern stands, and so does when.
            episode.tell(news)
            return
        case .reminded: episode.startOver(news.severity, news.told)
        default:
            episode.severity = max(episode.severity, news.severity)
            episode.lead(news.told)
        }
        episode.spoke = max(episode.spoke, news.time.milliseconds)
    }

    /// The identity of the alert that an episode is less severe than staff were told, or over; the episode is changed, and
    /// removed when it is over.
    mutating func lower(
        _ news: News, event: RawSpan, episode index: Int, _ episodes: inout [Episode]
    ) -> Identity {
        let isOver = news.severity == .none
        var identity = Identity(
            alert: episodes[index].id, episode: episodes[index].id, transition: isOver ? .resolved : .eased,
            previousSeverity: episodes[index].severity)
        if !isOver {
            episodes[index].ease()
        } else if episodes.count == 1 {
            // A checkpoint may hold the list: to remove from it would copy it first.
            episodes = []
        } else {
            episodes.remove(at: index)
        }
        identity.alert = alertID(identity, news, event)
        return identity
    }

    /// The id of an alert that a change of the past makes.
    mutating func changedID(
        _ episode: StableID, _ transition: Transition, _ grade: MaybeGrade, _ severity: Severity, of alert: StableID,
        event: RawSpan
    ) -> StableID {
        begin(episode, transition, grade, severity)
        text.append(alert.high.bigEndian)
        text.append(alert.low.bigEndian)
        text.append(part: event)
        return identify()
    }

    /// Hash of patient, concern and the event that opened it.
    private mutating func episodeID(_ patient: RawSpan, _ concern: Int, _ event: RawSpan) -> StableID {
        text.begin()
        text.append(part: patient)
        let name = concerns[concern]
        text.append(part: name.span.bytes)
        text.append(part: event)
        return identify()
    }

    /// Hash of episode, transition, grade, severity and the event that caused it.
    private mutating func alertID(_ identity: Identity, _ news: News, _ event: RawSpan) -> StableID {
        begin(identity.episode, identity.transition, news.shown, news.severity)
        text.append(part: event)
        return identify()
    }

    mutating func begin(
        _ episode: StableID, _ transition: Transition, _ grade: MaybeGrade, _ severity: Severity
    ) {
        text.begin()
        text.append(episode.high.bigEndian)
        text.append(episode.low.bigEndian)
        text.append(transition.rawValue)
        text.append(UInt8(bitPattern: grade.rawValue))
        text.append(severity.rawValue)
    }

    func identify() -> StableID {
        let hash = ids.hash(text.bytes, count: text.count)
        return StableID(high: hash.high, low: hash.low)
    }
}
