import Clinical
import Config

/// Small readings that several parts of a pack share.
enum SharedReader {
    /// One text or a list of texts.
    static func texts(_ node: Node, _ what: String, _ mistakes: inout Mistakes) -> [Located<String>] {
        guard let members = node.members else {
            return node.isNull ? [] : Located.text(node, what, &mistakes).map { [$0] } ?? []
        }
        return members.compactMap { Located.text($0, "one of \(what)", &mistakes) }
    }

    /// An exact number.
    static func number(_ text: Located<String>, _ mistakes: inout Mistakes) -> ExactDecimal? {
        if let number = ExactDecimal(text.value) { return number }
        mistakes.add(at: text.mark, "'\(text.value)' is not a number")
        return nil
    }

    /// A range such as `30..45`, both ends in.
    static func range(_ text: Located<String>, _ mistakes: inout Mistakes) -> ClosedLimits? {
        let letters = text.value.utf8
        let points = zip(letters.indices, letters.indices.dropFirst())
        if let dots = points.first(where: { letters[$0] == UInt8(ascii: ".") && letters[$1] == UInt8(ascii: ".") }) {
            let low = ExactDecimal(text.value[..<dots.0].trimmed)
            let high = ExactDecimal(text.value[letters.index(after: dots.1)...].trimmed)
            if let low, let high, low < high { return ClosedLimits(low: low, high: high) }
        }
        mistakes.add(at: text.mark, "'\(text.value)' is not a range", help: "write it as LOW..HIGH, such as 30..45")
        return nil
    }

    /// `m`, `h`, `d` or `w` behind a whole number, in minutes, and whether it was given in days or weeks.
    static func duration(_ text: Located<String>, _ mistakes: inout Mistakes) -> (minutes: Int, isInDays: Bool)? {
        if let span = TimeSpan(text.value) { return (span.minutes, span.isInDays) }
        mistakes.add(
            at: text.mark, "'\(text.value)' is not a duration",
            help: "write a whole number and m, h, d or w, such as 24h")
        return nil
    }

    /// One of the words of severity.
    static func severity(_ text: Located<String>, _ mistakes: inout Mistakes) -> Severity? {
        if let severity = Severity(name: text.value) { return severity }
        mistakes.addUnknown("severity", text.value, known: Severity.allCases.map(\.name), at: text.mark)
        return nil
    }

    private static let known = ["confirmed", "mixed", "knowledge"]

    /// `confirmed`, `mixed` or `knowledge`; empty when absent.
    static func confidence(_ section: inout Section, _ mistakes: inout Mistakes) -> String {
        guard let text = section.text("confidence", &mistakes) else { return "" }
        if !known.contains(text.value) { mistakes.addUnknown("confidence", text.value, known: known, at: text.mark) }
        return text.value
    }
}

extension StringProtocol {
    /// Without spaces at both ends.
    var trimmed: String {
        var slice = Substring(self)
        while slice.first?.isWhitespace == true { slice.removeFirst() }
        while slice.last?.isWhitespace == true { slice.removeLast() }
        return String(slice)
    }
}
