import Clinical

/// What a rule over time may look at: the patient's reports before the one at hand, oldest first.
struct Past: Sendable {
    private let log: ReportLog
    /// How many of the log's entries come before the report at hand.
    let count: Int

    /// Nothing came before.
    static let none = Past(ReportLog(), before: 0)

    init(_ log: ReportLog, before count: Int) {
        self.log = log
        self.count = count
    }

    func time(_ place: Int) -> Moment { log[place].time }
    func sightings(_ place: Int) -> [Sighting] { log.sightings(place) }
    func atoms(_ place: Int) -> AtomSet { log.atoms(place) }

    /// The places of reports that may lie within a span before a moment, the latest first.
    func places(within milliseconds: Int64, before time: Moment) -> [Int] {
        var places: [Int] = []
        for place in stride(from: count - 1, through: 0, by: -1) {
            // A day's report may have been made at its last instant.
            guard log[place].milliseconds + Moment.millisecondsPerDay > time.milliseconds - milliseconds else {
                break
            }
            if self.time(place).latest >= time.milliseconds - milliseconds { places.append(place) }
        }
        return places
    }

    /// Whether a report answered for the term at all.
    func mentions(_ term: Int, _ place: Int) -> Bool {
        var isThere = false
        log.forEachSighting(place) { if Int($0.term) == term { isThere = true } }
        return isThere
    }

    /// Adds a report to a batch, as an event of the patient.
    func unpack(_ place: Int, patient: TextSpan, into batch: inout EventBatch) -> Int? {
        log.unpack(place, patient: patient, into: &batch)
    }
}
