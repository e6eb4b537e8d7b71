import Clinical

@testable import Classifier

/// What a run leaves to the next, held in a dictionary instead of a file.
final class KeptMemory {
    /// By patient, as of the last fold.
    var patients: [[UInt8]: [UInt8]] = [:]
    /// What happened since.
    var journal: [[UInt8]] = []
    /// By the key of a pack: what its numbers mean.
    var names: [UInt64: [UInt8]] = [:]
    /// What is known of feeds.
    var feeds: [UInt8] = []

    /// A classifier that takes up where the last one ended.
    func classifier(_ pack: TestPack, roster: Roster? = nil, kinds: Set<String>? = nil) -> EventClassifier {
        var classifier = EventClassifier(pack: pack.compiled, roster: roster, kinds: kinds, remembersAll: true)
        classifier.keep(kinds: kinds, names: { self.names[$0] }, recall: { self.patients[$0] })
        names[classifier.packKey] = pack.compiled.names
        _ = classifier.restoreFeeds(feeds)
        return classifier
    }

    /// Keeps the patients as they are; the journal is told by them from then on.
    func fold(_ classifier: inout EventClassifier) {
        classifier.takeChanged { patient, memory, _ in patients[patient] = memory }
        feeds = classifier.feedMemory
        journal = []
        _ = classifier.takeJournal()
    }

    /// Keeps what happened since the last call, and nothing else.
    func note(_ classifier: inout EventClassifier) {
        let batch = classifier.takeJournal()
        if !batch.isEmpty { journal.append(batch) }
    }

    /// Does again what the journal tells.
    func replay(_ classifier: inout EventClassifier) -> Bool {
        var isWhole = true
        for batch in journal where !replay(batch, &classifier) { isWhole = false }
        return isWhole
    }

    /// Does again what a part of the journal tells, and makes nothing of what it says.
    func replay(_ batch: [UInt8], _ classifier: inout EventClassifier) -> Bool {
        var told = AlertBatch()
        return classifier.replay(batch, into: &told)
    }
}
