import Clinical
import Digest

extension AlertComposer {
    /// A record of a known patient that could not be read.
    mutating func composeUnread(
        _ reject: Reject, _ patient: [UInt8], _ situation: Situation, _ memory: inout PatientMemory,
        _ alerts: inout AlertBatch
    ) {
        for index in pack.rulesOfNode[TherapyTree.root] {
            let rule = pack.rules[index]
            guard let work = rule.work as? UnjudgedRule, work.coversRejects, rule.severity != .none else { continue }
            let event = Array(SHA256.hexadecimal(of: reject.raw).utf8)
            let news = EpisodeLife.News(
                concern: rule.concern, rule.severity, .none, of: .unread, at: reject.time, isUnjudged: true, pack)
            // It is no report that could be put in its place, and so belongs to every point that may be gone back to.
            for point in memory.checkpoints.indices {
                _ = raise(news, event, patient, rule: index, &memory.checkpoints[point].episodes)
            }
            guard let identity = raise(news, event, patient, rule: index, &memory.episodes) else { continue }
            var alert = AlertRecord(identity, news, pack)
            alert.patient = alerts.keep(patient)
            alert.rule = rule.id
            alert.time = reject.time
            if reject.time.isKnown { alert.respondBy = respondBy(rule.severity, rule.respondWithin, reject.time) }
            set(&alert, situation, drivenBy: situation.context.named.first ?? TherapyTree.root, &alerts)
            alert.sources = Run(start: alerts.words.count, count: 1)
            alerts.words.append(rule.source)
            alert.reason = alerts.keep(reject.reason)
            let start = alerts.text.count
            sentences.appendUnread(reject.reason, to: &alerts.text)
            alert.summary = Run(start: start, count: alerts.text.count - start)
            alerts.alerts.append(alert)
        }
    }

    /// Lets the episode speak, which then stands until it is closed: no report can take away what nobody could read.
    private mutating func raise(
        _ news: EpisodeLife.News, _ event: [UInt8], _ patient: [UInt8], rule: Int, _ episodes: inout [Episode]
    ) -> EpisodeLife.Identity? {
        let identity = life.speak(news, event: event.span.bytes, patient: patient.span.bytes, &episodes)
        guard let identity, identity.transition != .reminded else { return identity }
        if let place = episodes.firstIndex(where: { Int($0.concern) == news.concern }) {
            episodes[place].stand(news.severity, rule: rule)
        }
        return identity
    }
}
