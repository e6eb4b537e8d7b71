import Clinical
import Store

/// Open episodes that nobody took notice of, by severity: those of a state, and what a feed would make of them.
struct OpenCalls {
    /// A severity without any is absent, or 0.
    private(set) var counts: [Severity: Int] = [:]
    /// Open episodes without a report for too long.
    private(set) var stale = 0
    /// The episodes of which the feed spoke: how severe each calls; nil for one that calls no more.
    private var standing: [StableID: Severity?] = [:]

    init() {}

    init(_ reader: StateReader) throws(StateError) {
        let open = try reader.openCounts()
        counts = open.mapValues(\.unacknowledged)
        stale = open.values.reduce(0) { $0 + $1.stale }
    }

    /// Takes what a feed makes; test patients are left out.
    mutating func take(_ alerts: AlertBatch, _ reader: StateReader?) throws(StateError) {
        for alert in alerts.alerts where !alert.isTest {
            let id = alert.episodeID
            let former: Severity?
            if let known = standing[id] {
                former = known
            } else {
                former = try reader.flatMap { reader throws(StateError) in try Self.call(id, reader) }
            }
            let next = Self.next(alert, former: former, isNew: alert.transition == .opened)
            if let former { counts[former, default: 0] -= 1 }
            if let next { counts[next, default: 0] += 1 }
            standing.updateValue(next, forKey: id)
        }
    }

    /// How severe an episode calls after an alert. Of one that somebody took notice of only what is worse calls again.
    private static func next(_ alert: AlertRecord, former: Severity?, isNew: Bool) -> Severity? {
        switch alert.transition {
        case .resolved, .retracted: nil
        case .opened, .worsened: alert.severity
        default: former == nil ? nil : alert.severity
        }
    }

    private static func call(_ id: StableID, _ reader: StateReader) throws(StateError) -> Severity? {
        guard let episode = try reader.episode(id), episode.isOpen, episode.acknowledged == nil else { return nil }
        return episode.severity
    }
}
