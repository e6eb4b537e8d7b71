import Clinical
import Config

/// A criterion as its author wrote it, parsed but not yet tied to the pack's names.
indirect enum Expression: Sendable {
    case all([Expression])
    case any([Expression])
    case not(Expression)
    /// `operand sign limit`; without an operand the term's own value is meant.
    case compare(Operand?, Comparison, Limit, column: Int)
    /// `operand in low..high`; the upper end is left out with `..<`.
    case range(Operand?, low: Limit, high: Limit, upperIsOut: Bool, column: Int)
    /// `operand in [a, b]`.
    case member(Operand, of: [Word], column: Int)
    /// A name alone.
    case claim(Operand, column: Int)
    /// `expression lasting 24h` or `lasting over 24h`.
    case lasting(Expression, minutes: Int, over: Bool, column: Int)

    /// What stands on the left of a comparison.
    enum Operand: Sendable, Hashable {
        case name(String)
        /// `term.attribute`, `term.low`, `term.high`.
        case member(String, String)
        /// `pro(term)`: the composite.
        case composite(String)
        /// `answer(term)`: the highest single answer.
        case answer(String)

        /// As it is written in a criterion.
        var text: String {
            switch self {
            case .name(let name): name
            case .member(let term, let member): "\(term).\(member)"
            case .composite(let term): "pro(\(term))"
            case .answer(let term): "answer(\(term))"
            }
        }
    }

    /// A word with its column, from 0.
    struct Word: Sendable {
        var text: String
        var column: Int
    }

    /// What a value is compared with.
    enum Limit: Sendable {
        /// A number for each unit it was printed in; no unit means the canonical one.
        case number([Amount])
        /// `coefficient × reference + offset`; the offset in each unit it was printed in, empty for none.
        case reference(ExactDecimal, Reference, offset: [Amount])
        case word(Word)
    }

    /// A number with the unit it was printed in.
    struct Amount: Sendable {
        var number: ExactDecimal
        var unit: String?
        var column: Int
    }

    /// A limit that belongs to the result or to the patient.
    enum Reference: String, Sendable, CaseIterable {
        case upperLimit = "ULN"
        case lowerLimit = "LLN"
        case baseline = "baseline"
    }
}
