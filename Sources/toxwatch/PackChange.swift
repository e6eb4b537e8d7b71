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
    /// The pack, sources and roster as they are now, to go on under; nil when the run goes on as before, which is then
    /// told.
    ///
    /// - Parameters:
    ///   - former: what holds so far.
    ///   - reader: changed to the new names, or not at all.
    func change(from former: Settings, _ reader: inout EventReader) -> PackChange? {
        let digest = former.pack.catalogue.packDigest
        guard let change = readAnew() else { return stay(digest, nil) }
        let isSame = change.settings.pack.catalogue.packDigest == digest
        if isSame, change.roster == nil { return stay(digest, "the pack is what it was") }
        do {
            var changed = reader
            try changed.change(to: change.prepared.reading)
            reader = changed
        } catch {
            return stay(digest, error.message)
        }
        let what = isSame ? "the roster as it is now" : "another pack"
        Diagnostics.say("going on under \(what): \(change.settings.announcement)")
        return change
    }

    /// The classifier that goes on in the place of another.
    func successor(of former: borrowing EventClassifier, _ change: PackChange) -> EventClassifier {
        EventClassifier(
            pack: change.settings.pack, roster: change.roster, kinds: kinds, remembersAll: state != nil, after: former)
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
}
