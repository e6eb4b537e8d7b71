import Clinical

/// One step of a compiled criterion. Nodes stand in preorder; `end` is where the node's own subtree ends.
struct CriterionNode: Sendable, BitwiseCopyable {
    enum Kind: UInt8, Sendable, BitwiseCopyable {
        case all, any, not
        /// A number against `limits[payload]`.
        case number
        /// A choice's rank against the number `payload`.
        case rank
        /// A choice among those whose bits are set in `payload`.
        case choice
        /// A yes/no attribute.
        case claim
        /// The qualifier whose number is `payload`.
        case qualifier
        /// The laboratory's flag among those whose bits are set in `payload`.
        case flag
        /// Hours that a state has lasted, told by the slot's attribute, against `limits[payload]`.
        case hours
        /// The term's grade (any scale of the family, one direction or all) against the number `payload`.
        case grade
    }

    /// Which findings a `grade` node looks at.
    enum Family: UInt8, Sendable, BitwiseCopyable {
        case grade, composite, answer
    }

    var kind: Kind
    var comparison = Comparison.equal
    var slot: UInt8 = 0
    var family = Family.grade
    /// For `grade`: only this direction, or `.none` for any.
    var direction = Direction.none
    var end: Int32 = 0
    var payload: UInt32 = 0
    /// What is asked, for messages.
    var name = PackText.none

    init(_ kind: Kind) { self.kind = kind }
}

/// What a number is compared with.
struct CompiledLimit: Sendable, BitwiseCopyable {
    enum Reference: UInt8, Sendable, BitwiseCopyable { case none, upperLimit, lowerLimit, baseline }

    var reference = Reference.none
    /// The factor of the reference; unused without one.
    var coefficient = ExactDecimal.one
    /// The number, or the offset added to `coefficient × reference`, for each unit it was printed in, in the
    /// evaluator's `printed`; the first is the one that conversions go to.
    var printed = Run()
}

/// A limit as printed for one unit; `conversion` turns that unit into the canonical one.
struct PrintedLimit: Sendable, BitwiseCopyable {
    var number: ExactDecimal
    var unit: Symbol
    var conversion: ConversionIndex
}
