import Clinical

extension EventLine {
    /// Reads a text with escapes, with bytes outside ASCII, or with blanks in front.
    @inline(never)
    func unusualText(
        of member: Member, _ bytes: RawSpan, _ start: Int, _ out: inout EventBuilder
    ) throws(RecordError) -> Int {
        let (span, end) = try JSONScanner.text(bytes, start + 1, into: &out.batch.decoded)
        try out.takeText(out.isBlank(span, bytes) ? .empty : span, as: member, tables, bytes, at: start)
        return end
    }

    /// Reads a value that is neither a text nor a number.
    @inline(never)
    func otherValue(
        of member: Member, _ bytes: RawSpan, _ start: Int, _ out: inout EventBuilder
    ) throws(RecordError) -> Int {
        switch bytes.at(start) {
        case UInt8(ascii: "n"): return try JSONScanner.literal(bytes, start)
        case UInt8(ascii: "t"), UInt8(ascii: "f"):
            let end = try JSONScanner.literal(bytes, start)
            let span = TextSpan(offset: start, count: end - start)
            try out.take(bytes.at(start) == UInt8(ascii: "t"), spelled: span, as: member, at: start)
            return end
        case UInt8(ascii: "["), UInt8(ascii: "{"): break
        default: throw JSONScanner.syntax(bytes, start)
        }
        let isList = bytes.at(start) == UInt8(ascii: "[")
        switch member {
        case .answers where !isList: return try answers(bytes, start, &out)
        case .therapy where isList, .agent where isList, .modifier where isList, .qualifier where isList:
            return try list(of: member, bytes, start, &out)
        case .other: return try JSONScanner.skipValue(bytes, start, depth: 1, limit: nestingLimit)
        default: throw RecordError(.wrongType, member, at: start)
        }
    }

    private func list(
        of member: Member, _ bytes: RawSpan, _ start: Int, _ out: inout EventBuilder
    ) throws(RecordError) -> Int {
        var index = JSONScanner.skipBlanks(bytes, start + 1)
        if bytes.at(index) == UInt8(ascii: "]") { return index + 1 }
        while true {
            guard bytes.at(index) == UInt8(ascii: "\"") else {
                let isValue = JSONScanner.startsValue(bytes.at(index))
                throw isValue ? RecordError(.wrongType, member, at: index) : JSONScanner.syntax(bytes, index)
            }
            let (span, end) = try JSONScanner.text(bytes, index + 1, into: &out.batch.decoded)
            if !out.isBlank(span, bytes) { out.takeName(span, as: member, tables, bytes) }
            index = JSONScanner.skipBlanks(bytes, end)
            if bytes.at(index) == UInt8(ascii: "]") { return index + 1 }
            guard bytes.at(index) == UInt8(ascii: ",") else { throw JSONScanner.syntax(bytes, index) }
            index = JSONScanner.skipBlanks(bytes, index + 1)
        }
    }

    /// Reads `answers`: attribute by attribute.
    private func answers(_ bytes: RawSpan, _ start: Int, _ out: inout EventBuilder) throws(RecordError) -> Int {
        out.attributes.removeAll()
        let first = out.batch.answers.count
        var index = JSONScanner.skipBlanks(bytes, start + 1)
        if bytes.at(index) == UInt8(ascii: "}") { throw RecordError(.noAnswers, .answers, at: start) }
        while true {
            index = JSONScanner.skipBlanks(bytes, try oneAnswer(bytes, index, &out))
            if bytes.at(index) == UInt8(ascii: "}") { break }
            guard bytes.at(index) == UInt8(ascii: ",") else { throw JSONScanner.syntax(bytes, index) }
            index = JSONScanner.skipBlanks(bytes, index + 1)
        }
        if out.batch.answers.count == first { throw RecordError(.noAnswers, .answers, at: start) }
        return index + 1
    }

    private func oneAnswer(_ bytes: RawSpan, _ start: Int, _ out: inout EventBuilder) throws(RecordError) -> Int {
        guard bytes.at(start) == UInt8(ascii: "\"") else { throw JSONScanner.syntax(bytes, start) }
        let (attribute, end) = try JSONScanner.text(bytes, start + 1, into: &out.batch.decoded)
        let name = out.name(attribute, bytes)
        if out.attributes.isSecond(hash: name.hash) { throw RecordError(.duplicateAnswer, .answers, at: start) }
        var index = JSONScanner.skipBlanks(bytes, end)
        guard bytes.at(index) == UInt8(ascii: ":") else { throw JSONScanner.syntax(bytes, index) }
        index = JSONScanner.skipBlanks(bytes, index + 1)
        guard let (answer, hash) = try answer(bytes, &index, &out) else { return index }
        try out.add(answer, hash, to: attribute, name, tables, bytes, at: start)
        return index
    }

    /// Reads one answer at `index` and moves past it; nil for null and for a blank text.
    private func answer(
        _ bytes: RawSpan, _ index: inout Int, _ out: inout EventBuilder
    ) throws(RecordError) -> (AnswerRecord, hash: UInt64)? {
        let start = index
        switch bytes.at(start) {
        case UInt8(ascii: "\""):
            let (span, end) = try JSONScanner.text(bytes, start + 1, into: &out.batch.decoded)
            index = end
            return out.isBlank(span, bytes) ? nil : out.textAnswer(span, tables, bytes)
        case UInt8(ascii: "n"):
            index = try JSONScanner.literal(bytes, start)
            return nil
        case UInt8(ascii: "t"), UInt8(ascii: "f"):
            index = try JSONScanner.literal(bytes, start)
            let span = TextSpan(offset: start, count: index - start)
            return EventBuilder.boolAnswer(bytes.at(start) == UInt8(ascii: "t"), spelled: span)
        case UInt8(ascii: "["), UInt8(ascii: "{"): throw RecordError(.wrongType, .answers, at: start)
        default:
            let (number, end) = try JSONScanner.number(bytes, start, .answers)
            index = end
            return EventBuilder.numberAnswer(number, spelled: TextSpan(offset: start, count: end - start))
        }
    }
}
