package import Clinical

/// Something that a member of staff did about an alert, with name and reason.
package struct StaffAct: Sendable, Equatable {
    /// What was done.
    package enum Deed: Sendable, Equatable {
        /// An episode was seen, and somebody sees to it.
        case acknowledge(episode: StableID, note: String)
        /// An episode is dealt with.
        case close(episode: StableID, Outcome, note: String)
        /// What worsens speaks all the same; what else there is of it is not said until then.
        case silence(Silenced, until: Moment, reason: String)
        /// Staff found what toxwatch should have called for.
        case missed(patient: [UInt8], note: String)
    }

    /// What a silence is about.
    package enum Silenced: Sendable, Equatable {
        case patient([UInt8])
        case rule(String)
    }

    /// What was done.
    package var deed: Deed
    /// By whom, as they gave their name.
    package var by: String
    /// When, by the clock of the command.
    package var at: Moment

    package init(_ deed: Deed, by: String, at: Moment) {
        self.deed = deed
        self.by = by
        self.at = at
    }
}

/// An act as it is kept, with its number.
package struct ActEntry: Sendable, Equatable {
    /// Later acts have higher numbers, and none comes twice.
    package var number: Int64
    /// What was done, by whom, when.
    package var act: StaffAct
}

/// The columns of an act.
struct ActColumns {
    var word: String
    var episode: StableID?
    var patient: [UInt8]?
    var rule: String?
    var until = Moment.unknown
    var outcome: String?
    var note: String

    init(_ deed: StaffAct.Deed) {
        switch deed {
        case .acknowledge(let id, let text): (word, episode, note) = ("acknowledge", id, text)
        case .close(let id, let found, let text):
            (word, episode, outcome, note) = ("close", id, found.rawValue, text)
        case .silence(.patient(let id), let end, let text): (word, patient, until, note) = ("silence", id, end, text)
        case .silence(.rule(let name), let end, let text): (word, rule, until, note) = ("silence", name, end, text)
        case .missed(let id, let text): (word, patient, note) = ("missed", id, text)
        }
    }
}

extension ActEntry {
    /// Nil for a row that no toxwatch writes.
    init?(row: Row) {
        let episode = row.optionalID(4)
        let patient = row.optionalBytes(5)
        let rule = row.optionalText(6)
        let note = row.text(9)
        let deed: StaffAct.Deed
        switch (row.text(1), episode, patient, rule, row.optionalText(8).flatMap(Outcome.init(rawValue:))) {
        case ("acknowledge", let episode?, _, _, _): deed = .acknowledge(episode: episode, note: note)
        case ("close", let episode?, _, _, let outcome?): deed = .close(episode: episode, outcome, note: note)
        case ("silence", _, let patient?, _, _): deed = .silence(.patient(patient), until: row.moment(7), reason: note)
        case ("silence", _, _, let rule?, _): deed = .silence(.rule(rule), until: row.moment(7), reason: note)
        case ("missed", _, let patient?, _, _): deed = .missed(patient: patient, note: note)
        default: return nil
        }
        self.init(number: row.integer(0), act: StaffAct(deed, by: row.text(3), at: row.moment(2)))
    }
}
