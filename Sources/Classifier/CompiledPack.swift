package import Clinical
import Config

/// A pack ready for work: every name a number, every table dense.
///
/// A class, though nothing in it ever changes: everyone who judges shares the tables, and handing on a value with two
/// dozen of them would count references for each event.
package final class CompiledPack: Sendable {
    /// The names that the parser looks up.
    package let vocabulary: Vocabulary
    /// The words that alerts and findings carry.
    package let catalogue: Catalogue
    /// Where days begin and end.
    package let zone: SiteZone
    /// Minutes until somebody must have answered, by `Severity.rawValue`.
    package let respondWithin: [Int]
    /// Minutes until the same is said again, by `Severity.rawValue`; 0 for never.
    let remindAfter: [Int]
    /// Minutes without a report about it after which an episode is stale, by `Severity.rawValue`; 0 for never.
    let staleAfter: [Int]
    /// For how long staff may silence alerts at most, in minutes; 0 for not at all.
    package let longestSilence: Int
    /// Whether a silence also holds for the highest severity.
    package let silencesEmergencies: Bool
    /// When alerts that can wait are held back.
    package let quietHours: QuietHours
    /// Terms that must keep coming.
    let mustCarry: [CarriedTerm]
    /// Minutes after which a roster is old; 0 for never.
    package let rosterOldAfter: Int
    /// How long before the patient's newest report one may lie and still take its place, in milliseconds.
    let lateLimit: Int64
    /// How long a report is kept behind the newest, in milliseconds: as far as any rule looks back from one that is late.
    let horizon: Int64

    let tables: GradingTables
    let quickGradings: QuickGradings
    let gradings: [Grading]
    let criteria: [CompiledCriterion]
    let terms: [CompiledTerm]
    let concerns: [PackText]
    /// By code symbol: a range of `bindings`.
    let bindingRuns: FixedTable<Run>
    let bindings: FixedTable<CodeBinding>
    let tree: TherapyTree
    let triage: TriageTable
    let rules: [CompiledRule]
    /// By node: the rules about reports that hold there.
    let rulesOfNode: [[Int]]
    /// By node: the rules that hold there and that time fires.
    let timeRulesOfNode: [[Int]]
    let atoms: [PackCompiler.Atom]
    /// By term: its atoms.
    let atomsOfTerm: [[Int]]
    /// By term: the atoms that a report of grade 0 can make true.
    let plainAtomsOfTerm: [[Int]]
    /// By grading: `grade:<term>` or `grade:<term>.low`, the name of its triage in alerts.
    let gradeRules: [PackText]
    /// Canonical unit names by symbol.
    let unitNames: [String]
    let wording: Wording
    let templates: AlertTemplates
    let unknownTherapy: PackText

    /// - Parameter zones: the site's, then those that quiet hours name.
    init(_ source: PackCompiler, digest: String, isApproved: Bool, zones: [SiteZone]) {
        var compiler = source
        unknownTherapy = compiler.catalogue.number(of: "unknown")
        concerns = compiler.definition.front.concerns.map { compiler.catalogue.number(of: $0.name.value) }
        vocabulary = compiler.vocabulary
        zone = zones.first ?? .utc
        quietHours = QuietHours(compiler.definition.front.quietHours.windows, zones: zones)
        (mustCarry, rosterOldAfter) = (compiler.mustCarry, compiler.definition.front.rosterOldAfter)
        respondWithin = compiler.definition.front.respondWithin
        remindAfter = compiler.definition.front.remindAfter
        staleAfter = compiler.definition.front.staleAfter
        longestSilence = compiler.definition.front.longestSilence
        silencesEmergencies = compiler.definition.front.silencesEmergencies
        lateLimit = Int64(compiler.definition.front.lateLimit) * 60_000
        horizon =
            lateLimit + (compiler.rules.map(\.work.span).max() ?? 0) + 2 * Moment.millisecondsPerDay
        tables = GradingTables(compiler.tables)
        quickGradings = QuickGradings(tables)
        gradings = compiler.gradings
        criteria = compiler.criteria
        terms = compiler.terms
        var runs: [Run] = []
        var bindings: [CodeBinding] = []
        for group in compiler.bindings {
            runs.append(Run(start: bindings.count, count: group.count))
            bindings += group
        }
        bindingRuns = FixedTable(runs)
        self.bindings = FixedTable(bindings)
        tree = compiler.tree
        triage = compiler.triage
        rules = compiler.rules
        let isMadeByTime = rules.map(\.work.isMadeByTime)
        rulesOfNode = compiler.nodeRules.map { $0.map(\.rule).filter { !isMadeByTime[$0] } }
        timeRulesOfNode = compiler.nodeRules.map { $0.map(\.rule).filter { isMadeByTime[$0] } }
        atoms = compiler.atoms
        var byTerm: [[Int]] = Array(repeating: [], count: compiler.terms.count)
        for (index, atom) in compiler.atoms.enumerated() { byTerm[atom.term].append(index) }
        atomsOfTerm = byTerm
        let nodes = compiler.tables.evaluator.nodes
        plainAtomsOfTerm = byTerm.map { $0.filter { !Self.needsGrade(compiler.atoms[$0].criterion, nodes) } }
        wording = compiler.definition.front.wording
        unitNames = compiler.unitNames
        let ruleNames = source.gradings.map { Self.ruleName(of: $0, source) }
        gradeRules = ruleNames.map { compiler.catalogue.number(of: $0) }
        compiler.catalogue.packDigest = digest
        compiler.catalogue.isApproved = isApproved
        catalogue = compiler.catalogue
        templates = AlertTemplates(wording, compiler.gradings.map { compiler.catalogue[$0.phrase] })
    }

    /// Takes from an image all but what only the front door knows.
    init(from image: inout ImageReader, digest: String, isApproved: Bool, zones: [SiteZone]) {
        zone = zones.first ?? .utc
        var catalogue: Catalogue = image.read()
        catalogue.packDigest = digest
        catalogue.isApproved = isApproved
        self.catalogue = catalogue
        vocabulary = image.read()
        respondWithin = image.read()
        remindAfter = image.read()
        longestSilence = image.read()
        silencesEmergencies = image.read()
        quietHours = QuietHours(image.read(), zones: zones)
        mustCarry = image.read()
        rosterOldAfter = image.read()
        lateLimit = image.read()
        horizon = image.read()
        staleAfter = image.read()
        tables = image.read()
        quickGradings = QuickGradings(tables)
        gradings = image.read()
        criteria = image.read()
        terms = image.read()
        concerns = image.read()
        bindingRuns = image.read()
        bindings = image.read()
        tree = image.read()
        triage = image.read()
        rules = image.read()
        rulesOfNode = image.read()
        timeRulesOfNode = image.read()
        atoms = image.read()
        atomsOfTerm = image.read()
        plainAtomsOfTerm = image.read()
        gradeRules = image.read()
        unitNames = image.read()
        wording = image.read()
        templates = image.read()
        unknownTherapy = image.read()
    }

    /// Whether a criterion can only hold for a report that has a grade above 0.
    private static func needsGrade(_ start: Int, _ nodes: [CriterionNode]) -> Bool {
        let node = nodes[start]
        let children = sequence(first: start + 1) { Int(nodes[$0].end) }.prefix { $0 < Int(node.end) }
        switch node.kind {
        case .grade: return !node.comparison.holds(node.payload > 0 ? .less : .equal)
        case .all: return children.contains { needsGrade($0, nodes) }
        case .any: return children.allSatisfy { needsGrade($0, nodes) }
        default: return false
        }
    }

    deinit {
        bindingRuns.free()
        quickGradings.free()
        bindings.free()
    }

    /// `grade:<term>`, or `grade:<term>.low` where the term is graded in both directions.
    private static func ruleName(of grading: Grading, _ compiler: PackCompiler) -> String {
        let term = compiler.terms[grading.term]
        let name = "grade:" + compiler.catalogue[term.name]
        let hasOther = term.gradings.contains { other in
            let direction = compiler.gradings[other].direction
            return direction != grading.direction && direction != .none
        }
        guard hasOther, let direction = grading.direction.name else { return name }
        return name + "." + direction
    }

    /// The place of a verdict's slot among those of its term.
    func slotInTerm(_ verdict: QuickGrader.Verdict) -> Int {
        Int(verdict.slot) - Int(tables.terms[Int(verdict.term)].slots.start)
    }

    /// The canonical name of a unit; empty for none.
    func unitName(_ symbol: Symbol) -> String { symbol.isNone ? "" : unitNames[symbol.index] }

    /// Whether a term has no scale of grades, so that its answers (a sign is there or not) are all there is.
    func definesOnlySigns(_ term: Int) -> Bool {
        !terms[term].gradings.contains { gradings[$0].family != .answer }
    }
}

extension CompiledPack {
    /// Writes what the image holds, in the order in which it is read.
    func write(to image: inout ImageWriter) {
        image.write(catalogue, vocabulary, respondWithin, remindAfter, longestSilence, silencesEmergencies)
        image.write(quietHours.windows, mustCarry, rosterOldAfter)
        image.write(lateLimit, horizon)
        image.write(staleAfter, tables, gradings, criteria, terms)
        image.write(concerns, bindingRuns, bindings, tree, triage, rules, rulesOfNode, timeRulesOfNode, atoms)
        image.write(atomsOfTerm, plainAtomsOfTerm, gradeRules, unitNames, wording, templates, unknownTherapy)
    }
}

extension PackCompiler.Atom: ImageValue {
    init(from image: inout ImageReader) { self.init(term: image.read(), criterion: image.read()) }
    func write(to image: inout ImageWriter) { image.write(term, criterion) }
}
