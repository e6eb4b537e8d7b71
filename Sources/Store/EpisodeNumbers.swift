import Clinical

/// The numbers of episodes that a run has met: most of what it keeps is about those, and need not look for them again.
struct EpisodeNumbers {
    private var numbers: [StableID: Int64] = [:]
    /// As many as are remembered.
    private static let most = 1 << 18

    subscript(_ episode: StableID) -> Int64? {
        get { numbers[episode] }
        set {
            if numbers.count >= Self.most { numbers.removeAll(keepingCapacity: true) }
            numbers[episode] = newValue
        }
    }

    /// Forgets all: what was added may be gone.
    mutating func removeAll() { numbers.removeAll(keepingCapacity: true) }
}

extension Database {
    /// Keeps what a run writes of episodes, inside a transaction.
    func keep(_ episodes: [EpisodeEntry]) throws(StateError) {
        let (add, change) = (try statement(.addEpisode), try statement(.changeEpisode))
        for episode in episodes {
            if let number = episodeNumbers[episode.id] {
                try keep(episode, number, by: change)
                continue
            }
            try keep(episode, nil, by: add)
            if changes > 0 {
                episodeNumbers[episode.id] = lastNumber
            } else if let number = try number(of: episode.id) {
                try keep(episode, number, by: change)
            }
        }
    }

    /// - Parameter number: nil for one that may be new.
    private func keep(_ episode: EpisodeEntry, _ number: Int64?, by statement: Statement) throws(StateError) {
        let keepsRule = number != nil && episode.isByTime
        var values: [Value] = [
            .count(Int(episode.severity.rawValue)), keepsRule ? .null : .text(episode.therapy),
            keepsRule ? .null : .text(episode.rule),
            .text(episode.transition.name), .moment(episode.opened), .moment(episode.last),
            .moment(episode.respondBy), .moment(episode.answerBy), .flag(episode.isStale), .flag(episode.isOverdue),
            .flag(episode.isTest),
        ]
        guard let number else {
            values += [.id(episode.id), .bytes(episode.patient), .text(episode.concern)]
            return try run(statement, values)
        }
        try run(statement, values + [.integer(number)])
        if episode.calls || episode.callsAgain {
            try run(.callAgain, .integer(number), .flag(episode.callsAgain))
        }
    }

    /// The number of an episode; nil for an unknown one.
    func number(of episode: StableID) throws(StateError) -> Int64? {
        if let known = episodeNumbers[episode] { return known }
        let found = try first(.episodeNumber, .id(episode)) { $0.integer(0) }
        if let found { episodeNumbers[episode] = found }
        return found
    }
}
