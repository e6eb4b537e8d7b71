import Clinical
import Digest

/// Where staff put what they did: short transactions beside a run, which asks at each batch for the silences that hold, and
/// whenever time passes for what was answered and closed.
package struct StaffDesk {
    private let database: Database

    /// Opens a state that is there and up to date.
    package init(_ path: String) throws(StateError) {
        let location = try StateLocation(path)
        guard location.exists else { throw StateError(path, .missing) }
        database = try Database(location, .write)
        try database.checkCurrent()
    }

    /// What people look at, as of now.
    package var reader: StateReader { StateReader(database: database) }

    /// Keeps an act, and in the audit log that it was done.
    ///
    /// - Returns: its number.
    /// - Throws: `.refused` for an episode that is not known, or no longer open, and for an act without a name.
    @discardableResult
    package func record(_ act: StaffAct) throws(StateError) -> Int64 {
        if act.by.isEmpty { throw StateError(database.path, .refused("an act needs the name of who does it")) }
        return try database.transaction { () throws(StateError) -> Int64 in
            try apply(act)
            let columns = ActColumns(act.deed)
            try database.run(
                .addAct, .text(columns.word), .moment(act.at), .text(act.by), .optional(columns.episode),
                .optional(columns.patient), .optional(columns.rule), .moment(columns.until),
                .optional(columns.outcome), .text(columns.note))
            let number = database.lastNumber
            try database.audit(try database.auditEntry(for: ActEntry(number: number, act: act)))
            return number
        }
    }

    /// Changes the episode that the act is about.
    private func apply(_ act: StaffAct) throws(StateError) {
        switch act.deed {
        case .acknowledge(let episode, let note):
            try checkOpen(episode)
            try database.run(.acknowledge, .id(episode), .text(act.by), .moment(act.at), .text(note))
        case .close(let episode, let outcome, let note):
            try checkOpen(episode)
            try database.run(
                .close, .id(episode), .text(act.by), .moment(act.at), .text(note), .text(outcome.rawValue))
            // Who closed it knows of it.
            try database.run(.dropWaiting, .id(episode), .moment(act.at))
        case .silence, .missed: break
        }
    }

    private func checkOpen(_ episode: StableID) throws(StateError) {
        guard let isOpen = try database.first(.isOpen, .id(episode), read: { $0.flag(0) }) else {
            throw StateError(database.path, .refused("there is no episode \(episode.text)"))
        }
        guard isOpen else { throw StateError(database.path, .refused("the episode \(episode.text) is not open")) }
    }
}

extension Database {
    /// What the audit log says of an act: by a fingerprint all of it, so that a changed note is found out, yet no text
    /// of it.
    func auditEntry(for entry: ActEntry) throws(StateError) -> AuditEntry {
        let columns = ActColumns(entry.act.deed)
        let key = try first(.meta, .text("secret")) { $0.bytes(0) } ?? []
        var covered = key
        let until = "\(columns.until.milliseconds)"
        for field in [until, columns.outcome ?? "", columns.note] { covered += "\(field.utf8.count):\(field)".utf8 }
        return AuditEntry(
            at: entry.act.at, by: entry.act.by, deed: columns.word, subject: try subject(of: columns),
            detail: "act \(entry.number) \(SHA256.hexadecimal(of: covered))")
    }

    /// What an act is about, a patient under a pseudonym.
    func subject(of columns: ActColumns) throws(StateError) -> String {
        if let episode = columns.episode { return "episode \(episode.text)" }
        if let patient = columns.patient { return "patient \(try pseudonym(of: patient))" }
        return "rule \(columns.rule ?? "")"
    }
}
