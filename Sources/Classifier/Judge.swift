import Clinical

/// Judges one report: every rule of every component, the worst outcome of each concern first.
///
/// A pure function of the report, the memory, the situation and the pack.
struct Judge: Sendable {
    let pack: CompiledPack
    private let wantsTriage: Bool
    private let plan: RulePlan

    /// - Parameter wanted: by place in `RuleKinds.all`, whether the kind is wanted in this run.
    init(pack: CompiledPack, wanted: [Bool]) {
        self.pack = pack
        wantsTriage = wanted[Self.grade]
        plan = RulePlan(pack, wanted: wanted)
    }

    /// Places of kinds in `RuleKinds.all`.
    static let grade = 0

    /// All outcomes above `none`, in the order of components and rules; rules that look at what the others made come last.
    func outcomes(_ reports: [Report], _ past: Past, _ situations: [Situation]) -> [Outcome] {
        var outcomes: [Outcome] = []
        for (index, report) in reports.enumerated() {
            var firings: [(rule: Int, firing: Firing)] = []
            let inquiry = Inquiry(report: report, reports: reports, past: past, outcomes: [], pack: pack)
            let situation = situations[report.member]
            for component in situation.context.components {
                let clock = situation.clock(of: component)
                let node = node(component, clock)
                if wantsTriage { addTriage(report, index, node, component, clock, &outcomes) }
                for rule in plan.rules[node] where plan.asks(rule, report.term) && isOpen(rule, clock) {
                    // Components may share a rule: what it found is kept for the next.
                    let known = firings.firstIndex { $0.rule == rule }
                    let firing = known.map { firings[$0].firing } ?? pack.rules[rule].work.fires(inquiry)
                    guard let firing else { continue }
                    if known == nil { firings.append((rule, firing)) }
                    add(rule, firing, report, index, component, &outcomes)
                }
            }
        }
        addOverviews(reports, past, situations, &outcomes)
        return outcomes
    }

    private func addOverviews(
        _ reports: [Report], _ past: Past, _ situations: [Situation], _ outcomes: inout [Outcome]
    ) {
        if outcomes.isEmpty || !plan.hasOverviews { return }
        let single = outcomes
        for (index, report) in reports.enumerated() {
            let situation = situations[report.member]
            for component in situation.context.components {
                let clock = situation.clock(of: component)
                for rule in plan.overviews[node(component, clock)]
                where plan.asks(rule, report.term) && isOpen(rule, clock) {
                    let inquiry = Inquiry(report: report, reports: reports, past: past, outcomes: single, pack: pack)
                    guard let firing = pack.rules[rule].work.fires(inquiry) else { continue }
                    add(rule, firing, report, index, component, &outcomes)
                }
            }
        }
    }

    /// The node whose rules hold for a component: itself, or the root outside the watch.
    private func node(_ component: Int, _ clock: TherapyClock) -> Int {
        pack.tree.nodes[component].watch?.state(clock, pack.zone) != .closed ? component : TherapyTree.root
    }

    private func isOpen(_ rule: Int, _ clock: TherapyClock) -> Bool {
        !plan.hasWindow[rule] || pack.rules[rule].window?.state(clock, pack.zone) != .closed
    }

    private func addTriage(
        _ report: Report, _ index: Int, _ node: Int, _ component: Int, _ clock: TherapyClock,
        _ outcomes: inout [Outcome]
    ) {
        for (position, finding) in report.findings.enumerated() where finding.cautious >= 0 && !finding.grade.isNone {
            let verdict = GradeRule.verdict(finding, node: node, clock, pack)
            guard verdict.severity != .none else { continue }
            outcomes.append(
                Outcome(
                    rule: pack.gradeRules[Int(finding.grading)], severity: verdict.severity,
                    concern: pack.terms[report.term].concern, node: component,
                    respondWithin: verdict.respondWithin, ruleIndex: -1, finding: position, source: verdict.source,
                    report: index))
        }
    }

    private func add(
        _ rule: Int, _ firing: Firing, _ report: Report, _ index: Int, _ component: Int, _ outcomes: inout [Outcome]
    ) {
        let compiled = pack.rules[rule]
        var severity = compiled.severity
        var finding = leadingFinding(report, among: report.findings.indices.map { $0 })
        if compiled.work is UnjudgedRule {
            severity = min(severity, worstPossible(report, component))
            finding = leadingFinding(report, among: UnjudgedRule.ungraded(report, pack))
        }
        guard severity != .none else { return }
        outcomes.append(
            Outcome(
                rule: compiled.id, severity: severity,
                concern: compiled.concern >= 0 ? compiled.concern : pack.terms[report.term].concern, node: component,
                respondWithin: compiled.respondWithin, ruleIndex: rule, finding: finding, source: compiled.source,
                grounds: firing.grounds, report: index))
    }

    /// The severity of the worst grade that an ungraded report may have; emergency when no bound is known.
    private func worstPossible(_ report: Report, _ component: Int) -> Severity {
        var worst = Severity.none
        if report.findings.isEmpty || !report.isAllAsked { return .emergency }
        for index in UnjudgedRule.ungraded(report, pack) {
            let finding = report.findings[index]
            if finding.possible.isNone || report.sheet.unusable != 0 { return .emergency }
            let clock = TherapyClock(time: report.event.time)
            worst = max(worst, GradeRule.verdict(finding, node: component, clock, pack).severity)
        }
        return worst
    }

    /// The finding with the highest grade, or -1.
    private func leadingFinding(_ report: Report, among places: [Int]) -> Int {
        var best = -1
        for index in places where best < 0 || report.findings[index].cautious > report.findings[best].cautious {
            best = index
        }
        return best
    }
}
