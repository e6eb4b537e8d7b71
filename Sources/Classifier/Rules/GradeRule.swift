import Clinical
import Config

/// The triage table: a term's grade means a severity on the patient's therapy.
///
/// ```yaml
/// triage:
///   diarrhea: {1: routine, 2: soon, 3: urgent, 4: emergency}
/// ```
struct GradeRule: RuleKind {
    static let name = "grade"
    static let summary = "the triage table: a term's grade means a severity on this therapy"
    static let example = "triage: {diarrhea: {1: routine, 2: soon, 3: urgent, 4: emergency}}"

    /// Its settings are the `triage` tables, not entries of `rules`.
    init?(_ section: inout Section, _ compiler: inout PackCompiler) {
        compiler.mistakes.add(
            at: section.mark, "a rule of kind 'grade' is a row of 'triage', not an entry of 'rules'",
            help: "write it as triage: {TERM: {GRADE: SEVERITY}}")
        return nil
    }

    /// There is none, so there is nothing to read or to write.
    init(from image: inout ImageReader) {}
    func write(to image: inout ImageWriter) {}

    var terms: [Int]? { [] }
    var looksAtGradedReports: Bool { false }
    var leadingTerm: Int? { nil }

    func fires(_ inquiry: Inquiry) -> Firing? { nil }

    /// The severity of one finding under one node.
    static func verdict(
        _ finding: Finding, node: Int, _ clock: TherapyClock, _ pack: CompiledPack
    ) -> TriageVerdict {
        pack.triage.verdict(node: node, grading: Int(finding.grading), grade: finding.cautious, clock, pack.zone)
    }
}
