import Foundation
import TestSupport

/// A laboratory row of a trial, with the grades that others gave it by CTCAE version 4.
struct LabRow {
    var subject, day, parameter, kind: String
    var value, baseline: Decimal
    var low, high: Decimal?
    /// The grades in the file, by direction; empty where it has none.
    var lowGrade, highGrade: String

    /// Nil unless the line has the cells of the header, and numbers where they must be.
    init?(_ line: Substring, header: [Substring]) {
        let cells = line.split(separator: ",", omittingEmptySubsequences: false)
        guard cells.count == header.count else { return nil }
        func cell(_ name: String) -> String { header.firstIndex { $0 == name }.map { String(cells[$0]) } ?? "" }
        guard let value = Decimal(string: cell("AVAL")), let baseline = Decimal(string: cell("BASE")) else {
            return nil
        }
        (self.value, self.baseline) = (value, baseline)
        (subject, day, parameter, kind) = (cell("USUBJID"), cell("ADT"), cell("PARAMCD"), cell("DTYPE"))
        (low, high) = (Decimal(string: cell("ANRLO")), Decimal(string: cell("ANRHI")))
        lowGrade = cell("ATOXDSCL").isEmpty ? "" : cell("ATOXGRL")
        highGrade = cell("ATOXDSCH").isEmpty ? "" : cell("ATOXGRH")
    }

    /// Every row of a file; nil when one of them is none.
    static func rows(_ text: String) -> [LabRow]? {
        let lines = text.split(separator: "\n")
        guard let header = lines.first?.split(separator: ",") else { return nil }
        let rows = lines.dropFirst().map { LabRow($0, header: header) }
        return rows.contains { $0 == nil } ? nil : rows.compactMap { $0 }
    }

    /// Whether two rows tell the same result of the same day.
    var result: [String] { [subject, day, parameter, "\(value)"] }
}

/// What `toxwatch grade` finds in one direction of a laboratory row.
struct LabGrade: Equatable {
    /// Nil when it cannot be graded.
    var grade: Int?
    /// The higher grade that cannot be excluded.
    var possible: Int?

    init(_ grade: Int?, possible: Int? = nil) { (self.grade, self.possible) = (grade, possible) }

    /// The finding in a direction, among those of one event as the program wrote them; nil when there is none.
    init?(_ line: Substring, _ direction: String) {
        let findings = JSONText(line.utf8)?["findings"]?.elements ?? []
        guard let finding = findings.first(where: { $0["direction"] == .string(direction) }) else { return nil }
        func number(_ name: String) -> Int? { if case .number(let digits) = finding[name] { Int(digits) } else { nil } }
        self.init(number("grade"), possible: number("possible"))
    }
}
