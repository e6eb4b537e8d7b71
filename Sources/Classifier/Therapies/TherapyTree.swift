import Clinical

/// A node of the therapy tree, or a modifier beside it.
struct TherapyNode: Sendable {
    var name: PackText
    var phrase: PackText
    var isModifier = false
    /// The root's parent is itself.
    var parent = 0
    var watch: TherapyWindow?
    /// Formed by patients who are on at least so many of these nodes or their descendants.
    var formedBy: (atLeast: Int, of: [Int])?
    var advice: [Advice] = []

    /// What a guideline says to one grade of one term.
    struct Advice: Sendable {
        var term: Int
        /// Only to findings in this direction; `.none` for any.
        var direction = Direction.none
        var grade: Int
        var text: PackText
        var confidence: PackText
        var source: PackText
    }
}

/// The therapies that a pack knows; node 0 is the root, `any`.
struct TherapyTree: Sendable {
    var nodes: [TherapyNode] = []
    /// By symbol of `Vocabulary.treatments`: the nodes that a therapy name or a drug stands for.
    var nodesOfTreatment: [[Int]] = []

    static let root = 0

    /// Whether `node` is `ancestor` or stands below it.
    func isNode(_ node: Int, within ancestor: Int) -> Bool {
        var current = node
        while current != ancestor {
            if current == Self.root { return false }
            current = nodes[current].parent
        }
        return true
    }

    /// Adds the nodes that these form together, such as dual checkpoint blockade; the result is sorted and free of doubles.
    func withFormations(_ components: some Sequence<Int>) -> [Int] {
        var result = Set(components)
        var isGrowing = true
        while isGrowing {
            isGrowing = false
            for (index, node) in nodes.enumerated() where !result.contains(index) {
                guard let formation = node.formedBy else { continue }
                let present = formation.of.count { part in result.contains { isNode($0, within: part) } }
                if present >= formation.atLeast {
                    result.insert(index)
                    isGrowing = true
                }
            }
        }
        return result.sorted()
    }

    /// Every therapy, for a patient of whom no therapy is known.
    var allTherapies: [Int] { nodes.indices.filter { $0 != Self.root && !nodes[$0].isModifier } }

    /// Every modifier, for a patient of whom an unknown one is told.
    var allModifiers: [Int] { nodes.indices.filter { nodes[$0].isModifier } }

    /// The nearest advice to a term at exactly this grade: what holds for a milder one would mislead.
    func advice(_ node: Int, term: Int, _ direction: Direction, grade: Int) -> TherapyNode.Advice? {
        var current = node
        while true {
            let fitting = nodes[current].advice.filter {
                $0.term == term && $0.grade == grade && ($0.direction == .none || $0.direction == direction)
            }
            if let first = fitting.first { return first }
            if current == Self.root { return nil }
            current = nodes[current].parent
        }
    }
}
