/// Which rules are asked about a report, looked up and not worked out for each.
struct RulePlan: Sendable {
    /// By node of the therapy tree: the wanted rules that are asked first.
    let rules: [[Int]]
    /// By node: the wanted rules that look at what the others made.
    let overviews: [[Int]]
    let hasOverviews: Bool
    /// By rule.
    let hasWindow: [Bool]
    /// By rule, words of bits: the terms whose reports may make it fire.
    private let terms: [UInt64]
    private let words: Int

    /// - Parameter wanted: by place in `RuleKinds.all`, whether the kind is wanted.
    init(_ pack: CompiledPack, wanted: [Bool]) {
        let words = pack.terms.count / 64 + 1
        var terms = [UInt64](repeating: 0, count: words * pack.rules.count)
        for (rule, compiled) in pack.rules.enumerated() where wanted[compiled.kind] {
            if let own = compiled.work.terms {
                for term in own { terms[rule * words + term / 64] |= 1 << UInt64(term % 64) }
            } else {
                for word in 0..<words { terms[rule * words + word] = .max }
            }
        }
        let isOverview = pack.rules.map(\.work.looksAtOutcomes)
        self.terms = terms
        self.words = words
        hasWindow = pack.rules.map { $0.window != nil }
        rules = pack.rulesOfNode.map { $0.filter { wanted[pack.rules[$0].kind] && !isOverview[$0] } }
        overviews = pack.rulesOfNode.map { $0.filter { wanted[pack.rules[$0].kind] && isOverview[$0] } }
        hasOverviews = overviews.contains { !$0.isEmpty }
    }

    /// Whether a rule may fire on a report about a term.
    func asks(_ rule: Int, _ term: Int) -> Bool {
        terms[rule * words + term / 64] & 1 << UInt64(term % 64) != 0
    }
}
