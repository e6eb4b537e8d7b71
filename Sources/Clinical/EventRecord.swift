/// One thing learned about one patient at one time, flat: small integers, offsets into its batch, exact decimals.
package struct EventRecord: Sendable, BitwiseCopyable {
    /// Where the record began: its line (from 1) and byte offset in its input.
    package var line: UInt64 = 0
    /// Bytes before the record in its input.
    package var offset: UInt64 = 0

    /// The patient's id, as it was written.
    package var patient = TextSpan.empty
    /// The report's own id, or the one that was made for it; never empty.
    package var id = TextSpan.empty
    /// The time as it was written.
    package var timeText = TextSpan.empty
    /// What it is about, as it was written.
    package var code = TextSpan.empty
    /// The unit as it was written; empty when absent.
    package var unit = TextSpan.empty
    /// Which feed it came from; empty when absent.
    package var source = TextSpan.empty
    /// Free text that came with the report: never read, its presence is a fact.
    package var text = TextSpan.empty

    /// `FastHash` of `patient`.
    package var patientHash: UInt64 = 0
    /// Hash of `id`, or of the default id.
    package var idHash: UInt64 = 0
    /// Hash of every member but `id`, `source` and `text`: two reports with one id and one content are a repeat.
    package var contentHash: UInt64 = 0

    @usableFromInline var timeMilliseconds: Int64 = 0
    @usableFromInline var lastDoseMilliseconds = Moment.unknown.milliseconds
    @usableFromInline var startedMilliseconds = Moment.unknown.milliseconds
    @usableFromInline var lowMantissa: Int64 = 0
    @usableFromInline var highMantissa: Int64 = 0
    @usableFromInline var baselineMantissa: Int64 = 0

    /// What it is about, as a symbol of `Vocabulary.codes`.
    package var codeSymbol = Symbol.none
    /// The unit as a symbol of `Vocabulary.units`; `.none` when absent or unknown to the pack.
    package var unitSymbol = Symbol.none

    /// `answers` of the batch: one for `value`, several for `answers`, none for a cancelled report.
    package var answers = Run()
    /// `names` of the batch: therapies, agents, modifiers, qualifiers.
    package var names = Run()

    /// `has`, and in the three highest bits which moments are whole days.
    @usableFromInline var presence: UInt16 = 0
    @usableFromInline var lowExponent: Int16 = 0
    @usableFromInline var highExponent: Int16 = 0
    @usableFromInline var baselineExponent: Int16 = 0
    /// Whether the value is a bound, and of which side.
    package var comparator = Comparator.none
    /// What the report does to one with the same id.
    package var status = ReportStatus.final
    /// Which side of normal the baseline was on, when the event says so.
    package var baselineFlag = BaselineFlag.unstated
    /// The laboratory's own flag.
    package var flag = LabFlag.none

    package init() {}

    /// Members that were present.
    package struct Presence: OptionSet, Sendable, BitwiseCopyable {
        package var rawValue: UInt16
        @inlinable package init(rawValue: UInt16) { self.rawValue = rawValue }
        /// The lower limit of normal.
        package static let low = Presence(rawValue: 1)
        /// The upper limit of normal.
        package static let high = Presence(rawValue: 2)
        /// The value before treatment.
        package static let baseline = Presence(rawValue: 4)
        /// The unit, whether the pack knows it or not.
        package static let unit = Presence(rawValue: 8)
        /// At least one therapy or agent was named.
        package static let therapy = Presence(rawValue: 16)
        /// At least one modifier was named.
        package static let modifier = Presence(rawValue: 32)
        /// At least one qualifier was named.
        package static let qualifier = Presence(rawValue: 64)
        /// A test patient: judged and counted, never sent to a live receiver.
        package static let test = Presence(rawValue: 128)
        /// Several answers came as `answers`, not one as `value`.
        package static let answers = Presence(rawValue: 256)
        /// The report had no id: `id` was made from its content.
        package static let defaultID = Presence(rawValue: 512)
        /// The time lay ahead of the clock and was set to it.
        package static let ahead = Presence(rawValue: 1024)
    }
}

