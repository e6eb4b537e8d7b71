import Clinical
import Digest

/// Decides whether an outcome opens an episode, worsens one, or is silent.
struct EpisodeLife: Sendable {
    private let ids = KeyedHash()

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
            let isHigher = grading == episode.grading && grade.rawValue > episode.grade.rawValue
            guard severity > episode.severity || severity == episode.severity && isHigher else { return nil }
            alert.transition = .worsened
            alert.previousSeverity = episode.severity
            alert.episodeID = episode.id
            memory.episodes[index].severity = severity
            memory.episodes[index].grade = grade
            memory.episodes[index].grading = grading
        } else {
            alert.transition = .opened
            alert.episodeID = identify([Array(patient), Array(catalogue[name].utf8), Array(event)])
            memory.episodes.append(
                Episode(id: alert.episodeID, concern: Int32(concern), severity: severity, grade: grade, grading: grading))
        }
        alert.alertID = alertID(alert, grade, event)
        return alert
    }

    /// Hash of episode, transition, grade, severity and the event that caused it.
    private func alertID(_ alert: AlertRecord, _ grade: MaybeGrade, _ event: ArraySlice<UInt8>) -> StableID {
        var text: [UInt8] = []
        alert.episodeID.append(to: &text)
        return identify([
            text, Array(alert.transition.name.utf8), Array(String(grade.rawValue).utf8), Array(alert.severity.name.utf8), Array(event),
        ])
    }

    /// Hash of several texts, each with its length before it.
    private func identify(_ parts: [[UInt8]]) -> StableID {
        var bytes: [UInt8] = []
        for part in parts {
            withUnsafeBytes(of: UInt32(part.count).littleEndian) { bytes += $0 }
            bytes += part
        }
        let hash = ids.hash(bytes)
        return StableID(high: hash.high, low: hash.low)
    }
}
