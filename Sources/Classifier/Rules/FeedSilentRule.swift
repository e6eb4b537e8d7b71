import Clinical
import Config

/// A feed as a whole that stopped: one alert instead of one for each of its patients.
///
/// ```yaml
/// - {id: feed-stopped, kind: feed_silent, feeds: all, within: 24h, severity: urgent, concern: feeds, source: ...}
/// - {id: lab-stopped, kind: feed_silent, feeds: [ward_lab], within: 4h, severity: urgent, concern: feeds, source: ...}
/// ```
///
/// A feed that a rule names is left alone by `feeds: all`. It stands at the root of the therapy tree and fires on no
/// report: `FeedTable` asks it.
struct FeedSilentRule: RuleKind {
    static let name = "feed_silent"
    static let summary = "a feed that stopped: one alert, and the silence of its patients waits"
    static let example =
        "{id: feed-stopped, kind: feed_silent, feeds: all, within: 24h, severity: urgent, concern: feeds, source: ...}"

    /// Names as events tell them in `source`; nil for all that no rule names.
    let feeds: [String]?
    /// In milliseconds.
    let within: Int64

    init?(_ section: inout Section, _ compiler: inout PackCompiler) {
        let names = section.texts("feeds", &compiler.mistakes).map(\.value)
        if names.isEmpty {
            compiler.mistakes.add(
                at: section.mark, "a rule of kind 'feed_silent' needs 'feeds'", help: "write feeds: all, or a list")
        }
        guard let within = section.requiredSpan("within", &compiler.mistakes), !names.isEmpty else { return nil }
        feeds = names == ["all"] ? nil : names
        self.within = within
    }

    init(from image: inout ImageReader) {
        feeds = image.read()
        within = image.read()
    }

    func write(to image: inout ImageWriter) { image.write(feeds, within) }

    var terms: [Int]? { [] }
    var looksAtGradedReports: Bool { false }
    var leadingTerm: Int? { nil }
    var needsConcern: Bool { true }
    var isMadeByTime: Bool { true }

    func fires(_ inquiry: Inquiry) -> Firing? { nil }
}
