import Clinical

/// Turns one event into graded reports, one for each term that its code is about; the room is used again.
struct ReportReader: Sendable {
    /// The reports of the event that was read last; made by `complete`.
    private(set) var reports: [Report] = []
    /// At least one finding of the event that was read last has a grade.
    private(set) var isGraded = false
    /// Findings above 0 of the event that was read last, each with its term.
    private(set) var raised: [(term: Int, finding: Finding)] = []
    /// Nothing but triage can make these findings speak: no rule looks at their terms, and all is graded.
    private(set) var isTriageAlone = false

    /// What rules over time see of the event that was read last, as long as nothing in it is severe.
    private(set) var sightings: [Sighting] = []

    /// A bit for each question that the event answers which was read last, of whichever term.
    private(set) var slots: UInt32 = 0

    private let pack: CompiledPack
    /// By term: whether a wanted rule may look at reports whose every grade is 0.
    let asksPlainReports: [Bool]
    /// By term: whether a wanted rule must see all of them.
    private let asksAllReports: [Bool]
    /// By term: whether a wanted rule may look at a graded report.
    let hasRules: [Bool]
    private let wantsAtoms: Bool
    private var sheet = FactSheet()
    private var other = FactSheet()
    private var findings: [Finding] = []

    init(_ pack: CompiledPack, wanted: [Bool]) {
        self.pack = pack
        var asksAllReports = pack.terms.map { _ in false }
        for rule in pack.rules where wanted[rule.kind] && rule.work.looksAtPlainReports {
            for term in rule.work.terms ?? [] { asksAllReports[term] = true }
        }
        let wantsAtoms = [TogetherRule.place, RepeatedRule.place, SustainedRule.place].contains { wanted[$0] }
        self.asksAllReports = asksAllReports
        self.wantsAtoms = wantsAtoms
        asksPlainReports = pack.terms.indices.map {
            asksAllReports[$0] || wantsAtoms && !pack.plainAtomsOfTerm[$0].isEmpty
        }
        hasRules = Self.termsWithRules(pack, wanted)
    }

    private static func termsWithRules(_ pack: CompiledPack, _ wanted: [Bool]) -> [Bool] {
        var result = Array(repeating: false, count: pack.terms.count)
        for rule in pack.rules where wanted[rule.kind] && rule.work.looksAtGradedReports {
            guard let terms = rule.work.terms else { return Array(repeating: true, count: result.count) }
            for term in terms { result[term] = true }
        }
        return result
    }

    /// Grades the event; true when it is plain: every grade is 0 and no rule asks to see such reports.
    mutating func read(_ event: Int, _ batch: EventBatch, _ patient: Roster.Patient?) -> Bool {
        isGraded = false
        var isPlain = batch.events[event].flag == .none
        isTriageAlone = isPlain
        raised.removeAll(keepingCapacity: true)
        sightings.removeAll(keepingCapacity: true)
        slots = 0
        for place in pack.bindingRuns[batch.events[event].codeSymbol.index].range {
            let binding = pack.bindings[place]
            let term = Int(binding.term)
            let isAllAsked = grade(event, [], batch, binding, patient)
            slots |= sheet.answered
            if findings.isEmpty || !isAllAsked { isTriageAlone = false }
            if hasRules[term] { isTriageAlone = false }
            if asksAllReports[term] || findings.isEmpty || !isAllAsked { isPlain = false }
            if isPlain, asksPlainReports[term], holdsPlainAtom(term) { isPlain = false }
            if findings.isEmpty { sightings.append(Sighting(term: term, nil, .none)) }
            for finding in findings {
                sightings.append(Sighting(term: term, finding, .none))
                if finding.cautious != 0 {
                    isPlain = false
                    raised.append((term, finding))
                }
                if finding.grade.isNone { isTriageAlone = false } else { isGraded = true }
            }
        }
        return isPlain
    }