/// Moments and numbers, which the record keeps in parts so that it is small.
extension EventRecord {
    /// Which members were present.
    @inlinable package var has: Presence {
        get { Presence(rawValue: presence & 0x1FFF) }
        set { presence = newValue.rawValue & 0x1FFF | presence & 0xE000 }
    }

    /// When it was observed.
    @inlinable package var time: Moment {
        get { Moment(milliseconds: timeMilliseconds, isDate: presence & 0x2000 != 0) }
        set {
            timeMilliseconds = newValue.milliseconds
            markDay(0x2000, newValue.isDate)
        }
    }

    /// The therapy clock as the event itself told it.
    @inlinable package var lastDose: Moment {
        get { Moment(milliseconds: lastDoseMilliseconds, isDate: presence & 0x4000 != 0) }
        set {
            lastDoseMilliseconds = newValue.milliseconds
            markDay(0x4000, newValue.isDate)
        }
    }

    /// When the therapy began, as the event itself told it.
    @inlinable package var started: Moment {
        get { Moment(milliseconds: startedMilliseconds, isDate: presence & 0x8000 != 0) }
        set {
            startedMilliseconds = newValue.milliseconds
            markDay(0x8000, newValue.isDate)
        }
    }

    /// Reference range in the unit of the value; `has` says which limit is present.
    @inlinable package var low: ExactDecimal {
        get { ExactDecimal(mantissa: lowMantissa, exponent: lowExponent) }
        set { (lowMantissa, lowExponent) = (newValue.mantissa, newValue.exponent) }
    }

    /// The upper end of the reference range.
    @inlinable package var high: ExactDecimal {
        get { ExactDecimal(mantissa: highMantissa, exponent: highExponent) }
        set { (highMantissa, highExponent) = (newValue.mantissa, newValue.exponent) }
    }

    /// Whether the limits, as far as they are there, can be a range: the upper one above 0, and not below the lower one.
    @inlinable @inline(__always) package var hasPossibleLimits: Bool {
        guard has.contains(.high) else { return true }
        if highMantissa <= 0 { return false }
        return !has.contains(.low) || ExactDecimal.compare(low, high) != .greater
    }

    /// The pre-treatment value in the unit of the value; `has` says whether it is present.
    @inlinable package var baseline: ExactDecimal {
        get { ExactDecimal(mantissa: baselineMantissa, exponent: baselineExponent) }
        set { (baselineMantissa, baselineExponent) = (newValue.mantissa, newValue.exponent) }
    }

    /// Whether nothing stands beside the value that would change what it says: no bound, flag, baseline or qualifier.
    @inlinable package var isWithoutRemarks: Bool {
        comparator == .none && flag == .none && baselineFlag == .unstated
            && has.isDisjoint(with: [.baseline, .qualifier, .answers])
    }

    /// The time without its precision, for a reader that meets the two apart.
    @inlinable package mutating func setTime(_ milliseconds: Int64) { timeMilliseconds = milliseconds }

    @inlinable mutating func markDay(_ bit: UInt16, _ isDay: Bool) {
        presence = isDay ? presence | bit : presence & ~bit
    }

    /// All that the record says in small parts, as two words: what was present, the powers of ten, the words.
    @inlinable @inline(__always) package var smallParts: (UInt64, UInt64) {
        let powers =
            UInt64(presence) | UInt64(UInt16(bitPattern: lowExponent)) &<< 16
            | UInt64(UInt16(bitPattern: highExponent)) &<< 32 | UInt64(UInt16(bitPattern: baselineExponent)) &<< 48
        let words =
            UInt64(comparator.rawValue) | UInt64(status.rawValue) &<< 8 | UInt64(baselineFlag.rawValue) &<< 16
            | UInt64(flag.rawValue) &<< 24
        return (powers, words)
    }
}

