import Clinical

/// What one report says on one question, or that it says nothing.
struct Fact: Sendable, BitwiseCopyable {
    enum State: UInt8, Sendable, BitwiseCopyable {
        case unknown, number, rank, claim
        /// The answer was there, but cannot be used; `fault` says why.
        case unusable
    }

    /// Why an answer cannot be used.
    enum Fault: UInt8, Sendable, BitwiseCopyable {
        case none, notANumber, notAChoice, notYesOrNo, implausible, unitMissing, unitUnknown, notAGrade, answeredTwice
    }

    var number = ExactDecimal.zero
    var state = State.unknown
    /// The number is a bound, not a value.
    var comparator = Comparator.none
    var fault = Fault.none
    /// How the reported unit turns into the canonical one.
    var conversion = ConversionIndex.same
    /// The unit it was reported in; `.none` when it was not stated.
    var unit = Symbol.none

    static let unknown = Fact()

    /// A choice by its rank from 0, or yes (1) and no (0).
    static func rank(_ rank: Int) -> Fact { Fact(number: ExactDecimal(mantissa: Int64(rank)), state: .rank) }
    static func claim(_ claim: Bool) -> Fact { Fact(number: ExactDecimal(mantissa: claim ? 1 : 0), state: .claim) }
}

/// A place in the pack's table of unit conversions.
struct ConversionIndex: Sendable, BitwiseCopyable, Equatable {
    var rawValue: UInt16

    /// The reported unit is the canonical one, or the question has no unit.
    static let same = ConversionIndex(rawValue: 0)
    /// The question has a unit, but the report does not state one.
    static let unstated = ConversionIndex(rawValue: .max)
    /// No factor of this analyte turns the reported unit into the canonical one.
    static let unknown = ConversionIndex(rawValue: .max - 1)

    var isUsable: Bool { rawValue < Self.unknown.rawValue }
}

/// All that criteria may ask of one report about one term.
struct FactSheet: Sendable {
    /// By slot of the term; only those whose bit is set in `answered` mean anything.
    var facts: [Fact] = Array(repeating: .unknown, count: FactSheet.capacity)
    /// The place of the term's first slot among all slots.
    var first = 0
    /// Slots that were answered, usable or not.
    var answered: UInt32 = 0
    /// Answered slots whose answer cannot be used.
    var unusable: UInt32 = 0
    var qualifiers: UInt64 = 0
    var denied: UInt64 = 0
    var flag = LabFlag.none
    var low = ExactDecimal.zero
    var high = ExactDecimal.zero
    var baseline = ExactDecimal.zero
    /// The baseline's own unit turned into the canonical one, when it came from a roster.
    var baselineConversion = ConversionIndex.same
    /// The baseline is in the unit of the value.
    var baselineSharesUnit = true
    var hasLow = false
    var hasHigh = false
    var hasBaseline = false
    var baselineFlag = BaselineFlag.unstated

    /// The most questions that one term may ask.
    static let capacity = 32
}

extension FactSheet {
    /// Takes over what another report of the same time says and this one does not.
    mutating func join(_ other: FactSheet) {
        for slot in 0..<Self.capacity {
            let bit: UInt32 = 1 << UInt32(slot)
            guard other.answered & bit != 0, answered & bit == 0 else { continue }
            facts[slot] = other.facts[slot]
            answered |= bit
            unusable |= other.unusable & bit
        }
        qualifiers |= other.qualifiers
        denied |= other.denied
        if flag == .none { flag = other.flag }
        if !hasLow, other.hasLow { (hasLow, low) = (true, other.low) }
        if !hasHigh, other.hasHigh { (hasHigh, high) = (true, other.high) }
        if !hasBaseline, other.hasBaseline { (hasBaseline, baseline) = (true, other.baseline) }
        if baselineFlag == .unstated { baselineFlag = other.baselineFlag }
    }
}
