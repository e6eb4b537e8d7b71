import Clinical
import Config

/// So many reports within a span that each make a condition true.
///
/// ```yaml
/// - {id: vomiting-thrice, kind: repeated, when: "vomiting >= 1", times: 3, within: 24h, severity: soon, source: ...}
/// ```
struct RepeatedRule: RuleKind {
    static let name = "repeated"
    static let summary = "so many reports within a span that each make a condition true"
    static let example =
        "{id: vomiting-thrice, kind: repeated, when: \"vomiting >= 1\", times: 3, within: 24h, severity: soon, source: ...}"

    private let atom: Int
    private let term: Int
    private let times: Int
    let span: Int64

    init?(_ section: inout Section, _ compiler: inout PackCompiler) {
        let condition = compiler.condition(&section, Self.name)
        let times = section.requiredText("times", &compiler.mistakes)
        let count = times.flatMap { Int($0.value) }
        if let times, (count ?? 0) < 2 {
            compiler.mistakes.add(
                at: times.mark, "'\(times.value)' is not a number of reports", help: "write a whole number from 2 on")
        }
        let within = section.requiredSpan("within", &compiler.mistakes)
        guard let condition, let count, count >= 2, let within else { return nil }
        (atom, term) = condition
        self.times = count
        span = within
    }

    init(from image: inout ImageReader) {
        atom = image.read()
        term = image.read()
        times = image.read()
        span = image.read()
    }

    func write(to image: inout ImageWriter) { image.write(atom, term, times, span) }

    var terms: [Int]? { [term] }
    var looksAtGradedReports: Bool { true }
    var leadingTerm: Int? { term }

    func fires(_ inquiry: Inquiry) -> Firing? {
        guard inquiry.report.atoms.contains(atom) else { return nil }
        let earlier = inquiry.past.places(within: span, before: inquiry.time)
            .filter { inquiry.past.atoms($0).contains(atom) }
        guard earlier.count + 1 >= times else { return nil }
        return Firing(
            grounds: [inquiry.ground] + earlier.prefix(times - 1).map { .past($0, term: term) })
    }
}
