import Clinical
import Digest

/// Decides whether an outcome opens an episode, worsens one, or is silent.
struct EpisodeLife: Sendable {
    private let ids = KeyedHash()

    /// Whether a severity and grade say more of a concern than its episode has said; a concern without one is news.
    static func isNews(
        _ severity: Severity, _ grade: MaybeGrade, _ grading: Int32, concern: Int, _ episodes: [Episode]
    ) -> Bool {
        for episode in episodes where Int(episode.concern) == concern {
            let isHigher = grading == episode.grading && grade.rawValue > episode.grade.rawValue
            return severity > episode.severity || severity == episode.severity && isHigher
        }
        return true
    }

    /// The alert to make, with its ids and transition, or nil when the episode says nothing new.
    func speak(
        concern: Int, name: PackText, _ severity: Severity, _ finding: Finding?, event: ArraySlice<UInt8>,
        patient: ArraySlice<UInt8>, _ catalogue: Catalogue, _ memory: inout PatientMemory
    ) -> AlertRecord? {
        let grade = finding?.grade ?? .none
        let grading = finding?.grading ?? -1
        var alert = AlertRecord()
        alert.concern = name
        alert.severity = severity
        if let index = memory.episodes.firstIndex(where: { Int($0.concern) == concern }) {
            let episode = memory.episodes[index]
            guard Self.isNews(severity, grade, grading, concern: concern, memory.episodes) else { return nil }
            alert.transition = .worsened
            alert.previousSeverity = episode.severity
            alert.episodeID = episode.id
            memory.episodes[index].severity = severity
            memory.episodes[index].grade = grade
            memory.episodes[index].grading = grading
        } else {
            alert.transition = .opened
            alert.episodeID = episodeID(patient, catalogue[name], event)
            memory.episodes.append(
                Episode(id: alert.episodeID, concern: Int32(concern), severity: severity, grade: grade, grading: grading))
        }
        alert.alertID = alertID(alert, grade, event)
        return alert
    }

    /// Hash of patient, concern and the event that opened it.
    private func episodeID(_ patient: ArraySlice<UInt8>, _ concern: String, _ event: ArraySlice<UInt8>) -> StableID {
        var text: [UInt8] = []
        text.reserveCapacity(256)
        Self.append(patient, to: &text)
        Self.append(Array(concern.utf8)[...], to: &text)
        Self.append(event, to: &text)
        return identify(text)
    }

    /// Hash of episode, transition, grade, severity and the event that caused it.
    private func alertID(_ alert: AlertRecord, _ grade: MaybeGrade, _ event: ArraySlice<UInt8>) -> StableID {
        var text: [UInt8] = []
        text.reserveCapacity(256)
        withUnsafeBytes(of: alert.episodeID.high.bigEndian) { text += $0 }
        withUnsafeBytes(of: alert.episodeID.low.bigEndian) { text += $0 }
        text += [alert.transition.rawValue, UInt8(bitPattern: grade.rawValue), alert.severity.rawValue]
        Self.append(event, to: &text)
        return identify(text)
    }

    /// A text with its length before it, so that no two lists of texts look the same.
    private static func append(_ part: ArraySlice<UInt8>, to text: inout [UInt8]) {
        withUnsafeBytes(of: UInt32(part.count).bigEndian) { text += $0 }
        text += part
    }

    private func identify(_ text: [UInt8]) -> StableID {
        let hash = ids.hash(text)
        return StableID(high: hash.high, low: hash.low)
    }
}
