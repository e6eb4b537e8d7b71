import Clinical

/// A term as the walk over events sees it: places in flat tables, nothing to retain.
struct TermRow: Sendable, BitwiseCopyable {
    var slots = Run()
    var attributes = Run()
    var gradings = Run()
    /// The slot that a bare `value` answers, and that of a clinician's own grade; both count from the term's first.
    var defaultSlot: UInt8 = 0
    var gradeSlot: UInt8 = 0
    /// The grading that a clinician's grade counts on; -1 when it would be ambiguous.
    var clinicianGrading: Int32 = -1
}

/// One question of a term.
struct SlotRow: Sendable, BitwiseCopyable {
    enum Kind: UInt8, Sendable, BitwiseCopyable { case number, choice, claim, grade }

    var kind: Kind
    /// A report that states no unit means the canonical one, since the question is only ever asked in that.
    var assumesUnit = false
    /// It is a term's own measured value, whose unit a report must state.
    var isMeasurement = false
    var isBounded = false
    var choiceCount: UInt8 = 0
    /// The canonical unit; `.none` when the question has none.
    var unit = Symbol.none
    /// Other units, in `units`.
    var units = Run()
    /// Choice labels, in `ranks`.
    var ranks = Run()
    /// The plausible range, both ends in, when `isBounded`.
    var lowest = ExactDecimal.zero
    var highest = ExactDecimal.zero
}

/// One way that a term is graded: on one scale, in one direction.
struct GradingRow: Sendable, BitwiseCopyable {
    enum Method: UInt8, Sendable, BitwiseCopyable {
        /// Criteria by baseline, in `steps`, highest grade first.
        case ladder
        /// A published table, in `tables`, over the slots in `asked`.
        case composite
        /// The highest of the answers in the slots in `asked`.
        case answers
    }

    var method: Method
    var family: CriterionNode.Family
    var direction: Direction
    /// The slots that it asks.
    var asks: UInt32 = 0
    var steps = Run()
    /// By baseline; empty where it has no criteria of its own.
    var stepsWhenHigh = Run()
    var stepsWhenLow = Run()
    var stepsWhenKnown = Run()
    var table: UInt32 = 0
    var asked = Run()
}

/// One grade of a ladder.
struct LadderStep: Sendable, BitwiseCopyable {
    var grade: Int8
    /// Where its criterion begins among the evaluator's nodes.
    var start: Int32
    /// A place in the pack's `criteria`.
    var criterion: Int32
    /// The criterion once more, when it is a single comparison.
    var shortcut: Shortcut?

    /// A comparison with a number in the canonical unit, or with a multiple of a reference limit.
    struct Shortcut: Sendable, BitwiseCopyable {
        var slot: UInt8
        var comparison: Comparison
        var reference: CompiledLimit.Reference
        var number: ExactDecimal
        var unit: Symbol
    }
}

/// A reported unit and what it turns by.
struct UnitRow: Sendable, BitwiseCopyable {
    var symbol: Symbol
    var conversion: ConversionIndex
}

/// A choice label and its rank.
struct RankRow: Sendable, BitwiseCopyable {
    var label: Symbol
    var rank: UInt8
}

/// An attribute and the slot that it answers, counted from the term's first.
struct AttributeRow: Sendable, BitwiseCopyable {
    var symbol: Symbol
    var slot: UInt8
}

/// The rows of all terms while a pack is compiled.
struct GradingRows: Sendable {
    var terms: [TermRow] = []
    var slots: [SlotRow] = []
    var attributes: [AttributeRow] = []
    var units: [UnitRow] = []
    var ranks: [RankRow] = []
    var gradings: [GradingRow] = []
    var steps: [LadderStep] = []
    /// Slots asked by composites and answers.
    var asked: [UInt8] = []
    /// Composite grades, -1 where nothing is published.
    var tables: [Int8] = []
    /// By symbol of `Vocabulary.labels`: yes (1), no (0) or neither (-1).
    var claims: [Int8] = []
    /// By symbol of `Vocabulary.qualifiers`: the qualifiers that it denies.
    var denials: [UInt64] = []
    var evaluator = CriterionRows()
}

