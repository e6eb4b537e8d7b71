import Clinical

/// Says why a report could not be graded, or for want of what a higher grade stayed possible. No patient value in it.
struct ReasonWriter: Sendable {
    private let pack: CompiledPack

    init(_ pack: CompiledPack) { self.pack = pack }

    /// The reason for one finding; empty when it is fully graded.
    func reason(_ finding: Finding, _ report: Report, _ batch: EventBatch) -> String {
        guard finding.grade.isNone || finding.possible.rawValue > finding.grade.rawValue else {
            return report.isAllAsked ? "" : unasked(report)
        }
        let grading = pack.gradings[Int(finding.grading)]
        var wants = faults(report, batch, grading.asks | 1 << UInt32(pack.terms[report.term].gradeSlot))
        switch grading.method {
        case .ladder:
            let steps = pack.tables.steps(pack.tables.gradings[Int(finding.grading)], report.sheet)
            for step in steps.range where pack.tables.steps[step].grade > finding.grade.rawValue {
                wants += self.wants(at: Int(pack.tables.steps[step].start), report.sheet, batch, report)
            }
        case .composite(_, let slots), .answers(let slots):
            for slot in slots where report.sheet.answered & 1 << UInt32(slot) == 0 {
                wants.append("no answer for \(name(slot, report))")
            }
            if wants.isEmpty { wants.append("no composite is published for these answers") }
        }
        if !report.isAllAsked { wants.append(unasked(report)) }
        var unique: [String] = []
        for want in wants where !unique.contains(want) { unique.append(want) }
        return unique.joined(separator: "; ")
    }

    /// The reason when no grading had anything to look at.
    func reason(_ report: Report, _ batch: EventBatch) -> String {
        let term = pack.terms[report.term]
        if report.isAllAsked {
            let faults = faults(report, batch, .max)
            if faults.isEmpty, report.sheet.answered & 1 << UInt32(term.gradeSlot) != 0 {
                return "a grade alone does not say whether it is low or high"
            }
            return faults.isEmpty
                ? "nothing that a scale looks at was answered; asked are \(asked(term))"
                : faults.joined(separator: "; ")
        }
        return unasked(report)
    }

    private func unasked(_ report: Report) -> String {
        let term = pack.terms[report.term]
        return "an attribute that \(pack.catalogue[term.name]) does not ask; asked are \(asked(term))"
    }

    private func asked(_ term: CompiledTerm) -> String {
        term.slots.map { pack.catalogue[$0.name] }.joined(separator: ", ")
    }

    private func name(_ slot: UInt8, _ report: Report) -> String {
        pack.catalogue[pack.terms[report.term].slots[Int(slot)].name]
    }

    private func faults(_ report: Report, _ batch: EventBatch, _ asks: UInt32) -> [String] {
        var result: [String] = []
        for slot in 0..<pack.terms[report.term].slots.count where report.sheet.unusable & asks & 1 << UInt32(slot) != 0
        {
            let name = name(UInt8(slot), report)
            switch report.sheet.facts[slot].fault {
            case .notANumber: result.append("\(name) is not a number (a number in quotes is text)")
            case .notAChoice: result.append("\(name) is not one of the answers it can have")
            case .notYesOrNo: result.append("\(name) is neither yes nor no")
            case .implausible: result.append("\(name) is outside its plausible range")
            case .notAGrade: result.append("\(name) is not a whole number from 0 to 5")
            case .answeredTwice: result.append("\(name) was answered twice, under two of its names")
            case .unitMissing, .unitUnknown, .none: result.append("\(name) cannot be used")
            }
        }
        return result
    }

    /// What is missing for the criterion at `index`.
    private func wants(at index: Int, _ sheet: FactSheet, _ batch: EventBatch, _ report: Report) -> [String] {
        let evaluator = pack.tables.evaluator
        let node = evaluator.nodes[index]
        guard evaluator.truth(at: index, sheet, NoFindings()) == .unknown else { return [] }
        switch node.kind {
        case .all, .any, .not:
            var result: [String] = []
            var child = index + 1
            while child < Int(node.end) {
                result += wants(at: child, sheet, batch, report)
                child = Int(evaluator.nodes[child].end)
            }
            return result
        case .number, .hours: return [want(node, sheet, batch, report)].compactMap(\.self)
        case .rank, .choice, .claim:
            return sheet.unusable & 1 << UInt32(node.slot) != 0 ? [] : ["no answer for \(pack.catalogue[node.name])"]
        case .qualifier: return ["no word on whether \(pack.catalogue[node.name])"]
        case .flag, .grade: return []
        }
    }

    private func want(_ node: CriterionNode, _ sheet: FactSheet, _ batch: EventBatch, _ report: Report) -> String? {
        let fact = pack.tables.evaluator.fact(node.slot, sheet)
        let name = pack.catalogue[node.name]
        if fact.state == .unusable { return nil }
        if fact.state == .unknown { return "no answer for \(name)" }
        let limit = pack.tables.evaluator.limits[Int(node.payload)]
        switch limit.reference {
        case .upperLimit where !sheet.hasHigh: return "no upper limit of normal (high) with the result"
        case .lowerLimit where !sheet.hasLow: return "no lower limit of normal (low) with the result"
        case .baseline where !sheet.hasBaseline: return "no baseline value"
        default: break
        }
        if fact.conversion == .unstated { return "no unit with \(name)" }
        if fact.conversion == .unknown {
            let reported = batch.string(report.event.unit)
            let unit = pack.unitName(pack.terms[report.term].slots[Int(node.slot)].unit)
            return "no factor turns the unit '\(reported)' into '\(unit)'"
        }
        if limit.reference == .baseline, !sheet.baselineSharesUnit, !sheet.baselineConversion.isUsable {
            let unit = pack.unitName(pack.terms[report.term].slots[Int(node.slot)].unit)
            return "no factor turns the unit of the baseline into '\(unit)'"
        }
        if fact.comparator != .none { return "the laboratory gave only a bound" }
        return "the numbers are too long to compare"
    }
}
