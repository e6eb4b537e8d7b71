import Clinical

/// Turns one event into graded reports, one for each term that its code is about; the room is used again.
struct ReportReader: Sendable {
    private(set) var reports: [Report] = []
    private(set) var isGraded = false
    private var sheet = FactSheet()
    private var findings: [Finding] = []

    /// Grades the event; true when it is plain: every grade is 0 and no rule asks to see such reports.
    mutating func read(_ event: EventRecord, _ batch: EventBatch, _ pack: CompiledPack, _ patient: Roster.Patient?) -> Bool {
        reports.removeAll(keepingCapacity: true)
        isGraded = false
        var isPlain = event.flag == .none
        let run = pack.bindingRuns[event.codeSymbol.index]
        for place in run {
            let binding = pack.bindings[place]
            let term = Int(binding.term)
            let isAllAsked = pack.facts.read(event, batch, pack.terms[term], binding, into: &sheet)
            if let patient, !sheet.hasBaseline { addBaseline(patient, pack, binding) }
            findings.removeAll(keepingCapacity: true)
            pack.grader.grade(pack.terms[term], sheet, into: &findings)
            var isQuiet = !findings.isEmpty && isAllAsked && !pack.asksPlainReports[term]
            for finding in findings {
                if finding.cautious != 0 { isQuiet = false }
                if !finding.grade.isNone { isGraded = true }
            }
            if isQuiet, run.count == 1 { continue }
            isPlain = isPlain && isQuiet
            var report = Report(event: event, term: term, slot: binding.slot)
            report.sheet = sheet
            report.findings = findings
            report.isAllAsked = isAllAsked
            reports.append(report)
        }
        return isPlain
    }

    /// Adds what only the slow path needs: a plain report that must be shown, and the atoms each report makes true.
    mutating func complete(_ event: EventRecord, _ batch: EventBatch, _ pack: CompiledPack) {
        if reports.isEmpty {
            let binding = pack.bindings[pack.bindingRuns[event.codeSymbol.index].lowerBound]
            var report = Report(event: event, term: Int(binding.term), slot: binding.slot)
            report.sheet = sheet
            report.findings = findings
            reports.append(report)
        }
        for index in reports.indices {
            for atom in pack.atomsOfTerm[reports[index].term] {
                let view = ReportFindings(findings: reports[index].findings, gradings: pack.grader.gradings)
                if pack.grader.evaluator.truth(at: pack.atoms[atom].criterion, reports[index].sheet, view) == .yes {
                    reports[index].atoms.insert(atom)
                }
            }
        }
    }

    /// The roster's pre-treatment value of the term, where the event brings none.
    private mutating func addBaseline(_ patient: Roster.Patient, _ pack: CompiledPack, _ binding: CodeBinding) {
        for baseline in patient.baselines where !baseline.code.isNone {
            guard pack.bindingRuns[baseline.code.index].contains(where: { pack.bindings[$0].term == binding.term }) else { continue }
            let slot = pack.terms[Int(binding.term)].slots[Int(binding.slot)]
            let unit = baseline.unit.isNone ? slot.unit : baseline.unit
            sheet.baseline = baseline.value
            sheet.hasBaseline = true
            sheet.baselineConversion = slot.conversion(of: unit)
            sheet.baselineSharesUnit = slot.unit.isNone || sheet.facts[Int(binding.slot)].unit == unit
            return
        }
    }
}
