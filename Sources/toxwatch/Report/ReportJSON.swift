import Clinical
import Emitter
import Store

extension OutputBuffer {
    /// Appends a report as one line of JSON; spans are whole seconds, what is not known is null.
    mutating func append(json report: RunReport) {
        append("{")
        append(member: "since", report.since)
        append(",")
        append(member: "until", report.until)
        append(",\"runs\":[")
        for (place, run) in report.runs.enumerated() {
            append(place == 0 ? "" : ",")
            append(json: run, report.endings[place])
        }
        append("],\"gaps\":[")
        for (place, gap) in report.gaps.enumerated() {
            append(place == 0 ? "{" : ",{")
            append(member: "from", gap.from)
            append(",")
            append(member: "until", gap.until)
            append(verbatim: ",\"seconds\":\((gap.until.milliseconds - gap.from.milliseconds) / 1000)}")
        }
        append("],\"alerts\":")
        append(counts: report.alerts)
        append(",\"acknowledged\":")
        append(times: report.answers.acknowledged)
        append(",\"closed\":")
        append(times: report.answers.closed)
        let outcomes = Outcome.allCases.map { "\"\($0.rawValue)\":\(report.answers.outcomes[$0] ?? 0)" }
        append(verbatim: ",\"outcomes\":{\(outcomes.joined(separator: ","))},\"missed\":\(report.answers.missed)")
        append(verbatim: ",\"silenced\":\(report.silenced),\"quieted\":\(report.quieted),\"silences\":[")
        for (place, silence) in report.silences.enumerated() {
            append(place == 0 ? "" : ",")
            append(json: silence, isOver: silence.until.milliseconds <= report.until.milliseconds)
        }
        append("]}\n")
    }

    /// Appends a silence, whose patient is not named.
    private mutating func append(json silence: SilenceEntry, isOver: Bool) {
        append(verbatim: "{\"silence\":\(silence.number),\"rule\":")
        if case .rule(let rule) = silence.silenced { append(json: rule) } else { append("null") }
        append(",\"by\":")
        append(json: silence.by)
        append(",")
        append(member: "at", silence.at)
        append(",")
        append(member: "until", silence.until)
        append(verbatim: ",\"over\":\(isOver),\"hidden\":\(silence.hidden)}")
    }

    private mutating func append(json run: RunEntry, _ ending: RunReport.Ending) {
        append(verbatim: "{\"run\":\(run.number),")
        append(member: "started", run.started)
        append(",")
        append(member: "ended", run.ended)
        append(verbatim: ",\"died\":\(ending == .died),\"command\":")
        append(json: run.command)
        append(",\"pack\":")
        append(json: run.pack)
        append(",\"feeds\":[")
        for (place, feed) in run.feeds.split(separator: "\n").enumerated() {
            append(place == 0 ? "" : ",")
            append(json: String(feed))
        }
        let tally = run.sums.tally
        let sums = [
            ("records", tally.records), ("events", tally.events), ("rejects", tally.rejects),
            ("graded", tally.graded), ("ungradable", tally.ungradable), ("unmatched", tally.unmatched),
            ("repeats", tally.repeats), ("late", tally.late), ("cancelled", tally.cancelled),
            ("skipped", tally.skipped), ("patients", tally.patients), ("silenced", run.sums.silenced),
            ("quieted", run.sums.quieted),
        ]
        append(verbatim: "]" + sums.map { ",\"\($0.0)\":\($0.1)" }.joined() + ",\"alerts\":")
        append(counts: tally.alerts)
        append("}")
    }

    /// Appends numbers by severity, the most severe first.
    private mutating func append(counts: [Int]) {
        let parts = Severity.allCases.reversed().map { "\"\($0.name)\":\(counts[Int($0.rawValue)])" }
        append(verbatim: "{\(parts.joined(separator: ","))}")
    }

    /// Appends by severity how many spans there are, and their median and 95th percentile.
    private mutating func append(times: [[Int64]]) {
        let parts = Severity.allCases.reversed().map { severity in
            let spans = times[Int(severity.rawValue)]
            func seconds(_ percent: Int) -> String {
                AnswerTimes.percentile(percent, of: spans).map { "\($0 / 1000)" } ?? "null"
            }
            return "\"\(severity.name)\":{\"count\":\(spans.count),\"median\":\(seconds(50)),\"p95\":\(seconds(95))}"
        }
        append(verbatim: "{\(parts.joined(separator: ","))}")
    }

    /// Appends a name with a moment in UTC, null for one that is not known.
    mutating func append(member name: String, _ moment: Moment) {
        append(json: name)
        append(":")
        guard moment.isKnown else { return append("null") }
        var bytes: [UInt8] = []
        RFC3339.append(moment, to: &bytes)
        append(json: String(decoding: bytes, as: UTF8.self))
    }
}
