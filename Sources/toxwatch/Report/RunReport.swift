import Clinical
import Store

/// What the runs of a span of time did, as the ledger and the acts of staff prove it; it names no patient.
struct RunReport {
    /// A span in which no run is known to have been at work.
    struct Gap: Equatable {
        var from: Moment
        var until: Moment
    }

    /// How a run of the ledger ended.
    enum Ending: Equatable {
        case inOrder(Moment)
        /// It goes on.
        case underWay
        /// It never said that it ended.
        case died
    }

    let since: Moment
    let until: Moment
    /// Those that were at work in the span, in order; one that began before it is told with all its sums.
    private(set) var runs: [RunEntry]
    private(set) var endings: [Ending] = []
    private(set) var gaps: [Gap] = []
    /// By `Severity.rawValue`.
    private(set) var alerts = [Int](repeating: 0, count: Severity.allCases.count)
    private(set) var silenced = 0
    private(set) var quieted = 0
    let answers: AnswerTimes
    /// Those that held in the span.
    let silences: [SilenceEntry]

    /// - Parameter longestGap: the longest span between two runs that is as it should be, in minutes.
    init(_ reader: StateReader, since: Moment, until: Moment, longestGap: Int) throws(StateError) {
        self.since = since
        self.until = until
        answers = try AnswerTimes(reader, since: since)
        silences = try reader.silences(endingAfter: since).filter { $0.at.milliseconds <= until.milliseconds }
        runs = try reader.runs(since: since).filter { $0.started.milliseconds <= until.milliseconds }
        let earlier = try reader.lastRun(before: since)
        let isInHand = try reader.isInHand()
        let last = try reader.lastRun()?.number
        func ending(_ run: RunEntry) -> Ending {
            if run.ended.isKnown { return .inOrder(run.ended) }
            return isInHand && run.number == last ? .underWay : .died
        }
        if let earlier, Self.reaches(ending(earlier), since) { runs.insert(earlier, at: 0) }
        endings = runs.map(ending)
        findGaps(after: earlier, longest: Int64(longestGap) * 60_000)
        for run in runs {
            for severity in Severity.allCases {
                alerts[Int(severity.rawValue)] += run.sums.tally.alerts[Int(severity.rawValue)]
            }
            silenced += run.sums.silenced
            quieted += run.sums.quieted
        }
    }

    private static func reaches(_ ending: Ending, _ instant: Moment) -> Bool {
        switch ending {
        case .inOrder(let ended): ended.milliseconds >= instant.milliseconds
        case .underWay: true
        case .died: false
        }
    }

    /// A run that died is known to have been at work only when it began.
    private mutating func findGaps(after earlier: RunEntry?, longest: Int64) {
        guard var atWork = earlier.map({ $0.ended.isKnown ? $0.ended : $0.started }) ?? runs.first?.started else {
            return
        }
        func note(_ instant: Moment, _ gaps: inout [Gap]) {
            if instant.milliseconds - atWork.milliseconds > longest { gaps.append(Gap(from: atWork, until: instant)) }
        }
        for (run, ending) in zip(runs, endings) {
            note(run.started, &gaps)
            switch ending {
            case .inOrder(let ended): atWork = ended
            case .underWay: atWork = until
            case .died: atWork = run.started
            }
        }
        note(until, &gaps)
    }
}
