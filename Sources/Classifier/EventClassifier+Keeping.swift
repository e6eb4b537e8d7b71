package import Clinical

/// Memory that outlives the process: who keeps it gives it back patient by patient, and takes what has changed.
extension EventClassifier {
    /// What is kept between runs, and where it comes from.
    package struct Keeping {
        /// The kept bytes of a patient who is met for the first time; nil for one who is not known.
        var recall: (_ patient: [UInt8]) -> [UInt8]?
        /// What makes memory that was kept under another key speak of this pack.
        var interpreter: Interpreter
        /// By patient number: whether its memory may differ from what is kept.
        var changed: [Bool] = []
        /// What the batches since the last `takeJournal` did.
        var journal: [UInt8] = []
        /// Patients whose memory was made under a pack of which nothing is known: their ids are known, their reports and
        /// episodes are not.
        var strangers = 0
        /// Patients whose memory was made under another pack, and of these whose past this one sees otherwise.
        var translated = 0
        var settled = 0
        /// Patients of whom what was kept is damaged, so that nothing is known of them.
        var damaged = 0

        init(recall: @escaping (_ patient: [UInt8]) -> [UInt8]?, _ interpreter: Interpreter) {
            self.recall = recall
            self.interpreter = interpreter
        }

        /// Names what the bytes mean: they are of use at once under the same pack and kinds of rules only.
        var key: UInt64 { interpreter.key }

        /// Adds what a batch does.
        mutating func add(_ batch: EventBatch) { EventJournal.add(batch, to: &journal) }

        /// Goes on counting where another one left off.
        mutating func takeCounts(of other: Keeping) {
            (strangers, damaged) = (other.strangers, other.damaged)
            (translated, settled) = (other.translated, other.settled)
        }

        /// Takes note that the memory of one of so many patients may change.
        mutating func noteChange(_ number: Int, of count: Int) {
            if changed.count < count {
                changed.append(contentsOf: repeatElement(false, count: count - changed.count))
            }
            changed[number] = true
        }
    }

    /// From now on asks `recall` about each patient who comes for the first time, and notes what changes.
    ///
    /// - Parameters:
    ///   - kinds: as for `init`.
    ///   - names: `CompiledPack.names` of what had another `packKey`; nil when that is not known.
    package mutating func keep(
        kinds: Set<String>?, names: @escaping (_ key: UInt64) -> [UInt8]?,
        recall: @escaping (_ patient: [UInt8]) -> [UInt8]?
    ) {
        keeping = Keeping(recall: recall, Interpreter(pack, kinds: kinds, names))
    }

    /// Tells this pack, with the kinds of rules that are wanted, from others.
    package var packKey: UInt64 { keeping?.key ?? 0 }

    /// How many patients were made under a pack of which nothing is known.
    package var strangers: Int { keeping?.strangers ?? 0 }

    /// How many patients were made under another pack or other kinds of rules, and of how many of these the past reads
    /// otherwise now, so that it stands as it was told.
    package var translated: (all: Int, settled: Int) { (keeping?.translated ?? 0, keeping?.settled ?? 0) }

    /// How many patients are begun anew, because what was kept of them is damaged.
    package var damaged: Int { keeping?.damaged ?? 0 }

    /// Takes over what is kept of patients from a number on, who have just come in by a batch.
    mutating func recall(from first: Int, _ batch: EventBatch, _ numbers: [UInt32]) {
        if keeping == nil || patients.count == first { return }
        var next = first
        for (index, number) in numbers.enumerated() where Int(number) == next {
            recall(Array(batch.bytes(of: batch.events[index].patient)), next)
            next += 1
        }
    }

    /// Takes over what is kept of a patient who has just come in.
    mutating func recall(_ patient: [UInt8], _ number: Int) {
        guard let kept = keeping?.recall(patient) else { return }
        kept.withUnsafeBytes { bytes in
            guard var image = ImageReader(bytes) else {
                keeping?.damaged += 1
                return
            }
            let key: UInt64 = image.read()
            let entries: [UInt64] = image.read()
            patients.restore(entries, old: image.read(), of: number)
            let memory: PatientMemory = image.read()
            if !image.isSound {
                keeping?.damaged += 1
            } else if key == keeping?.key {
                patients.memories[number] = memory
            } else if let translation = keeping?.interpreter.translation(from: key) {
                take(memory, translation, patient, number)
            } else {
                keeping?.strangers += 1
            }
        }
    }

