import Config

/// Where a member of an event comes from in a row.
struct CellRule: Sendable {
    /// What the text is made of.
    enum Origin: Sendable {
        case column(String)
        /// The first of these columns that the table has.
        case either([String])
        case joined([String], by: String)
        case constant(String)
    }

    var origin: Origin
    /// What certain cells stand for; others stand for themselves.
    var values = ValueMap()
    /// How times are written; empty for the usual ways.
    var patterns: [TimePattern] = []
    /// Whether a table may do without the columns.
    var isOptional = false

    /// Whether a table has the columns that the rule reads.
    func isMet(by header: TableHeader) -> Bool {
        switch origin {
        case .column(let name): header.has(name)
        case .either(let names): names.contains { header.has($0) }
        case .joined(let names, _): names.allSatisfy { header.has($0) }
        case .constant: true
        }
    }

    /// The columns that a table lacks, the first of them where one would do.
    func absent(from header: TableHeader) -> [String] {
        switch origin {
        case .column(let name): header.has(name) ? [] : [name]
        case .either(let names): isMet(by: header) ? [] : Array(names.prefix(1))
        case .joined(let names, _): names.filter { !header.has($0) }
        case .constant: []
        }
    }
}

extension CellRule {
    /// Reads `COLUMN`, or `{column: …}`, `{either: […]}`, `{columns: […], join: …}` or `{constant: …}`, with `values`,
    /// `format` or `optional: true` beside it.
    init?(_ node: Node, _ what: String, isTime: Bool, _ mistakes: inout Mistakes) {
        if let text = node.text {
            self.init(origin: .column(text))
            return
        }
        guard var section = Section(node, what, &mistakes) else { return nil }
        guard let origin = Origin(&section, what, &mistakes) else { return nil }
        self.init(origin: origin)
        isOptional = section.bool("optional", &mistakes) ?? false
        if let node = section.node("values") { values = ValueMap(node, "'values'", &mistakes) }
        if isTime {
            patterns = section.texts("format", &mistakes).compactMap { TimePattern($0, &mistakes) }
        }
        section.finish(&mistakes)
    }
}

extension CellRule.Origin {
    /// Reads the keys that say where a text comes from; nil, with a mistake noted, unless there is exactly one.
    init?(_ section: inout Section, _ what: String, _ mistakes: inout Mistakes) {
        let column = section.text("column", &mistakes)
        let either = section.texts("either", &mistakes)
        let columns = section.texts("columns", &mistakes)
        let join = section.text("join", &mistakes)
        let constant = section.text("constant", &mistakes)
        if let join, columns.isEmpty { mistakes.add(at: join.mark, "'join' goes with 'columns'") }
        guard [column != nil, !either.isEmpty, !columns.isEmpty, constant != nil].count(where: { $0 }) == 1 else {
            mistakes.add(at: section.mark, "\(what) needs one of 'column', 'either', 'columns' and 'constant'")
            return nil
        }
        if let column {
            self = .column(column.value)
        } else if let constant {
            self = .constant(constant.value)
        } else if columns.isEmpty {
            self = .either(either.map(\.value))
        } else {
            self = .joined(columns.map(\.value), by: join?.value ?? " ")
        }
    }
}

extension ValueMap {
    /// Reads a mapping from cells to what they stand for.
    init(_ node: Node, _ what: String, _ mistakes: inout Mistakes) {
        self.init()
        guard let entries = node.entries else {
            mistakes.add(at: node.mark, "\(what) must be a mapping, found \(node.kind)")
            return
        }
        for entry in entries {
            guard let text = Located<String>.text(entry.value, "'\(entry.key)'", &mistakes) else { continue }
            if !add(entry.key, meaning: text.value) {
                mistakes.add(at: entry.keyMark, "\(what) has '\(entry.key)' twice (case does not count)")
            }
        }
    }
}
