import Classifier
import Clinical
import Store

/// What was kept under another pack, or by a run that died.
extension KeptRun {
    /// Does again what the journal of a run that died tells. Under another pack or roster more may come of it than was
    /// told: that is kept to be written.
    static func fold(
        _ shelf: Shelf, _ classifier: inout EventClassifier, _ kept: inout KeptAlerts, _ now: Moment,
        _ sinks: borrowing AlertSink.Group
    ) throws(ExitStatus) {
        guard shelf.state.journalSize.batches > 0 else { return }
        var lost = 0
        var batches: [[UInt8]] = []
        try State.reporting { () throws(StateError) in
            try shelf.state.replay { batch throws(StateError) in batches.append(batch) }
        }
        var again = AlertBatch()
        for batch in batches where !classifier.replay(batch, into: &again) { lost += 1 }
        if lost > 0 {
            Diagnostics.say(
                "the last run ended by force, under a pack that is not known or with damage: \(lost) of its batches are not looked back on"
            )
        }
        let record = try State.reporting { () throws(StateError) in
            var untold = AlertBatch()
            for alert in again.alerts where try !shelf.state.isKnown(alert.alertID, of: alert.episodeID) {
                untold.append(alert, of: again)
            }
            var record = BatchRecord()
            kept.add(untold, to: &record, at: now, try shelf.state.reader.silences(at: now), sinks)
            record.settle(by: classifier)
            return record
        }
        try State.reporting { () throws(StateError) in
            _ = try shelf.checkpoint(&classifier, at: now, with: record)
        }
    }

    /// Takes note of the pack that memory is kept under from now on.
    static func adopt(_ shelf: Shelf, _ classifier: borrowing EventClassifier) throws(StateError) {
        let (key, pack) = (classifier.packKey, classifier.pack)
        try shelf.state.adopt(key) { PackNumbers(key: key, names: pack.names, rules: pack.ruleNames) }
    }

    /// Goes on under another pack or roster, for which `next` makes a classifier of the former one; what was found so far
    /// is kept and written before.
    mutating func change(
        to pack: CompiledPack, _ alerts: inout AlertBatch, _ classifier: inout EventClassifier,
        _ sinks: borrowing AlertSink.Group, _ next: (borrowing EventClassifier) -> EventClassifier
    ) throws(Failure) {
        try commit(&alerts, &classifier, sinks, folds: true)
        let former = classifier.pack.catalogue.packDigest
        classifier = next(classifier)
        kept.change(to: pack)
        news.noteRoster()
        let (shelf, now) = (shelf, clock.now)
        do throws(StateError) {
            try Self.adopt(shelf, classifier)
            let digest = pack.catalogue.packDigest
            if digest != former { try shelf.state.changePack(to: digest, from: former, at: now) }
        } catch {
            throw .state(error)
        }
    }

    /// What people should know of patients who were remembered under another pack.
    static func packNotes(_ classifier: borrowing EventClassifier) -> [String] {
        var notes: [String] = []
        let (all, settled) = classifier.translated
        if all > 0 {
            notes.append(
                "patients last seen under another pack, whose reports are graded anew: \(all); of these the past reads otherwise and stands as it was told: \(settled)"
            )
        }
        if classifier.strangers > 0 {
            notes.append(
                "patients last seen under a pack that is not known, whose earlier reports are not looked back on: \(classifier.strangers)"
            )
        }
        return notes
    }
}