/// A bound that a laboratory reported instead of a value.
package enum Comparator: UInt8, Sendable, BitwiseCopyable, CaseIterable {
    case none, less, lessOrEqual, greater, greaterOrEqual

    /// The sign as written, empty for none.
    package var sign: String {
        switch self {
        case .none: ""
        case .less: "<"
        case .lessOrEqual: "<="
        case .greater: ">"
        case .greaterOrEqual: ">="
        }
    }
}

/// How settled a report is; the higher one holds when two reports bear one id.
package enum ReportStatus: UInt8, Sendable, BitwiseCopyable, CaseIterable, Comparable {
    case preliminary, final, corrected, cancelled

    /// The word used in events.
    package var name: String {
        switch self {
        case .preliminary: "preliminary"
        case .final: "final"
        case .corrected: "corrected"
        case .cancelled: "cancelled"
        }
    }

    package static func < (left: ReportStatus, right: ReportStatus) -> Bool { left.rawValue < right.rawValue }
}

/// Whether the pre-treatment value lay outside its range, as the event tells it.
package enum BaselineFlag: UInt8, Sendable, BitwiseCopyable, CaseIterable {
    case unstated, low, normal, high

    /// The word used in events; empty when unstated.
    package var name: String {
        switch self {
        case .unstated: ""
        case .low: "low"
        case .normal: "normal"
        case .high: "high"
        }
    }
}

/// The laboratory's own flag.
package enum LabFlag: UInt8, Sendable, BitwiseCopyable, CaseIterable {
    case none, high, criticalHigh, low, criticalLow, abnormal, criticalAbnormal, normal
    /// A flag that is none of these: nobody knows whether it is a critical one.
    case other

    /// The laboratory calls for somebody at once.
    package var isCritical: Bool { self == .criticalHigh || self == .criticalLow || self == .criticalAbnormal }

    /// The letters used in events; empty for none.
    package var name: String {
        switch self {
        case .none: ""
        case .high: "H"
        case .criticalHigh: "HH"
        case .low: "L"
        case .criticalLow: "LL"
        case .abnormal: "A"
        case .criticalAbnormal: "AA"
        case .normal: "N"
        case .other: "other"
        }
    }
}

/// One answered attribute of a report.
package struct AnswerRecord: Sendable, BitwiseCopyable {
    /// What kind of JSON value the answer was.
    package enum Kind: UInt8, Sendable, BitwiseCopyable { case number, text, bool }

    /// The attribute as a symbol of `Vocabulary.attributes`; `.none` with an empty `attributeText` means the term's default.
    package var attribute = Symbol.none
    /// Which of `number`, `bool` and the texts holds the answer.
    package var kind = Kind.number
    /// The answer, when it is yes or no.
    package var bool = false
    /// For text: the label as a symbol of `Vocabulary.labels`, or `.none`.
    package var label = Symbol.none
    /// The attribute as it was written; empty for `value`.
    package var attributeText = TextSpan.empty
    /// The answer, when it is a number.
    package var number = ExactDecimal.zero
    /// The value as it was written (a number's digits, a text's content).
    package var text = TextSpan.empty

    package init() {}
}

/// One name in a list member of an event.
package struct NameRecord: Sendable, BitwiseCopyable {
    /// Which member the name stood in.
    package enum Role: UInt8, Sendable, BitwiseCopyable { case therapy, modifier, qualifier }

    /// The member that the name stood in.
    package var role: Role
    /// A symbol of `Vocabulary.treatments` (therapy and modifier) or `Vocabulary.qualifiers`; `.none` when unknown.
    package var symbol: Symbol
    /// The name as it was written.
    package var text: TextSpan

    package init(role: Role, symbol: Symbol, text: TextSpan) {
        self.role = role
        self.symbol = symbol
        self.text = text
    }
}
