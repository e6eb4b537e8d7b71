import Clinical

/// The numbers, in thousandths, at which no step of a slot's ladders holds.
///
/// A number with at most three places is a whole number of thousandths, as nearly all that is measured in patients is.
/// Whether it is plausible and reaches no grade then takes a few comparisons of whole numbers, and stays exact.
struct CalmRange: Sendable, BitwiseCopyable {
    /// Both ends are calm.
    var lowest: Int64
    var highest: Int64
    /// The unit that the number must have; `.none` for any.
    var unit = Symbol.none
    /// The multiple of the upper limit of normal, in thousandths, that is calm if `upperMargin` is 0, and is not if it
    /// is 1; 0 where none is asked.
    var upperFactor: Int64 = 0
    var upperMargin: Int64 = 0
    /// Likewise of the lower limit.
    var lowerFactor: Int64 = 0
    var lowerMargin: Int64 = 0

    /// No number is calm.
    static let none = CalmRange(lowest: 1, highest: 0)

    /// Whether a number, in thousandths, is one of them.
    @inline(__always)
    func holds(_ number: Int64, _ event: Int, _ events: Span<EventRecord>) -> Bool {
        guard number >= lowest, number <= highest else { return false }
        guard unit.isNone || events[event].unitSymbol == unit && events[event].has.contains(.unit) else { return false }
        if upperFactor != 0 {
            guard events[event].has.contains(.high), let high = events[event].high.thousandths, high > 0,
                number &* 1000 <= upperFactor &* high &- upperMargin
            else { return false }
        }
        if lowerFactor != 0 {
            guard events[event].has.contains(.low), let low = events[event].low.thousandths, low > 0,
                number &* 1000 >= lowerFactor &* low &+ lowerMargin
            else { return false }
        }
        return true
    }
}

/// How the range follows from the criteria.
extension CalmRange {
    /// The range of a slot, told from the term's first, under all that these ladders ask; nil when it is not told by this
    /// number alone.
    init?(slot: UInt8, ofFirst first: Int, _ ladders: [Int], _ tables: GradingTables) {
        let row = tables.slots[first + Int(slot)]
        guard row.kind == .number else { return nil }
        self.init(lowest: .min, highest: .max, unit: row.unit)
        if row.isBounded {
            guard let low = row.lowest.thousandths, let high = row.highest.thousandths else { return nil }
            (lowest, highest) = (low, high)
        }
        var sheet = FactSheet()
        sheet.first = first
        for step in ladders.flatMap({ tables.gradings[$0].steps.range }) {
            guard excludes(Int(tables.steps[step].start), slot, sheet, tables.evaluator) else { return nil }
        }
    }

    /// Leaves out the numbers at which a criterion may hold; false when it cannot be told.
    private mutating func excludes(
        _ index: Int, _ slot: UInt8, _ silence: FactSheet, _ evaluator: CriterionEvaluator
    ) -> Bool {
        let node = evaluator.nodes[index]
        let children = sequence(first: index + 1) { Int(evaluator.nodes[$0].end) }.prefix { $0 < Int(node.end) }
        switch node.kind {
        case .number where node.slot == slot: return excludes(node, evaluator)
        case .any: return children.allSatisfy { excludes($0, slot, silence, evaluator) }
        case .all:
            for child in children {
                var narrower = self
                if narrower.excludes(child, slot, silence, evaluator) {
                    self = narrower
                    return true
                }
            }
            return false
        case .number, .hours:
            guard evaluator.limits[Int(node.payload)].reference == .none else { return false }
            return evaluator.truth(at: index, silence, NoFindings()) == .no
        case .rank, .choice, .claim:
            return node.slot != slot && evaluator.truth(at: index, silence, NoFindings()) == .no
        case .qualifier, .flag: return evaluator.truth(at: index, silence, NoFindings()) == .no
        case .not, .grade: return false
        }
    }

    /// Leaves out the numbers at which a comparison holds; false when that leaves no single range.
    private mutating func excludes(_ node: CriterionNode, _ evaluator: CriterionEvaluator) -> Bool {
        let limit = evaluator.limits[Int(node.payload)]
        let printed = limit.printed.range.map { evaluator.printed[$0] }
        guard limit.reference == .none else {
            // What is added to a limit, and widens the range, is left out of account.
            let offsets = printed.map(\.number.mantissa)
            let isUpper = limit.reference == .upperLimit
            guard limit.reference != .baseline, offsets.allSatisfy({ isUpper ? $0 >= 0 : $0 <= 0 }) else {
                return false
            }
            return limit.coefficient.thousandths.map { excludes(node.comparison, isUpper, $0) } ?? false
        }
        let same = printed.first { $0.unit == unit } ?? printed.first.flatMap { $0.conversion == .same ? $0 : nil }
        guard let number = same?.number.thousandths else { return false }
        switch node.comparison {
        case .greater: highest = min(highest, number)
        case .greaterOrEqual: highest = min(highest, number - 1)
        case .less: lowest = max(lowest, number)
        case .lessOrEqual: lowest = max(lowest, number + 1)
        case .equal, .notEqual: return false
        }
        return true
    }

    /// The same for a comparison with a multiple of the upper or lower limit of normal.
    private mutating func excludes(_ comparison: Comparison, _ isUpper: Bool, _ factor: Int64) -> Bool {
        // A factor under 2^20 times a limit under 2^42 fits, and a negative one would turn the comparison round.
        guard factor > 0, factor < 1 << 20 else { return false }
        let margin: Int64 = comparison == .greaterOrEqual || comparison == .lessOrEqual ? 1 : 0
        switch comparison {
        case .greater where isUpper, .greaterOrEqual where isUpper:
            if upperFactor == 0 || (factor, -margin) < (upperFactor, -upperMargin) {
                (upperFactor, upperMargin) = (factor, margin)
            }
        case .less where !isUpper, .lessOrEqual where !isUpper:
            if (factor, margin) > (lowerFactor, lowerMargin) { (lowerFactor, lowerMargin) = (factor, margin) }
        default: return false
        }
        return true
    }
}
