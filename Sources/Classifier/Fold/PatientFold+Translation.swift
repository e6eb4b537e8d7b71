import Clinical

/// What becomes of a patient who was remembered under another pack.
extension PatientFold {
    /// The memory of a patient under this pack.
    ///
    /// The reports are graded anew, for rules that look back on them; what staff were told stays as it was told, for a pack
    /// does not speak, reports do. Where the reports that may still change make the same of the patient under both packs,
    /// they may go on to change; where not, they are settled, so that no later fold takes back in silence what was told.
    ///
    /// - Returns: with the memory, whether its past was settled for the new pack sees it otherwise.
    mutating func memory(
        from former: PatientMemory, _ translation: Translation, _ patient: Roster.Patient?,
        _ patientID: ArraySlice<UInt8>
    ) -> (memory: PatientMemory, isSettled: Bool) {
        let told = translation.episodes(former.episodes)
        let base = translation.episodes(former.hindsight.base)
        var memory = PatientMemory()
        let settled = fill(&memory.log, from: former, translation, patient, patientID)
        var unheard = AlertBatch()
        fold(from: 0, to: settled, patient, patientID, &memory, &unheard)
        memory.episodes = base
        memory.watchedTerms = PatientMemory.watchedTerms(base)
        fold(from: settled, to: memory.log.count, patient, patientID, &memory, &unheard)
        let agrees = memory.episodes == told && former.hindsight.pinnedCount == 0 && !former.isRecalling
        memory.episodes = told
        memory.watchedTerms = PatientMemory.watchedTerms(told)
        memory.settledCount = agrees ? settled : memory.log.count
        memory.hasChanged = agrees && former.hasChanged
        memory.time = translation.time(former.time)
        let after = agrees ? base : told
        if !after.isEmpty { memory.hindsight.base = after }
        if !former.hindsight.unread.isEmpty { memory.hindsight.unread = former.hindsight.unread }
        // Where each report is still kept, each place is still the same.
        if agrees, !former.hindsight.replaced.isEmpty, memory.log.count == former.log.count {
            memory.hindsight.replaced = former.hindsight.replaced
        }
        return (memory, !agrees)
    }

    /// Fills a log with the reports of another whose code is still watched; how many of them are settled.
    private mutating func fill(
        _ log: inout ReportLog, from former: PatientMemory, _ translation: Translation, _ patient: Roster.Patient?,
        _ patientID: ArraySlice<UInt8>
    ) -> Int {
        var room = EventBatch()
        let name = room.keep(patientID)
        for place in 0..<former.log.count { former.log.unpack(place, patient: name, into: &room) }
        translation.translate(&room)
        var settled = 0
        for index in room.events.indices where !room.events[index].codeSymbol.isNone {
            _ = reader.read(index, room, patient)
            log.insert(room.events[index], room, slots: reader.slots, reader.sightings, AtomSet(), at: log.count)
            if index < former.settledCount { settled += 1 }
        }
        return settled
    }
}
