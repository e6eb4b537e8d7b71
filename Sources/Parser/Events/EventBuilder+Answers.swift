import Clinical

extension EventBuilder {
    /// Takes the one answer that `value` gave.
    @inline(__always)
    mutating func takeValue(_ given: (AnswerRecord, hash: UInt64)) {
        answer = given.0
        hashes.value = given.hash
        hasValue = true
    }

    /// Takes a text as the one answer that `value` gave.
    @inline(never)
    mutating func takeValue(_ span: TextSpan, _ tables: EventTables, _ bytes: RawSpan) {
        takeValue(textAnswer(span, tables, bytes))
    }

    /// Adds one of several `answers`; a second spelling of an attribute that was answered already is a duplicate.
    mutating func add(
        _ answer: AnswerRecord, _ hash: UInt64, to attribute: TextSpan, _ name: NameKey, _ tables: EventTables,
        _ bytes: RawSpan, at start: Int
    ) throws(RecordError) {
        var answer = answer
        answer.attributeText = attribute
        answer.attribute = find(name, attribute, in: tables.attributes, bytes)
        if !answer.attribute.isNone {
            for index in firstAnswer..<batch.answers.count where batch.answers[index].attribute == answer.attribute {
                throw RecordError(.duplicateAnswer, .answers, at: start)
            }
        }
        batch.answers.append(answer)
        hashes.addAnswer(attribute: name.hash, value: hash)
    }

    /// An answer that is a number, and its hash.
    @inline(__always)
    static func numberAnswer(_ number: ExactDecimal, spelled span: TextSpan) -> (AnswerRecord, hash: UInt64) {
        var answer = AnswerRecord()
        answer.number = number
        answer.text = span
        return (answer, ContentHashes.number(number))
    }

    /// An answer that is true or false, and its hash.
    static func boolAnswer(_ bool: Bool, spelled span: TextSpan) -> (AnswerRecord, hash: UInt64) {
        var answer = AnswerRecord()
        answer.kind = .bool
        answer.bool = bool
        answer.text = span
        return (answer, ContentHashes.bool(bool))
    }

    /// An answer that is a text, and its hash.
    mutating func textAnswer(
        _ span: TextSpan, _ tables: EventTables, _ bytes: RawSpan
    ) -> (AnswerRecord, hash: UInt64) {
        let key = name(span, bytes)
        var answer = AnswerRecord()
        answer.kind = .text
        answer.text = span
        answer.label = find(key, span, in: tables.labels, bytes)
        if answer.label.isNone { answer.label = Labels.find(text(of: span, bytes), in: tables.labels) }
        return (answer, key.hash)
    }

    /// One byte of a text, wherever it lies.
    mutating func byte(_ index: Int, of span: TextSpan, _ bytes: RawSpan) -> UInt8 {
        span.isDecoded ? batch.decoded[index] : bytes.byte(index)
    }

    /// A copy of a text.
    mutating func text(of span: TextSpan, _ bytes: RawSpan) -> [UInt8] {
        span.isDecoded ? Array(batch.decoded[span.range]) : span.range.map { bytes.byte($0) }
    }
}
