import Clinical
import Config

/// The sentences that alerts are made of, with their places for names in braces; the front page may replace them all,
/// so that a pack can speak its hospital's language.
struct Wording: Sendable {
    /// `{term} grade {grade}` comes from the scale's own phrase; these join the parts.
    var possible = ""
    var ungraded = ""
    var joined = ""
    var therapy = ""
    var day = ""
    var title = ""
    var unknownTherapy = ""
    var unread = ""

    static let keys = ["possible", "ungraded", "joined", "therapy", "day", "title", "unknown_therapy", "unread"]

    /// Reads the front page's `wording`; every sentence must be there.
    init?(_ node: Node, _ mistakes: inout Mistakes) {
        guard var section = Section(node, "'wording'", &mistakes) else { return nil }
        possible = section.requiredText("possible", &mistakes)?.value ?? ""
        ungraded = section.requiredText("ungraded", &mistakes)?.value ?? ""
        joined = section.requiredText("joined", &mistakes)?.value ?? ""
        therapy = section.requiredText("therapy", &mistakes)?.value ?? ""
        day = section.requiredText("day", &mistakes)?.value ?? ""
        title = section.requiredText("title", &mistakes)?.value ?? ""
        unknownTherapy = section.requiredText("unknown_therapy", &mistakes)?.value ?? ""
        unread = section.requiredText("unread", &mistakes)?.value ?? ""
        section.finish(&mistakes)
    }

    /// Silence.
    init() {}
}
