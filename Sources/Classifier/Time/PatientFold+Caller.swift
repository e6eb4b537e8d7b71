import Clinical

/// What called staff to an episode that time speaks of.
extension PatientFold {
    /// The report by which an episode stands, and the term that it is about: the latest whose finding is the one that
    /// stands, else the latest about its terms. One that was ahead of the clock called all the same.
    func caller(of standing: Episode.Standing, _ log: ReportLog) -> (place: Int, term: Int)? {
        var other: (place: Int, term: Int)?
        for place in (0..<log.count).reversed() {
            let own = log.sightings(place).filter { standing.terms.contains(Int32($0.term)) }
            if let found = own.first(where: { $0.isFinding(of: standing) }) { return (place, Int(found.term)) }
            if other == nil, let worst = own.max(by: { ($0.severity, $0.cautious) < ($1.severity, $1.cautious) }) {
                other = (place, Int(worst.term))
            }
        }
        return other
    }

    /// What made an episode stand as it does, from its report judged again; nil where that says something else by now.
    mutating func made(
        _ standing: Episode.Standing, by place: Int, _ log: ReportLog, _ patient: Roster.Patient?
    ) -> Outcome? {
        // The finding that a lost rule leant on says nothing of what the rule called for.
        if standing.key == Episode.Standing.orphaned { return nil }
        let places = log.places(of: log[place].milliseconds, around: place)
        var room = EventBatch()
        for entry in places { log.unpack(entry, patient: .empty, into: &room) }
        let instant = instant(Array(room.events.indices), room, patient)
        let outcomes = judge.outcomes(
            instant.reports, Past(log, before: places.lowerBound), instant.situations)
        return outcomes.first { outcome in
            if outcome.severity != standing.severity { return false }
            if let rule = standing.rule { return outcome.ruleIndex == rule }
            return outcome.ruleIndex < 0
                && instant.reports[outcome.report].findings[outcome.finding].grading == standing.grading
        }
    }
}

extension Sighting {
    /// Whether it is the finding that a standing rests on.
    fileprivate func isFinding(of standing: Episode.Standing) -> Bool {
        standing.grading < 0
            ? grading == Self.noGrading : Int32(grading) == standing.grading && grade == standing.grade
    }
}
