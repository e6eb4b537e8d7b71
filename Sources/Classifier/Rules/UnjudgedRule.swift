import Clinical
import Config

/// A watched report that cannot be graded, a record whose patient could be read and nothing more, or a critical result
/// under a code that nobody watches: never silent.
///
/// ```yaml
/// - {id: not-graded, kind: unjudged, terms: all, severity: soon, source: ...}
/// - {id: unread-record, kind: unjudged, records: unread, concern: data, severity: soon, source: ...}
/// - {id: critical-unwatched, kind: unjudged, records: critical, concern: data, severity: urgent, source: ...}
/// ```
struct UnjudgedRule: RuleKind {
    static let name = "unjudged"
    static let summary =
        "a watched report that cannot be graded, an unreadable record, a critical one that nobody watches"
    static let example = "{id: not-graded, kind: unjudged, terms: all, severity: soon, source: ...}"

    let terms: [Int]?
    /// What it is about, when that is no watched report.
    let records: Records?

    /// What cannot be a report about a term.
    enum Records: UInt8, Sendable, CaseIterable {
        /// A record of a known patient that could not be read.
        case unread
        /// A report under a code that the pack does not watch, flagged critical by the laboratory.
        case critical
    }

    init?(_ section: inout Section, _ compiler: inout PackCompiler) {
        let names = section.texts("terms", &compiler.mistakes)
        if let records = section.text("records", &compiler.mistakes) {
            guard let kind = Records.allCases.first(where: { "\($0)" == records.value }) else {
                let known = Records.allCases.map { "\($0)" }
                compiler.mistakes.addUnknown("kind of records", records.value, known: known, at: records.mark)
                return nil
            }
            self.records = kind
            terms = []
            return
        }
        records = nil
        if names.map(\.value) == ["all"] {
            terms = nil
            return
        }
        if names.isEmpty {
            compiler.mistakes.add(
                at: section.mark, "a rule of kind 'unjudged' needs 'terms' or 'records'",
                help: "write terms: all, or a list")
            return nil
        }
        terms = names.compactMap { compiler.termNamed($0) }
    }

    init(from image: inout ImageReader) {
        terms = image.read()
        records = Records(rawValue: image.read())
    }

    func write(to image: inout ImageWriter) { image.write(terms, records?.rawValue ?? .max) }

    var looksAtGradedReports: Bool { false }
    var leadingTerm: Int? { terms?.first }

    func fires(on report: Report, _ memory: PatientMemory, _ pack: CompiledPack) -> Firing? {
        report.isDenial || report.isGraded && report.isAllAsked && Self.ungraded(report, pack).isEmpty ? nil : Firing()
    }

    /// Places of the findings without a grade. A composite for want of an answer is none of them where the answers that
    /// did come are findings of their own; nor is one side of normal where the value is proven to lie on the other.
    static func ungraded(_ report: Report, _ pack: CompiledPack) -> [Int] {
        report.findings.indices.filter { index in
            let finding = report.findings[index]
            if report.isSettled(finding, pack) { return false }
            return finding.grade.isNone && (!report.isGraded || pack.gradings[Int(finding.grading)].family == .grade)
        }
    }
}
