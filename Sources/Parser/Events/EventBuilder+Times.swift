import Clinical

extension EventBuilder {
    /// Takes `time`: an instant with its zone.
    @inline(__always)
    mutating func takeTime(_ span: TextSpan, _ bytes: RawSpan, at start: Int) throws(RecordError) {
        event.timeText = span
        if !span.isDecoded, let time = instants.instant(bytes, from: span.offset, count: Int(span.count)) {
            event.time.milliseconds = time.milliseconds
            return
        }
        try takeUnusualTime(span, bytes, at: start)
    }

    /// A time that is spelled with escapes, or is none.
    @inline(never)
    private mutating func takeUnusualTime(_ span: TextSpan, _ bytes: RawSpan, at start: Int) throws(RecordError) {
        if span.isEmpty { return }
        var text = text(of: span, bytes)
        if let time = RFC3339.instant(text.span.bytes, from: 0, count: text.count) {
            event.time.milliseconds = time.milliseconds
            return
        }
        if text.count == 10 { text += Array("T00:00:00".utf8) }
        text.append(UInt8(ascii: "Z"))
        let isOnlyZoneless = RFC3339.instant(text.span.bytes, from: 0, count: text.count) != nil
        throw RecordError(isOnlyZoneless ? .timeWithoutZone : .time, .time, at: start)
    }

    /// The date or time that a text tells.
    mutating func dateOrInstant(_ span: TextSpan, _ bytes: RawSpan) -> Moment? {
        let text = text(of: span, bytes)
        return instants.dateOrInstant(text.span.bytes, from: 0, count: text.count)
    }
}
