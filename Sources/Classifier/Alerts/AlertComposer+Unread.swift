import Clinical
import Digest

extension AlertComposer {
    /// A record of a known patient that could not be read.
    mutating func composeUnread(
        _ reject: Reject, _ patient: [UInt8], _ roster: Roster.Patient?, _ memory: inout PatientMemory,
        _ alerts: inout AlertBatch
    ) {
        for index in pack.rulesOfNode[TherapyTree.root] {
            let rule = pack.rules[index]
            guard let work = rule.work as? UnjudgedRule, work.coversRejects, rule.severity != .none else { continue }
            let event = Array(SHA256.hexadecimal(of: reject.raw).utf8)
            let news = EpisodeLife.News(concern: rule.concern, rule.severity, nil, at: .unknown, pack)
            // Nobody knows when it was, so that it belongs to every point that may be gone back to.
            for point in memory.checkpoints.indices {
                _ = open(news, event[...], patient[...], rule: index, &memory.checkpoints[point].episodes)
            }
            guard let identity = open(news, event[...], patient[...], rule: index, &memory.episodes) else { continue }
            var alert = AlertRecord(identity, news, pack)
            alert.patient = alerts.keep(patient)
            alert.rule = rule.id
            alert.therapy = pack.unknownTherapy
            alert.sources = Run(start: alerts.words.count, count: 1)
            alerts.words.append(rule.source)
            alert.reason = alerts.keep(reject.reason)
            let start = alerts.text.count
            sentences.appendUnread(reject.reason, to: &alerts.text)
            alert.summary = Run(start: start, count: alerts.text.count - start)
            if let roster {
                alert.team = alerts.keep(roster.team)
                alert.site = alerts.keep(roster.site)
            }
            alerts.alerts.append(alert)
        }
    }

    /// Lets the episode speak, which then stands until it is closed: no report can take away what nobody could read.
    private mutating func open(
        _ news: EpisodeLife.News, _ event: ArraySlice<UInt8>, _ patient: ArraySlice<UInt8>, rule: Int,
        _ episodes: inout [Episode]
    ) -> EpisodeLife.Identity? {
        guard let identity = life.speak(news, event: event, patient: patient, &episodes) else { return nil }
        if identity.transition == .opened, let last = episodes.indices.last {
            episodes[last].standings = [
                Episode.Standing(key: ~Int32(rule), severity: news.severity, grade: .none, grading: -1, terms: [])
            ]
        }
        return identity
    }
}
