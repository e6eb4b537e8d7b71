/// Events of one stretch of input, with the bytes they point into.
///
/// The parser fills it, the classifier walks it, and it is emptied and used again.
package struct EventBatch: Sendable {
    /// Raw input. At least `EventBatch.padding` zero bytes follow the last valid one, so that a scanner may look ahead.
    package var bytes: [UInt8] = []
    /// Text that had escapes, or that a mapping made; padded like `bytes` only where a reader needs it.
    package var decoded: [UInt8] = []
    /// In input order.
    package var events: [EventRecord] = []
    /// What the events' `answers` point into.
    package var answers: [AnswerRecord] = []
    /// What the events' `names` point into.
    package var names: [NameRecord] = []
    /// Records that could not be read, in input order.
    package var rejects: [Reject] = []
    /// How often each member held what is none of its words or dates, and was taken as absent, or as `other`.
    package var unreadMembers: [String: Int] = [:]
    /// Records that a mapping's own rules left out.
    package var skipped = 0

    /// Zero bytes kept after the valid ones.
    package static let padding = 64

    package init() {}

    /// Forgets the records, keeps the room.
    package mutating func removeRecords() {
        decoded.removeAll(keepingCapacity: true)
        events.removeAll(keepingCapacity: true)
        answers.removeAll(keepingCapacity: true)
        names.removeAll(keepingCapacity: true)
        rejects.removeAll(keepingCapacity: true)
        if !unreadMembers.isEmpty { unreadMembers.removeAll() }
        skipped = 0
    }

    /// Puts text into `decoded` and returns the span that points to it.
    package mutating func keep(_ text: some Sequence<UInt8>) -> TextSpan {
        let start = decoded.count
        decoded.append(contentsOf: text)
        return TextSpan(offset: start, count: decoded.count - start, decoded: true)
    }

    /// The bytes of a span.
    package func bytes(of span: TextSpan) -> ArraySlice<UInt8> {
        let range = span.offset..<span.offset + Int(span.count)
        return span.isDecoded ? decoded[range] : bytes[range]
    }

    /// The text of a span.
    package func string(_ span: TextSpan) -> String {
        String(decoding: bytes(of: span), as: UTF8.self)
    }
}
