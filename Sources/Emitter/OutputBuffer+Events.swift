package import Clinical

extension OutputBuffer {
    /// Appends the text of a span as a JSON string.
    package mutating func append(json span: TextSpan, of batch: EventBatch) {
        if span.isDecoded {
            append(json: batch.decoded.span.bytes, from: span.offset, count: Int(span.count))
        } else {
            append(json: batch.bytes.span.bytes, from: span.offset, count: Int(span.count))
        }
    }

    /// Appends the event's id as a JSON string: its own, else 16 hexadecimal digits that stand for its default id.
    package mutating func append(idOf event: EventRecord, in batch: EventBatch) {
        guard event.id.isEmpty else { return append(json: event.id, of: batch) }
        append("\"")
        appendHexadecimal(event.idHash)
        append("\"")
    }

    /// Appends a number as it was written, or in plain digits where that would not be JSON (`+5`, `.5`, `007`).
    package mutating func append(number: ExactDecimal, writtenAs span: TextSpan, of batch: EventBatch) {
        if span.isDecoded {
            append(number: number, writtenAs: batch.decoded.span.bytes, from: span.offset, count: Int(span.count))
        } else {
            append(number: number, writtenAs: batch.bytes.span.bytes, from: span.offset, count: Int(span.count))
        }
    }

    private mutating func append(number: ExactDecimal, writtenAs bytes: RawSpan, from: Int, count: Int) {
        guard JSONNumber.isOne(bytes, from: from, to: from + count) else { return append(number) }
        append(jsonContent: bytes, from: from, count: count)
    }
}
