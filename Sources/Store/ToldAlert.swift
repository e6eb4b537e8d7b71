package import Clinical

/// An alert as people look back on it, taken from its native form.
package struct ToldAlert: Sendable, Equatable {
    /// The alert's own id.
    package var id: StableID
    /// When it was made, by the run's clock.
    package var made: Moment
    /// What became of the episode by it.
    package var transition: String
    /// How severe it was.
    package var severity: String
    /// When its report was observed, as the alert writes it; empty when nobody knows.
    package var time: String
    /// By when somebody had to answer, as the alert writes it; empty for never.
    package var respondBy: String
    /// The sentence for people.
    package var summary: String
    /// The rule that led.
    package var rule: String
    /// What the cited guideline says; empty for nothing.
    package var advice: String
    /// Where rule, scale and advice come from.
    package var sources: String
    /// The answers that it leaned on, each a term, its question, the value and the unit.
    package var evidence: [String]
}

extension StateReader {
    /// All that was said of an episode, oldest first, in words.
    package func told(of episode: StableID) throws(StateError) -> [ToldAlert] {
        try database.all(.told, .id(episode)) { row in
            ToldAlert(
                id: row.id(0), made: row.moment(1), transition: row.text(2), severity: row.text(3), time: row.text(4),
                respondBy: row.text(5), summary: row.text(6), rule: row.text(7), advice: row.text(8),
                sources: row.text(9), evidence: row.text(10).split(separator: "\n").map(String.init))
        }
    }
}
