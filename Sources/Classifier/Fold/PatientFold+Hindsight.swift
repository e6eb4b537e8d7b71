import Clinical

/// What is not remembered, because folding the log again tells it.
extension PatientFold {
    /// Tells again how the patient stood, and which alerts were made, from a place in the log on.
    mutating func recall(
        from place: Int, _ patient: Roster.Patient?, _ patientID: ArraySlice<UInt8>, _ memory: inout PatientMemory
    ) {
        guard place < memory.recalledFrom else { return }
        let nearest = memory.nearest(place)
        memory.recall(folded(from: nearest, to: memory.log.count, patient, patientID, memory))
    }

    /// How the patient stood before the reports from a place on.
    mutating func episodes(
        before place: Int, _ patient: Roster.Patient?, _ patientID: ArraySlice<UInt8>, _ memory: inout PatientMemory
    ) -> [Episode] {
        memory.letGo()
        if memory.isRecalling { return memory.checkpoint(before: place).episodes }
        if place == memory.log.count { return memory.episodes }
        let nearest = memory.nearest(place)
        if nearest.place == place { return nearest.episodes }
        return folded(from: nearest, to: place, patient, patientID, memory).episodes
    }

    /// The patient as folding again from a checkpoint to another place tells it.
    private mutating func folded(
        from checkpoint: PatientMemory.Checkpoint, to place: Int, _ patient: Roster.Patient?,
        _ patientID: ArraySlice<UInt8>, _ memory: PatientMemory
    ) -> PatientMemory {
        var past = memory
        past.begin(at: checkpoint)
        var toldAlready = AlertBatch()
        fold(from: checkpoint.place, to: place, patient, patientID, &past, &toldAlready)
        return past
    }

    /// Holds on to how the patient stood, before something is told that no report in the log will tell again.
    mutating func pin(_ patient: Roster.Patient?, _ patientID: ArraySlice<UInt8>, _ memory: inout PatientMemory) {
        guard memory.log.count > memory.settledCount else { return }
        recall(from: memory.settledCount, patient, patientID, &memory)
        memory.pinnedCount = memory.log.count
    }
}
