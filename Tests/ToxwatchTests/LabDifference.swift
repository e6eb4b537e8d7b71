import Foundation

/// The reasons for which version 5 of CTCAE, as the pack has it, grades a result otherwise than the file's version 4.
enum LabDifference: String, CaseIterable {
    /// Version 5 grades enzymes and bilirubin by the baseline where that was above the limit; version 4 never does.
    case abnormalBaseline = "baseline above ULN"
    /// Version 4 calls any creatinine above the baseline grade 1; version 5 only what is above the limit.
    case risenWithinLimits = "above baseline, within limits"
    /// The file grades all lymphocytes by the limits for CD4 cells.
    case notCD4 = "lymphocytes, not CD4 cells"
    /// Whether low potassium is grade 1 or 2 hangs on symptoms: the file takes 2, the pack says 1, possibly 2.
    case symptomsUnknown = "symptoms unknown"
    /// A glucose that is grade 2 when fasting: the file takes 0, the pack says possibly 2.
    case fastingUnknown = "fasting unknown"

    /// Whether this is why, and the pack's grade is exactly what it makes of the row.
    func explains(_ row: LabRow, _ direction: String, theirs: String, ours: LabGrade) -> Bool {
        guard direction == (self == .notCD4 || self == .symptomsUnknown ? "low" : "high") else { return false }
        switch self {
        case .abnormalBaseline:
            guard let multiples = Self.multiples[row.parameter], let high = row.high, row.baseline > high else {
                return false
            }
            let passed = multiples.filter { $0.isPassed(by: row.value, over: row.baseline) }
            return ours == LabGrade(passed.count)
        case .risenWithinLimits:
            guard row.parameter == "CREAT", let high = row.high else { return false }
            return row.value > row.baseline && row.value <= high && theirs == "1" && ours == LabGrade(0)
        case .notCD4:
            guard row.parameter == "LYMPH" else { return false }
            let limits: [Decimal] = [row.low ?? 1, 8 / 10, 5 / 10, 2 / 10]
            return ours == LabGrade(limits.count { row.value < $0 })
        case .symptomsUnknown:
            guard row.parameter == "POTAS", let low = row.low else { return false }
            return row.value < low && row.value >= 3 && theirs == "2" && ours == LabGrade(1, possible: 2)
        case .fastingUnknown:
            guard row.parameter == "GLUC" else { return false }
            return row.value > 89 / 10 && row.value <= 139 / 10 && theirs == "0" && ours == LabGrade(nil, possible: 2)
        }
    }

    /// The multiples of an abnormal baseline that version 5 names for grades 1 to 4.
    private static let multiples: [String: [Multiple]] = [
        "ALT": [.from(15), .above(30), .above(50), .above(200)],
        "AST": [.from(15), .above(30), .above(50), .above(200)],
        "ALKPH": [.from(20), .above(25), .above(50), .above(200)],
        "GGT": [.from(20), .above(25), .above(50), .above(200)],
        "BILI": [.above(10), .above(15), .above(30), .above(100)],
    ]

    /// A multiple, in tenths.
    private enum Multiple {
        case from(Decimal), above(Decimal)

        func isPassed(by value: Decimal, over baseline: Decimal) -> Bool {
            switch self {
            case .from(let tenths): 10 * value >= tenths * baseline
            case .above(let tenths): 10 * value > tenths * baseline
            }
        }
    }
}
