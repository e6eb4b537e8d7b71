import Clinical

/// What one patient is on at one event, ready to be judged: the components and what to call them.
struct TherapyContext: Sendable {
    /// Nodes in order, modifiers included; all therapies when none is known, those and all modifiers when
    /// a modifier is not known.
    var components: [Int]
    /// No therapy was named, or a therapy or modifier that the pack does not know.
    var isUnknown: Bool
    /// What the patient was said to be on, for `also`: components without those that were only formed or assumed.
    var named: [Int]
}

/// Contexts by the treatments that make them, each worked out once.
struct TherapyContexts: Sendable {
    private var known: [[Symbol]: Int] = [:]
    private var contexts: [TherapyContext] = []
    /// By treatment symbol, for the commonest case of a single therapy; -1 where not worked out.
    private var single: [Int32] = []
    /// By context and grading: what each of 6 grades means while the clock is unknown; 255 where not worked out.
    private var clocklessSeverities: [UInt8] = []

    private let gradingCount: Int

    init(gradingCount: Int) { self.gradingCount = gradingCount }

    /// The severity of a finding in a context of which no clock is known.
    mutating func severity(_ finding: Finding, in context: Int, _ pack: CompiledPack) -> Severity {
        let place = (context * gradingCount + Int(finding.grading)) * 6 + min(5, finding.cautious)
        if let known = Severity(rawValue: clocklessSeverities[place]) { return known }
        let clock = TherapyClock(time: Moment(milliseconds: 0))
        var worst = Severity.none
        for component in contexts[context].components {
            let isWatched = pack.tree.nodes[component].watch?.state(clock, pack.zone) != .closed
            let node = isWatched ? component : TherapyTree.root
            worst = max(worst, GradeRule.verdict(finding, node: node, clock, pack).severity)
        }
        clocklessSeverities[place] = worst.rawValue
        return worst
    }

    subscript(_ index: Int) -> TherapyContext { contexts[index] }

    /// The context of a single treatment.
    mutating func index(of treatment: Symbol, in tree: TherapyTree) -> Int {
        if !treatment.isNone {
            if treatment.index >= single.count {
                single += Array(repeating: -1, count: treatment.index + 1 - single.count)
            }
            let known = Int(single[treatment.index])
            if known >= 0 { return known }
        }
        let index = index(of: [treatment], in: tree)
        if !treatment.isNone { single[treatment.index] = Int32(index) }
        return index
    }

    /// The context of several treatments; an empty list, or `.none` among them, is an unknown therapy, and
    /// `.unknownModifier` what it says.
    mutating func index(of treatments: [Symbol], in tree: TherapyTree) -> Int {
        if let index = known[treatments] { return index }
        let context = Self.context(treatments, tree)
        let index = contexts.count
        contexts.append(context)
        clocklessSeverities += Array(repeating: 255, count: gradingCount * 6)
        known[treatments] = index
        return index
    }

    private static func context(_ treatments: [Symbol], _ tree: TherapyTree) -> TherapyContext {
        var named: [Int] = []
        var assumed: [Int] = []
        for treatment in treatments {
            switch treatment {
            case .none: assumed += tree.allTherapies
            case .unknownModifier: assumed += tree.allTherapies + tree.allModifiers
            default: named += tree.nodesOfTreatment[treatment.index]
            }
        }
        if named.isEmpty, assumed.isEmpty { assumed = tree.allTherapies }
        named = named.enumerated().filter { !named[..<$0.offset].contains($0.element) }.map(\.element)
        let components = tree.withFormations(named + assumed)
        return TherapyContext(
            components: components.isEmpty ? [TherapyTree.root] : components, isUnknown: !assumed.isEmpty, named: named)
    }
}

extension Symbol {
    /// Among treatments: a modifier that the pack does not know.
    static let unknownModifier = Symbol(UInt16.max - 1)
}
