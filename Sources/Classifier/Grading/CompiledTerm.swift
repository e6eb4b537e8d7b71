import Clinical

/// A term ready for the walk over events.
struct CompiledTerm: Sendable {
    var name: PackText
    /// The title as a sentence begins with it.
    var title: PackText
    var concern: Int
    var slots: [Slot] = []
    /// What a report that says nothing says, by slot.
    var template: [Fact] = []
    /// The slot that a bare `value` answers.
    var defaultSlot: UInt8 = 0
    /// The slot of a clinician's own grade.
    var gradeSlot: UInt8 = 0
    /// Attribute symbols and the slots they answer.
    var attributes: [(symbol: Symbol, slot: UInt8)] = []
    /// Its gradings, a range of the pack's `gradings`.
    var gradings: Range<Int> = 0..<0
    /// The grading that a clinician's grade counts on; nil when it would be ambiguous.
    var clinicianGrading: Int?

    /// The slot that an attribute answers, or nil.
    func slot(of attribute: Symbol) -> UInt8? {
        for entry in attributes where entry.symbol == attribute { return entry.slot }
        return nil
    }
}

/// One question of a term.
struct Slot: Sendable {
    enum Kind: UInt8, Sendable { case number, choice, claim, grade }

    var name: PackText
    var kind: Kind
    /// The canonical unit; `.none` when the question has none.
    var unit = Symbol.none
    /// Other units with their conversions.
    var units: [(symbol: Symbol, conversion: ConversionIndex)] = []
    var plausible: ClosedLimits?
    /// Choice labels with their ranks.
    var ranks: [(label: Symbol, rank: UInt8)] = []
    var choiceCount = 0
    /// A report that states no unit means the canonical one, since the question is only ever asked in that.
    var assumesUnit = false

    /// How a reported unit turns into the canonical one.
    func conversion(of reported: Symbol) -> ConversionIndex {
        if reported == unit { return .same }
        for entry in units where entry.symbol == reported { return entry.conversion }
        return .unknown
    }
}

/// One way that a term is graded: on one scale, in one direction.
struct Grading: Sendable {
    enum Method: Sendable {
        /// Criteria by baseline; each a range of the pack's `steps`, highest grade first.
        case ladder(any: Range<Int>, high: Range<Int>, low: Range<Int>)
        /// A published table; the slots of its attributes in order.
        case composite(grades: [Int8], slots: [UInt8])
        /// The highest of single answers.
        case answers(slots: [UInt8])
    }

    var term: Int
    var scale: Int
    var scaleName: PackText
    var family: CriterionNode.Family
    var direction: Direction
    /// The title as a sentence begins with it, such as `Hyponatremia`.
    var title: PackText
    /// How a grade on it is said.
    var phrase: PackText
    var method: Method
    /// The slots that it asks.
    var asks: UInt32
    var source: PackText
}

/// One grade of a ladder.
struct LadderStep: Sendable, BitwiseCopyable {
    var grade: Int8
    /// A place in the pack's `criteria`.
    var criterion: Int32
}

/// What one grading made of one report.
struct Finding: Sendable, BitwiseCopyable {
    var grading: Int32
    var grade = MaybeGrade.none
    /// The highest grade that could not be excluded, when above `grade`.
    var possible = MaybeGrade.none
    /// The criterion that decided, or -1.
    var criterion: Int32 = -1
    /// A clinician gave the grade.
    var isClinicians = false

    init(grading: Int) { self.grading = Int32(truncatingIfNeeded: grading) }

    /// The grade that triage takes: the highest that is not excluded.
    var cautious: Int { max(Int(grade.rawValue), Int(possible.rawValue)) }
}

/// A code of the outside world, tied to a term and the question it answers.
struct CodeBinding: Sendable, BitwiseCopyable {
    var term: Int32
    var slot: UInt8
}
