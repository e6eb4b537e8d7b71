import Clinical

extension RowMapper {
    /// The patient that a row names, as far as its cells were read.
    func patient(_ cells: [TextSpan], _ bytes: RawSpan, _ out: inout EventBuilder) -> [UInt8]? {
        guard let cell = bound.cell(of: .patient), isWhole(cell, cells) else { return nil }
        let row = Row(cells: cells, line: 0, offset: 0, isStable: true)
        let span = span(of: cell, row, bytes, &out)
        return span.isEmpty ? nil : out.text(of: span, bytes)
    }

    /// The time that a row tells, as far as its cells were read.
    func time(_ cells: [TextSpan], _ bytes: RawSpan, _ out: inout EventBuilder) -> Moment {
        guard let cell = bound.cell(of: .time), isWhole(cell, cells) else { return .unknown }
        out.event.time = .unknown
        let row = Row(cells: cells, line: 0, offset: 0, isStable: true)
        let span = span(of: cell, row, bytes, &out)
        if !span.isEmpty { try? takeTime(span, cell, as: .time, bytes, &out) }
        if out.event.time.isDate { out.takeDay(bytes) }
        return out.event.time
    }

    private func isWhole(_ cell: BoundMapping.Cell, _ cells: [TextSpan]) -> Bool {
        switch cell.origin {
        case .column(let column): column < cells.count
        case .joined(let columns, _): columns.allSatisfy { $0 < cells.count }
        case .constant: true
        }
    }

    /// The text of a rule in a row, without blanks around it; empty when nothing was said.
    func span(
        of cell: BoundMapping.Cell, _ row: Row, _ bytes: RawSpan, _ out: inout EventBuilder
    ) -> TextSpan {
        var span: TextSpan
        switch cell.origin {
        case .column(let column):
            span = trimmed(row.cells[column], bytes, &out)
            if !row.isStable, !span.isDecoded, !span.isEmpty { span = out.batch.keep(out.text(of: span, bytes)) }
        case .joined(let columns, _):
            if columns.contains(where: { text(row.cells[$0], bytes, &out).isEmpty }) { return .empty }
            span = out.batch.keep(joinedText(of: cell, row, bytes, &out))
        case .constant(let text): span = out.batch.keep(text)
        }
        if span.isEmpty { return .empty }
        if meaning(of: span, in: bound.mapping.missing, bytes, &out) != nil { return .empty }
        if let meaning = meaning(of: span, in: cell.values, bytes, &out) { return out.batch.keep(meaning) }
        return span
    }

    /// The text that a rule finds in a row as it stands there, however empty and whatever it stands for.
    func joinedText(
        of cell: BoundMapping.Cell, _ row: Row, _ bytes: RawSpan, _ out: inout EventBuilder
    ) -> [UInt8] {
        switch cell.origin {
        case .column(let column): text(row.cells[column], bytes, &out)
        case .joined(let columns, let join):
            Array(columns.map { text(row.cells[$0], bytes, &out) }.joined(separator: join))
        case .constant(let text): text
        }
    }

    /// The text of a cell without blanks around it.
    func text(_ cell: TextSpan, _ bytes: RawSpan, _ out: inout EventBuilder) -> [UInt8] {
        let span = trimmed(cell, bytes, &out)
        return out.text(of: span, bytes)
    }

    /// Whether the mapping says that this text means that nothing was said.
    func isMissing(_ text: [UInt8]) -> Bool {
        bound.mapping.missing.meaning(text.span.bytes, from: 0, count: text.count) != nil
    }

    private func meaning(
        of span: TextSpan, in map: ValueMap, _ bytes: RawSpan, _ out: inout EventBuilder
    ) -> [UInt8]? {
        if map.isEmpty { return nil }
        if !span.isDecoded { return map.meaning(bytes, from: span.offset, count: Int(span.count)) }
        let text = out.text(of: span, bytes)
        return map.meaning(text.span.bytes, from: 0, count: text.count)
    }

    private func trimmed(_ span: TextSpan, _ bytes: RawSpan, _ out: inout EventBuilder) -> TextSpan {
        var range = span.range
        while let first = range.first, out.byte(first, of: span, bytes) <= 0x20 { range.removeFirst() }
        while let last = range.last, out.byte(last, of: span, bytes) <= 0x20 { range.removeLast() }
        return TextSpan(offset: range.lowerBound, count: range.count, decoded: span.isDecoded)
    }

