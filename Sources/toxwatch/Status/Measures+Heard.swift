import Classifier
import Clinical

/// How long ago feeds and terms were last heard.
extension Measures {
    /// As many as long output names of each kind, those that are silent longest in front.
    private static let mostNamed = 20

    /// Adds the feeds that a rule watches.
    mutating func add(_ feeds: [EventClassifier.HeardFeed], at now: Moment) {
        let heard = feeds.filter(\.newest.isKnown).sorted { $0.newest.milliseconds < $1.newest.milliseconds }
        let silent = heard.filter { $0.silentFrom.isKnown && $0.silentFrom.milliseconds <= now.milliseconds }
        add("silent_feeds", silent.count, Self.listed(silent.map(\.shownName), "silent feed"))
        add(
            "feed_age", since: heard.first?.newest ?? .unknown, at: now,
            words: { "feed \(heard.first?.shownName ?? "") silent for \($0)" }, unknown: "no event named its feed")
        for name in askedFeeds {
            let feed = heard.first { $0.name == Array(name.utf8) }
            add(
                Self.feed + name, since: feed?.newest ?? .unknown, at: now,
                words: { "feed \(name) silent for \($0)" }, unknown: "no event came by the feed \(name)")
        }
        for feed in heard.prefix(Self.mostNamed) {
            let span = ReportPage.text(span: max(0, now.milliseconds - feed.newest.milliseconds))
            details.append("feed \(feed.shownName): last event \(span) ago")
        }
    }

    /// Adds what must keep coming; nil where nobody has listened for it.
    mutating func add(_ heard: LastHeard?, awaitsTerms: Bool, at now: Moment) {
        add(
            "event_age", since: heard?.newest ?? .unknown, at: now, words: { "last event \($0) ago" },
            unknown: "no event yet")
        guard awaitsTerms else { return }
        guard let heard else { return add("missing_terms", nil, "no run has waited for the terms of must_carry yet") }
        let terms = heard.terms.sorted { $0.silence(at: now) > $1.silence(at: now) }
        let missing = terms.filter { $0.isMissing(at: now) }
        add("missing_terms", missing.count, Self.listed(missing.map(\.name), "missing term"))
        for term in terms.prefix(Self.mostNamed) {
            let span = term.newest.isKnown || term.since.isKnown ? ReportPage.text(span: term.silence(at: now)) : ""
            let last =
                span.isEmpty ? "no report" : term.newest.isKnown ? "last report \(span) ago" : "no report for \(span)"
            details.append("term \(term.name): \(last)")
        }
    }

    /// `2 missing terms: alt, creatinine`
    private static func listed(_ names: [String], _ what: String) -> String {
        let shown = names.prefix(3).joined(separator: ", ") + (names.count > 3 ? ", …" : "")
        return "\(names.count) \(what)\(names.count == 1 ? "" : "s")" + (names.isEmpty ? "" : ": \(shown)")
    }
}

extension EventClassifier.HeardFeed {
    /// Its name, where it looks like one: what does not might tell of a patient.
    fileprivate var shownName: String {
        let text = String(decoding: name, as: UTF8.self)
        return Settings.looksLikeCode(text) ? text : "(name not shown)"
    }
}
