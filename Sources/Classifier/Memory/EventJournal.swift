import Clinical

/// What a batch did to memory, as bytes: after a crash the same events do the same again.
///
/// Left out is what changes no memory: reports that nobody watches and that correct nothing, and unreadable records
/// without a patient.
enum EventJournal {
    private enum Kind: UInt8 { case event, reject }

    /// Adds the events and records of a batch, in the order of the input.
    static func add(_ batch: EventBatch, to journal: inout [UInt8]) {
        var reject = 0
        for event in batch.events {
            while reject < batch.rejects.count, batch.rejects[reject].offset < event.offset {
                add(batch.rejects[reject], to: &journal)
                reject += 1
            }
            if event.codeSymbol.isNone, event.status < .corrected, !event.flag.isCritical, event.source.isEmpty {
                continue
            }
            let room = 64 + Int(event.patient.count) + Int(event.source.count) + PackedEvent.room(event, batch)
            journal.append(addingCapacity: room) { output in
                output.append(Kind.event.rawValue)
                output.add(event.patient, of: batch)
                output.add(event.time)
                output.add(Int64(bitPattern: event.idHash))
                output.add(Int64(bitPattern: event.contentHash))
                output.add(event.source, of: batch)
                PackedEvent.pack(event, batch, into: &output)
            }
        }
        for left in batch.rejects[reject...] { add(left, to: &journal) }
    }

    private static func add(_ reject: Reject, to journal: inout [UInt8]) {
        guard !reject.patients.isEmpty else { return }
        let room = 64 + reject.raw.count + reject.patients.reduce(0) { $0 + $1.count + 10 }
        journal.append(addingCapacity: room) { output in
            output.append(Kind.reject.rawValue)
            output.add(reject.time)
            output.append(reject.isAhead ? 1 : 0)
            output.add(count: UInt64(reject.patients.count))
            for text in reject.patients + [reject.raw] {
                output.add(count: UInt64(text.count))
                for byte in text { output.append(byte) }
            }
        }
    }

    /// The batch that was added; nil for bytes that hold none.
    static func batch(_ journal: [UInt8]) -> EventBatch? {
        var batch = EventBatch()
        var unpacker = ByteUnpacker(journal)
        var number: UInt64 = 0
        while unpacker.place < journal.count {
            switch Kind(rawValue: unpacker.byte()) {
            case .event:
                let patient = batch.keep(unpacker.text())
                let time = unpacker.moment()
                let hashes = (UInt64(bitPattern: unpacker.number()), UInt64(bitPattern: unpacker.number()))
                let source = batch.keep(unpacker.text())
                guard var event = PackedEvent.unpack(&unpacker, into: &batch) else { return nil }
                let name = batch.bytes(of: patient)
                (event.patient, event.time, event.source, event.offset) = (patient, time, source, number)
                (event.idHash, event.contentHash) = hashes
                event.patientHash = FastHash.hash(Array(name).span.bytes, from: 0, count: name.count)
                batch.events.append(event)
            case .reject:
                let time = unpacker.moment()
                let isAhead = unpacker.byte() != 0
                let patients = (0..<min(unpacker.count(), 1 << 20)).map { _ in Array(unpacker.text()) }
                var reject = Reject(
                    code: "", reason: "", line: 0, offset: number, raw: Array(unpacker.text()), patients: patients,
                    time: time)
                reject.isAhead = isAhead
                batch.rejects.append(reject)
            case nil: return nil
            }
            if unpacker.isBroken { return nil }
            number += 1
        }
        return batch
    }
}
