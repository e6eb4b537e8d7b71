package import Clinical

/// Another pack or roster comes to hold while the process goes on.
extension EventClassifier {
    /// Takes over all that another classifier remembers, with its sums; what it is to keep it asks of the same as before.
    ///
    /// - Parameters:
    ///   - kinds: as for `init`; those of the former one.
    ///   - former: whose journal and changes were taken, and who judges nothing any more.
    package init(
        pack: CompiledPack, roster: Roster?, kinds: Set<String>?, remembersAll: Bool,
        after former: borrowing EventClassifier
    ) {
        self.init(pack: pack, roster: roster, kinds: kinds, remembersAll: remembersAll)
        tally = former.tally
        unmatchedCodes = former.unmatchedCodes
        now = former.now
        if let kept = former.keeping {
            keeping = Keeping(recall: kept.recall, Interpreter(pack, kinds: kinds, kept.interpreter.names))
            keeping?.takeCounts(of: kept)
        }
        _ = restoreFeeds(former.feedMemory)
        if let heard = former.lastHeard { listen(heard.packed, at: now.isKnown ? now : heard.started) }
        let isSame = pack.catalogue.packDigest == former.pack.catalogue.packDigest
        let translation = isSame ? nil : Translation(from: PackNames(former.pack), to: PackNames(pack))
        for (patient, number) in former.patients.ids(where: Array(repeating: true, count: former.patients.count)) {
            take(patient, number, former, translation)
        }
    }

    private mutating func take(
        _ patient: [UInt8], _ number: Int, _ former: borrowing EventClassifier, _ translation: Translation?
    ) {
        let hash = FastHash.hash(patient.span.bytes, from: 0, count: patient.count)
        let own = patients.find(patient, hash: hash)
        let known = former.patients.entries(of: number)
        patients.restore(known.entries, old: known.old, of: own)
        var memory = former.patients.memories[number]
        if let translation {
            memory.letGo()
            memory = fold.memory(from: memory, translation, roster?[patient], patient[...]).memory
        }
        patients.memories[own] = memory
        noteChange(own)
    }
}
