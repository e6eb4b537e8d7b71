import Config

/// Where a member of an event comes from in a row.
struct CellRule: Sendable {
    /// What the text is made of.
    enum Origin: Sendable {
        case column(String)
        case joined([String], by: String)
        case constant(String)
    }

    var origin: Origin
    /// What certain cells stand for; others stand for themselves.
    var values = ValueMap()
    /// How times are written; empty for the usual ways.
    var patterns: [TimePattern] = []

    /// The columns that the rule reads.
    var columns: [String] {
        switch origin {
        case .column(let name): [name]
        case .joined(let names, _): names
        case .constant: []
        }
    }
}

extension CellRule {
    /// Reads `COLUMN`, or `{column: …}`, `{columns: […], join: …}` or `{constant: …}`, with `values` or `format` beside it.
    init?(_ node: Node, _ what: String, isTime: Bool, _ mistakes: inout Mistakes) {
        if let text = node.text {
            self.init(origin: .column(text))
            return
        }
        guard var section = Section(node, what, &mistakes) else { return nil }
        let column = section.text("column", &mistakes)
        let columns = section.texts("columns", &mistakes)
        let join = section.text("join", &mistakes)
        let constant = section.text("constant", &mistakes)
        guard [column != nil, !columns.isEmpty, constant != nil].count(where: { $0 }) == 1 else {
            mistakes.add(at: node.mark, "\(what) needs one of 'column', 'columns' and 'constant'")
            return nil
        }
        if let column {
            self.init(origin: .column(column.value))
        } else if let constant {
            self.init(origin: .constant(constant.value))
        } else {
            self.init(origin: .joined(columns.map(\.value), by: join?.value ?? " "))
        }
        if let join, columns.isEmpty { mistakes.add(at: join.mark, "'join' goes with 'columns'") }
        if let node = section.node("values") { values = ValueMap(node, "'values'", &mistakes) }
        if isTime {
            patterns = section.texts("format", &mistakes).compactMap { TimePattern($0, &mistakes) }
        }
        section.finish(&mistakes)
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
