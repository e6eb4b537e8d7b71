import Clinical
import Config

/// Several concerns at once, each at or above a severity, within a span: the rule of two ambers.
///
/// ```yaml
/// - {id: two-ambers, kind: several, concerns: 2, at_least: soon, within: 24h, concern: general, severity: urgent, source: ...}
/// ```
struct SeveralRule: RuleKind {
    static let name = "several"
    static let summary = "several concerns at or above a severity within a span"
    static let example =
        "{id: two-ambers, kind: several, concerns: 2, at_least: soon, within: 24h, concern: general, severity: urgent, source: ...}"

    private let concerns: Int
    private let least: Severity
    let span: Int64

    init?(_ section: inout Section, _ compiler: inout PackCompiler) {
        let number = section.requiredText("concerns", &compiler.mistakes)
        let concerns = number.flatMap { Int($0.value) }.flatMap { $0 >= 2 ? $0 : nil }
        if let number, concerns == nil {
            compiler.mistakes.add(
                at: number.mark, "'\(number.value)' is not a number of concerns",
                help: "write a whole number from 2 on")
        }
        let least = section.requiredText("at_least", &compiler.mistakes)
            .flatMap { SharedReader.severity($0, &compiler.mistakes) }
        let within = section.requiredSpan("within", &compiler.mistakes)
        guard let concerns, let least, let within else { return nil }
        self.concerns = concerns
        self.least = least
        span = within
    }

    init(from image: inout ImageReader) {
        concerns = image.read()
        least = image.read()
        span = image.read()
    }

    func write(to image: inout ImageWriter) { image.write(concerns, least, span) }

    var terms: [Int]? { nil }
    var looksAtGradedReports: Bool { true }
    var leadingTerm: Int? { nil }
    var needsConcern: Bool { true }
    var looksAtOutcomes: Bool { true }

    func fires(_ inquiry: Inquiry) -> Firing? {
        let pack = inquiry.pack
        guard
            inquiry.outcomes.contains(where: {
                isWanted($0.severity) && inquiry.reports[$0.report].term == inquiry.report.term
            })
        else { return nil }
        var grounds: [Ground] = [inquiry.ground]
        var seen: Set<Int> = [pack.terms[inquiry.report.term].concern]
        for (index, report) in inquiry.reports.enumerated() {
            let isGrave = inquiry.outcomes.contains { $0.report == index && isWanted($0.severity) }
            if isGrave, seen.insert(pack.terms[report.term].concern).inserted { grounds.append(.atHand(index)) }
        }
        for place in inquiry.past.places(within: span, before: inquiry.time) {
            for sighting in inquiry.past.sightings(place) where isWanted(sighting.severity) {
                let term = Int(sighting.term)
                if seen.insert(pack.terms[term].concern).inserted { grounds.append(.past(place, term: term)) }
            }
        }
        return seen.count >= concerns ? Firing(grounds: grounds) : nil
    }

    private func isWanted(_ severity: Severity) -> Bool { severity >= least && severity != .none }
}
