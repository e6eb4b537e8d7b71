import Foundation
import TestSupport
import Testing

/// Real laboratory rows of a trial: each is read and graded, and each grade is the one that others gave, or differs for a reason.
struct LabDataTests {
    let place: Workplace

    init() throws { place = try Workplace() }

    static let excerpt = Repository.path("Tests/ToxwatchTests/Data/adlb-excerpt.csv")
    static let whole = Repository.shared("data/labs_ctcae/adlb_ctcae4_graded.csv")

    @Test func `an excerpt is graded as version 4 does, or otherwise for a known reason`() throws {
        let told = try comparison(Self.excerpt)
        #expect(
            told == [
                "ALB low: 10 agree",
                "ALKPH high: 7 agree, 8 differ: baseline above ULN",
                "ALT high: 9 agree, 4 differ: baseline above ULN",
                "AST high: 9 agree, 4 differ: baseline above ULN",
                "BILI high: 8 agree, 10 differ: baseline above ULN",
                "CA high: 12 agree",
                "CA low: 12 agree",
                "CHOLES high: 10 agree",
                "CK high: 12 agree",
                "CREAT high: 7 agree, 3 differ: above baseline, within limits",
                "GGT high: 6 agree, 4 differ: baseline above ULN",
                "GLUC high: 9 agree, 4 differ: fasting unknown",
                "GLUC low: 13 agree",
                "LYMPH low: 5 agree, 5 differ: lymphocytes, not CD4 cells",
                "PHOS low: 7 agree",
                "PLAT low: 7 agree",
                "POTAS high: 10 agree",
                "POTAS low: 7 agree, 3 differ: symptoms unknown",
                "SODIUM high: 13 agree",
                "SODIUM low: 13 agree",
                "WBC high: 10 agree",
                "WBC low: 10 agree",
            ])
    }

    @Test(.enabled(if: whole != nil, "the shared collections are absent"))
    func `the whole is graded as version 4 does, or otherwise for a known reason`() throws {
        let told = try comparison(try #require(Self.whole))
        #expect(
            told == [
                "ALB low: 435 agree",
                "ALKPH high: 383 agree, 62 differ: baseline above ULN",
                "ALT high: 396 agree, 22 differ: baseline above ULN",
                "AST high: 407 agree, 28 differ: baseline above ULN",
                "BILI high: 381 agree, 23 differ: baseline above ULN",
                "CA high: 421 agree",
                "CA low: 421 agree",
                "CHOLES high: 413 agree",
                "CK high: 416 agree",
                "CREAT high: 321 agree, 394 differ: above baseline, within limits",
                "GGT high: 361 agree, 61 differ: baseline above ULN",
                "GLUC high: 390 agree, 7 differ: fasting unknown",
                "GLUC low: 397 agree",
                "LYMPH low: 377 agree, 26 differ: lymphocytes, not CD4 cells",
                "PHOS low: 393 agree",
                "PLAT low: 389 agree",
                "POTAS high: 389 agree",
                "POTAS low: 381 agree, 8 differ: symptoms unknown",
                "SODIUM high: 432 agree",
                "SODIUM low: 432 agree",
                "WBC high: 427 agree",
                "WBC low: 427 agree",
            ])
    }

    @Test(arguments: [excerpt, whole].compactMap { $0 })
    func `every row is an event, and a row that repeats a result is no second one`(_ path: String) throws {
        let rows = try #require(LabRow.rows(try String(contentsOfFile: path, encoding: .utf8)))
        let run = try place.toxwatch.run("run", path)
        #expect(run.status == 0)
        let results = Set(rows.map(\.result)).count
        // The file stands in the order of its parameters, so that results of the first visits come after those of the last.
        let late = run.told.components(separatedBy: "late ").last.flatMap { Int($0.prefix { $0.isNumber }) } ?? 0
        let sums =
            "records \(rows.count) = events \(rows.count) + rejects 0\ntoxwatch: events \(rows.count) = graded "
            + "\(results - late) + ungradable 0 + unmatched 0 + repeats \(rows.count - results) + late \(late) + cancelled 0\n"
        #expect(late > 0 && run.told.contains(sums), "\(run.told)")
    }

    /// One line for each parameter and direction that the file grades; an unexplained difference is an issue of the test.
    func comparison(_ path: String) throws -> [String] {
        let rows = try #require(LabRow.rows(try String(contentsOfFile: path, encoding: .utf8)))
        let run = try place.toxwatch.run("grade", path)
        #expect(run.status == 0, "\(run.told)")
        try #require(run.lines.count == rows.count)
        var tallies: [String: Tally] = [:]
        for (row, line) in zip(rows, run.lines) {
            for (direction, theirs) in [("low", row.lowGrade), ("high", row.highGrade)] where !theirs.isEmpty {
                let tally = Tally(row, direction, theirs: theirs, ours: LabGrade(line, direction))
                tallies["\(row.parameter) \(direction)", default: Tally()].add(tally)
            }
        }
        return tallies.sorted { $0.key < $1.key }.map { $0.key + $0.value.text }
    }
}

/// How many rows agree, and why the others do not.
private struct Tally {
    var agreeing = 0
    var differing: [LabDifference: Int] = [:]

    init() {}

    /// One row.
    init(_ row: LabRow, _ direction: String, theirs: String, ours: LabGrade?) {
        let reason = ours.flatMap { ours in
            LabDifference.allCases.first { $0.explains(row, direction, theirs: theirs, ours: ours) }
        }
        if let ours, LabGrade(Int(theirs)) == ours {
            agreeing = 1
        } else if let reason {
            differing = [reason: 1]
        } else {
            Issue.record("unexplained: \(row), \(direction): \(theirs) in the file, \(String(describing: ours)) here")
        }
    }

    mutating func add(_ other: Tally) {
        agreeing += other.agreeing
        differing.merge(other.differing) { $0 + $1 }
    }

    var text: String {
        let reasons = differing.sorted { $0.key.rawValue < $1.key.rawValue }.map {
            ", \($0.value) differ: \($0.key.rawValue)"
        }
        return ": \(agreeing) agree" + reasons.joined()
    }
}
