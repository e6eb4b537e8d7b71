import Clinical

/// One event about one term, graded: what rules are asked about.
struct Report: Sendable {
    var event: EventRecord
    var term: Int
    /// The slot that the event's bare value answers.
    var slot: UInt8
    var sheet = FactSheet()
    var findings: [Finding] = []
    /// Every answer was one that the term asks.
    var isAllAsked = true
    /// All that it says is `false`, of things that it does not measure.
    var isDenial = false
    /// Which of the events of one time it is from.
    var member = 0
    /// Other events of the same batch whose answers were joined to this one's.
    var siblings: [Int] = []
    /// Which of the pack's atoms the report makes true.
    var atoms = AtomSet()

    init(event: EventRecord, term: Int, slot: UInt8) {
        self.event = event
        self.term = term
        self.slot = slot
    }

    /// At least one finding has a grade.
    var isGraded: Bool { findings.contains { !$0.grade.isNone } }
    /// A finding that is above 0 or may be.
    var isNotable: Bool { findings.contains { $0.cautious > 0 } }

    /// Whether the same value is proven to be on the other side of normal.
    func isSettled(_ finding: Finding, _ pack: CompiledPack) -> Bool {
        let direction = pack.gradings[Int(finding.grading)].direction
        return direction != .none
            && findings.contains { other in
                let side = pack.gradings[Int(other.grading)].direction
                return other.grade.rawValue > 0 && side != .none && side != direction
            }
    }
}

/// What criteria of rules see of a report's findings.
struct ReportFindings: FindingView {
    var findings: [Finding]
    var tables: GradingTables

    func truth(of node: CriterionNode) -> Truth {
        var reached: Int?
        for finding in findings {
            let grading = tables.gradings[Int(finding.grading)]
            guard grading.family == node.family, node.direction == .none || grading.direction == node.direction,
                finding.cautious >= 0
            else { continue }
            reached = max(reached ?? -1, finding.cautious)
        }
        guard let reached else { return .unknown }
        let limit = Int(node.payload)
        return Truth(node.comparison.holds(reached < limit ? .less : reached > limit ? .greater : .equal))
    }
}

/// A set of atoms: conditions about one term that rules over several terms are made of.
struct AtomSet: Sendable, BitwiseCopyable, Equatable {
    private var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

    /// The most atoms that a pack may have.
    static let capacity = 256

    var isEmpty: Bool { words.0 | words.1 | words.2 | words.3 == 0 }

    func contains(_ atom: Int) -> Bool {
        let bit: UInt64 = 1 << UInt64(atom & 63)
        switch atom >> 6 {
        case 0: return words.0 & bit != 0
        case 1: return words.1 & bit != 0
        case 2: return words.2 & bit != 0
        default: return words.3 & bit != 0
        }
    }

    mutating func insert(_ atom: Int) {
        let bit: UInt64 = 1 << UInt64(atom & 63)
        switch atom >> 6 {
        case 0: words.0 |= bit
        case 1: words.1 |= bit
        case 2: words.2 |= bit
        default: words.3 |= bit
        }
    }

    /// Its atoms, in ascending order.
    var members: [Int] {
        var members: [Int] = []
        for (place, word) in [words.0, words.1, words.2, words.3].enumerated() {
            var rest = word
            while rest != 0 {
                members.append(place * 64 + rest.trailingZeroBitCount)
                rest &= rest - 1
            }
        }
        return members
    }

    /// Whether all of these are among the others.
    func isSubset(of other: AtomSet) -> Bool {
        let words = other.words
        let rest = (self.words.0 & ~words.0) | (self.words.1 & ~words.1)
        return rest | (self.words.2 & ~words.2) | (self.words.3 & ~words.3) == 0
    }

    /// Adds all of the others.
    mutating func formUnion(_ other: AtomSet) {
        words.0 |= other.words.0
        words.1 |= other.words.1
        words.2 |= other.words.2
        words.3 |= other.words.3
    }

    static func == (left: AtomSet, right: AtomSet) -> Bool { left.words == right.words }
}
