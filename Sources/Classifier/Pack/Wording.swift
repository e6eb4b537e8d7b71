import Clinical
import Config

/// The sentences that alerts are made of, with their places for names in braces; the front page may replace them all,
/// so that a pack can speak its hospital's language.
struct Wording: Sendable {
    /// `{term} grade {grade}` comes from the scale's own phrase; these join the parts.
    var possible = ""
    /// How a grade is said that could not be excluded where none above 0 is proven.
    var notExcluded = ""
    var ungraded = ""
    var joined = ""
    var therapy = ""
    var day = ""
    var title = ""
    var unknownTherapy = ""
    var unread = ""
    var critical = ""
    /// That an alert is taken back, and why: the next four.
    var retracted = ""
    var cameLate = ""
    var wasCompleted = ""
    var wasCorrected = ""
    var wasWithdrawn = ""

    /// What time makes: behind what an episode is about, and the sentences of silence.
    var stale = ""
    /// Behind what an episode is about, when nobody answered in time.
    var overdue = ""
    var silent = ""
    var heard = ""
    var closed = ""
    var feedSilent = ""
    var feedHeard = ""

    static let keys = [
        "possible", "not_excluded", "ungraded", "joined", "therapy", "day", "title", "unknown_therapy", "unread",
        "retracted", "came_late", "was_completed", "was_corrected", "was_withdrawn", "critical",
        "stale", "overdue", "silent", "heard", "closed", "feed_silent", "feed_heard",
    ]

    /// Reads the front page's `wording`; every sentence must be there.
    init?(_ node: Node, _ mistakes: inout Mistakes) {
        guard var section = Section(node, "'wording'", &mistakes) else { return nil }
        possible = Self.sentence("possible", &section, &mistakes)
        notExcluded = Self.sentence("not_excluded", &section, &mistakes)
        ungraded = Self.sentence("ungraded", &section, &mistakes)
        joined = Self.sentence("joined", &section, &mistakes)
        therapy = Self.sentence("therapy", &section, &mistakes)
        day = Self.sentence("day", &section, &mistakes)
        title = Self.sentence("title", &section, &mistakes)
        unknownTherapy = Self.sentence("unknown_therapy", &section, &mistakes)
        unread = Self.sentence("unread", &section, &mistakes)
        retracted = Self.sentence("retracted", &section, &mistakes)
        cameLate = Self.sentence("came_late", &section, &mistakes)
        wasCompleted = Self.sentence("was_completed", &section, &mistakes)
        wasCorrected = Self.sentence("was_corrected", &section, &mistakes)
        wasWithdrawn = Self.sentence("was_withdrawn", &section, &mistakes)
        critical = Self.sentence("critical", &section, &mistakes)
        stale = Self.sentence("stale", &section, &mistakes)
        overdue = Self.sentence("overdue", &section, &mistakes)
        silent = Self.sentence("silent", &section, &mistakes)
        heard = Self.sentence("heard", &section, &mistakes)
        closed = Self.sentence("closed", &section, &mistakes)
        feedSilent = Self.sentence("feed_silent", &section, &mistakes)
        feedHeard = Self.sentence("feed_heard", &section, &mistakes)
        section.finish(&mistakes)
    }

    /// Silence.
    init() {}

    /// A sentence whose places are all known.
    private static func sentence(_ key: String, _ section: inout Section, _ mistakes: inout Mistakes) -> String {
        guard let text = section.requiredText(key, &mistakes) else { return "" }
        for place in Template.unknownPlaces(in: text.value) {
            mistakes.addUnknown("place", place, known: Template.Place.allCases.map(\.rawValue), at: text.mark)
        }
        return text.value
    }
}

extension Wording: ImageValue {
    init(from image: inout ImageReader) {
        possible = image.read()
        notExcluded = image.read()
        ungraded = image.read()
        joined = image.read()
        therapy = image.read()
        day = image.read()
        title = image.read()
        unknownTherapy = image.read()
        unread = image.read()
        retracted = image.read()
        cameLate = image.read()
        wasCompleted = image.read()
        wasCorrected = image.read()
        wasWithdrawn = image.read()
        critical = image.read()
        stale = image.read()
        overdue = image.read()
        silent = image.read()
        heard = image.read()
        closed = image.read()
        feedSilent = image.read()
        feedHeard = image.read()
    }

    func write(to image: inout ImageWriter) {
        image.write(possible, notExcluded, ungraded, joined, therapy, day, title, unknownTherapy, unread)
        image.write(retracted, cameLate, wasCompleted, wasCorrected, wasWithdrawn, critical)
        image.write(stale, overdue, silent, heard, closed, feedSilent, feedHeard)
    }
}
