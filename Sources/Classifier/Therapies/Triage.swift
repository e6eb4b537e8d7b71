import Clinical

/// What one grade means on one therapy, and how soon somebody must answer.
struct TriageVerdict: Sendable {
    var severity = Severity.none
    /// Minutes, when shorter than the severity's own; 0 for none.
    var respondWithin: Int32 = 0
    var source = PackText.none
}

/// One row of a node's triage, with what it inherits behind it.
struct TriageEntry: Sendable {
    /// Nil when it always holds.
    var window: TherapyWindow?
    /// By grade 0 to 5; nil where the row says nothing.
    var cells: [TriageVerdict?]
}

/// Severities by node, grading and grade.
///
/// A cell comes from the term's row in the nearest node that has one, cell by cell; where no node up to the root has a
/// row for the term, from `default`; a missing grade takes the next lower one's.
struct TriageTable: Sendable {
    /// Entries in the order they are asked: nearest node first, rows of one node in the order of the file.
    var rows: [[TriageEntry]] = [[]]
    /// By node × gradings + grading: the term's row and the default row.
    var termRows: [UInt16] = []
    var defaultRows: [UInt16] = []
    var gradingCount = 0

    /// The severity of a grade under a node; the clock decides windows.
    func verdict(
        node: Int, grading: Int, grade: Int, _ clock: TherapyClock, _ zone: SiteZone
    ) -> TriageVerdict {
        let place = node * gradingCount + grading
        return Self.lookUp(rows[Int(termRows[place])], grade, clock, zone)
            ?? Self.lookUp(rows[Int(defaultRows[place])], grade, clock, zone) ?? TriageVerdict()
    }

    private static func lookUp(
        _ entries: [TriageEntry], _ grade: Int, _ clock: TherapyClock, _ zone: SiteZone
    ) -> TriageVerdict? {
        if entries.isEmpty { return nil }
        var worst: TriageVerdict?
        for candidate in stride(from: min(grade, 5), through: 0, by: -1) {
            for entry in entries {
                guard let cell = entry.cells[candidate] else { continue }
                switch entry.window?.state(clock, zone) ?? .open {
                case .closed: continue
                case .open: return worse(worst, cell)
                case .unknown: worst = worse(worst, cell)
                }
            }
        }
        return worst
    }

    private static func worse(_ first: TriageVerdict?, _ second: TriageVerdict) -> TriageVerdict {
        guard let first, first.severity >= second.severity else { return second }
        return first
    }
}
