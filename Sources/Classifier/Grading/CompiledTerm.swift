import Clinical

/// A term's words, and its questions while the pack is compiled.
struct CompiledTerm: Sendable {
    var name: PackText
    /// The title as a sentence has it.
    var title: PackText
    var concern: Int
    var slots: [Slot] = []
    var defaultSlot: UInt8 = 0
    var gradeSlot: UInt8 = 0
    var attributes: [AttributeRow] = []
    /// Its gradings, a range of the pack's `gradings`.
    var gradings: Range<Int> = 0..<0
    var clinicianGrading: Int?

    /// The slot that an attribute answers, or nil.
    func slot(of attribute: Symbol) -> UInt8? { attributes.first { $0.symbol == attribute }?.slot }
}

/// One question of a term, with its words.
struct Slot: Sendable {
    var name: PackText
    var kind: SlotRow.Kind
    var unit = Symbol.none
    var units: [UnitRow] = []
    var plausible: ClosedLimits?
    var ranks: [RankRow] = []
    var choiceCount = 0
    var assumesUnit = false
    var isMeasurement = false
    var silent = Fact.unknown

    /// How a reported unit turns into the canonical one.
    func conversion(of reported: Symbol) -> ConversionIndex {
        if reported == unit { return .same }
        return units.first { $0.symbol == reported }?.conversion ?? .unknown
    }
}

/// A grading with its words.
struct Grading: Sendable {
    enum Method: Sendable {
        /// Criteria by baseline; each a range of the tables' `steps`.
        case ladder(any: Range<Int>, high: Range<Int>, low: Range<Int>, known: Range<Int>)
        /// A published table; the slots of its attributes in order.
        case composite(grades: [Int8], slots: [UInt8])
        case answers(slots: [UInt8])
    }

    var term: Int
    var scale: Int
    var scaleName: PackText
    var family: CriterionNode.Family
    var direction: Direction
    /// The title as a sentence has it, such as `Hyponatremia`.
    var title: PackText
    /// How a grade on it is said.
    var phrase: PackText
    var method: Method
    var asks: UInt32
    var source: PackText
}

/// A criterion with its words.
struct CompiledCriterion: Sendable {
    /// As its author wrote it.
    var text: PackText
    var source: PackText
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
    /// It names the question, not the term: a vital sign, say.
    var namesQuestion = false
}
