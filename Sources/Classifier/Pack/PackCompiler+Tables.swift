import Clinical

extension PackCompiler {
    /// Lays terms, questions and gradings out in flat tables.
    mutating func flatten() {
        for term in terms {
            var row = TermRow()
            row.slots = Run(start: tables.slots.count, count: term.slots.count)
            row.attributes = Run(start: tables.attributes.count, count: term.attributes.count)
            row.gradings = Run(start: term.gradings.lowerBound, count: term.gradings.count)
            row.defaultSlot = term.defaultSlot
            row.gradeSlot = term.gradeSlot
            row.clinicianGrading = Int32(term.clinicianGrading ?? -1)
            for slot in term.slots {
                tables.slots.append(flat(slot))
                tables.evaluator.silent.append(slot.silent)
            }
            tables.attributes += term.attributes
            tables.terms.append(row)
        }
        for grading in gradings { tables.gradings.append(flat(grading)) }
        var shortcuts = tables.steps.map(\.shortcut)
        let evaluator = tables.evaluator
        for (index, grading) in gradings.enumerated() {
            let row = tables.gradings[index]
            let slots = terms[grading.term].slots
            for run in [row.steps, row.stepsWhenHigh, row.stepsWhenLow, row.stepsWhenKnown] {
                for step in run.range { shortcuts[step] = Self.shortcut(tables.steps[step], slots, evaluator) }
            }
        }
        for (index, shortcut) in shortcuts.enumerated() { tables.steps[index].shortcut = shortcut }
    }

    /// A criterion that is one comparison of a number, laid out so that it can be asked without a walk.
    private static func shortcut(
        _ step: LadderStep, _ slots: [Slot], _ evaluator: CriterionRows
    ) -> LadderStep.Shortcut? {
        let node = evaluator.nodes[Int(step.start)]
        guard node.kind == .number else { return nil }
        let limit = evaluator.limits[Int(node.payload)]
        switch limit.reference {
        case .none:
            let all = evaluator.printed[limit.printed.range]
            let unit = slots[Int(node.slot)].unit
            guard let printed = all.first(where: { $0.unit == unit }) ?? all.first else { return nil }
            guard printed.conversion == .same else { return nil }
            return LadderStep.Shortcut(
                slot: node.slot, comparison: node.comparison, reference: .none, number: printed.number,
                unit: printed.unit)
        case .upperLimit, .lowerLimit:
            guard limit.printed.isEmpty else { return nil }
            return LadderStep.Shortcut(
                slot: node.slot, comparison: node.comparison, reference: limit.reference, number: limit.coefficient,
                unit: .none)
        case .baseline: return nil
        }
    }

    private mutating func flat(_ slot: Slot) -> SlotRow {
        var row = SlotRow(
            kind: slot.kind, assumesUnit: slot.assumesUnit, choiceCount: UInt8(slot.choiceCount), unit: slot.unit)
        row.isMeasurement = slot.isMeasurement
        row.units = Run(start: tables.units.count, count: slot.units.count)
        row.ranks = Run(start: tables.ranks.count, count: slot.ranks.count)
        tables.units += slot.units
        tables.ranks += slot.ranks
        if let plausible = slot.plausible {
            row.isBounded = true
            row.lowest = plausible.low
            row.highest = plausible.high
        }
        return row
    }

    private mutating func flat(_ grading: Grading) -> GradingRow {
        var row = GradingRow(method: .ladder, family: grading.family, direction: grading.direction, asks: grading.asks)
        switch grading.method {
        case .ladder(let any, let high, let low, let known):
            row.steps = Run(start: any.lowerBound, count: any.count)
            row.stepsWhenHigh = Run(start: high.lowerBound, count: high.count)
            row.stepsWhenLow = Run(start: low.lowerBound, count: low.count)
            row.stepsWhenKnown = Run(start: known.lowerBound, count: known.count)
        case .composite(let grades, let slots):
            row.method = .composite
            row.table = UInt32(tables.tables.count)
            tables.tables += grades
            row.asked = keep(slots)
        case .answers(let slots):
            row.method = .answers
            row.asked = keep(slots)
        }
        return row
    }

    private mutating func keep(_ slots: [UInt8]) -> Run {
        defer { tables.asked += slots }
        return Run(start: tables.asked.count, count: slots.count)
    }
}
