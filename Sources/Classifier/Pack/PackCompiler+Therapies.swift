import Clinical
import Config

extension PackCompiler {
    /// The tree, the modifiers beside it, and every name by which a feed may call them.
    mutating func addTherapies() {
        guard let root = definition.therapies.firstIndex(where: { $0.name.value == "any" }) else {
            mistakes.add(at: frontMark, "no root of the therapy tree: no file says 'therapy: any'")
            return
        }
        var ordered = definition.therapies
        ordered.swapAt(0, root)
        for therapy in ordered { addNode(therapy) }
        for (index, therapy) in ordered.enumerated() where index < tree.nodes.count { connect(therapy, index) }
        refuseLoops(ordered)
        for index in tree.nodes.indices { tree.nodes[index].watch = inheritedWatch(of: index) }
        for agent in definition.agents { addAgent(agent) }
        for (index, therapy) in ordered.enumerated() {
            for agent in therapy.agents { addTreatment(agent, [index]) }
        }
    }

    private mutating func addNode(_ therapy: TherapyDefinition) {
        let index = tree.nodes.count
        if let first = nodeIndex[therapy.name.value] {
            mistakes.add(
                at: therapy.name.mark, "therapy '\(therapy.name.value)' is told twice",
                help: "it is number \(first + 1) already")
        }
        nodeIndex[therapy.name.value] = index
        tree.nodes.append(
            TherapyNode(
                name: catalogue.number(of: therapy.name.value), phrase: catalogue.number(of: therapy.phrase),
                isModifier: therapy.isModifier, watch: therapy.watch.map(TherapyWindow.init)))
        for name in [therapy.name] + therapy.aliases { addTreatment(name, [index]) }
    }

    private mutating func connect(_ therapy: TherapyDefinition, _ index: Int) {
        if let parent = therapy.parent { tree.nodes[index].parent = node(parent) ?? TherapyTree.root }
        if let formation = therapy.formedBy {
            let parts = formation.of.compactMap { node($0) }
            if parts.count == formation.of.count { tree.nodes[index].formedBy = (formation.atLeast, parts) }
        }
        for advice in therapy.advice {
            guard let (term, direction) = termAndDirection(advice.term) else { continue }
            tree.nodes[index].advice.append(
                TherapyNode.Advice(
                    term: term, direction: direction, grade: advice.grade, text: catalogue.number(of: advice.text),
                    confidence: catalogue.number(of: advice.confidence), source: catalogue.number(of: advice.source)))
        }
    }

    /// The node of a therapy's name or alias; nil, with a mistake noted, when there is none.
    private mutating func node(_ name: Located<String>) -> Int? {
        if let index = nodeIndex[name.value] { return index }
        if let symbol = vocabulary.treatments.symbol(name.value), tree.nodesOfTreatment[symbol.index].count == 1 {
            return tree.nodesOfTreatment[symbol.index][0]
        }
        mistakes.addUnknown("therapy", name.value, known: nodeIndex.keys, at: name.mark)
        return nil
    }

    /// The watch of a node, else that of the nearest node above it that has one.
    private func inheritedWatch(of index: Int) -> TherapyWindow? {
        var current = index
        while tree.nodes[current].watch == nil, current != TherapyTree.root { current = tree.nodes[current].parent }
        return tree.nodes[current].watch
    }

    private mutating func refuseLoops(_ ordered: [TherapyDefinition]) {
        for index in tree.nodes.indices where index != TherapyTree.root {
            var current = index
            var steps = 0
            while current != TherapyTree.root, steps <= tree.nodes.count {
                current = tree.nodes[current].parent
                steps += 1
            }
            if current != TherapyTree.root {
                let name = ordered[index].name
                mistakes.add(at: name.mark, "therapy '\(name.value)' descends from itself")
                tree.nodes[index].parent = TherapyTree.root
            }
        }
    }

    private mutating func addAgent(_ agent: AgentDefinition) {
        let nodes = agent.therapies.compactMap { node($0) }
        guard nodes.count == agent.therapies.count else { return }
        for name in [agent.name] + agent.codes { addTreatment(name, nodes) }
    }

    private mutating func addTreatment(_ name: Located<String>, _ nodes: [Int]) {
        let symbol = Symbol(tree.nodesOfTreatment.count)
        if let known = vocabulary.treatments.add(name.value, as: symbol) {
            if tree.nodesOfTreatment[known.index] != nodes {
                let other = tree.nodesOfTreatment[known.index].map { catalogue[tree.nodes[$0].name] }.joined(
                    separator: " and ")
                mistakes.add(
                    at: name.mark, "'\(name.value)' stands for two therapies", help: "it stands for \(other) already")
            }
            return
        }
        tree.nodesOfTreatment.append(nodes)
    }
}

extension TherapyWindow {
    init(_ definition: WindowDefinition) {
        from = definition.from.map(Bound.init)
        until = definition.until.map(Bound.init)
        dosePhases = definition.dosePhases
    }
}

extension TherapyWindow.Bound {
    fileprivate init(_ definition: WindowDefinition.Bound) {
        isInHours = definition.isInHours
        amount = Int64(definition.amount) / (definition.isInHours ? 60 : 1440)
        switch definition.clock {
        case .dose: clock = .dose
        case .anyDose: clock = .anyDose
        case .start: clock = .start
        }
    }
}
