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
        var grading: Int32
        /// When it was observed; unknown for a record that could not be read.
        var time: Moment
        /// An episode that spoke last before this moment says the same again; in milliseconds.
        var remindsBefore = Int64.min

        init(concern: Int, _ severity: Severity, _ finding: Finding?, at time: Moment, _ pack: CompiledPack) {
            self.concern = concern
            self.severity = severity
            grade = finding?.grade ?? .none
            grading = finding?.grading ?? -1
            self.time = time
            let minutes = pack.remindAfter[Int(severity.rawValue)]
            if minutes > 0, time.isKnown { remindsBefore = time.milliseconds - Int64(minutes) * 60_000 + 1 }
        }
    }

    private let ids = KeyedHash()
    /// By concern: its name, with the length before it.
    private let concerns: [[UInt8]]
    /// Room for what is hashed, used again.
    private var text: [UInt8] = []

    init(_ pack: CompiledPack) {
        concerns = pack.concerns.map { concern in
            var name: [UInt8] = []
            Self.append(Array(pack.catalogue[concern].utf8)[...], to: &name)
            return name
        }
    }

    /// How an outcome changes the episode of its concern; nil when staff have been told already.
    ///
    /// Higher than was told speaks at once. So does a finding that the episode has not told of, if it is urgent: another
    /// thing of the same concern is not the same thing. All else waits until its `remind_after` has passed.
    @inline(__always)
    static func transition(_ news: News, _ episodes: [Episode]) -> Transition? {
        for index in 0..<episodes.count where Int(episodes[index].concern) == news.concern {
            if news.severity > episodes[index].severity { return .worsened }
            if let told = episodes[index].told(news.grading) {
                if news.grade.rawValue > told.rawValue { return .worsened }
            } else if news.severity >= .urgent, news.grading >= 0 {
                return .worsened
            }
            return episodes[index].spoke < news.remindsBefore ? .reminded : nil
        }
        return .opened
    }

    /// The identity of the alert to make, or nil when the episode says nothing new.
    mutating func speak(
        _ news: News, event: ArraySlice<UInt8>, patient: ArraySlice<UInt8>, _ episodes: inout [Episode]
    ) -> Identity? {
        guard let transition = Self.transition(news, episodes) else { return nil }
        let none = StableID(high: 0, low: 0)
        var identity = Identity(alert: none, episode: none, transition: transition)
        if let index = episodes.firstIndex(where: { Int($0.concern) == news.concern }) {
            identity.previousSeverity = episodes[index].severity
            identity.episode = episodes[index].id
            if transition == .reminded {
                episodes[index].startOver(news.severity, news.grade, news.grading)
            } else {
                episodes[index].severity = max(episodes[index].severity, news.severity)
                episodes[index].lead(news.grade, news.grading)
            }
            episodes[index].spoke = max(episodes[index].spoke, news.time.milliseconds)
        } else {
            identity.episode = episodeID(patient, news.concern, event)
            episodes.append(
                Episode(
                    id: identity.episode, concern: Int32(news.concern), severity: news.severity, grade: news.grade,
                    grading: news.grading, spoke: news.time.milliseconds))
        }
        identity.alert = alertID(identity, news, event)
        return identity
    }

    /// The identity of the alert that an episode is less severe than staff were told, or over; the episode is changed, and
    /// removed when it is over.
    mutating func lower(
        _ news: News, event: ArraySlice<UInt8>, episode index: Int, _ episodes: inout [Episode]
    ) -> Identity {
        let isOver = news.severity == .none
        var identity = Identity(
            alert: episodes[index].id, episode: episodes[index].id, transition: isOver ? .resolved : .eased,
            previousSeverity: episodes[index].severity)
        if isOver { episodes.remove(at: index) } else { episodes[index].ease() }
        identity.alert = alertID(identity, news, event)
        return identity
    }

    /// The id of an alert that a change of the past makes.
    mutating func changedID(
        _ episode: StableID, _ transition: Transition, _ grade: MaybeGrade, _ severity: Severity, of alert: StableID,
        event: ArraySlice<UInt8>
    ) -> StableID {
        startText(episode, transition, grade, severity)
        withUnsafeBytes(of: (alert.high.bigEndian, alert.low.bigEndian)) { text += $0 }
        Self.append(event, to: &text)
        return identify()
    }

    /// Hash of patient, concern and the event that opened it.
    private mutating func episodeID(_ patient: ArraySlice<UInt8>, _ concern: Int, _ event: ArraySlice<UInt8>)
        -> StableID
    {
        text.removeAll(keepingCapacity: true)
        Self.append(patient, to: &text)
        text += concerns[concern]
        Self.append(event, to: &text)
        return identify()
    }

    /// Hash of episode, transition, grade, severity and the event that caused it.
    private mutating func alertID(_ identity: Identity, _ news: News, _ event: ArraySlice<UInt8>) -> StableID {
        startText(identity.episode, identity.transition, news.grade, news.severity)
        Self.append(event, to: &text)
        return identify()
    }

    private mutating func startText(
        _ episode: StableID, _ transition: Transition, _ grade: MaybeGrade, _ severity: Severity
    ) {
        text.removeAll(keepingCapacity: true)
        withUnsafeBytes(of: (episode.high.bigEndian, episode.low.bigEndian)) { text += $0 }
        text.append(transition.rawValue)
        text.append(UInt8(bitPattern: grade.rawValue))
        text.append(severity.rawValue)
    }

    /// A text with its length before it, so that no two lists of texts look the same.
    private static func append(_ part: ArraySlice<UInt8>, to text: inout [UInt8]) {
        withUnsafeBytes(of: UInt32(part.count).bigEndian) { text += $0 }
        text += part
    }

    private func identify() -> StableID {
        let hash = ids.hash(text)
        return StableID(high: hash.high, low: hash.low)
    }
}
