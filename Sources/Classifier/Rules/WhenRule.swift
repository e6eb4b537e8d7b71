import Clinical
import Config

/// An expression over one report's values and grades.
///
/// ```yaml
/// - {id: spo2-low-at-home, kind: when, when: "hypoxia.spo2_rest < 94", severity: urgent, source: ...}
/// - {id: critical-lab-flag, kind: when, terms: all, when: "flag in [HH, LL, AA]", severity: urgent, source: ...}
/// ```
struct WhenRule: RuleKind {
    static let name = "when"
    static let summary = "an expression over one report's values, grades, qualifiers and flag"
    static let example = "{id: spo2-low, kind: when, when: \"hypoxia.spo2_rest < 94\", severity: urgent, source: ...}"

    private let criterion: Int
    private let term: Int?
    /// It asks for the laboratory's flag, so a report without one need not be asked.
    private let asksFlag: Bool

    init?(_ section: inout Section, _ compiler: inout PackCompiler) {
        let terms = section.texts("terms", &compiler.mistakes)
        guard let text = section.requiredText("when", &compiler.mistakes), let expression = compiler.parse(text) else {
            return nil
        }
        let named = compiler.terms(in: expression)
        if named.count > 1 {
            compiler.mistakes.add(
                at: text.mark, "'when' looks at one report, and this asks about \(named.count) terms",
                help: "use kind: together for reports that come apart")
            return nil
        }
        if named.isEmpty, terms.map(\.value) != ["all"] {
            guard compiler.compile(expression, scope: .rule(nil), text) != nil else { return nil }
            compiler.mistakes.add(at: text.mark, "'when' names no term", help: "name one, or add 'terms: all'")
            return nil
        }
        if let first = terms.first, !named.isEmpty {
            compiler.mistakes.add(
                at: first.mark, "'terms' beside a term that 'when' names itself", help: "leave 'terms' out")
            return nil
        }
        term = named.first
        guard let start = compiler.compile(expression, scope: .rule(term), text) else { return nil }
        criterion = start
        asksFlag = compiler.asksFlag(from: start)
    }

    init(from image: inout ImageReader) {
        criterion = image.read()
        term = image.read()
        asksFlag = image.read()
    }

    func write(to image: inout ImageWriter) { image.write(criterion, term, asksFlag) }

    var terms: [Int]? { term.map { [$0] } }
    var looksAtGradedReports: Bool { !asksFlag }
    var looksAtPlainReports: Bool { true }
    var leadingTerm: Int? { term }

    func fires(_ inquiry: Inquiry) -> Firing? {
        let (report, pack) = (inquiry.report, inquiry.pack)
        if asksFlag, report.event.flag == .none { return nil }
        let view = ReportFindings(findings: report.findings, tables: pack.tables)
        guard pack.tables.evaluator.truth(at: criterion, report.sheet, view) == .yes else { return nil }
        return Firing()
    }
}
