import Clinical

/// The members of an event in native form.
enum Member: UInt8, CaseIterable, BitwiseCopyable {
    case patient, time, code, value, attribute, answers, unit, comparator, low, high, baseline
    case baselineFlag, therapy, agent, modifier, lastDose, started, qualifier, id, status, flag
    case test, source, text, timePrecision
    /// Any other member: checked as JSON and then ignored.
    case other

    /// The name as events spell it.
    var name: String {
        switch self {
        case .baselineFlag: "baseline_flag"
        case .lastDose: "last_dose"
        case .timePrecision: "time_precision"
        default: "\(self)"
        }
    }

    /// The members that the program knows, in the order of their numbers.
    static let known = allCases.filter { $0 != .other }

    /// One bit for each member, to notice the second of a kind.
    @inline(__always) var bit: UInt32 { 1 &<< UInt32(rawValue) }
}

/// The words that a member takes, where it takes only certain ones.
struct MemberWords: Sendable {
    static let all = MemberWords()

    let members = WordTable(Member.known.map { ($0.name, $0) })
    let comparators = WordTable(Comparator.allCases.map { ($0.sign, $0) })
    let statuses = WordTable(ReportStatus.allCases.map { ($0.name, $0) } + otherStatuses)
    let baselineFlags = WordTable(BaselineFlag.allCases.map { ($0.name, $0) })
    let flags = WordTable(LabFlag.allCases.map { ($0.name, $0) } + otherFlags)
    let precisions = WordTable([("day", true)])

    /// How FHIR R4 (ObservationStatus) and HL7 v2 (table 0085) say the same.
    private static let otherStatuses: [(String, ReportStatus)] = [
        ("registered", .preliminary), ("amended", .corrected), ("appended", .corrected), ("canceled", .cancelled),
        ("entered-in-error", .cancelled), ("P", .preliminary), ("F", .final), ("C", .corrected), ("D", .cancelled),
        ("W", .cancelled), ("X", .cancelled),
    ]
    /// How laboratories spell the letters out.
    private static let otherFlags: [(String, LabFlag)] = [
        ("HIGH", .high), ("LOW", .low), ("NORMAL", .normal), ("ABNORMAL", .abnormal), ("CRITICAL", .criticalAbnormal),
    ]

    private init() {}

    /// The words that `member` takes; empty when any text is taken.
    func allowed(for member: Member) -> [String] {
        switch member {
        case .comparator: comparators.words
        default: []
        }
    }
}
