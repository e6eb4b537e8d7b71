import Clinical
import Config

/// A kind of rule: its settings, its checks and its work.
///
/// One file makes a kind, one line in `RuleKinds` makes it known. As an `ImageValue` it also writes its settings into the
/// image of a compiled pack, and takes them from it.
protocol RuleKind: ImageValue, Sendable {
    /// The word after `kind:`.
    static var name: String { get }
    /// What it does, in one line for help and README.
    static var summary: String { get }
    /// How it is written, for help and README.
    static var example: String { get }

    /// Reads the kind's own keys from a rule; nil, with mistakes noted, when they make no rule.
    init?(_ section: inout Section, _ compiler: inout PackCompiler)

    /// The terms whose reports can make it fire; nil for all.
    var terms: [Int]? { get }

    /// Whether it may fire on a report that is graded and has no laboratory flag.
    var looksAtGradedReports: Bool { get }

    /// Whether it may fire on a report whose every grade is 0.
    var looksAtPlainReports: Bool { get }

    /// Whether it must be asked after all others, because it looks at what they made of the report.
    var looksAtOutcomes: Bool { get }

    /// The term whose concern the rule's alerts belong to, unless it names one.
    var leadingTerm: Int? { get }

    /// Whether the rule must name its concern.
    var needsConcern: Bool { get }

    /// Whether it is asked when time passes, not when a report comes; its concern then is one that no report has.
    var isMadeByTime: Bool { get }

    /// How far it looks back, in milliseconds.
    var span: Int64 { get }

    /// Whether it fires on this report, with what it leans on.
    func fires(_ inquiry: Inquiry) -> Firing?
}

extension RuleKind {
    /// The kind's place in `RuleKinds.all`.
    static var place: Int { RuleKinds.all.firstIndex { $0 == Self.self } ?? 0 }

    var looksAtPlainReports: Bool { false }
    var looksAtOutcomes: Bool { false }
    var needsConcern: Bool { false }
    var isMadeByTime: Bool { false }
    var span: Int64 { 0 }
}

/// The kinds of rules that a pack may use.
package enum RuleKinds {
    static let all: [any RuleKind.Type] = [
        GradeRule.self, WhenRule.self, WorsenedRule.self, SustainedRule.self, RepeatedRule.self, TogetherRule.self,
        SeveralRule.self, RisingRule.self, UnjudgedRule.self, SilentRule.self, FeedSilentRule.self,
    ]

    /// The words that `kind:` and `--rules` take, with what each does.
    package static var summaries: [(name: String, summary: String, example: String)] {
        all.map { ($0.name, $0.summary, $0.example) }
    }
}

extension CompiledPack {
    /// Whether any of its rules looks beyond the report at hand, so that what is forgotten between runs is missed.
    ///
    /// - Parameter kinds: words of `RuleKinds` that are judged by; nil for all.
    package func looksOverTime(kinds: Set<String>?) -> Bool {
        rules.contains { rule in
            (rule.work.isMadeByTime || rule.work.span > 0) && kinds?.contains(RuleKinds.all[rule.kind].name) ?? true
        }
    }
}

/// A rule of one node, ready to be asked.
struct CompiledRule: Sendable {
    var id: PackText
    var kind: Int
    var work: any RuleKind
    var title: PackText
    var severity: Severity
    /// Minutes; 0 for the severity's own.
    var respondWithin: Int32
    var concern: Int
    var window: TherapyWindow?
    var source: PackText
    var advice: TherapyNode.Advice?
}

extension CompiledRule: ImageValue {
    init(from image: inout ImageReader) {
        let kind = min(Int(image.read() as UInt8), RuleKinds.all.count - 1)
        self.init(
            id: image.read(), kind: kind, work: RuleKinds.all[kind].init(from: &image), title: image.read(),
            severity: image.read(), respondWithin: image.read(), concern: image.read(), window: image.read(),
            source: image.read(), advice: image.read())
    }
    func write(to image: inout ImageWriter) {
        image.write(UInt8(kind), id)
        work.write(to: &image)
        image.write(title, severity, respondWithin, concern, window, source, advice)
    }
}
