import Clinical

/// Compiled criteria while a pack is compiled.
struct CriterionRows: Sendable {
    var nodes: [CriterionNode] = []
    var limits: [CompiledLimit] = []
    var printed: [PrintedLimit] = []
    var conversions: [UnitConversion] = [.same]
    /// Qualifiers that a report which does not mention them denies.
    var deniedWhenAbsent: UInt64 = 0
    /// By place among all slots: what a report that says nothing says.
    var silent: [Fact] = []
}

/// Asks compiled criteria of a fact sheet. Never changes; a class for the reason told at `CompiledPack`.
final class CriterionEvaluator: ImageValue, Sendable {
    let nodes: FixedTable<CriterionNode>
    let limits: FixedTable<CompiledLimit>
    let printed: FixedTable<PrintedLimit>
    let conversions: FixedTable<UnitConversion>
    let deniedWhenAbsent: UInt64
    let silent: FixedTable<Fact>

    init(_ rows: CriterionRows) {
        nodes = FixedTable(rows.nodes)
        limits = FixedTable(rows.limits)
        printed = FixedTable(rows.printed)
        conversions = FixedTable(rows.conversions)
        deniedWhenAbsent = rows.deniedWhenAbsent
        silent = FixedTable(rows.silent)
    }

    init(from image: inout ImageReader) {
        nodes = image.read()
        limits = image.read()
        printed = image.read()
        conversions = image.read()
        deniedWhenAbsent = image.read()
        silent = image.read()
    }

    func write(to image: inout ImageWriter) {
        image.write(nodes, limits, printed, conversions, deniedWhenAbsent, silent)
    }

    deinit {
        nodes.free()
        limits.free()
        printed.free()
        conversions.free()
        silent.free()
    }

    /// What the report says in a slot, or what its silence says.
    @inline(__always)
    func fact(_ slot: UInt8, _ sheet: FactSheet) -> Fact {
        sheet.answered & 1 << UInt32(slot) != 0 ? sheet.facts[Int(slot)] : silent[sheet.first + Int(slot)]
    }

    /// Whether the criterion that starts at `index` holds.
    func truth(at index: Int, _ sheet: FactSheet, _ findings: some FindingView) -> Truth {
        let node = nodes[index]
        switch node.kind {
        case .number: return number(node, sheet)
        case .all:
            var result = Truth.yes
            var child = index + 1
            while child < Int(node.end) {
                let truth = truth(at: child, sheet, findings)
                if truth == .no { return .no }
                result = result && truth
                child = Int(nodes[child].end)
            }
            return result
        case .any:
            var result = Truth.no
            var child = index + 1
            while child < Int(node.end) {
                let truth = truth(at: child, sheet, findings)
                if truth == .yes { return .yes }
                result = result || truth
                child = Int(nodes[child].end)
            }
            return result
        case .not: return !truth(at: index + 1, sheet, findings)
        default: return leaf(node, sheet, findings)
        }
    }

    private func leaf(_ node: CriterionNode, _ sheet: FactSheet, _ findings: some FindingView) -> Truth {
        switch node.kind {
        case .rank:
            let fact = fact(node.slot, sheet)
            guard fact.state == .rank || fact.state == .claim else { return .unknown }
            return Truth(
                node.comparison.holds(ExactDecimal.compare(fact.number, ExactDecimal(mantissa: Int64(node.payload)))))
        case .choice:
            let fact = fact(node.slot, sheet)
            guard fact.state == .rank else { return .unknown }
            return Truth(node.payload & 1 << UInt32(truncatingIfNeeded: fact.number.mantissa) != 0)
        case .claim:
            let fact = fact(node.slot, sheet)
            guard fact.state == .claim else { return .unknown }
            return Truth(fact.number.mantissa != 0)
        case .qualifier:
            let bit: UInt64 = 1 << UInt64(node.payload)
            if sheet.qualifiers & bit != 0 { return .yes }
            return (sheet.denied | deniedWhenAbsent) & bit != 0 ? .no : .unknown
        case .flag: return Truth(node.payload & 1 << UInt32(sheet.flag.rawValue) != 0)
        case .hours: return number(node, sheet)
        case .grade: return findings.truth(of: node)
        case .all, .any, .not, .number: return .unknown
        }
    }

