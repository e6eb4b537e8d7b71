package import Clinical

/// An open episode that nobody answered by its time, of a patient who is not made up.
package struct OverdueEpisode: Sendable, Equatable {
    /// How it stands.
    package var episode: EpisodeEntry
    /// By when somebody had to answer, counted from when the call was written.
    package var answerBy: Moment
}

extension StateReader {
    /// What nobody answered by an instant, whether or not a run has told it yet: the most severe in front, then what has
    /// waited longest.
    package func overdue(at now: Moment) throws(StateError) -> [OverdueEpisode] {
        try database.all(.overdueEpisodes, .moment(now)) { row in
            OverdueEpisode(episode: EpisodeEntry(row: row), answerBy: row.moment(20))
        }
    }
}
