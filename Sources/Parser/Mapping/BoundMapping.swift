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
    private let table: TableHeader
    private(set) var rules: [(member: Member, cell: Cell)] = []
    private(set) var answers: [(attribute: [UInt8], cell: Cell)] = []
    private(set) var groups: [Group] = []
    private(set) var skips: [(cell: Cell, cells: Set<[UInt8]>, isListed: Bool)] = []
    /// One past the last column that is read.
    private(set) var width = 0

    /// Throws when a column is missing that the mapping cannot do without, or when one stands twice in the header.
    init(_ mapping: SourceMapping, header: [String]) throws(InputError) {
        self.mapping = mapping
        table = TableHeader(header)
        for (member, rule) in mapping.rules {
            if let cell = try bind(rule) { rules.append((member, cell)) }
        }
        for (attribute, rule) in mapping.answers {
            if let cell = try bind(rule) { answers.append((Array(attribute.utf8), cell)) }
        }
        for question in mapping.questions { try bind(question) }
        if groups.isEmpty, !mapping.questions.isEmpty { throw .noQuestions(of: mapping) }
        for skip in mapping.skip {
            guard let cell = try bind(skip.rule) else { continue }
            skips.append((cell, Set(skip.cells.map { Array($0.utf8) }), skip.isListed))
        }
    }

    var header: [String] { table.names }

    /// The rule of a member.
    func cell(of member: Member) -> Cell? { rules.first { $0.member == member }?.cell }

    private mutating func bind(_ question: SourceMapping.Question) throws(InputError) {
        let rule = CellRule(
            origin: .column(question.column), values: question.values, isOptional: mapping.isPartial)
        guard let cell = try bind(rule) else { return }
        let code = Array(question.code.utf8)
        let asked = (question.attribute.map { Array($0.utf8) }, question.unit.map { Array($0.utf8) }, cell)
        if let known = groups.firstIndex(where: { $0.code == code }) {
            groups[known].questions.append(asked)
        } else {
            groups.append(Group(code: code, questions: [asked]))
        }
    }

    /// Nil for an optional rule whose columns the table lacks.
    private mutating func bind(_ rule: CellRule) throws(InputError) -> Cell? {
        if rule.isOptional, !rule.isMet(by: table) { return nil }
        let origin: Cell.Origin
        switch rule.origin {
        case .column(let name): origin = .column(try place(of: name))
        case .either(let names): origin = .column(try place(of: names.first { table.has($0) } ?? names[0]))
        case .joined(let names, let join):
            var places: [Int] = []
            for name in names { places.append(try place(of: name)) }
            origin = .joined(places, by: Array(join.utf8))
        case .constant(let text): origin = .constant(Array(text.utf8))
        }
        return Cell(origin: origin, values: rule.values, patterns: rule.patterns)
    }

    private mutating func place(of name: String) throws(InputError) -> Int {
        let places = table.places(of: name)
        guard let place = places.first else { throw .missingColumn(name, of: mapping, header: header) }
        if places.count > 1 { throw .doubledColumn(name) }
        width = max(width, place + 1)
        return place
    }
}
