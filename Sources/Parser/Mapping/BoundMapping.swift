import Clinical

/// A mapping whose columns were found in the header of one input.
struct BoundMapping: Sendable {
    /// A rule with the places of its columns.
    struct Cell: Sendable {
        enum Origin: Sendable {
            case column(Int)
            case joined([Int], by: [UInt8])
            case constant([UInt8])
        }

        var origin: Origin
        var values: ValueMap
        var patterns: [TimePattern]

        /// The first column that it reads; -1 for none.
        var column: Int {
            switch origin {
            case .column(let column): column
            case .joined(let columns, _): columns.first ?? -1
            case .constant: -1
            }
        }
    }

    /// The questions about one term.
    struct Group: Sendable {
        var code: [UInt8]
        var questions: [(attribute: [UInt8]?, unit: [UInt8]?, cell: Cell)]
    }

    let mapping: SourceMapping
    let header: [String]
    private(set) var rules: [(member: Member, cell: Cell)] = []
    private(set) var answers: [(attribute: [UInt8], cell: Cell)] = []
    private(set) var groups: [Group] = []
    private(set) var skips: [(column: Int, cells: Set<[UInt8]>, isListed: Bool)] = []
    /// One past the last column that is read.
    private(set) var width = 0
    private var places: [String: Int] = [:]

    /// Throws when a column is missing, or stands twice in the header.
    init(_ mapping: SourceMapping, header: [String]) throws(InputError) {
        self.mapping = mapping
        self.header = header
        for (index, name) in header.enumerated() where places[name] == nil { places[name] = index }
        try check(mapping.columns)
        rules = mapping.rules.map { ($0.member, bind($0.rule)) }
        answers = mapping.answers.map { (Array($0.attribute.utf8), bind($0.rule)) }
        for question in mapping.questions {
            let code = Array(question.code.utf8)
            let rule = CellRule(origin: .column(question.column), values: question.values)
            let asked = (question.attribute.map { Array($0.utf8) }, question.unit.map { Array($0.utf8) }, bind(rule))
            if let known = groups.firstIndex(where: { $0.code == code }) {
                groups[known].questions.append(asked)
            } else {
                groups.append(Group(code: code, questions: [asked]))
            }
        }
        skips = mapping.skip.map { (places[$0.column] ?? 0, Set($0.cells.map { Array($0.utf8) }), $0.isListed) }
        width = (mapping.columns.compactMap { places[$0] }.max() ?? -1) + 1
    }

    /// The rule of a member.
    func cell(of member: Member) -> Cell? { rules.first { $0.member == member }?.cell }

    private func check(_ columns: [String]) throws(InputError) {
        for name in columns {
            if places[name] == nil { throw .missingColumn(name, of: mapping, header: header) }
            if header.count(where: { $0 == name }) > 1 { throw .doubledColumn(name) }
        }
    }

    private func bind(_ rule: CellRule) -> Cell {
        let origin: Cell.Origin =
            switch rule.origin {
            case .column(let name): .column(places[name] ?? 0)
            case .joined(let names, let join): .joined(names.map { places[$0] ?? 0 }, by: Array(join.utf8))
            case .constant(let text): .constant(Array(text.utf8))
            }
        return Cell(origin: origin, values: rule.values, patterns: rule.patterns)
    }
}
