package import Clinical

/// Memory that outlives the process: who keeps it gives it back patient by patient, and takes what has changed.
extension EventClassifier {
    /// What is kept between runs, and where it comes from.
    package struct Keeping {
        /// The kept bytes of a patient who is met for the first time; nil for one who is not known.
        var recall: (_ patient: [UInt8]) -> [UInt8]?
        /// Names what the bytes mean: they are of use under the same pack and kinds of rules only.
        var key: UInt64
        /// By patient number: whether its memory may differ from what is kept.
        var changed: [Bool] = []
        /// What the batches since the last `takeJournal` did.
        var journal: [UInt8] = []
        /// Patients whose memory was made under another pack: their ids are known, their reports and episodes are not.
        var strangers = 0
        /// Patients of whom what was kept is damaged, so that nothing is known of them.
        var damaged = 0

        init(recall: @escaping (_ patient: [UInt8]) -> [UInt8]?, key: UInt64) {
            self.recall = recall
            self.key = key
        }

        /// Adds what a batch does.
        mutating func add(_ batch: EventBatch) { EventJournal.add(batch, to: &journal) }

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
    /// - Parameter kinds: as for `init`.
    package mutating func keep(
        kinds: Set<String>?, recall: @escaping (_ patient: [UInt8]) -> [UInt8]?
    ) {
        let words = [pack.catalogue.packDigest] + (kinds?.sorted() ?? [])
        let bytes = Array(words.joined(separator: "\n").utf8)
        keeping = Keeping(recall: recall, key: FastHash.hash(bytes.span.bytes, from: 0, count: bytes.count))
    }

    /// How many patients were made under another pack or other kinds of rules.
    package var strangers: Int { keeping?.strangers ?? 0 }

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
            if key == keeping?.key {
                let memory: PatientMemory = image.read()
                if image.isSound { patients.memories[number] = memory } else { keeping?.damaged += 1 }
            } else {
                keeping?.strangers += 1
            }
        }
    }

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

    /// Does again what a journal tells; false, with nothing done, for one of another pack, or one that is damaged.
    package mutating func replay(_ journal: [UInt8]) -> Bool {
        let batch: EventBatch? = journal.withUnsafeBytes { bytes in
            guard var image = ImageReader(bytes) else { return nil }
            let key: UInt64 = image.read()
            guard key == keeping?.key else { return nil }
            return EventJournal.batch(image.rawBytes())
        }
        guard let batch else { return false }
        let (sums, codes, clock) = (tally, unmatchedCodes, now)
        // The times are those that the batch was judged by.
        now = .unknown
        var told = AlertBatch()
        judge(batch, into: &told)
        (tally, unmatchedCodes, now) = (sums, codes, clock)
        _ = takeJournal()
        return true
    }

    /// The patients whose memory may have changed since the last call, each with what is to be kept and when time makes
    /// something of it next.
    package mutating func takeChanged() -> [(patient: [UInt8], memory: [UInt8], due: Moment)] {
        guard let changed = keeping?.changed else { return [] }
        let wanted = changed + Array(repeating: false, count: patients.count - changed.count)
        keeping?.changed = []
        let key = keeping?.key ?? 0
        return patients.ids(where: wanted).map { id, number in
            var image = ImageWriter()
            let known = patients.entries(of: number)
            image.write(key, known.entries, known.old, patients.memories[number])
            return (id, image.image, nextDue(of: id))
        }
    }
}
