import Clinical
import Emitter
import Store

/// A report as people read it.
///
/// ```
/// 2026-03-01 00:00 UTC to 2026-03-02 08:00 UTC: 2 runs
///
/// RUN  STARTED               ENDED                 RECORDS  REJECTS  UNGRADABLE  UNMATCHED  ALERTS  PACK      FEEDS
/// 1    2026-03-01 06:00 UTC  2026-03-01 06:01 UTC  120      0        2           1          7       5b2c0391  day.csv
/// 2    2026-03-02 06:00 UTC  died                  80       0        0           0          3       5b2c0391  day.csv
///
/// SEVERITY   ALERTS  ACKNOWLEDGED  MEDIAN  95%    CLOSED  MEDIAN  95%
/// emergency  1       1             4m      4m     1       2h 10m  2h 10m
/// ```
struct ReportPage {
    let report: RunReport
    let zone: SiteZone

    func write(to buffer: inout OutputBuffer) {
        let count = report.runs.count
        let runs = count == 1 ? "1 run" : "\(count) runs"
        buffer.append(verbatim: "\(text(report.since)) to \(text(report.until)): \(runs)\n")
        if count > 0 {
            buffer.append("\n")
            buffer.append(table: [Self.heads] + zip(report.runs, report.endings).map(cells))
        }
        for run in report.runs where run.isPrime {
            buffer.append(verbatim: "run \(run.number) primed the state from history, and called nobody\n")
        }
        for gap in report.gaps {
            let span = Self.text(span: gap.until.milliseconds - gap.from.milliseconds)
            buffer.append(verbatim: "no run from \(text(gap.from)) to \(text(gap.until)): \(span)\n")
        }
        buffer.append("\n")
        buffer.append(table: [Self.answerHeads] + Severity.allCases.reversed().map(cells))
        buffer.append(verbatim: "\nheld back: \(report.silenced) by silences, \(report.quieted) by quiet hours\n")
        for silence in report.silences {
            let line = EpisodeTable(zone: zone).line(silence, about: silence.namelessSubject, at: report.until)
            buffer.append(visible: line)
            buffer.append("\n")
        }
        let outcomes = Outcome.allCases.map { "\($0.rawValue) \(report.answers.outcomes[$0] ?? 0)" }
        buffer.append(verbatim: "closed as: \(outcomes.joined(separator: ", "))\n")
        buffer.append(verbatim: "found by staff without a call: \(report.answers.missed)\n")
    }

    private static let heads = [
        "RUN", "STARTED", "ENDED", "RECORDS", "REJECTS", "UNGRADABLE", "UNMATCHED", "ALERTS", "PACK", "FEEDS",
    ]

    private func cells(_ run: RunEntry, _ ending: RunReport.Ending) -> [String] {
        let tally = run.sums.tally
        let ended =
            switch ending {
            case .inOrder(let ended): text(ended)
            case .underWay: "goes on"
            case .died: "died"
            }
        return [
            "\(run.number)", text(run.started), ended, "\(tally.records)", "\(tally.rejects)", "\(tally.ungradable)",
            "\(tally.unmatched)", "\(tally.alerts.reduce(0, +))", String(run.pack.prefix(8)),
            run.feeds.split(separator: "\n").joined(separator: " "),
        ]
    }

    private static let answerHeads = [
        "SEVERITY", "ALERTS", "ACKNOWLEDGED", "MEDIAN", "95%", "CLOSED", "MEDIAN", "95%",
    ]

    private func cells(_ severity: Severity) -> [String] {
        let place = Int(severity.rawValue)
        func times(_ spans: [Int64]) -> [String] {
            ["\(spans.count)"]
                + [50, 95].map { AnswerTimes.percentile($0, of: spans).map(Self.text(span:)) ?? "-" }
        }
        return [severity.name, "\(report.alerts[place])"] + times(report.answers.acknowledged[place])
            + times(report.answers.closed[place])
    }

    private func text(_ moment: Moment) -> String { EpisodeTable(zone: zone).text(moment) }

    /// A span in its two largest units, such as `2h 10m`.
    static func text(span milliseconds: Int64) -> String {
        let seconds = milliseconds / 1000
        let parts = [
            ("d", seconds / 86_400), ("h", seconds / 3600 % 24), ("m", seconds / 60 % 60), ("s", seconds % 60),
        ]
        let told = parts.drop { $0.1 == 0 }.prefix(2).filter { $0.1 > 0 }
        return told.isEmpty ? "0s" : told.map { "\($0.1)\($0.0)" }.joined(separator: " ")
    }
}
