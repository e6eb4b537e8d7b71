import Clinical

/// What a plugin judges: numbers with names, each with the ranges outside of which it warns or is critical.
struct Measures {
    /// One number.
    struct Measure {
        /// Its name on the command line and in the performance data.
        var name: String
        /// Nil where nobody can say.
        var value: Int?
        /// The unit of performance data: nothing, `s` or `%`.
        var unit = ""
        /// How it is told in the first line; nil leaves it to the performance data.
        var words: String?
        var warning: ThresholdRange?
        var critical: ThresholdRange?

        /// What nobody can say, and yet is to be judged, is unknown.
        var level: PluginLevel {
            guard let value else { return warning == nil && critical == nil ? .good : .unknown }
            if critical?.alerts(at: value) ?? false { return .critical }
            if warning?.alerts(at: value) ?? false { return .warning }
            return .good
        }
    }

    /// The ranges of the command line, by name.
    struct Ranges {
        var warning: [String: ThresholdRange] = [:]
        var critical: [String: ThresholdRange] = [:]
    }

    /// In the order in which they are told.
    private(set) var all: [Measure] = []
    /// What long output tells beside them, a line each; it names no patient.
    var details: [String] = []
    private let ranges: Ranges

    init(_ ranges: Ranges) { self.ranges = ranges }

    /// Adds a number.
    ///
    /// - Parameter standard: the range outside of which it warns unless others are given; else the one of `known`.
    mutating func add(
        _ name: String, _ value: Int?, _ words: String? = nil, unit: String = "", standard: ThresholdRange? = nil
    ) {
        let known = Self.known.first { $0.name == name }
        all.append(
            Measure(
                name: name, value: value, unit: unit, words: words,
                warning: ranges.warning[name] ?? standard ?? known?.warning.flatMap(ThresholdRange.init),
                critical: ranges.critical[name] ?? known?.critical.flatMap(ThresholdRange.init)))
    }

    /// Adds the seconds since an instant; nil for one that is not known.
    mutating func add(
        _ name: String, since instant: Moment, at now: Moment, standard: ThresholdRange? = nil,
        words: (String) -> String, unknown: String
    ) {
        guard instant.isKnown else { return add(name, nil, unknown, unit: "s", standard: standard) }
        let span = max(0, now.milliseconds - instant.milliseconds)
        add(name, Int(span / 1000), words(ReportPage.text(span: span)), unit: "s", standard: standard)
    }

    /// Those of the ranges asked for that judge nothing that was measured.
    var idleRanges: [String] {
        Set(ranges.warning.keys).union(ranges.critical.keys).filter { name in !all.contains { $0.name == name } }
            .sorted()
    }

    /// The names of feeds that have a range of their own.
    var askedFeeds: [String] {
        Set(ranges.warning.keys).union(ranges.critical.keys).filter { $0.hasPrefix(Self.feed) }
            .map { String($0.dropFirst(Self.feed.count)) }.sorted()
    }

    /// The worst of all.
    var level: PluginLevel { all.map(\.level).max { $0.rank < $1.rank } ?? .good }
}

extension Measures {
    /// What can be judged, in the order in which it is told, with the ranges that hold unless others are given.
    static let known: [(name: String, warning: String?, critical: String?, meaning: String)] = [
        ("emergency", nil, "0", "open emergencies that nobody took notice of"),
        ("urgent", "0", nil, "the same of severity urgent"),
        ("soon", nil, nil, "the same of severity soon"),
        ("routine", nil, nil, "the same of severity routine"),
        ("overdue", nil, "0", "open episodes that nobody answered in time"),
        ("stale", nil, nil, "open episodes without a report for too long"),
        ("silent", nil, nil, "patients of whom nothing is heard though a report was due"),
        ("unwritten", "0", nil, "alerts that are due and were not written"),
        ("unwritten_age", nil, nil, "seconds since the oldest of them was due"),
        ("parked", "0", nil, "those of them that the last run did not write either"),
        ("rejects", "0", nil, "records that could not be read"),
        ("ungradable", nil, nil, "percent of the events that could not be graded"),
        ("unmatched", nil, nil, "percent of the events that the pack does not watch"),
        (
            "unread", nil, "0",
            "1 when the feed, or without one the last run's input, could not be read to its end, else 0"
        ),
        ("silent_feeds", "0", nil, "feeds that stopped, by the pack's rules"),
        ("feed_age", nil, nil, "seconds since the last event of the feed that is silent longest"),
        ("event_age", nil, nil, "seconds since the last event of any feed"),
        ("missing_terms", "0", nil, "terms of must_carry of which no report came for too long"),
        ("lag", nil, nil, "seconds since the last run ended"),
        ("roster_age", nil, nil, "seconds since the roster was written"),
        ("unapproved", nil, nil, "1 while no hospital has approved the pack, else 0"),
    ]

    /// Before the name of a feed: the measure of that feed alone.
    static let feed = "feed."

    /// What `feed.NAME` means.
    static let feedMeaning = "seconds since the last event of the feed NAME, where a range asks for it"
}

/// What a plugin says of what it looked at; the number is its exit status.
enum PluginLevel: Int32 {
    case good = 0
    case warning = 1
    case critical = 2
    case unknown = 3

    /// What is worst comes last: a warning is not hidden by what nobody can say.
    var rank: Int {
        switch self {
        case .good: 0
        case .unknown: 1
        case .warning: 2
        case .critical: 3
        }
    }

    /// The first word of the line.
    var word: String {
        switch self {
        case .good: "OK"
        case .warning: "WARNING"
        case .critical: "CRITICAL"
        case .unknown: "UNKNOWN"
        }
    }
}
