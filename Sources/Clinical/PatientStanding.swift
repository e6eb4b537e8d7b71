extension Roster {
    /// Whether reports of a patient are to be awaited.
    package enum Status: UInt8, Sendable, CaseIterable {
        case active, admitted, paused, withdrawn, deceased

        /// The word used in rosters.
        package var name: String { "\(self)" }
    }

    /// The stations of a patient, each with the date from which it holds.
    package struct Standing: Sendable {
        /// One station; without a date it holds from the beginning.
        package typealias Station = (status: Status, since: Moment)

        /// In the order of their dates; of one date the gravest last.
        package private(set) var stations: [Station] = []

        package init() {}

        /// Adds a station.
        package mutating func add(_ status: Status, since: Moment) {
            stations.append((status, since))
            stations.sort { ($0.since.milliseconds, $0.status.rawValue) < ($1.since.milliseconds, $1.status.rawValue) }
        }

        /// What holds at an instant, in milliseconds: the latest station by then; active, when nothing is told.
        package func station(at instant: Int64) -> Station {
            stations.last { $0.since.milliseconds <= instant } ?? (.active, .unknown)
        }

        /// When the patient died, as far as that is told; nil for nobody who did.
        package var death: Moment? { stations.first { $0.status == .deceased }?.since }

        /// Whether the roster says of some time that nothing is awaited then.
        var isInterrupted: Bool { stations.contains { $0.status != .active } }

        /// When a report is due that is due a span after the last one; nil when none is awaited by then or later.
        ///
        /// What came before a patient became active (again) is no reason to wait: the span then begins anew.
        ///
        /// - Returns: where the span began, and where it ends.
        package func due(_ span: Int64, after last: Int64) -> (since: Int64, deadline: Int64)? {
            var since = last
            while true {
                let deadline = since + span
                let isAwaited = station(at: deadline).status == .active
                let next = stations.first { $0.status == .active && $0.since.milliseconds > since }
                guard let next, !isAwaited || next.since.milliseconds <= deadline else {
                    return isAwaited ? (since, deadline) : nil
                }
                since = next.since.milliseconds
            }
        }
    }
}

extension Roster.Patient {
    /// From when on a first report is awaited, in milliseconds; nil where nobody knows.
    ///
    /// That is the earliest start of a treatment, but not before the roster first calls the patient active: what may lie
    /// ahead, such as the next course or a pause, says nothing of now.
    ///
    /// - Parameter firstSeen: when the patient was first met in a roster, which counts for a treatment without a start.
    package func awaitedFrom(firstSeen: Int64?) -> Int64? {
        // A row may name no treatment at all.
        let courses = treatments.isEmpty ? [Roster.Treatment()] : treatments
        guard let start = courses.compactMap({ $0.start(orElse: firstSeen) }).min() else { return nil }
        guard let first = standing.stations.first, first.status == .active, first.since.isKnown else { return start }
        return max(start, first.since.latest)
    }
}

extension Roster.Treatment {
    /// When it began, in milliseconds: as far as that is told by its first dose, else by when it was first heard of.
    fileprivate func start(orElse firstSeen: Int64?) -> Int64? {
        if started.isKnown { return started.latest }
        let doses = (doses + [lastDose]).filter(\.isKnown).map(\.latest)
        return (doses + [firstSeen].compactMap { $0 }).min()
    }
}