    /// Makes the reports of the event, with the atoms that each makes true: what only the slow path needs.
    ///
    /// `siblings` are other events of the same time about the same term: what they answer, and this one does not, counts
    /// as answered here.
    mutating func complete(_ event: Int, _ siblings: [Int], _ batch: EventBatch, _ patient: Roster.Patient?) {
        reports.removeAll(keepingCapacity: true)
        for place in pack.bindingRuns[batch.events[event].codeSymbol.index].range {
            let binding = pack.bindings[place]
            var report = Report(event: batch.events[event], term: Int(binding.term), slot: binding.slot)
            report.siblings = siblings
            report.isAllAsked = grade(event, siblings, batch, binding, patient)
            report.sheet = sheet
            report.isDenial = report.isAllAsked && denies(event, batch, binding)
            report.findings = findings
            if wantsAtoms { addAtoms(&report) }
            reports.append(report)
        }
    }

    /// Whether every answer is `false`; a measurement cannot be denied.
    private func denies(_ event: Int, _ batch: EventBatch, _ binding: CodeBinding) -> Bool {
        let term = pack.tables.terms[Int(binding.term)]
        return batch.events[event].answers.range.allSatisfy { index in
            guard batch.answers[index].kind == .bool, !batch.answers[index].bool else { return false }
            let attribute = batch.answers[index].attribute
            let slot =
                attribute.isNone
                ? binding.slot : pack.tables.slot(of: attribute, term: Int(binding.term)) ?? binding.slot
            let row = pack.tables.slots[Int(term.slots.start) + Int(slot)]
            if attribute.isNone, binding.namesQuestion, row.kind == .number { return false }
            return !row.isMeasurement
        }
    }

    private mutating func grade(
        _ event: Int, _ siblings: [Int], _ batch: EventBatch, _ binding: CodeBinding, _ patient: Roster.Patient?
    ) -> Bool {
        let isAllAsked =
            pack.tables.read(event, batch, binding, into: &sheet)
            || pack.tables.isAllAsked(
                event, batch, pack.bindings, pack.bindingRuns[batch.events[event].codeSymbol.index].range)
        for sibling in siblings { join(sibling, batch, binding.term) }
        if let patient, !sheet.hasBaseline { addBaseline(patient, binding) }
        if sheet.hasBaseline, !pack.tables.isPlausible(baselineOf: sheet, binding) { sheet.hasBaseline = false }
        findings.removeAll(keepingCapacity: true)
        pack.tables.grade(Int(binding.term), sheet, into: &findings)
        return isAllAsked
    }

    /// Adds what another event of the same time says of the term, where the event at hand says nothing.
    private mutating func join(_ event: Int, _ batch: EventBatch, _ term: Int32) {
        for place in pack.bindingRuns[batch.events[event].codeSymbol.index].range {
            let binding = pack.bindings[place]
            guard binding.term == term else { continue }
            _ = pack.tables.read(event, batch, binding, into: &other)
            sheet.join(other)
        }
    }

    /// Whether the report just graded is a part of some combination, though its grade be 0.
    private func holdsPlainAtom(_ term: Int) -> Bool {
        let view = ReportFindings(findings: findings, tables: pack.tables)
        return pack.plainAtomsOfTerm[term].contains { atom in
            pack.tables.evaluator.truth(at: pack.atoms[atom].criterion, sheet, view) == .yes
        }
    }

    private func addAtoms(_ report: inout Report) {
        guard !pack.atomsOfTerm[report.term].isEmpty else { return }
        let view = ReportFindings(findings: report.findings, tables: pack.tables)
        for atom in pack.atomsOfTerm[report.term] {
            let truth = pack.tables.evaluator.truth(at: pack.atoms[atom].criterion, report.sheet, view)
            if truth == .yes { report.atoms.insert(atom) }
        }
    }

    /// The roster's pre-treatment value of the term, where the event brings none.
    private mutating func addBaseline(_ patient: Roster.Patient, _ binding: CodeBinding) {
        for baseline in patient.baselines where !baseline.code.isNone {
            let bindings = pack.bindingRuns[baseline.code.index].range
            guard bindings.contains(where: { pack.bindings[$0].term == binding.term }) else { continue }
            let slot = pack.terms[Int(binding.term)].slots[Int(binding.slot)]
            sheet.baseline = baseline.value
            sheet.hasBaseline = true
            sheet.baselineConversion = slot.conversion(of: baseline.unit)
            sheet.baselineSharesUnit =
                slot.unit.isNone || baseline.unit.isNone || sheet.facts[Int(binding.slot)].unit == baseline.unit
            return
        }
    }
}
