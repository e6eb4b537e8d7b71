import Clinical
import Config

/// No report though one was due: by what the roster expects of the patient, else by `within`.
///
/// ```yaml
/// - id: patient-silent
///   kind: silent
///   within: 7d                          # for patients of whom the roster expects nothing, as long as a therapy is watched
///   grace: 24h                          # beyond what is due
///   severity: soon
///   severity_after: {urgent: urgent}    # when the last report was as severe as that, or more
///   concern: contact
///   source: ...
/// ```
///
/// It fires on no report: `PatientFold.dues` asks it.
struct SilentRule: RuleKind {
    static let name = "silent"
    static let summary = "no report though one was due, by what the roster expects or within a span"
    static let example =
        "{id: patient-silent, kind: silent, within: 7d, grace: 24h, severity: soon, severity_after: {urgent: urgent}, concern: contact, source: ...}"

    /// How often a report is due where the roster does not say, in milliseconds; 0 for never.
    let within: Int64
    /// How long to wait beyond what is due, in milliseconds.
    let grace: Int64
    /// Terms that a report must be about to count; nil for any.
    let awaited: [Int]?
    /// By the severity of the last report: how severe its silence is at least.
    private let severityAfter: [Severity]

    init?(_ section: inout Section, _ compiler: inout PackCompiler) {
        let hasWithin = section.entries.contains { $0.key == "within" }
        let within = hasWithin ? section.requiredSpan("within", &compiler.mistakes) : 0
        let grace = section.text("grace", &compiler.mistakes).flatMap { SharedReader.duration($0, &compiler.mistakes) }
        let names = section.texts("terms", &compiler.mistakes)
        let isAny = names.isEmpty || names.map(\.value) == ["all"]
        awaited = isAny ? nil : names.compactMap { compiler.termNamed($0) }
        severityAfter = Self.severities(&section, &compiler)
        guard let within else { return nil }
        self.within = within
        self.grace = Int64(grace?.minutes ?? 0) * 60_000
    }

    private static func severities(_ section: inout Section, _ compiler: inout PackCompiler) -> [Severity] {
        var severities = Array(repeating: Severity.none, count: Severity.allCases.count)
        guard let node = section.node("severity_after"),
            var inner = Section(node, "'severity_after'", &compiler.mistakes)
        else { return severities }
        var highest = Severity.none
        for last in Severity.allCases where last != .none {
            if let text = inner.text(last.name, &compiler.mistakes),
                let severity = SharedReader.severity(text, &compiler.mistakes)
            {
                if severity < highest {
                    compiler.mistakes.add(
                        at: text.mark,
                        "silence after a report that was '\(last.name)' is milder than after a milder one",
                        help: "write '\(highest.name)' or more")
                }
                highest = max(highest, severity)
            }
            severities[Int(last.rawValue)] = highest
        }
        inner.finish(&compiler.mistakes)
        return severities
    }

    init(from image: inout ImageReader) {
        within = image.read()
        grace = image.read()
        awaited = image.read()
        let severities: [Severity] = image.read()
        if severities.count != Severity.allCases.count { image.fail() }
        severityAfter = severities
    }

    func write(to image: inout ImageWriter) { image.write(within, grace, awaited, severityAfter) }

    var terms: [Int]? { [] }
    var looksAtGradedReports: Bool { false }
    var leadingTerm: Int? { nil }
    var needsConcern: Bool { true }
    var isMadeByTime: Bool { true }

    func fires(_ inquiry: Inquiry) -> Firing? { nil }

    /// From the last report on, how long the rule waits, in milliseconds; nil when nothing is due.
    ///
    /// - Parameter expects: what the roster expects of the patient; 0 for nothing.
    func span(_ expects: Int64) -> Int64? {
        let due = expects > 0 ? expects : within
        return due > 0 ? due + grace : nil
    }

    /// How severe the silence is after a last report of this severity; `own` is the rule's.
    func severity(after last: Severity, own: Severity) -> Severity {
        own == .none ? .none : max(own, severityAfter[Int(last.rawValue)])
    }
}
