import Clinical

/// Reads lines that look like lines before, many at a time and straight into the batch.
///
/// It walks each line along the steps that were learned, checks all that `EventLine` checks, and gives up at the first
/// surprise of any kind, good or bad: `EventLine` then reads that line from its start, and says what is wrong with it.
struct FamiliarLines: Sendable {
    private var steps = LineSteps()
    private var walker: LineWalker
    private let words: MemberWords
    /// As many blank records as a block may need.
    private let blank: EventBatch
    /// How many lines to make room for next; few after a surprise, because all the room is cleared.
    private var block = Self.fewestLines
    /// How many lines to leave to `EventLine` before the next try; many when every line surprises.
    private var rest = 0
    private var nextRest = 0
    /// How often steps may still be learned.
    private var lessons = Self.mostLessons

    private static let fewestLines = 4
    private static let mostLines = 64
    private static let mostRest = 63
    private static let mostLessons = 256

    init(_ tables: EventTables, _ options: ReadingOptions) {
        walker = LineWalker(tables, options)
        words = tables.words
        var blank = EventBatch()
        var event = EventRecord()
        event.time = .unknown
        let name = NameRecord(role: .therapy, symbol: .none, text: .empty)
        blank.events = Array(repeating: event, count: Self.mostLines)
        blank.answers = Array(repeating: AnswerRecord(), count: Self.mostLines)
        blank.names = Array(repeating: name, count: Self.mostLines + LineWalker.mostNames)
        self.blank = blank
    }

    /// Reads lines and moves past them, until the last one or the first that brings a surprise.
    mutating func read(_ bytes: RawSpan, at place: inout LinePlace, into out: inout EventBuilder) {
        if rest > 0 {
            rest -= 1
            return
        }
        let first = place.number
        while place.start <= place.last {
            guard readBlock(bytes, &place, &out) else {
                block = Self.fewestLines
                break
            }
            // A feed that goes well for long may be learned from again when it changes.
            if block == Self.mostLines { lessons = min(lessons + 1, Self.mostLessons) }
            block = min(block * 2, Self.mostLines)
        }
        rest = place.number == first ? nextRest : 0
        nextRest = place.number == first ? min(nextRest * 2 + 1, Self.mostRest) : 0
    }

    /// Learns from the line from `start` to the newline at `end`, which `EventLine` has just read into `event`.
    mutating func learn(_ event: EventRecord, _ bytes: RawSpan, from start: Int, to end: Int) {
        let isUsual = event.answers.count == 1 && event.has.isDisjoint(with: [.answers, .defaultID])
        guard isUsual, lessons > 0, bytes.at(start) == UInt8(ascii: "{") else { return }
        lessons -= 1
        steps.learn(bytes, from: start, to: end, members: words.members)
    }

    /// Reads up to `block` lines and moves past them; false when one of them was a surprise.
    private mutating func readBlock(_ bytes: RawSpan, _ place: inout LinePlace, _ out: inout EventBuilder) -> Bool {
        var room = RoomForLines(block, of: blank, in: &out.batch)
        let (next, isFine) = walker.walk(
            bytes, &place, room.first, lines: block, steps.steps, &room.events, &room.answers, &room.names)
        room.close(at: next, in: &out.batch)
        return isFine
    }
}

/// Where a reader stands among the lines of a chunk.
struct LinePlace {
    /// Where the next line begins, and where the last one ends.
    var start: Int
    let last: Int
    /// The number of the next line, and the offset of the chunk's first byte in the input.
    var number: UInt64
    let base: UInt64
}

/// The records of a batch with room for lines, taken out of it so that all of them can be written to at a time.
private struct RoomForLines {
    var events: [EventRecord] = []
    var answers: [AnswerRecord] = []
    var names: [NameRecord] = []
    let first: BatchPlace

    init(_ lines: Int, of blank: EventBatch, in batch: inout EventBatch) {
        first = BatchPlace(event: batch.events.count, answer: batch.answers.count, name: batch.names.count)
        swap(&events, &batch.events)
        swap(&answers, &batch.answers)
        swap(&names, &batch.names)
        events.append(contentsOf: blank.events.prefix(lines))
        answers.append(contentsOf: blank.answers.prefix(lines))
        names.append(contentsOf: blank.names.prefix(lines + LineWalker.mostNames))
    }

    /// Gives the records back, without the room from `place` on.
    mutating func close(at place: BatchPlace, in batch: inout EventBatch) {
        events.removeLast(events.count - place.event)
        answers.removeLast(answers.count - place.answer)
        names.removeLast(names.count - place.name)
        swap(&events, &batch.events)
        swap(&answers, &batch.answers)
        swap(&names, &batch.names)
    }
}
