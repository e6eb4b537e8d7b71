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
    private let milliseconds: Int64
    private let atoms: [Int]
    let terms: [Int]?
    let leadingTerm: Int?

    init?(_ section: inout Section, _ compiler: inout PackCompiler) {
        let within = section.requiredText("within", &compiler.mistakes)
        let duration = within.flatMap { SharedReader.duration($0, &compiler.mistakes) }
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
        guard let duration, !clauses.isEmpty, clauses.count == texts.count else { return nil }
        self.clauses = clauses
        milliseconds = Int64(duration.minutes) * 60_000
        atoms = clauses.flatMap(Self.atoms)
        let terms = atoms.map { compiler.atoms[$0].term }
        self.terms = Array(Set(terms)).sorted()
        leadingTerm = terms.first
    }

    init(from image: inout ImageReader) {
        clauses = image.read()
        milliseconds = image.read()
        atoms = image.read()
        terms = image.read()
        leadingTerm = image.read()
    }

    func write(to image: inout ImageWriter) { image.write(clauses, milliseconds, atoms, terms, leadingTerm) }

    var looksAtGradedReports: Bool { true }

    private static func atoms(_ clause: Clause) -> [Int] {
        switch clause {
        case .atom(let atom): [atom]
        case .all(let parts), .any(let parts): parts.flatMap(atoms)
        }
    }

    func fires(on report: Report, _ memory: PatientMemory, _ pack: CompiledPack) -> Firing? {
        guard atoms.contains(where: { report.atoms.contains($0) }) else { return nil }
        let time = report.event.time.milliseconds
        // The span may end at this report, or at a later one that was already seen.
        let latest = Self.latest(report.event.time) + milliseconds
        var ends = [time]
        ends += memory.witnesses.map(\.time.milliseconds).filter { $0 > time && $0 <= latest }
        for end in ends.sorted() {
            let candidates = memory.witnesses.filter {
                $0.time.milliseconds <= end && Self.latest($0.time) >= end - milliseconds
            }
            var used: [Witness] = []
            if clauses.allSatisfy({ Self.holds($0, candidates, &used) }) { return Firing(witnesses: used) }
        }
        return nil
    }

    /// The last instant that a moment may be: of a date, the last of its day.
    private static func latest(_ moment: Moment) -> Int64 {
        moment.milliseconds + (moment.isDate ? Moment.millisecondsPerDay - 1 : 0)
    }

    /// Whether a clause holds, adding the witnesses it leans on; the latest witness of an atom is taken.
    private static func holds(_ clause: Clause, _ witnesses: [Witness], _ used: inout [Witness]) -> Bool {
        switch clause {
        case .atom(let atom):
            guard let witness = witnesses.last(where: { $0.atoms.contains(atom) }) else { return false }
            if !used.contains(where: { $0.isSame(as: witness) }) { used.append(witness) }
            return true
        case .all(let parts): return parts.allSatisfy { holds($0, witnesses, &used) }
        case .any(let parts):
            var isHeld = false
            for part in parts where holds(part, witnesses, &used) { isHeld = true }
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