    /// A number against a limit, converted only where the reported unit is not one that the limit was printed in.
    private func number(_ node: CriterionNode, _ sheet: FactSheet) -> Truth {
        let fact = fact(node.slot, sheet)
        guard fact.state == .number || fact.state == .rank else { return .unknown }
        let limit = limits[Int(node.payload)]
        guard let ordering = limit.reference == .none ? absolute(fact, limit) : relative(fact, limit, sheet) else {
            return .unknown
        }
        return fact.comparator == .none
            ? Truth(node.comparison.holds(ordering))
            : node.comparison.holds(forBound: fact.comparator, ordering)
    }

    private func absolute(_ fact: Fact, _ limit: CompiledLimit) -> Ordering? {
        for index in limit.printed.range where printed[index].unit == fact.unit {
            return ExactDecimal.compare(fact.number, printed[index].number)
        }
        guard let first = first(limit), fact.conversion.isUsable, first.conversion.isUsable else { return nil }
        if fact.conversion == .same, first.conversion == .same {
            return ExactDecimal.compare(fact.number, first.number)
        }
        return UnitConversion.compare(
            fact.number, conversions[Int(fact.conversion.rawValue)], first.number,
            conversions[Int(first.conversion.rawValue)])
    }

    private func first(_ limit: CompiledLimit) -> PrintedLimit? {
        limit.printed.isEmpty ? nil : printed[Int(limit.printed.start)]
    }

    private func relative(_ fact: Fact, _ limit: CompiledLimit, _ sheet: FactSheet) -> Ordering? {
        let reference: ExactDecimal
        switch limit.reference {
        case .upperLimit where sheet.hasHigh: reference = sheet.high
        case .lowerLimit where sheet.hasLow: reference = sheet.low
        case .baseline where sheet.hasBaseline: reference = sheet.baseline
        default: return nil
        }
        if limit.printed.isEmpty, limit.reference != .baseline || sheet.baselineSharesUnit {
            return WideDecimal(fact.number).compared(to: WideDecimal(limit.coefficient, times: reference))
        }
        if limit.reference == .baseline, !sheet.baselineSharesUnit {
            return foreignBaseline(fact, limit, sheet)
        }
        return withOffset(fact, limit, reference)
    }

    /// `coefficient × reference + offset`, the offset being in the reported unit or turned into it.
    private func withOffset(_ fact: Fact, _ limit: CompiledLimit, _ reference: ExactDecimal) -> Ordering? {
        var difference = WideDecimal(limit.coefficient, times: reference)
        difference.negate()
        guard let above = difference.adding(fact.number) else { return nil }
        for index in limit.printed.range where printed[index].unit == fact.unit {
            return above.compared(to: WideDecimal(printed[index].number))
        }
        guard let first = first(limit), fact.conversion.isUsable, first.conversion.isUsable else { return nil }
        return UnitConversion.compareDifference(
            above, conversions[Int(fact.conversion.rawValue)], first.number, conversions[Int(first.conversion.rawValue)]
        )
    }

    /// A baseline from a roster, in a unit of its own: both sides are brought to the canonical unit.
    private func foreignBaseline(_ fact: Fact, _ limit: CompiledLimit, _ sheet: FactSheet) -> Ordering? {
        guard fact.conversion.isUsable, sheet.baselineConversion.isUsable, limit.printed.isEmpty else { return nil }
        return UnitConversion.compare(
            fact.number, conversions[Int(fact.conversion.rawValue)],
            times: limit.coefficient, sheet.baseline, conversions[Int(sheet.baselineConversion.rawValue)])
    }
}

/// The findings of a report, as criteria of rules ask for them.
protocol FindingView {
    /// Whether the grade that the node asks for is reached, a possible grade counting as reached.
    func truth(of node: CriterionNode) -> Truth
}

/// No findings: what ladders see.
struct NoFindings: FindingView {
    func truth(of node: CriterionNode) -> Truth { .unknown }
}
