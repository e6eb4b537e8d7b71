import Clinical
import Store

/// What a plugin judges: numbers with names, each with the ranges outside of which it warns or is critical.
struct Measures {
    /// One number.
    struct Measure {
        /// Its name on the command line and in the performance data.
        var name: String
        var value: Int
        /// The unit of performance data: nothing, `s`, or `c` for what only grows.
        var unit = ""
        /// How it is told in the first line; nil leaves it to the performance data.
        var words: String?
        var warning: ThresholdRange?
        var critical: ThresholdRange?

        var level: PluginLevel {
            if critical?.alerts(at: value) ?? false { return .critical }
            if warning?.alerts(at: value) ?? false { return .warning }
            return .good
        }
    }

    private(set) var all: [Measure] = []

    /// What can be judged, in the order in which it is told, with the ranges that hold unless others are given.
    static let known: [(name: String, warning: String?, critical: String?, meaning: String)] = [
        ("emergency", nil, "0", "open emergencies that nobody took notice of"),
        ("urgent", "0", nil, "the same of severity urgent"),
        ("soon", nil, nil, "the same of severity soon"),
        ("routine", nil, nil, "the same of severity routine"),
        ("overdue", nil, "0", "open episodes that nobody answered in time"),
        ("stale", nil, nil, "open episodes without a report for too long"),
        ("unwritten", "0", nil, "alerts that are due and were not written"),
        ("rejects", "0", nil, "records that the last run could not read"),
        ("ungradable", nil, nil, "percent of the last run's events that could not be graded"),
        ("unmatched", nil, nil, "percent of the last run's events that the pack does not watch"),
        ("lag", nil, nil, "seconds since the last run ended"),
        ("unapproved", nil, nil, "1 while no hospital has approved the pack, else 0"),
    ]

    /// Takes stock of a state.
    ///
    /// - Parameters:
    ///   - ranges: by name, what was asked for on the command line.
    ///   - isApproved: whether the pack is.
    init(
        _ reader: StateReader, at now: Moment, isApproved: Bool,
        warning: [String: ThresholdRange], critical: [String: ThresholdRange]
    ) throws(StateError) {
        let counts = try reader.openCounts()
        let outbox = try reader.outbox(at: now)
        let last = try reader.lastRun()
        func add(_ name: String, _ value: Int, _ words: String? = nil, unit: String = "") {
            let standard = Self.known.first { $0.name == name }
            all.append(
                Measure(
                    name: name, value: value, unit: unit, words: words,
                    warning: warning[name] ?? standard?.warning.flatMap(ThresholdRange.init),
                    critical: critical[name] ?? standard?.critical.flatMap(ThresholdRange.init)))
        }
        for severity in Severity.allCases.reversed() where severity != .none {
            let count = counts[severity]?.unacknowledged ?? 0
            add(severity.name, count, "\(count) \(severity.name)")
        }
        let overdue = try reader.overdue(at: now).count
        add("overdue", overdue, "\(overdue) overdue")
        add("stale", counts.values.reduce(0) { $0 + $1.stale })
        add("unwritten", outbox.alerts, "\(outbox.alerts) unwritten")
        let tally = last?.sums.tally ?? RunTally()
        add("rejects", tally.rejects, "\(tally.rejects) rejects")
        add("ungradable", Self.percent(tally.ungradable, tally.events), unit: "%")
        add("unmatched", Self.percent(tally.unmatched, tally.events), unit: "%")
        if let last, last.ended.isKnown {
            let seconds = Int((now.milliseconds - last.ended.milliseconds) / 1000)
            add("lag", max(0, seconds), "last run \(max(0, seconds)) s ago", unit: "s")
        }
        add("unapproved", isApproved ? 0 : 1, isApproved ? nil : "pack not approved")
    }

    private static func percent(_ part: Int, _ whole: Int) -> Int { whole == 0 ? 0 : (part * 100 + whole / 2) / whole }

    /// The worst of all.
    var level: PluginLevel { all.map(\.level).max { $0.rawValue < $1.rawValue } ?? .good }
}

/// What a plugin says of what it looked at; the number is its exit status.
enum PluginLevel: Int32 {
    case good = 0
    case warning = 1
    case critical = 2
    case unknown = 3

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
