import Classifier
import Clinical
import Store

/// Takes stock of a state and of a feed: all that a plugin judges, before it judges. It keeps nothing.
struct StockTaking: ~Copyable {
    private let pack: CompiledPack
    private let now: Moment
    private let reader: StateReader?
    private var classifier: EventClassifier
    private var open = OpenCalls()
    /// What the feed gave; nil when there is none.
    private var feed: Feed?
    private var rosterDate = Moment.unknown
    private let trouble = Trouble()

    /// The first thing that went wrong while the classifier asked the state.
    private final class Trouble {
        var error: StateError?

        func noting(_ body: () throws(StateError) -> [UInt8]?) -> [UInt8]? {
            do throws(StateError) {
                return try body()
            } catch {
                self.error = self.error ?? error
                return nil
            }
        }
    }

    /// What came of reading a feed.
    private struct Feed {
        var rejects: Int
        var isWhole: Bool
    }

    /// - Parameters:
    ///   - reader: the state; nil without one.
    ///   - roster: for the feed.
    ///   - rosterDate: when its file was written; unknown takes what the last run kept.
    init(
        _ pack: CompiledPack, _ reader: StateReader?, _ roster: Roster?, rosterDate: Moment, at now: Moment
    ) throws(StateError) {
        self.pack = pack
        self.now = now
        self.reader = reader
        self.rosterDate = rosterDate
        classifier = EventClassifier(pack: pack, roster: roster, remembersAll: reader != nil)
        guard let reader else {
            // What a feed alone does not bring at all is missing.
            classifier.listen([], at: .unknown)
            return
        }
        open = try OpenCalls(reader)
        if !rosterDate.isKnown { self.rosterDate = try KeptNews.rosterDate(reader) }
        let heard = try reader.shared(KeptNews.Name.heard.rawValue)
        _ = classifier.restoreFeeds(try reader.shared(KeptNews.Name.feeds.rawValue) ?? [])
        if let heard { classifier.listen(heard, at: now) }
        // What the feed tells again is known, and calls for nobody again.
        classifier.keep(kinds: nil) { [trouble] key in
            trouble.noting { () throws(StateError) in try reader.names(of: key) }
        } recall: { [trouble] patient in
            trouble.noting { () throws(StateError) in try reader.memory(of: patient) }
        }
    }

    /// Reads a feed to its end: what it would open stands open, and the rest of it counts.
    mutating func read(_ files: [String], _ options: FormatOptions.Prepared) throws(StateError) {
        guard let rejects = try? RejectSink(nil, isQuiet: true) else { return }
        if classifier.lastHeard == nil { classifier.listen([], at: now) }
        var pipeline = Pipeline(options, rejects: rejects)
        var alerts = AlertBatch()
        var failure: StateError?
        pipeline.run(files) { batch, _ in
            alerts.removeAll()
            classifier.now = now
            classifier.judge(batch, into: &alerts)
            _ = classifier.takeJournal()
            do throws(StateError) { try open.take(alerts, reader) } catch { failure = failure ?? error }
        } flush: { _ throws(SystemError) in
        }
        pipeline.finish()
        if let failure = failure ?? trouble.error { throw failure }
        feed = Feed(rejects: pipeline.rejected, isWhole: pipeline.status == .success)
    }

    /// All that was found, by these ranges.
    consuming func measures(
        _ ranges: Measures.Ranges, isApproved: Bool
    ) throws(StateError) -> Measures {
        var measures = Measures(ranges)
        for severity in Severity.allCases.reversed() where severity != .none {
            let count = open.counts[severity] ?? 0
            measures.add(severity.name, count, "\(count) \(severity.name)")
        }
        let last = try reader?.lastRun()
        if let reader { try add(reader, last, to: &measures) }
        let tally = feed == nil ? last?.sums.tally ?? RunTally() : classifier.tally
        let rejects = feed?.rejects ?? tally.rejects
        measures.add("rejects", rejects, "\(rejects) rejects")
        addShare("ungradable", tally.ungradable, of: tally.events, to: &measures)
        addShare("unmatched", tally.unmatched, of: tally.events, to: &measures)
        if let feed { measures.add("unread", feed.isWhole ? 0 : 1, "the feed could not be read to its end") }
        measures.add(classifier.heardFeeds, at: now)
        measures.add(classifier.lastHeard, awaitsTerms: pack.awaitsTerms, at: now)
        if let reader { try addLag(reader, last, to: &measures) }
        if reader != nil || rosterDate.isKnown {
            let seconds = pack.rosterOldAfter * 60
            measures.add(
                "roster_age", since: rosterDate, at: now,
                standard: seconds > 0 ? ThresholdRange("\(seconds)") : nil,
                words: { "roster \($0) old" }, unknown: "no run has read a roster")
        }
        measures.add("unapproved", isApproved ? 0 : 1, isApproved ? nil : "pack not approved")
        return measures
    }

    private func add(_ reader: StateReader, _ last: RunEntry?, to measures: inout Measures) throws(StateError) {
        let overdue = try reader.overdue(at: now).count
        measures.add("overdue", overdue, "\(overdue) overdue")
        let stale = open.stale
        measures.add("stale", stale, "\(stale) stale")
        let silent = try reader.openPatients(ofRules: pack.silentRules)
        measures.add("silent", silent, "\(silent) silent")
        let outbox = try reader.outbox(at: now)
        measures.add("unwritten", outbox.alerts, "\(outbox.alerts) unwritten")
        measures.add(
            "unwritten_age", since: outbox.oldest.isKnown ? outbox.oldest : now, at: now,
            words: { "unwritten for \($0)" }, unknown: "")
        let parked = try last.map { last throws(StateError) in try reader.parked(before: last.started) } ?? 0
        measures.add("parked", parked, "\(parked) parked")
    }

    /// Since the last run was at work: a run that goes on is, and one that died was when it began.
    private func addLag(_ reader: StateReader, _ last: RunEntry?, to measures: inout Measures) throws(StateError) {
        let hasNoEnd = last.map { !$0.ended.isKnown } ?? false
        let isInHand = try reader.isInHand()
        let instant = hasNoEnd && isInHand ? now : last.map { $0.ended.isKnown ? $0.ended : $0.started } ?? .unknown
        measures.add(
            "lag", since: instant, at: now, words: { "last run \($0) ago" }, unknown: "there was no run yet")
    }

    private func addShare(_ name: String, _ part: Int, of whole: Int, to measures: inout Measures) {
        let percent = whole == 0 ? 0 : (part * 100 + whole / 2) / whole
        measures.add(name, percent, "\(percent) % \(name)", unit: "%")
    }
}
