import Clinical

/// Turns one row of a table into events by its mapping.
///
/// A class, though nothing in it ever changes: a struct as large as a mapping would be copied at every call.
final class RowMapper: Sendable {
    let bound: BoundMapping
    let tables: EventTables
    /// In which `last_dose` and `started` begin when the mapping has no zone.
    let siteZone: SiteZone

    init(_ bound: BoundMapping, _ tables: EventTables, siteZone: SiteZone) {
        self.bound = bound
        self.tables = tables
        self.siteZone = siteZone
    }

    /// A row as the scanner found it.
    struct Row {
        var cells: [TextSpan]
        var line: UInt64
        var offset: UInt64
        /// True when the cells lie in the batch's own bytes, so that texts need not be copied.
        var isStable: Bool
    }

    private var mapping: SourceMapping { bound.mapping }

    /// Appends the events of a row; false when the row is left out by the mapping's own rules.
    func read(_ row: Row, _ bytes: RawSpan, into out: inout EventBuilder) throws(RecordError) -> Bool {
        if row.cells.count < bound.width || isOverlong(row) {
            var error = RecordError(.cellCount)
            error.wanted = Int32(clamping: bound.header.count)
            error.found = Int32(clamping: row.cells.count)
            throw error
        }
        for skip in bound.skips {
            let cell = joinedText(of: skip.cell, row, bytes, &out)
            if skip.cells.contains(cell) == skip.isListed { return false }
        }
        if bound.groups.isEmpty { return try readLong(row, bytes, &out) }
        var isAnswered = false
        for group in bound.groups where try readGroup(group, row, bytes, &out) { isAnswered = true }
        return isAnswered
    }

    /// More cells than the header has, and not only empty ones.
    private func isOverlong(_ row: Row) -> Bool {
        row.cells.dropFirst(bound.header.count).contains { !$0.isEmpty }
    }

    private func readLong(_ row: Row, _ bytes: RawSpan, _ out: inout EventBuilder) throws(RecordError) -> Bool {
        out.begin(line: row.line, offset: row.offset)
        try takeMembers(row, bytes, &out)
        for (attribute, cell) in bound.answers {
            try takeAnswer(cell, to: attribute, row, bytes, &out)
        }
        if isUnsaid(row, bytes, &out) {
            out.withdraw()
            return false
        }
        try out.finish(bytes)
        return true
    }

    /// Whether the row has no answer because its value is one of the cells that the mapping itself calls missing.
    private func isUnsaid(_ row: Row, _ bytes: RawSpan, _ out: inout EventBuilder) -> Bool {
        guard !out.hasAnswer, out.event.status != .cancelled, let cell = bound.cell(of: .value) else { return false }
        guard case .column(let column) = cell.origin else { return false }
        let text = text(row.cells[column], bytes, &out)
        return mapping.missesEmpty && text.isEmpty || isMissing(text)
    }

    private func readGroup(
        _ group: BoundMapping.Group, _ row: Row, _ bytes: RawSpan, _ out: inout EventBuilder
    ) throws(RecordError) -> Bool {
        out.begin(line: row.line, offset: row.offset)
        try takeMembers(row, bytes, &out)
        for question in group.questions {
            if let attribute = question.attribute {
                try takeAnswer(question.cell, to: attribute, row, bytes, &out)
            } else {
                try take(question.cell, as: .value, row, bytes, &out)
            }
            if let unit = question.unit, out.hasAnswer, out.event.unit.isEmpty {
                out.takeName(out.batch.keep(unit), as: .unit, tables, bytes)
            }
        }
        guard out.hasAnswer else {
            out.withdraw()
            return false
        }
        out.takeName(out.batch.keep(group.code), as: .code, tables, bytes)
        if !out.event.id.isEmpty {
            // One report, many events: each needs an id of its own.
            let id = out.text(of: out.event.id, bytes) + [UInt8(ascii: "/")] + group.code
            out.event.id = out.batch.keep(id)
        }
        try out.finish(bytes)
        return true
    }

    private func takeMembers(_ row: Row, _ bytes: RawSpan, _ out: inout EventBuilder) throws(RecordError) {
        for (member, cell) in bound.rules { try take(cell, as: member, row, bytes, &out) }
        if out.event.source.isEmpty, !mapping.name.isEmpty { out.event.source = out.batch.keep(mapping.name.utf8) }
    }

    private func take(
        _ cell: BoundMapping.Cell, as member: Member, _ row: Row, _ bytes: RawSpan, _ out: inout EventBuilder
    ) throws(RecordError) {
        do throws(RecordError) {
            let span = span(of: cell, row, bytes, &out)
            if span.isEmpty { return }
            switch member {
            case .value: try takeValue(span, bytes, &out)
            case .low, .high, .baseline: try takeNumber(span, as: member, bytes, &out)
            case .time: try takeTime(span, cell, as: member, bytes, &out)
            case .lastDose, .started:
                do throws(RecordError) {
                    try takeTime(span, cell, as: member, bytes, &out)
                } catch {
                    out.unread.append(member)
                }
            case .therapy, .agent, .modifier, .qualifier: takeList(span, as: member, row, bytes, &out)
            case .test: try takeTest(span, bytes, &out)
            default: try out.takeText(span, as: member, tables, bytes, at: -1)
            }
        } catch {
            var placed = error
            placed.column = Int16(clamping: cell.column)
            placed.index = -1
            throw placed
        }
    }

    private func takeAnswer(
        _ cell: BoundMapping.Cell, to attribute: [UInt8], _ row: Row, _ bytes: RawSpan, _ out: inout EventBuilder
    ) throws(RecordError) {
        let span = span(of: cell, row, bytes, &out)
        if span.isEmpty { return }
        let (answer, hash, comparator) = try answer(span, bytes, &out)
        let attributeSpan = out.batch.keep(attribute)
        let key = out.name(attributeSpan, bytes)
        do throws(RecordError) {
            try out.add(answer, hash, to: attributeSpan, key, tables, bytes, at: -1)
        } catch {
            var placed = error
            placed.column = Int16(clamping: cell.column)
            throw placed
        }
        if comparator != .none { out.event.comparator = comparator }
    }
}
