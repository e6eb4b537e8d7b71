import Classifier
import Clinical
import Emitter
import Store

/// Turns alerts into what a state keeps of them: their own bytes, whom they go to and when, and how their episodes stand.
struct KeptAlerts {
    /// The native form, in which every alert is kept.
    private var native: any OutputFormat
    private var pack: CompiledPack
    private let options: [String]
    private(set) var silenced = 0
    /// How many alerts of the batch silences hid, by the number of the act.
    private var hidden: [Int64: Int] = [:]
    private(set) var quieted = 0

    /// - Parameter options: where alerts go, each `FORMAT[=FILE]`; none for a prime, which calls nobody.
    init(_ pack: CompiledPack, _ options: [String]) {
        self.pack = pack
        self.options = options
        native = NDJSONOutput(OutputSetup(catalogue: pack.catalogue, zone: pack.zone))
    }

    /// Goes on in the words and by the hours of another pack.
    mutating func change(to pack: CompiledPack) {
        self.pack = pack
        native = NDJSONOutput(OutputSetup(catalogue: pack.catalogue, zone: pack.zone))
    }

    /// Adds all alerts of a batch to the record of what is to be kept.
    mutating func add(
        _ alerts: AlertBatch, to record: inout BatchRecord, at now: Moment, _ silences: [ActEntry],
        _ sinks: borrowing AlertSink.Group
    ) {
        hidden = [:]
        defer { record.hidden = hidden }
        var places: [StableID: Int] = [:]
        var buffer = OutputBuffer()
        record.alerts.reserveCapacity(alerts.alerts.count)
        // One alert beside what all of them point into.
        var single = alerts
        for alert in alerts.alerts {
            single.alerts = [alert]
            native.write(single, to: &buffer)
            let bytes = buffer.withBytes { Array($0) }
            buffer.removeAll()
            var outgoing = OutgoingAlert(
                id: alert.alertID, episode: alert.episodeID, made: now, bytes: bytes,
                deliveries: deliveries(single, now, silences, sinks))
            outgoing.severity = alert.severity
            if pack.quietHours.areAny {
                outgoing.manner = [.worsened, .overdue].contains(alert.transition) ? .releasing : .following
            }
            record.alerts.append(outgoing)
            let due = outgoing.deliveries.first.map(\.due) ?? .unknown
            let entry = entry(alert, alerts, told: due.isKnown ? due : now)
            if let place = places[alert.episodeID] {
                record.episodes[place] = merged(record.episodes[place], entry)
            } else {
                places[alert.episodeID] = record.episodes.count
                record.episodes.append(entry)
            }
        }
    }

    /// To whom an alert goes, and not before when; nobody while a silence hides it.
    private mutating func deliveries(
        _ single: AlertBatch, _ now: Moment, _ silences: [ActEntry], _ sinks: borrowing AlertSink.Group
    ) -> [OutgoingAlert.Delivery] {
        if options.isEmpty { return [] }
        let alert = single.alerts[0]
        // What worsens speaks at once, acknowledged, silenced or not.
        let mayWait = alert.transition != .worsened && alert.transition != .overdue
        let hiding = mayWait ? self.hiding(alert, single, silences) : []
        if !hiding.isEmpty {
            silenced += 1
            for silence in hiding { hidden[silence.number, default: 0] += 1 }
            return []
        }
        let due = mayWait ? pack.quietHours.end(for: alert.severity, at: now) : .unknown
        if due.isKnown { quieted += 1 }
        return sinks.places.map { place in
            let own = sinks.isNative(at: place) ? nil : sinks.bytes(of: single, at: place)
            return OutgoingAlert.Delivery(target: options[place], bytes: own, due: due)
        }
    }

    /// The silences that hide an alert.
    private func hiding(_ alert: AlertRecord, _ single: AlertBatch, _ silences: [ActEntry]) -> [ActEntry] {
        if alert.severity == .emergency, !pack.silencesEmergencies { return [] }
        return silences.filter { entry in
            switch entry.act.deed {
            case .silence(.patient(let patient), _, _): patient[...] == single.text[alert.patient.range]
            case .silence(.rule(let rule), _, _): rule == pack.catalogue[alert.rule]
            default: false
            }
        }
    }

    /// - Parameter told: when it is written.
    private func entry(_ alert: AlertRecord, _ alerts: AlertBatch, told: Moment) -> EpisodeEntry {
        let words = pack.catalogue
        var entry = EpisodeEntry(
            id: alert.episodeID, patient: Array(alerts.text[alert.patient.range]), concern: words[alert.concern],
            severity: alert.severity, therapy: words[alert.therapy], rule: words[alert.rule],
            transition: alert.transition)
        if alert.transition == .opened { entry.opened = alert.time }
        if !alert.isDeadline { entry.last = alert.time }
        // Nobody has to answer by a time what nobody was told.
        let calls = !options.isEmpty
        if calls, !alert.isDeadline || alert.transition == .opened { entry.respondBy = alert.respondBy }
        entry.calls = [.opened, .worsened, .reminded].contains(alert.transition)
        entry.isByTime = alert.isDeadline && alert.transition != .opened
        entry.isByReport = !alert.isDeadline
        // The time to answer is counted from the writing: a report that came late, or whose time nobody can read, was told
        // late too.
        if calls, entry.calls, alert.severity > .none {
            let usual = Int64(pack.respondWithin[Int(alert.severity.rawValue)]) * 60_000
            let span = alert.respondBy.isKnown ? alert.respondBy.milliseconds - alert.time.milliseconds : usual
            entry.answerBy = Moment(milliseconds: told.milliseconds + max(0, span))
        }
        entry.isOverdue = alert.transition == .overdue
        entry.isStale = alert.transition == .stale
        entry.isTest = alert.isTest
        // What opens once more, as after a crash under a roster that says otherwise, was answered by nobody.
        entry.callsAgain = alert.transition == .worsened || alert.transition == .opened
        return entry
    }

    /// Two changes of one episode as one.
    private func merged(_ first: EpisodeEntry, _ second: EpisodeEntry) -> EpisodeEntry {
        var entry = second
        if !entry.opened.isKnown { entry.opened = first.opened }
        if !entry.last.isKnown { entry.last = first.last }
        if !entry.respondBy.isKnown { entry.respondBy = first.respondBy }
        if !entry.answerBy.isKnown { entry.answerBy = first.answerBy }
        if second.isOverdue { entry.isStale = first.isStale }
        entry.isOverdue = second.isOverdue || first.isOverdue && !second.callsAgain
        entry.callsAgain = first.callsAgain || second.callsAgain
        entry.calls = first.calls || second.calls
        if second.isByTime {
            (entry.therapy, entry.rule) = (first.therapy, first.rule)
            entry.isByTime = first.isByTime
        }
        return entry
    }
}

extension BatchRecord {
    /// Has episodes stand as the fold has them: what was written last need not be what is newest, where the past changed.
    mutating func settle(by classifier: borrowing EventClassifier) {
        for place in episodes.indices where episodes[place].isByReport {
            let severity = classifier.severity(of: episodes[place].id, episodes[place].patient)
            episodes[place].severity = severity ?? .none
            if severity == nil, episodes[place].isOpen { episodes[place].transition = .resolved }
            if severity != nil, !episodes[place].isOpen { episodes[place].transition = .opened }
        }
    }
}
