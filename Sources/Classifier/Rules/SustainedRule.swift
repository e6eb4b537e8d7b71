import Clinical
import Config

/// A condition that every report has shown for a span.
///
/// ```yaml
/// - {id: diarrhea-three-days, kind: sustained, when: "diarrhea >= 2", for: 72h, within: 7d, severity: urgent, source: ...}
/// ```
///
/// It holds when a report at least `for` ago, and no longer ago than `within` (twice `for` unless told), made the
/// condition true and no report since has shown otherwise. A report that could not be graded shows nothing.
struct SustainedRule: RuleKind {
    static let name = "sustained"
    static let summary = "a condition that every report has shown for a span"
    static let example =
        "{id: diarrhea-three-days, kind: sustained, when: \"diarrhea >= 2\", for: 72h, severity: urgent, source: ...}"

    private let atom: Int
    private let term: Int
    private let least: Int64
    let span: Int64

    init?(_ section: inout Section, _ compiler: inout PackCompiler) {
        let condition = compiler.condition(&section, Self.name)
        let least = section.requiredSpan("for", &compiler.mistakes)
        let within = section.text("within", &compiler.mistakes)
        let span = within.flatMap { SharedReader.duration($0, &compiler.mistakes) }.map { Int64($0.minutes) * 60_000 }
        if let within, let span, let least, span < least {
            compiler.mistakes.add(
                at: within.mark, "'within' is shorter than 'for': the rule could never fire",
                help: "make it longer, or leave it out for twice as long")
            return nil
        }
        guard let condition, let least, within == nil || span != nil else { return nil }
        (atom, term) = condition
        self.least = least
        self.span = span ?? 2 * least
    }

    init(from image: inout ImageReader) {
        atom = image.read()
        term = image.read()
        least = image.read()
        span = image.read()
    }

    func write(to image: inout ImageWriter) { image.write(atom, term, least, span) }

    var terms: [Int]? { [term] }
    var looksAtGradedReports: Bool { true }
    var leadingTerm: Int? { term }

    func fires(_ inquiry: Inquiry) -> Firing? {
        guard inquiry.report.atoms.contains(atom) else { return nil }
        var first: Int?
        for place in inquiry.past.places(within: span, before: inquiry.time) {
            if inquiry.past.atoms(place).contains(atom) {
                first = place
            } else if inquiry.past.sightings(place).contains(where: { Int($0.term) == term && $0.cautious >= 0 }) {
                break
            }
        }
        guard let first, inquiry.past.time(first).milliseconds + least <= inquiry.time.latest else { return nil }
        return Firing(grounds: [inquiry.ground, .past(first, term: term)])
    }
}
