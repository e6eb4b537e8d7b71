import Clinical
import Store

/// How long staff took to answer, by the severity of what they answered; test patients are left out.
struct AnswerTimes {
    /// Spans in milliseconds, by `Severity.rawValue`.
    private(set) var acknowledged = [[Int64]](repeating: [], count: Severity.allCases.count)
    private(set) var closed = [[Int64]](repeating: [], count: Severity.allCases.count)
    private(set) var outcomes: [Outcome: Int] = [:]
    /// How often staff found what there was no call for.
    private(set) var missed = 0

    /// What staff did from an instant on.
    ///
    /// An acknowledgement is counted from the first call that nobody had answered by then, a closing from the first
    /// call of its episode. What a prime made is no call.
    init(_ reader: StateReader, since: Moment) throws(StateError) {
        var answered: [StableID: Moment] = [:]
        let primes = try reader.primes()
        func calls(of episode: StableID) throws(StateError) -> [StateReader.Call] {
            try reader.calls(of: episode).filter { call in
                !primes.contains { $0.contains(call.made.milliseconds) }
            }
        }
        for entry in try reader.acts(after: 0) {
            let act = entry.act
            let isAsked = act.at.milliseconds >= since.milliseconds
            switch act.deed {
            case .acknowledge(let episode, _):
                let former = answered.updateValue(act.at, forKey: episode) ?? .unknown
                guard isAsked, try reader.episode(episode)?.isTest == false else { continue }
                let calls = try calls(of: episode).filter { $0.made.milliseconds > former.milliseconds }
                Self.note(act.at, since: calls, in: &acknowledged)
            case .close(let episode, let outcome, _):
                guard isAsked, try reader.episode(episode)?.isTest == false else { continue }
                outcomes[outcome, default: 0] += 1
                Self.note(act.at, since: try calls(of: episode), in: &closed)
            case .missed: missed += isAsked ? 1 : 0
            case .silence: break
            }
        }
    }

    private static func note(_ instant: Moment, since calls: [StateReader.Call], in spans: inout [[Int64]]) {
        let earlier = calls.filter { $0.made.milliseconds <= instant.milliseconds }
        guard let first = earlier.first, let severity = earlier.map(\.severity).max() else { return }
        spans[Int(severity.rawValue)].append(instant.milliseconds - first.made.milliseconds)
    }

    /// The value that so many percent do not exceed, by nearest rank; nil of nothing.
    static func percentile(_ percent: Int, of spans: [Int64]) -> Int64? {
        spans.isEmpty ? nil : spans.sorted()[max(0, (spans.count * percent + 99) / 100 - 1)]
    }
}
