import Clinical
import Digest

/// Decides whether an outcome opens an episode, worsens one, or is silent.
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

        init(concern: Int, _ severity: Severity, _ finding: Finding?) {
            self.concern = concern
            self.severity = severity
            grade = finding?.grade ?? .none
            grading = finding?.grading ?? -1
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

    /// Whether an outcome says more of a concern than its episode has said; a concern without one is news.
    static func isNews(_ news: News, _ episodes: [Episode]) -> Bool {
        for index in 0..<episodes.count where Int(episodes[index].concern) == news.concern {
            let severity = episodes[index].severity
            if news.severity != severity { return news.severity > severity }
            if news.grading == episodes[index].grading { return news.grade.rawValue > episodes[index].grade.rawValue }
            return episodes[index].told(news.grading).map { news.grade.rawValue > $0.rawValue } ?? false
        }
        return true
    }

    /// The identity of the alert to make, or nil when the episode says nothing new.
    mutating func speak(
        _ news: News, event: ArraySlice<UInt8>, patient: ArraySlice<UInt8>, _ episodes: inout [Episode]
    ) -> Identity? {
        guard Self.isNews(news, episodes) else { return nil }
        var identity = Identity(alert: StableID(high: 0, low: 0), episode: StableID(high: 0, low: 0), transition: .opened)
        if let index = episodes.firstIndex(where: { Int($0.concern) == news.concern }) {
            identity.transition = .worsened
            identity.previousSeverity = episodes[index].severity
            identity.episode = episodes[index].id
            episodes[index].severity = news.severity
            episodes[index].lead(news.grade, news.grading)
        } else {
            identity.episode = episodeID(patient, news.concern, event)
            episodes.append(
                Episode(
                    id: identity.episode, concern: Int32(news.concern), severity: news.severity, grade: news.grade,
                    grading: news.grading))
        }
        identity.alert = alertID(identity, news, event)
        return identity
    }

    /// Hash of patient, concern and the event that opened it.
    private mutating func episodeID(_ patient: ArraySlice<UInt8>, _ concern: Int, _ event: ArraySlice<UInt8>) -> StableID {
        text.removeAll(keepingCapacity: true)
        Self.append(patient, to: &text)
        text += concerns[concern]
        Self.append(event, to: &text)
        return identify()
    }

    /// Hash of episode, transition, grade, severity and the event that caused it.
    private mutating func alertID(_ identity: Identity, _ news: News, _ event: ArraySlice<UInt8>) -> StableID {
        text.removeAll(keepingCapacity: true)
        withUnsafeBytes(of: (identity.episode.high.bigEndian, identity.episode.low.bigEndian)) { text += $0 }
        text.append(identity.transition.rawValue)
        text.append(UInt8(bitPattern: news.grade.rawValue))
        text.append(news.severity.rawValue)
        Self.append(event, to: &text)
        return identify()
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