/// Everything that reading facts and grading them look up. Never changes; a class for the reason told at `CompiledPack`.
final class GradingTables: ImageValue, Sendable {
    let terms: FixedTable<TermRow>
    let slots: FixedTable<SlotRow>
    let attributes: FixedTable<AttributeRow>
    /// By term and attribute: the slot that it answers, or `UInt8.max`; made of `attributes`.
    private let answered: FixedTable<UInt8>
    private let attributeCount: Int
    let units: FixedTable<UnitRow>
    let ranks: FixedTable<RankRow>
    let gradings: FixedTable<GradingRow>
    let steps: FixedTable<LadderStep>
    let asked: FixedTable<UInt8>
    let tables: FixedTable<Int8>
    let claims: FixedTable<Int8>
    let denials: FixedTable<UInt64>
    let evaluator: CriterionEvaluator

    init(_ rows: GradingRows) {
        terms = FixedTable(rows.terms)
        slots = FixedTable(rows.slots)
        attributes = FixedTable(rows.attributes)
        (answered, attributeCount) = Self.answered(terms, attributes)
        units = FixedTable(rows.units)
        ranks = FixedTable(rows.ranks)
        gradings = FixedTable(rows.gradings)
        steps = FixedTable(rows.steps)
        asked = FixedTable(rows.asked)
        tables = FixedTable(rows.tables)
        claims = FixedTable(rows.claims)
        denials = FixedTable(rows.denials)
        evaluator = CriterionEvaluator(rows.evaluator)
    }

    init(from image: inout ImageReader) {
        terms = image.read()
        slots = image.read()
        attributes = image.read()
        (answered, attributeCount) = Self.answered(terms, attributes)
        units = image.read()
        ranks = image.read()
        gradings = image.read()
        steps = image.read()
        asked = image.read()
        tables = image.read()
        claims = image.read()
        denials = image.read()
        evaluator = image.read()
    }

    deinit {
        terms.free()
        slots.free()
        attributes.free()
        answered.free()
        units.free()
        ranks.free()
        gradings.free()
        steps.free()
        asked.free()
        tables.free()
        claims.free()
        denials.free()
    }

    private static func answered(
        _ terms: FixedTable<TermRow>, _ attributes: FixedTable<AttributeRow>
    ) -> (table: FixedTable<UInt8>, attributeCount: Int) {
        var attributeCount = 1
        for place in 0..<attributes.count { attributeCount = max(attributeCount, attributes[place].symbol.index + 1) }
        var answered = [UInt8](repeating: .max, count: terms.count * attributeCount)
        for term in 0..<terms.count {
            for place in terms[term].attributes.range.reversed() {
                answered[term * attributeCount + attributes[place].symbol.index] = attributes[place].slot
            }
        }
        return (FixedTable(answered), attributeCount)
    }

    /// The steps of a ladder that hold for a report's baseline, the most specific that there are.
    func steps(_ row: GradingRow, _ sheet: FactSheet) -> Run {
        guard sheet.hasBaseline || sheet.baselineFlag != .unstated else { return row.steps }
        let state = sheet.baselineState
        if state == .high, !row.stepsWhenHigh.isEmpty { return row.stepsWhenHigh }
        if state == .low, !row.stepsWhenLow.isEmpty { return row.stepsWhenLow }
        return sheet.hasBaseline && !row.stepsWhenKnown.isEmpty ? row.stepsWhenKnown : row.steps
    }

    /// The slot of a term that an attribute answers, or nil.
    @inline(__always)
    func slot(of attribute: Symbol, term: Int) -> UInt8? {
        guard attribute.index < attributeCount else { return nil }
        let slot = answered[term &* attributeCount &+ attribute.index]
        return slot == .max ? nil : slot
    }

    /// How a reported unit turns into the canonical one of a slot.
    func conversion(of reported: Symbol, slot: SlotRow) -> ConversionIndex {
        if reported == slot.unit { return .same }
        for index in slot.units.range where units[index].symbol == reported { return units[index].conversion }
        return .unknown
    }

    func write(to image: inout ImageWriter) {
        image.write(
            terms, slots, attributes, units, ranks, gradings, steps, asked, tables, claims, denials, evaluator)
    }
}
