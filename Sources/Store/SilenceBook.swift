package import Clinical

/// A silence with what became of it.
package struct SilenceEntry: Sendable, Equatable {
    /// The number of the act.
    package var number: Int64
    /// What it is about.
    package var silenced: StaffAct.Silenced
    /// Who wanted it.
    package var by: String
    /// When it began.
    package var at: Moment
    /// When it ends, or ended.
    package var until: Moment
    /// How many alerts it hid.
    package var hidden = 0

    fileprivate init?(_ entry: ActEntry) {
        guard case .silence(let silenced, let until, _) = entry.act.deed else { return nil }
        (number, self.silenced, self.until) = (entry.number, silenced, until)
        (by, at) = (entry.act.by, entry.act.at)
    }
}

/// How many alerts each silence hid, and of which staff were told that they ended; kept among a run's shared values.
///
/// ```
/// 3 2 ended
/// 7 1 holds
/// ```
struct SilenceBook {
    static let name = "silences"

    /// By the number of the act.
    var pages: [Int64: (hidden: Int, isEnded: Bool)] = [:]

    init(_ bytes: [UInt8]) {
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            let words = line.split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
            guard words.count == 3, let number = Int64(words[0]), let hidden = Int(words[1]) else { continue }
            pages[number] = (hidden, words[2] == "ended")
        }
    }

    var packed: [UInt8] {
        let lines = pages.sorted { $0.key < $1.key }.map { number, page in
            "\(number) \(page.hidden) \(page.isEnded ? "ended" : "holds")\n"
        }
        return Array(lines.joined().utf8)
    }
}

extension StateReader {
    /// The silences that end after an instant, or ended, oldest first.
    package func silences(endingAfter instant: Moment) throws(StateError) -> [SilenceEntry] {
        try database.silences(.silencesAfter, instant)
    }
}

extension RunState {
    /// Notes in the audit log, once for each, which silences are over and how many alerts they hid.
    ///
    /// - Returns: those that were not noted before.
    package func endSilences(at now: Moment) throws(StateError) -> [SilenceEntry] {
        func over() throws(StateError) -> [SilenceEntry] {
            let book = try database.silenceBook()
            return try database.silences(.silencesOver, now).filter { book.pages[$0.number]?.isEnded != true }
        }
        if try over().isEmpty { return [] }
        return try database.transaction { () throws(StateError) -> [SilenceEntry] in
            let ended = try over()
            var book = try database.silenceBook()
            for silence in ended {
                book.pages[silence.number] = (silence.hidden, true)
                try database.audit(
                    AuditEntry(
                        at: now, by: "run", deed: "silence over",
                        subject: try database.subject(
                            of: ActColumns(.silence(silence.silenced, until: silence.until, reason: ""))),
                        detail: "alerts hidden \(silence.hidden), of act \(silence.number)"))
            }
            let known = Set(try database.silences(.silencesAfter, .unknown).map(\.number))
            book.pages = book.pages.filter { known.contains($0.key) }
            try database.run(.keepShared, .text(SilenceBook.name), .bytes(book.packed))
            return ended
        }
    }
}

extension Database {
    /// Adds to how many alerts silences hid, by the number of the act, inside a transaction.
    func keep(hidden: [Int64: Int]) throws(StateError) {
        if hidden.isEmpty { return }
        var book = try silenceBook()
        for (number, count) in hidden {
            let page = book.pages[number] ?? (0, false)
            book.pages[number] = (page.hidden + count, page.isEnded)
        }
        try run(.keepShared, .text(SilenceBook.name), .bytes(book.packed))
    }

    fileprivate func silenceBook() throws(StateError) -> SilenceBook {
        SilenceBook(try first(.shared, .text(SilenceBook.name)) { $0.bytes(0) } ?? [])
    }

    fileprivate func silences(_ query: Query, _ instant: Moment) throws(StateError) -> [SilenceEntry] {
        let book = try silenceBook()
        return try all(query, .integer(instant.milliseconds), read: ActEntry.init).compactMap { $0 }
            .compactMap(SilenceEntry.init)
            .map { silence in
                var silence = silence
                silence.hidden = book.pages[silence.number]?.hidden ?? 0
                return silence
            }
    }
}
