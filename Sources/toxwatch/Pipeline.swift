import Classifier
import Clinical
import Emitter
import Parser

/// The whole way: bytes in, events, alerts, bytes out; one batch at a time, flushed whenever input runs dry.
struct Pipeline: ~Copyable {
    /// What becomes of each batch; it writes into the buffer what goes to stdout.
    typealias Work = (inout EventBatch, inout OutputBuffer) -> Void

    /// Another pack or roster comes to hold between two batches: how input is read from then on; nil to go on as before.
    typealias Reload = (inout EventReader) -> InputOptions.Prepared?

    private var options: InputOptions.Prepared
    // Whether what a reader no longer takes is lost: an alert is, what could be asked for again is not.
    private let countsAsLost: Bool
    private var rejects: RejectSink
    private var progress = Progress()
    private var batch = EventBatch()
    private var buffer = OutputBuffer()
    private(set) var skipped = 0
    private(set) var rejected = 0
    private(set) var records = 0
    /// Events with a therapy or agent that the pack does not know: they are judged under all therapies.
    private var unknownTherapies = 0
    /// The same of modifiers.
    private var unknownModifiers = 0
    private var unreadMembers: [String: Int] = [:]
    private(set) var status = ExitStatus.success
    /// The signal that said to stop before the inputs' end; nil when none did.
    private(set) var stopped: Int32?

    init(_ options: consuming InputOptions.Prepared, rejects: consuming RejectSink, countsAsLost: Bool = false) {
        self.options = options
        self.countsAsLost = countsAsLost
        self.rejects = rejects
    }

    /// Reads every input to its end. `flush` writes out what the work left in the buffer; false when nobody reads it.
    mutating func run(_ inputs: [String], _ work: Work, flush: (inout OutputBuffer) throws(SystemError) -> Void) {
        run(InputFiles(inputs), work, flush: flush) { _ in nil }
    }

    /// Reads every input to its end, or until a signal says to stop; `reload` is called between two batches, and the
    /// work gets an empty batch whenever nothing came for as long as the source's pulse lasts.
    mutating func run(
        _ source: any InputSource, _ work: Work, flush: (inout OutputBuffer) throws(SystemError) -> Void,
        reload: Reload
    ) {
        while source.next() {
            guard readAll(source, work, flush, reload) else { return }
        }
    }

    private mutating func readAll(
        _ source: any InputSource, _ work: Work, _ flush: (inout OutputBuffer) throws(SystemError) -> Void,
        _ reload: Reload
    ) -> Bool {
        var reader = EventReader(options.reading, format: options.format(for: source.name))
        var toldNotes = 0
        while true {
            let room = reader.makeRoom(in: &batch)
            let arrival: Arrival
            do {
                arrival = try source.read(into: room, of: &batch.bytes)
            } catch {
                complain("cannot read \(source.name): \(error.message)", .inputOutput)
                return true
            }
            var count = 0
            switch arrival {
            case .bytes(let added): count = added
            case .end(let note): if let note { tell(note) }
            case .order(.stop(let signal)):
                stopped = signal
                return false
            case .order(.reload):
                progress.clear()
                options = reload(&reader) ?? options
                continue
            case .nothing:
                take(source.name, work)
                guard write(flush) else { return false }
                continue
            }
            var failure: InputError?
            do {
                try reader.read(into: &batch, added: count, isLast: count == 0)
            } catch {
                failure = error
            }
            for note in reader.notes.dropFirst(toldNotes) { tell("\(source.name): \(note)") }
            toldNotes = reader.notes.count
            take(source.name, work)
            guard write(flush) else { return false }
            if let failure {
                complain("\(source.name): \(failure.message)", .notOfItsFormat)
                return true
            }
            if count == 0 { return true }
        }
    }

    /// Writes out what the batch left in the buffer; false when nobody takes it.
    private mutating func write(_ flush: (inout OutputBuffer) throws(SystemError) -> Void) -> Bool {
        do {
            try flush(&buffer)
            return true
        } catch {
            if error.isClosedPipe, !countsAsLost { return false }
            if !error.isClosedPipe { Diagnostics.say("cannot write: \(error.message)") }
            status = status.combined(with: .inputOutput)
            return false
        }
    }

    private mutating func take(_ name: String, _ work: Work) {
        for index in batch.rejects.indices { batch.rejects[index].input = name }
        skipped += batch.skipped
        rejected += batch.rejects.count
        unknownTherapies += Self.eventsWithUnknown(.therapy, batch)
        unknownModifiers += Self.eventsWithUnknown(.modifier, batch)
        if !batch.unreadMembers.isEmpty { unreadMembers.merge(batch.unreadMembers, uniquingKeysWith: +) }
        records += batch.events.count + batch.rejects.count
        if !batch.rejects.isEmpty {
            progress.clear()
            if !rejects.take(batch.rejects) { status = status.combined(with: .inputOutput) }
        }
        work(&batch, &buffer)
        progress.show(records)
    }

    private static func eventsWithUnknown(_ role: NameRecord.Role, _ batch: borrowing EventBatch) -> Int {
        // Most batches name none that is unknown; only then is it asked which events do.
        func isUnknown(_ name: NameRecord) -> Bool { name.role == role && name.symbol == .none }
        guard batch.names.contains(where: isUnknown) else { return 0 }
        var count = 0
        for event in batch.events where batch.names[event.names.range].contains(where: isUnknown) { count += 1 }
        return count
    }

    /// Says how many events named a therapy, agent or modifier that the pack does not know, and how many members held
    /// what they cannot hold. The words are not told: they are text that came with a patient.
    func tellUnread() {
        if unknownTherapies > 0 {
            Diagnostics.say("events with an unknown therapy or agent, judged under all therapies: \(unknownTherapies)")
        }
        if unknownModifiers > 0 {
            Diagnostics.say(
                "events with an unknown modifier, judged under all therapies and modifiers: \(unknownModifiers)")
        }
        if !unreadMembers.isEmpty {
            let parts = unreadMembers.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
            Diagnostics.say(
                "members that hold an unknown word or date, read without it: " + parts.joined(separator: ", "))
        }
    }

    private mutating func tell(_ message: String) {
        progress.clear()
        Diagnostics.say(message)
    }

    private mutating func complain(_ message: String, _ problem: ExitStatus) {
        tell(message)
        status = status.combined(with: problem)
    }

    /// Wipes the progress line.
    mutating func finish() { progress.clear() }
}
