import Classifier
import Clinical
import Store

/// What a run keeps beside patients, each under its name: when feeds and terms were last heard, and how old its roster is.
struct KeptNews {
    /// The names under which it is kept.
    enum Name: String, CaseIterable {
        case feeds, heard, roster
    }

    private var kept: [Name: [UInt8]] = [:]
    private let roster: String?
    private var rosterDate: [UInt8] = []

    /// Takes up what the last run kept, and from now on has the classifier listen.
    ///
    /// - Parameter roster: the file of the roster, which has just been read; nil without one.
    init(
        _ state: borrowing RunState, _ classifier: inout EventClassifier, roster: String?, at now: Moment
    ) throws(StateError) {
        for name in Name.allCases { kept[name] = try state.shared(name.rawValue) ?? [] }
        _ = classifier.restoreFeeds(kept[.feeds] ?? [])
        classifier.listen(kept[.heard] ?? [], at: now)
        self.roster = roster
        rosterDate = kept[.roster] ?? []
        noteRoster()
    }

    /// Takes note that the roster has just been read.
    mutating func noteRoster() {
        let written = roster.map(WholeFile.written) ?? .unknown
        if written.isKnown { rosterDate = Array("\(written.milliseconds)".utf8) }
    }

    /// What is not kept as it is now.
    mutating func changes(_ classifier: borrowing EventClassifier) -> [String: [UInt8]] {
        let now: [Name: [UInt8]] = [.feeds: classifier.feedMemory, .heard: classifier.heardMemory, .roster: rosterDate]
        let changed = now.filter { $0.value != kept[$0.key] }
        kept.merge(changed) { $1 }
        return Dictionary(changed.map { ($0.key.rawValue, $0.value) }) { $1 }
    }

    /// When the file of the roster was written that the last run with one read; unknown for none.
    static func rosterDate(_ reader: StateReader) throws(StateError) -> Moment {
        let text = String(decoding: try reader.shared(Name.roster.rawValue) ?? [], as: UTF8.self)
        return Int64(text).map { Moment(milliseconds: $0) } ?? .unknown
    }
}
