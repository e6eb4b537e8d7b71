import Clinical
import Digest

extension AlertComposer {
    /// What a rule about such records needs to know of one.
    struct Unjudged {
        /// What makes it the only one of its kind: an id, or a digest of the record.
        var event: [UInt8]
        var patient: [UInt8]
        /// When it was observed; unknown where that could not be read.
        var time: Moment
        /// That time lay ahead of the clock and was set to it.
        var isAhead = false
        /// Why nobody could judge it.
        var reason: String
    }

    /// A record of a known patient that could not be read.
    mutating func composeUnread(
        _ reject: Reject, _ patient: [UInt8], _ situation: Situation, _ memory: inout PatientMemory,
        _ alerts: inout AlertBatch
    ) {
        let record = Unjudged(
            event: Array(SHA256.hexadecimal(of: reject.raw).utf8), patient: patient, time: reject.time,
            isAhead: reject.isAhead, reason: reject.reason)
        compose(record, .unread, situation, &memory, &alerts)
    }

    /// What one record says to the rules about records of its kind.
    mutating func compose(
        _ record: Unjudged, _ kind: UnjudgedRule.Records, _ situation: Situation, _ memory: inout PatientMemory,
        _ alerts: inout AlertBatch
    ) {
        for index in pack.rulesOfNode[TherapyTree.root] {
            let rule = pack.rules[index]
            guard let work = rule.work as? UnjudgedRule, work.records == kind, rule.severity != .none else { continue }
            let news = EpisodeLife.News(
                concern: rule.concern, rule.severity, .none, of: .unread, at: record.time, isUnjudged: true, pack)
            // It is no report that could be put in its place, and so belongs to every point that may be gone back to.
            for point in memory.hindsight.checkpoints.indices {
                _ = raise(
                    news, record.event, record.patient, rule: index, &memory.hindsight.checkpoints[point].episodes)
            }
            guard let identity = raise(news, record.event, record.patient, rule: index, &memory.episodes) else {
                continue
            }
            var alert = AlertRecord(identity, news, pack)
            alert.patient = alerts.keep(record.patient)
            alert.rule = rule.id
            alert.time = record.time
            alert.isAhead = record.isAhead
            if record.time.isKnown { alert.respondBy = respondBy(rule.severity, rule.respondWithin, record.time) }
            set(&alert, situation, drivenBy: situation.context.named.first ?? TherapyTree.root, &alerts)
            alert.sources = Run(start: alerts.words.count, count: 1)
            alerts.words.append(rule.source)
            alert.reason = alerts.keep(record.reason)
            let start = alerts.text.count
            sentences.append(kind, record.reason, to: &alerts.text)
            alert.summary = Run(start: start, count: alerts.text.count - start)
            alerts.alerts.append(alert)
        }
        memory.hasChanged = true
        if memory.log.count == memory.settledCount { memory.hindsight.base = memory.episodes }
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
