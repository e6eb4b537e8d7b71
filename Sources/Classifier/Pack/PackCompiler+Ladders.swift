import Clinical
import Config

extension PackCompiler {
    /// Every grading of every term.
    mutating func addLadders() {
        for definition in definition.terms {
            guard let term = termIndex[definition.name.value], terms[term].gradings.isEmpty else { continue }
            let first = gradings.count
            for ladder in definition.ladders { addLadder(ladder, term) }
            for (scale, asks) in definition.composites { addComposite(scale, asks, term, definition) }
            terms[term].gradings = first..<gradings.count
            let own = (first..<gradings.count).filter { gradings[$0].family == .grade }
            let scale = own.first.map { gradings[$0].scale }
            let onScale = own.filter { gradings[$0].scale == scale }
            terms[term].clinicianGrading = onScale.count == 1 ? onScale[0] : nil
            if first == gradings.count {
                mistakes.add(
                    at: definition.name.mark, "term '\(definition.name.value)' is graded on no scale",
                    help: "give it 'grades' or 'asks'")
            }
        }
    }

    private mutating func grading(
        _ term: Int, scale: Int, _ direction: Direction, _ title: PackText, _ method: Grading.Method, asks: UInt32
    ) -> Grading {
        let definition = definition.scales[scale]
        let family: CriterionNode.Family =
            switch definition.family {
            case .grade: .grade
            case .composite: .composite
            case .answer: .answer
            }
        return Grading(
            term: term, scale: scale, scaleName: catalogue.number(of: definition.name.value), family: family,
            direction: direction, title: title, phrase: catalogue.number(of: definition.phrase), method: method,
            asks: asks,
            source: catalogue.number(of: definition.source))
    }

    private mutating func addLadder(_ ladder: LadderDefinition, _ term: Int) {
        var asks: UInt32 = 0
        var branches = Branches()
        for (baseline, rows) in ladder.branches {
            let readings = rows.map { Self.reading($0.criterion) }
            checkOrder(rows, readings, ladder)
            let first = tables.steps.count
            for (row, reading) in zip(rows, readings).reversed() {
                guard let expression = expression(reading, row.criterion),
                    let start = compile(expression, scope: .term(term), row.criterion)
                else { continue }
                let asked = slots(from: start)
                asks |= asked
                let criterion = CompiledCriterion(
                    text: catalogue.number(of: row.criterion.value), source: catalogue.number(of: row.source))
                tables.steps.append(
                    LadderStep(grade: Int8(row.grade), start: Int32(start), criterion: Int32(criteria.count)))
                criteria.append(criterion)
            }
            branches[baseline] = first..<tables.steps.count
        }
        let title = ladder.title.isEmpty ? terms[term].title : catalogue.number(of: ladder.title)
        gradings.append(grading(term, scale: ladder.scale, ladder.direction, title, branches.method, asks: asks))
    }

    private func slots(from start: Int) -> UInt32 {
        tables.evaluator.nodes[start..<Int(tables.evaluator.nodes[start].end)].reduce(0) { mask, node in
            switch node.kind {
            case .number, .rank, .choice, .claim, .hours: mask | 1 << UInt32(node.slot)
            case .all, .any, .not, .qualifier, .flag, .grade: mask
            }
        }
    }

