import Clinical

/// A second, tolerant look at a line that was rejected, to tell whose it was, and of when.
struct RejectedLine {
    private let raw: [UInt8]
    private let start: Int
    private var error: RecordError

    init(_ error: RecordError, _ bytes: RawSpan, from start: Int, to end: Int, limit: Int) {
        self.error = error
        self.start = start
        if error.fault == .tooLong { self.error.wanted = Int32(clamping: limit) }
        raw = (start..<end).map { bytes.at($0) }
    }

    /// The reject to keep, with its patients, and with its time when the line names exactly one.
    func reject(line: UInt64, offset: UInt64, words: MemberWords, zone: SiteZone) -> Reject {
        let hint = error.fault == .notAnObject ? "; a table is read with --from csv" : ""
        let reason = error.sentence(from: start, words: words) + hint
        let code = error.fault.code
        return Reject(
            code: code, reason: reason, line: line, offset: offset, raw: raw, patients: texts(of: .patient),
            time: time(in: zone, words))
    }

    private static let namesAtMost = 16

    private func time(in zone: SiteZone, _ words: MemberWords) -> Moment {
        let times = texts(of: .time)
        guard times.count == 1, let text = times.first else { return .unknown }
        let padded = text + [UInt8](repeating: 0, count: EventBatch.padding)
        let bytes = padded.span.bytes
        let isDay = texts(of: .timePrecision).contains { precision in
            words.precisions.meaning(inAnyCase: NameKey(precision.span.bytes, from: 0, count: precision.count)) ?? false
        }
        if isDay, let day = RFC3339.date(bytes, from: 0) { return zone.start(ofDay: day) }
        return RFC3339.instant(bytes, from: 0, count: text.count) ?? .unknown
    }

    /// What a member of the line itself says, whatever else is wrong with the line: several texts where it comes more
    /// than once, or where a line end is missing between two records; no more than `namesAtMost`.
    private func texts(of member: Member) -> [[UInt8]] {
        let name = Array(member.name.utf8)
        let padded = raw + [UInt8](repeating: UInt8(ascii: "\n"), count: EventBatch.padding)
        let bytes = padded.span.bytes
        var found: [[UInt8]] = []
        var depth = 0
        var index = 0
        while index < raw.count {
            switch bytes.at(index) {
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
            case UInt8(ascii: "\""):
                guard let (text, end) = Self.text(bytes, index) else { return found }
                index = end
                guard depth == 1, text == name, let value = Self.value(bytes, end) else { continue }
                if !found.contains(value.text), found.count < Self.namesAtMost { found.append(value.text) }
                index = value.end
                continue
            default: break
            }
            index += 1
        }
        return found
    }

    /// The text that stands as a value after a colon at `index`.
    private static func value(_ bytes: RawSpan, _ index: Int) -> (text: [UInt8], end: Int)? {
        let colon = JSONScanner.skipBlanks(bytes, index)
        guard bytes.at(colon) == UInt8(ascii: ":") else { return nil }
        let quote = JSONScanner.skipBlanks(bytes, colon + 1)
        guard bytes.at(quote) == UInt8(ascii: "\""), let value = text(bytes, quote) else { return nil }
        return value.text.allSatisfy { $0 <= 0x20 } ? nil : value
    }

    private static func text(_ bytes: RawSpan, _ quote: Int) -> (text: [UInt8], end: Int)? {
        var text: [UInt8] = []
        guard let end = try? JSONScanner.decodeText(bytes, quote + 1, into: &text) else { return nil }
        return (text, end)
    }
}
