import Clinical

/// What time asks of the reports that are kept.
extension ReportLog {
    /// Whether a report said that it was observed after now, so that it tells nothing of when its patient was heard of.
    func isAhead(_ index: Int) -> Bool {
        var room = EventBatch()
        guard let place = unpack(index, patient: .empty, into: &room) else { return false }
        return room.events[place].has.contains(.ahead)
    }

    /// When the newest report was observed whose clock was not ahead; unknown for none.
    var clock: Moment { latest(about: nil).map { self[$0].time } ?? .unknown }

    /// The latest report about any of these terms, nil for all terms, whose clock was not ahead.
    func latest(about terms: [Int]?) -> Int? {
        (0..<count).last { index in
            guard let terms else { return !isAhead(index) }
            return sightings(index).contains { terms.contains(Int($0.term)) } && !isAhead(index)
        }
    }

    /// The first report, ahead of the clock, that raised something about these terms after the latest one about them that
    /// was not ahead and raised nothing: what is open of them began with it. Nil where there is none.
    func opener(ahead terms: [Int], after latest: Int?) -> Int? {
        let isAbout = { (sighting: Sighting) in terms.contains(Int(sighting.term)) }
        if let latest, sightings(latest).contains(where: { isAbout($0) && $0.severity != .none }) { return nil }
        return ((latest ?? -1) + 1..<count).first { index in
            sightings(index).contains { isAbout($0) && $0.severity != .none }
        }
    }

    /// The most severe that triage or a rule found in the reports of one time.
    func severity(around index: Int) -> Severity {
        places(of: self[index].milliseconds, around: index).flatMap(sightings).map(\.severity).max() ?? .none
    }
}
