import Clinical
import Config

/// A rise by so many grades or points within a span, against the lowest of that span.
///
/// ```yaml
/// - {id: worse-by-two, kind: worsened, terms: all, scale: pro_ctcae_composite, by: 2, within: 7d, severity: soon, source: ...}
/// ```
struct WorsenedRule: RuleKind {
    static let name = "worsened"
    static let summary = "a rise by so many grades or points within a span, against the lowest of that span"
    static let example =
        "{id: worse-by-two, kind: worsened, terms: all, scale: pro_ctcae_composite, by: 2, within: 7d, severity: soon, source: ...}"

    let terms: [Int]?
    /// Gradings of this scale alone; nil for every scale.
    private let scale: Int?
    private let rise: Int
    let span: Int64

    init?(_ section: inout Section, _ compiler: inout PackCompiler) {
        let terms = compiler.terms(of: &section, Self.name)
        let by = section.requiredText("by", &compiler.mistakes)
        let rise = by.flatMap { Int($0.value) }.flatMap { (1...4).contains($0) ? $0 : nil }
        if let by, rise == nil {
            compiler.mistakes.add(at: by.mark, "'\(by.value)' is not a number of grades", help: "write 1, 2, 3 or 4")
        }
        let within = section.requiredSpan("within", &compiler.mistakes)
        var scale: Int?
        if let name = section.text("scale", &compiler.mistakes) {
            scale = compiler.scaleNamed(name)
            if scale == nil { return nil }
        }
        guard let terms, let rise, let within else { return nil }
        self.terms = terms.isAll ? nil : terms.listed
        self.scale = scale
        self.rise = rise
        span = within
    }

    init(from image: inout ImageReader) {
        terms = image.read()
        scale = image.read()
        rise = image.read()
        span = image.read()
    }

    func write(to image: inout ImageWriter) { image.write(terms, scale, rise, span) }

    var looksAtGradedReports: Bool { true }
    var leadingTerm: Int? { terms?.count == 1 ? terms?.first : nil }

    func fires(_ inquiry: Inquiry) -> Firing? {
        let risen = inquiry.report.findings.filter { finding in
            let grading = inquiry.pack.gradings[Int(finding.grading)]
            return finding.cautious >= rise && (scale.map { $0 == grading.scale } ?? true)
        }
        if risen.isEmpty { return nil }
        let places = inquiry.past.places(within: span, before: inquiry.time)
        for finding in risen {
            var lowest: (grade: Int, place: Int)?
            for place in places {
                for sighting in inquiry.past.sightings(place) where Int32(sighting.grading) == finding.grading {
                    guard !sighting.grade.isNone, Int(sighting.grade.rawValue) < lowest?.grade ?? 6 else { continue }
                    lowest = (Int(sighting.grade.rawValue), place)
                }
            }
            guard let lowest, finding.cautious - lowest.grade >= rise else { continue }
            return Firing(grounds: [inquiry.ground, .past(lowest.place, term: inquiry.report.term)])
        }
        return nil
    }
}
