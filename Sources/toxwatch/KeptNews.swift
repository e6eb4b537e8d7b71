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
    private let roster: [UInt8]

    /// Takes up what the last run kept, and from now on has the classifier listen.
    ///
    /// - Parameter roster: when the roster's file was written; unknown without a roster.
    init(
        _ state: borrowing RunState, _ classifier: inout EventClassifier, roster: Moment, at now: Moment
    ) throws(StateError) {
        for name in Name.allCases { kept[name] = try state.shared(name.rawValue) ?? [] }
        _ = classifier.restoreFeeds(kept[.feeds] ?? [])
        classifier.listen(kept[.heard] ?? [], at: now)
        self.roster = roster.isKnown ? Array("\(roster.milliseconds)".utf8) : kept[.roster] ?? []
    }

    /// What is not kept as it is now.
    mutating func changes(_ classifier: borrowing EventClassifier) -> [String: [UInt8]] {
        let now: [Name: [UInt8]] = [.feeds: classifier.feedMemory, .heard: classifier.heardMemory, .roster: roster]
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