    private mutating func addComposite(
        _ scale: Int, _ asks: [Located<String>], _ term: Int, _ definition: TermDefinition
    ) {
        var slots: [UInt8] = []
        for ask in asks {
            guard let symbol = vocabulary.attributes.symbol(ask.value), let slot = terms[term].slot(of: symbol) else {
                return
            }
            slots.append(slot)
        }
        let mask = slots.reduce(UInt32(0)) { $0 | 1 << UInt32($1) }
        let title = terms[term].title
        let names = Set(asks.map(\.value))
        let table = self.definition.scales[scale].tables.first { Set($0.attributes.map(\.value)) == names }
        if let table {
            let ordered = table.attributes.compactMap { attribute in
                asks.firstIndex { $0.value == attribute.value }.map { slots[$0] }
            }
            let grades = table.grades.map { Int8($0 ?? -1) }
            gradings.append(
                grading(term, scale: scale, .none, title, .composite(grades: grades, slots: ordered), asks: mask))
        } else if names != ["presence"], let first = asks.first {
            let known = self.definition.scales[scale].tables.map { $0.attributes.map(\.value).joined(separator: ", ") }
            mistakes.add(
                at: first.mark, "no table takes \(asks.map(\.value).joined(separator: ", "))",
                help: "tables: \(known.joined(separator: "; "))")
        }
        guard scale + 1 < self.definition.scales.count, self.definition.scales[scale + 1].family == .answer else {
            return
        }
        gradings.append(grading(term, scale: scale + 1, .none, title, .answers(slots: slots), asks: mask))
    }

    /// Limits of one kind must rise with the grade where high is bad, and fall where low is bad.
    private mutating func checkOrder(
        _ rows: [LadderDefinition.Row], _ readings: [Result<Expression, ExpressionParser.Fault>],
        _ ladder: LadderDefinition
    ) {
        var last: [String: (number: ExactDecimal, row: LadderDefinition.Row)] = [:]
        for (row, reading) in zip(rows, readings) {
            guard case .success(.compare(nil, let comparison, let limit, _)) = reading,
                let (kind, number) = Self.simple(limit)
            else { continue }
            let rises = comparison == .greater || comparison == .greaterOrEqual
            if let direction = Self.direction(comparison), ladder.direction != .none, direction != ladder.direction {
                mistakes.add(
                    at: row.criterion.mark,
                    "grade \(row.grade) of a \(ladder.direction.name ?? "") ladder looks the other way: '\(row.criterion.value)'"
                )
            }
            if let previous = last[kind], rises ? number <= previous.number : number >= previous.number {
                let problem = number == previous.number ? "overlaps" : rises ? "falls below" : "rises above"
                mistakes.add(
                    at: row.criterion.mark,
                    "the limit of grade \(row.grade), '\(row.criterion.value)', \(problem) that of grade \(previous.row.grade), '\(previous.row.criterion.value)'",
                    help: "a higher grade must be harder to reach")
            }
            last[kind] = (number, row)
        }
    }

    private static func direction(_ comparison: Comparison) -> Direction? {
        switch comparison {
        case .greater, .greaterOrEqual: .high
        case .less, .lessOrEqual: .low
        case .equal, .notEqual: nil
        }
    }

    private static func simple(_ limit: Expression.Limit) -> (String, ExactDecimal)? {
        switch limit {
        case .number(let amounts): ("number \(amounts[0].unit ?? "")", amounts[0].number)
        case .reference(let coefficient, let reference, let offset) where offset.isEmpty:
            (reference.rawValue, coefficient)
        case .reference, .word: nil
        }
    }
}

/// The steps of a ladder by what the pre-treatment value was.
private struct Branches {
    private var any: Range<Int>?
    private var high: Range<Int>?
    private var low: Range<Int>?
    private var abnormal: Range<Int>?
    private var known: Range<Int>?

    subscript(_ baseline: LadderDefinition.Baseline) -> Range<Int>? {
        get {
            switch baseline {
            case .any: any
            case .high: high
            case .low: low
            case .abnormal: abnormal
            case .known: known
            }
        }
        set {
            switch baseline {
            case .any: any = newValue
            case .high: high = newValue
            case .low: low = newValue
            case .abnormal: abnormal = newValue
            case .known: known = newValue
            }
        }
    }

    /// Grading by these steps.
    var method: Grading.Method {
        let none = 0..<0
        return .ladder(
            any: any ?? none, high: high ?? abnormal ?? none, low: low ?? abnormal ?? none, known: known ?? none)
    }
}
