import ArgumentParser
import Classifier
import Clinical
import Emitter
import Store

/// What the runs of a span of time did: the proof of last night.
struct Report: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "What runs did since a time: sums, gaps, alerts, and how long staff took to answer.",
        discussion: """
            A run that began before that time and ended after it is told with all its sums.
            It names no patient.

            Examples:
              toxwatch report --state state.db
              toxwatch report --state state.db --since 8h --gap 15m --to json
            """)

    @OptionGroup var path: State.PathOption
    @OptionGroup var configOption: ConfigOption
    @OptionGroup var time: ClockOption

    @Option(
        help: ArgumentHelp(
            "From when on: yesterday (which is the default), a span such as 8h, or a time such as 2026-03-01T08:00:00Z.",
            valueName: "TIME"))
    var since = ReportStart.yesterday

    @Option(help: ArgumentHelp("The longest span without a run that is no gap.", valueName: "SPAN"))
    var gap = "25h"

    @Option(help: ArgumentHelp("table, or json: one object.", valueName: "FORM"))
    var to = AnswerForm.table

    func validate() throws {
        guard TimeSpan(gap) == nil else { return }
        throw ValidationError("'\(gap)' is not a span of time for --gap; write it as 30m, 25h or 2d")
    }

    func run() throws {
        let zone = try Settings.load(configOption.config).pack.zone
        let now = time.clock.now
        let since = since.moment(before: now, in: zone)
        let longestGap = TimeSpan(gap)?.minutes ?? 0
        let report = try State.reporting { () throws(StateError) in
            try RunReport(StateReader(path.state), since: since, until: now, longestGap: longestGap)
        }
        var buffer = OutputBuffer()
        switch to {
        case .table: ReportPage(report: report, zone: zone).write(to: &buffer)
        case .json: buffer.append(json: report)
        }
        try State.write(&buffer)
    }
}

/// From when on a report tells.
enum ReportStart: ExpressibleByArgument {
    /// From the beginning of the day before, at the site.
    case yesterday
    case minutesAgo(Int)
    case at(Moment)

    init?(argument: String) {
        if argument == "yesterday" {
            self = .yesterday
        } else if let span = TimeSpan(argument) {
            self = .minutesAgo(span.minutes)
        } else if let instant = Instant(argument: argument) {
            self = .at(instant.moment)
        } else {
            return nil
        }
    }

    var defaultValueDescription: String { "yesterday" }

    func moment(before now: Moment, in zone: SiteZone) -> Moment {
        switch self {
        case .yesterday:
            let start = zone.start(ofDay: CalendarDay(number: zone.dayNumber(of: now) - 1))
            return Moment(milliseconds: start.milliseconds)
        case .minutesAgo(let minutes): return Moment(milliseconds: now.milliseconds - Int64(minutes) * 60_000)
        case .at(let moment): return moment
        }
    }
}
