import Clinical
import Config

/// A combination of reports within a span, whatever their order.
///
/// ```yaml
/// - id: ici-colitis
///   kind: together
///   of:
///     - diarrhea >= 1
///     - any of [blood_in_stool, abdominal_pain >= 2, fever]
///   within: 3d
///   severity: urgent
/// ```
struct TogetherRule: RuleKind {
    static let name = "together"
    static let summary = "a combination of reports within a span of time"
    static let example =
        "{id: ici-colitis, kind: together, of: [diarrhea >= 1, blood_in_stool], within: 3d, severity: urgent, source: ...}"

    /// A condition over atoms.
    indirect enum Clause: Sendable {
        case atom(Int)
        case all([Clause])
        case any([Clause])
    }

    let clauses: [Clause]
    let span: Int64
    private let atoms: [Int]
    let terms: [Int]?
    let leadingTerm: Int?

    init?(_ section: inout Section, _ compiler: inout PackCompiler) {
        let within = section.requiredSpan("within", &compiler.mistakes)
        let texts = section.texts("of", &compiler.mistakes)
        if texts.isEmpty {
            compiler.mistakes.add(
                at: section.mark, "a rule of kind 'together' needs 'of'", help: "list what must come together")
        }
        var clauses: [Clause] = []
        for text in texts {
            guard let expression = compiler.parse(text), let clause = compiler.clause(expression, text) else {
                continue
            }
            clauses.append(clause)
        }
        guard let within, !clauses.isEmpty, clauses.count == texts.count else { return nil }
        self.clauses = clauses
        span = within
        atoms = clauses.flatMap(Self.atoms)
        let terms = atoms.map { compiler.atoms[$0].term }
        self.terms = Array(Set(terms)).sorted()
        leadingTerm = terms.first
    }

    init(from image: inout ImageReader) {
        clauses = image.read()
        span = image.read()
        atoms = image.read()
        terms = image.read()
        leadingTerm = image.read()
    }

    func write(to image: inout ImageWriter) { image.write(clauses, span, atoms, terms, leadingTerm) }

    var looksAtGradedReports: Bool { true }

    private static func atoms(_ clause: Clause) -> [Int] {
        switch clause {
        case .atom(let atom): [atom]
        case .all(let parts), .any(let parts): parts.flatMap(atoms)
        }
    }

    func fires(_ inquiry: Inquiry) -> Firing? {
        guard atoms.contains(where: { inquiry.report.atoms.contains($0) }) else { return nil }
        let places = inquiry.past.places(within: span, before: inquiry.time)
        var grounds: [Ground] = []
        let candidates = Candidates(inquiry: inquiry, places: places, atoms: places.map { inquiry.past.atoms($0) })
        guard clauses.allSatisfy({ Self.holds($0, candidates, &grounds) }) else { return nil }
        return Firing(grounds: grounds)
    }

    /// The reports within the span: those of the event at hand, then earlier ones, the latest first.
    private struct Candidates {
        let inquiry: Inquiry
        let places: [Int]
        let atoms: [AtomSet]

        /// The latest report that makes an atom true.
        func ground(_ atom: Int) -> Ground? {
            if let own = inquiry.reports.firstIndex(where: { $0.atoms.contains(atom) }) { return .atHand(own) }
            guard let index = atoms.firstIndex(where: { $0.contains(atom) }) else { return nil }
            return .past(places[index], term: inquiry.pack.atoms[atom].term)
        }
    }

    /// Whether a clause holds, adding the reports it leans on.
    private static func holds(_ clause: Clause, _ candidates: Candidates, _ used: inout [Ground]) -> Bool {
        switch clause {
        case .atom(let atom):
            guard let ground = candidates.ground(atom) else { return false }
            if !used.contains(ground) { used.append(ground) }
            return true
        case .all(let parts): return parts.allSatisfy { holds($0, candidates, &used) }
        case .any(let parts):
            var isHeld = false
            for part in parts where holds(part, candidates, &used) { isHeld = true }
            return isHeld
        }
    }
}

extension TogetherRule.Clause: ImageValue {
    init(from image: inout ImageReader) {
        switch image.number() {
        case 0: self = .atom(image.read())
        case 1: self = .all(image.read())
        case 2: self = .any(image.read())
        default:
            image.fail()
            self = .all([])
        }
    }

    func write(to image: inout ImageWriter) {
        switch self {
        case .atom(let atom):
            image.write(number: 0)
            image.write(atom)
        case .all(let parts):
            image.write(number: 1)
            image.write(parts)
        case .any(let parts):
            image.write(number: 2)
            image.write(parts)
        }
    }
}
