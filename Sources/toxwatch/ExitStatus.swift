/// How a command ends. The most telling of several holds: 74 before 65, 65 before 2, 2 before 1.
enum ExitStatus: Int32, Error, CaseIterable {
    case success = 0
    case alertWritten = 1
    case recordRejected = 2
    case usage = 64
    case notOfItsFormat = 65
    case inputOutput = 74
    case config = 78

    /// What the status says, for README and help.
    var meaning: String {
        switch self {
        case .success: "all was read"
        case .alertWritten: "an alert at or above --fail-at was written, or `alerts overdue` found one"
        case .recordRejected: "a record was rejected, or --strict met one that could not be judged"
        case .usage: "the command line makes no sense"
        case .notOfItsFormat: "the input is not of its format: no record could be framed"
        case .inputOutput: "reading or writing failed"
        case .config: "the config is wrong"
        }
    }

    /// The more telling of two.
    func combined(with other: ExitStatus) -> ExitStatus {
        let rank: [ExitStatus] = [
            .success, .alertWritten, .recordRejected, .notOfItsFormat, .inputOutput, .usage, .config,
        ]
        let own = rank.firstIndex(of: self) ?? 0
        let others = rank.firstIndex(of: other) ?? 0
        return own >= others ? self : other
    }
}
