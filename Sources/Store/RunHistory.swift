package import Clinical

extension StateReader {
    /// The last run that started before an instant; nil for none.
    package func lastRun(before instant: Moment) throws(StateError) -> RunEntry? {
        try database.first(.runBefore, .moment(instant), read: RunEntry.init)
    }

    /// Whether somebody has the state in hand, so that a run without an end goes on.
    package func isInHand() throws(StateError) -> Bool {
        WriterLock.isHeld(try StateLocation(database.path))
    }

    /// An alert that asked for an answer.
    package struct Call: Sendable, Equatable {
        /// When it was made, by the run's clock.
        package var made: Moment
        /// How severe it was.
        package var severity: Severity
    }

    /// The alerts of an episode that asked for an answer, oldest first.
    package func calls(of episode: StableID) throws(StateError) -> [Call] {
        try database.all(.calls, .id(episode)) { row in
            Severity(name: row.text(1)).map { Call(made: row.moment(0), severity: $0) }
        }.compactMap { $0 }
    }
}