    private mutating func take(
        _ former: PatientMemory, _ translation: Translation, _ patient: [UInt8], _ number: Int
    ) {
        let known = fold.memory(from: former, translation, roster?[patient], patient[...])
        patients.memories[number] = known.memory
        keeping?.translated += 1
        if known.isSettled { keeping?.settled += 1 }
        noteChange(number)
    }

    /// How severe an episode is that reports made; nil for one that is over, or of which only time knows.
    package func severity(of episode: StableID, _ patient: [UInt8]) -> Severity? {
        guard let number = patients.known(patient) else { return nil }
        return patients.memories[number].episodes.first { $0.id == episode }?.severity
    }

    /// Whether what was kept of a patient is whole.
    package static func isSound(_ kept: [UInt8]) -> Bool { kept.withUnsafeBytes { ImageReader($0) != nil } }

    /// Takes note that a batch may change memory.
    mutating func noteChanges(_ batch: EventBatch, _ numbers: [UInt32]) {
        if keeping == nil { return }
        keeping?.add(batch)
        for number in numbers { noteChange(Int(number)) }
    }

    /// Takes note that a patient's memory may change.
    mutating func noteChange(_ number: Int) { keeping?.noteChange(number, of: patients.count) }

    /// Bytes that `takeJournal` would give, but for a few.
    package var journalSize: Int { keeping?.journal.count ?? 0 }

    /// What the batches since the last call did to memory: `replay` does it again.
    package mutating func takeJournal() -> [UInt8] {
        guard let kept = keeping, !kept.journal.isEmpty else { return [] }
        var image = ImageWriter()
        image.write(kept.key)
        image.write(bytes: kept.journal)
        keeping?.journal.removeAll(keepingCapacity: true)
        return image.image
    }

    /// Does again what a journal tells; false, with nothing done, for one of a pack of which nothing is known, or one that
    /// is damaged.
    ///
    /// The alerts are those that were made before, and others where the pack or the roster is another by now.
    package mutating func replay(_ journal: [UInt8], into alerts: inout AlertBatch) -> Bool {
        let read: (key: UInt64, batch: EventBatch)? = journal.withUnsafeBytes { bytes in
            guard var image = ImageReader(bytes) else { return nil }
            let key: UInt64 = image.read()
            return EventJournal.batch(image.rawBytes()).map { (key, $0) }
        }
        guard let (key, kept) = read else { return false }
        var batch = kept
        if key != packKey {
            guard let translation = keeping?.interpreter.translation(from: key) else { return false }
            translation.translate(&batch)
        }
        let (sums, codes, clock) = (tally, unmatchedCodes, now)
        // The times are those that the batch was judged by.
        now = .unknown
        judge(batch, into: &alerts)
        (tally, unmatchedCodes, now) = (sums, codes, clock)
        _ = takeJournal()
        return true
    }

    /// Hands over the patients whose memory may have changed since the last call, one at a time, each with what is to be
    /// kept and when time makes something of it next.
    package mutating func takeChanged<Failure: Error>(
        _ body: (_ patient: [UInt8], _ memory: [UInt8], _ due: Moment) throws(Failure) -> Void
    ) throws(Failure) {
        let changed = keeping?.changed ?? []
        keeping?.changed = []
        let places = patients.places
        for (number, hasChanged) in changed.enumerated() where hasChanged {
            let id = patients.id(at: places[number])
            try body(id, image(of: number), nextDue(of: id))
        }
    }

    /// What is to be kept of a patient.
    private func image(of number: Int) -> [UInt8] {
        var image = ImageWriter()
        let known = patients.entries(of: number)
        image.write(packKey, known.entries, known.old, patients.memories[number])
        return image.image
    }
}
