import Clinical
import Config

extension PackCompiler {
    /// Every node's rules: its parent's, save those whose id it tells anew, and its own.
    mutating func addRules() {
        var own: [Int: [(id: String, rule: Int)]] = [:]
        for therapy in definition.therapies {
            guard let node = nodeIndex[therapy.name.value] else { continue }
            for rule in therapy.rules {
                guard let (id, index) = addRule(rule, therapy) else { continue }
                if own[node, default: []].contains(where: { $0.id == id.value }) {
                    mistakes.add(at: id.mark, "rule '\(id.value)' is told twice")
                }
                own[node, default: []].append((id.value, index))
            }
        }
        nodeRules = Array(repeating: [], count: tree.nodes.count)
        for node in tree.nodes.indices {
            var lineage = [node]
            while let last = lineage.last, last != TherapyTree.root { lineage.append(tree.nodes[last].parent) }
            for ancestor in lineage {
                for entry in own[ancestor] ?? [] where !nodeRules[node].contains(where: { $0.id == entry.id }) {
                    nodeRules[node].append(entry)
                }
            }
        }
        checkConcernsOfTime()
        let isWhole = rules.count == definition.therapies.reduce(0) { $0 + $1.rules.count }
        let severities = rules.map(\.severity) + triage.rows.joined().flatMap(\.cells).compactMap { $0?.severity }
        if isWhole, severities.allSatisfy({ $0 == .none }) {
            mistakes.add(
                at: frontMark, "the pack yields no rule: nothing could ever alert",
                help: "add 'triage' or 'rules' to a therapy")
        }
    }

    private mutating func addRule(_ node: Node, _ therapy: TherapyDefinition) -> (Located<String>, Int)? {
        guard var section = Section(node, "a rule", &mistakes) else { return nil }
        guard let id = section.requiredText("id", &mistakes), let kind = kind(&section) else { return nil }
        let title = section.text("title", &mistakes)?.value ?? ""
        let severity = section.requiredText("severity", &mistakes).flatMap { SharedReader.severity($0, &mistakes) }
        let respondWithin = section.text("respond_within", &mistakes).flatMap {
            SharedReader.duration($0, &mistakes)?.minutes
        }
        let concernName = section.text("concern", &mistakes)
        let window = section.node("window").flatMap { WindowDefinition($0, &mistakes) }
        let source = section.text("source", &mistakes)?.value ?? therapy.source
        _ = section.text("reason", &mistakes)
        _ = SharedReader.confidence(&section, &mistakes)
        let ownAdvice = section.node("advice").flatMap { ruleAdvice($0) }
        let kindType: any RuleKind.Type = RuleKinds.all[kind]
        let work: (any RuleKind)? = kindType.init(&section, &self)
        section.finish(&mistakes)
        if source.isEmpty { mistakes.add(at: id.mark, "rule '\(id.value)' names no source") }
        guard let work, let severity else { return nil }
        if work is UnjudgedRule, severity < .soon {
            mistakes.add(
                at: id.mark, "rule '\(id.value)' tells of what could not be judged as '\(severity.name)'",
                help: "nobody knows how bad it is: write soon, urgent or emergency")
        }
        var concernNumber: Int? = nil
        if let term = work.leadingTerm { concernNumber = terms[term].concern }
        if let concernName { concernNumber = concern(concernName) }
        if concernNumber == nil, work.needsConcern {
            mistakes.add(at: id.mark, "rule '\(id.value)' needs 'concern'")
        }
        if work.isMadeByTime { timeRules.append((rules.count, id)) }
        if work is FeedSilentRule, nodeIndex[therapy.name.value] != TherapyTree.root {
            mistakes.add(
                at: id.mark, "rule '\(id.value)' is about a feed, which is on no therapy",
                help: "write it at the root of the tree")
        }
        rules.append(
            CompiledRule(
                id: catalogue.number(of: id.value), kind: kind, work: work, title: catalogue.number(of: title),
                severity: severity, respondWithin: Int32(respondWithin ?? 0), concern: concernNumber ?? -1,
                window: window.map(TherapyWindow.init), source: catalogue.number(of: source), advice: ownAdvice))
        return (id, rules.count - 1)
    }

    private mutating func kind(_ section: inout Section) -> Int? {
        guard let text = section.requiredText("kind", &mistakes) else { return nil }
        if let index = RuleKinds.summaries.firstIndex(where: { $0.name == text.value }) { return index }
        mistakes.addUnknown("kind of rule", text.value, known: RuleKinds.summaries.map(\.name), at: text.mark)
        return nil
    }

    private mutating func ruleAdvice(_ node: Node) -> TherapyNode.Advice? {
        guard var section = Section(node, "advice", &mistakes) else { return nil }
        let text = section.requiredText("text", &mistakes)?.value ?? ""
        let confidence = SharedReader.confidence(&section, &mistakes)
        let source = section.requiredText("source", &mistakes)?.value ?? ""
        section.finish(&mistakes)
        return TherapyNode.Advice(
            term: -1, grade: 0, text: catalogue.number(of: text), confidence: catalogue.number(of: confidence),
            source: catalogue.number(of: source))
    }

    // MARK: Combinations

    /// An expression over several terms, cut into atoms about one term each.
    mutating func clause(_ expression: Expression, _ text: Located<String>) -> TogetherRule.Clause? {
        let named = terms(in: expression)
        if named.count == 1, let term = named.first { return atom(expression, term, text).map { .atom($0) } }
        switch expression {
        case .all(let parts) where named.count > 1:
            let clauses = parts.compactMap { clause($0, text) }
            return clauses.count == parts.count ? .all(clauses) : nil
        case .any(let parts) where named.count > 1:
            let clauses = parts.compactMap { clause($0, text) }
            return clauses.count == parts.count ? .any(clauses) : nil
        default:
            if named.isEmpty, let term = unknownTerm(in: expression) {
                mistakes.addUnknown("name", term, known: Array(termIndex.keys) + bareCodes, at: text.mark)
            } else {
                mistakes.add(
                    at: text.mark, "'\(text.value)' cannot be a part of a combination",
                    help: named.isEmpty ? "name a term in it" : "'not' over several terms is not possible")
            }
            return nil
        }
    }

    private func unknownTerm(in expression: Expression) -> String? {
        switch expression {
        case .compare(.some(let operand), _, _, _), .range(.some(let operand), _, _, _, _), .member(let operand, _, _),
            .claim(let operand, _):
            operand.text
        case .all, .any, .not, .compare, .range, .lasting: nil
        }
    }

    private mutating func atom(_ expression: Expression, _ term: Int, _ text: Located<String>) -> Int? {
        guard let start = compile(expression, scope: .rule(term), text) else { return nil }
        guard atoms.count < AtomSet.capacity else {
            mistakes.add(at: text.mark, "a pack may have \(AtomSet.capacity) conditions in combinations")
            return nil
        }
        atoms.append(Atom(term: term, criterion: start))
        return atoms.count - 1
    }
}
