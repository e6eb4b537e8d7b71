import Clinical

/// What the numbers in memory stand for, so that a pack that numbers otherwise can read them.
struct PackNames: Sendable {
    var vocabulary = Vocabulary()
    /// By term.
    var terms: [String] = []
    /// By grading: term, scale and direction.
    var gradings: [String] = []
    /// By rule: the node that brings it, and its id.
    var rules: [RuleName] = []
    /// By concern.
    var concerns: [String] = []

    /// Several nodes may bring a rule of one id.
    struct RuleName: Sendable, Equatable {
        var node: String
        var id: String
    }

    init(_ pack: CompiledPack) {
        let words = pack.catalogue
        vocabulary = pack.vocabulary
        terms = pack.terms.map { words[$0.name] }
        gradings = pack.gradings.map { grading in
            let direction = grading.direction.name ?? ""
            return [words[pack.terms[grading.term].name], words[grading.scaleName], direction].joined(separator: " ")
        }
        concerns = pack.concerns.map { words[$0] }
        rules = pack.rules.map { RuleName(node: "", id: words[$0.id]) }
        // A node has the rules of those above it too, which come before it.
        for node in pack.tree.nodes.indices.reversed() {
            for rule in pack.rulesOfNode[node] + pack.timeRulesOfNode[node] {
                rules[rule].node = words[pack.tree.nodes[node].name]
            }
        }
    }
}

extension PackNames: ImageValue {
    init(from image: inout ImageReader) {
        vocabulary = image.read()
        terms = image.read()
        gradings = image.read()
        rules = image.read()
        concerns = image.read()
    }
    func write(to image: inout ImageWriter) { image.write(vocabulary, terms, gradings, rules, concerns) }
}

extension PackNames.RuleName: ImageValue {
    init(from image: inout ImageReader) { self.init(node: image.read(), id: image.read()) }
    func write(to image: inout ImageWriter) { image.write(node, id) }
}
