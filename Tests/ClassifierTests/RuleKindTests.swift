import Testing

@testable import Classifier

struct RuleKindTests {
    @Test func `the kinds that can be asked for, each with a word of its own and an example`() {
        #expect(
            RuleKinds.summaries.map(\.name) == [
                "grade", "when", "worsened", "sustained", "repeated", "together", "several", "rising", "unjudged",
                "silent", "feed_silent",
            ])
        #expect(Set(RuleKinds.summaries.map(\.summary)).count == RuleKinds.summaries.count)
        for kind in RuleKinds.summaries where kind.name != "grade" {
            #expect(kind.example.hasPrefix("{id: ") && kind.example.contains("kind: \(kind.name)"))
        }
    }

    @Test(arguments: [
        (["grade"], ["grade:x"]), (["when"], ["high"]), (["together"], ["pair"]), (["unjudged"], ["left"]),
        (["grade", "unjudged"], ["grade:x", "left"]), ([], []),
        (["grade", "when", "together", "unjudged"], ["grade:x", "high", "pair", "left"]),
    ])
    func `only the wanted kinds judge`(kinds: [String], rules: [String]) throws {
        let pack = try TestPack(
            terms:
                "x: {title: X, concern: skin, grades: {1: \"> 1\"}}\ny: {title: Y, concern: bowel, unit: g/L, grades: {1: \"> 1\"}}\n",
            therapies: """
                therapy: any
                source: s
                triage: {default: {1: routine}}
                rules:
                  - {id: high, kind: when, when: x.value > 2, concern: liver, severity: soon}
                  - {id: pair, kind: together, of: [x >= 1], within: 1d, concern: kidney, severity: soon}
                  - {id: left, kind: unjudged, terms: [y], severity: soon}

                """)
        #expect(pack.alerts("x=3", "y='1'", kinds: Set(kinds)).map(\.rule).sorted() == rules.sorted())
    }

    @Test func `a grade rule is a row of triage, not an entry of rules`() {
        let mistakes = TestPack.mistakes([
            "scale.yaml": TestPack.scale + "  x: {title: X, concern: skin, grades: {1: \"> 1\"}}\n",
            "any.yaml":
                "therapy: any\nsource: s\ntriage: {default: {1: soon}}\nrules: [{id: a, kind: grade, severity: soon}]\n",
        ])
        #expect(
            mistakes.contains(
                "any.yaml:4:9: error: a rule of kind 'grade' is a row of 'triage', not an entry of 'rules'"))
    }
}