    /// Takes the value: a label, a number with or without a bound, or any other text.
    func takeValue(_ span: TextSpan, _ bytes: RawSpan, _ out: inout EventBuilder) throws(RecordError) {
        let (answer, hash, comparator) = try answer(span, bytes, &out)
        out.takeValue((answer, hash))
        if comparator != .none { out.event.comparator = comparator }
    }

    /// The answer that a cell gives, and the bound it names.
    func answer(
        _ span: TextSpan, _ bytes: RawSpan, _ out: inout EventBuilder
    ) throws(RecordError) -> (AnswerRecord, hash: UInt64, Comparator) {
        if let label = meaning(of: span, in: bound.mapping.labels, bytes, &out) {
            let (answer, hash) = out.textAnswer(out.batch.keep(label), tables, bytes)
            return (answer, hash, .none)
        }
        switch CellNumber.read(out.text(of: span, bytes), decimal: bound.mapping.decimal) {
        case .number(let number, let comparator):
            // Spelled anew, because not every spelling of a cell is one of JSON.
            let spelled = out.batch.keep(number.description.utf8)
            let (answer, hash) = EventBuilder.numberAnswer(number, spelled: spelled)
            return (answer, hash, comparator)
        case .unfit(let fault): throw RecordError(fault, .value)
        case .text:
            let (answer, hash) = out.textAnswer(span, tables, bytes)
            return (answer, hash, .none)
        }
    }

    /// Takes a limit or the baseline, which must be a plain number.
    func takeNumber(
        _ span: TextSpan, as member: Member, _ bytes: RawSpan, _ out: inout EventBuilder
    ) throws(RecordError) {
        switch CellNumber.read(out.text(of: span, bytes), decimal: bound.mapping.decimal) {
        case .number(let number, .none): try out.take(number, spelled: span, as: member, at: -1)
        case .unfit(let fault): throw RecordError(fault, member)
        default: throw RecordError(.notANumber, member)
        }
    }

    /// Takes a time, in the mapping's zone when the text tells none.
    func takeTime(
        _ span: TextSpan, _ cell: BoundMapping.Cell, as member: Member, _ bytes: RawSpan, _ out: inout EventBuilder
    ) throws(RecordError) {
        if member == .time, cell.patterns.isEmpty, !span.isDecoded,
            let moment = out.instants.instant(bytes, from: span.offset, count: Int(span.count))
        {
            out.event.time.milliseconds = moment.milliseconds
            out.event.timeText = span
            return
        }
        let text = out.text(of: span, bytes)
        let patterns = cell.patterns.isEmpty ? TimePattern.usual : cell.patterns
        var reading: TimeReading?
        for pattern in patterns where reading == nil { reading = pattern.reading(text) }
        guard let reading else { throw RecordError(.time, member) }
        let zone = bound.mapping.zone ?? (member == .time && !bound.mapping.isInSiteZone ? nil : siteZone)
        guard let moment = reading.moment(in: zone) else { throw RecordError(.timeWithoutZone, member) }
        switch member {
        case .lastDose: out.event.lastDose = moment
        case .started: out.event.started = moment
        default:
            let isDate = out.event.time.isDate
            out.writtenDay = reading.day
            out.event.time = moment
            out.event.time.isDate = moment.isDate || isDate
            var spelled: [UInt8] = []
            RFC3339.append(moment, to: &spelled)
            out.event.timeText = out.batch.keep(spelled)
        }
    }

    /// Takes a list of names with semicolons between them.
    func takeList(
        _ span: TextSpan, as member: Member, _ row: Row, _ bytes: RawSpan, _ out: inout EventBuilder
    ) {
        var start = span.offset
        let end = span.range.upperBound
        for index in span.offset...end {
            guard index == end || out.byte(index, of: span, bytes) == UInt8(ascii: ";") else { continue }
            let part = TextSpan(offset: start, count: index - start, decoded: span.isDecoded)
            let name = trimmed(part, bytes, &out)
            if !name.isEmpty { out.takeName(name, as: member, tables, bytes) }
            start = index + 1
        }
    }

    /// Takes the mark of a test patient.
    func takeTest(_ span: TextSpan, _ bytes: RawSpan, _ out: inout EventBuilder) throws(RecordError) {
        switch String(decoding: out.text(of: span, bytes), as: UTF8.self).lowercased() {
        case "true", "yes", "1": out.event.has.insert(.test)
        case "false", "no", "0": break
        default: throw RecordError(.unknownWord, .test)
        }
    }
}
