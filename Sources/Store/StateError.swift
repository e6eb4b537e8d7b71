/// Why the state could not be opened, read or changed: which file, what is wrong, and how to mend it.
///
/// Whatever is thrown, the file holds what it held before. No patient is named.
package struct StateError: Error, Sendable, Equatable {
    /// What is wrong.
    package enum Reason: Sendable, Equatable {
        /// Nothing stands at the path, and this access makes nothing.
        case missing
        /// A folder, a device or a pipe stands there.
        case notAFile(String)
        /// A symbolic link stands there; links are never followed.
        case symbolicLink
        /// The system does not let it be opened, in the system's words.
        case cannotOpen(String)
        /// The file or its folder may be read but not written.
        case readOnly
        /// A file of some other kind.
        case notADatabase
        /// A database of some other program.
        case notOurs
        /// A later toxwatch made it.
        case newerSchema(found: Int, known: Int)
        /// An earlier toxwatch made it, and only a run brings it up to date.
        case olderSchema(found: Int, known: Int)
        /// Its content does not hold together.
        case damaged(String)
        /// No room is left on the disk, or in the quota.
        case diskFull
        /// Another run holds it, as that run told.
        case held(by: String)
        /// Another process was writing for longer than was waited.
        case busy
        /// The last run did not end in order, and what it left has to be folded first.
        case unfoldedJournal
        /// What was asked for makes no sense here, such as closing an episode twice.
        case refused(String)
        /// Anything else, in SQLite's words.
        case failed(String)
    }

    /// With which status a command ends.
    package enum Ending: Sendable, Equatable {
        /// Reading or writing failed: 74.
        case inputOutput
        /// The setting names a file that cannot serve: 78.
        case configuration
        /// The command line asks for what makes no sense: 64.
        case usage
    }

    /// The state's path as it was given.
    package var path: String
    /// What is wrong with it.
    package var reason: Reason

    package init(_ path: String, _ reason: Reason) {
        self.path = path
        self.reason = reason
    }

    /// With which status a command ends.
    package var ending: Ending {
        switch reason {
        case .notADatabase, .notOurs, .newerSchema, .olderSchema: .configuration
        case .refused: .usage
        default: .inputOutput
        }
    }

    /// One line for people: `state.db: what is wrong; how to mend it`.
    package var message: String {
        let (wrong, mend) = words
        return mend.isEmpty ? "\(path): \(wrong)" : "\(path): \(wrong); \(mend)"
    }

    private var words: (wrong: String, mend: String) {
        switch reason {
        case .missing: ("there is no state here", "a run with --state makes it, or give the path of one that is there")
        case .notAFile(let kind): ("the state is \(kind), not a file", "give the path of a file")
        case .symbolicLink: ("the state is a symbolic link, which is not followed", "give the path that it leads to")
        case .cannotOpen(let words): ("the state cannot be opened: \(words)", "the file and its folder must be yours")
        case .readOnly: ("the state cannot be written", "see that the file and its folder are yours and not read-only")
        case .notADatabase: ("this is not a state file", "give another path; nothing in it was changed")
        case .notOurs: ("this is the database of another program", "give another path; nothing in it was changed")
        case .newerSchema(let found, let known):
            (
                "the state is of version \(found), made by a later toxwatch; this one knows up to \(known)",
                "use that toxwatch, or another path"
            )
        case .olderSchema(let found, let known):
            (
                "the state is of version \(found), and this toxwatch works on \(known)",
                "the next run brings it up to date"
            )
        case .damaged(let words): ("the state is damaged: \(words)", "put a copy of it in place, and keep this one")
        case .diskFull: ("no room is left for the state", "make room on its disk, then run again; nothing is lost")
        case .held(let holder): ("another run holds the state: \(holder)", "wait for it or end it")
        case .busy: ("another process is writing to the state", "try again")
        case .unfoldedJournal:
            ("the last run did not end in order", "run toxwatch once with this --state and no events, then try again")
        case .refused(let words): (words, "")
        case .failed(let words): ("the state failed: \(words)", "")
        }
    }
}
