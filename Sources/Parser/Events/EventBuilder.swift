import Clinical

/// Builds events from their members, in whatever order these come; every input format fills one and finishes it.
struct EventBuilder: Sendable {
    /// The batch that is being filled: the reader swaps it in for the time of one chunk.
    var batch = EventBatch()
    var event = EventRecord()
    /// The answer that `value` gave, until its attribute is known.
    var answer = AnswerRecord()
    var hasValue = false
    /// The attribute that `value` answers.
    var attribute = Symbol.none
    var attributeText = TextSpan.empty
    var hashes = ContentHashes()
    var lists = NameLists()
    var instants: InstantReader
    /// The day of the event's time as it was written; nil where the time's own text tells it.
    var writtenDay: CalendarDay?
    /// In which days begin.
    let zone: SiteZone
    /// Names that only have to be unique in their object: unknown members, and the attributes in `answers`.
    var strangers = NameSet()
    var attributes = NameSet()
    var guesses = MemberGuesses()
    /// Members of the event whose word or date could not be read.
    var unread: [Member] = []
    private var ids = DefaultIDMaker()
    private let blank: EventRecord
    /// Where the event's side records begin in the batch, so that a reject can take them back.
    private(set) var firstAnswer = 0
    private var firstName = 0
    private var firstDecoded = 0

    /// Bare dates begin in `zone`.
    init(zone: SiteZone) {
        self.zone = zone
        instants = InstantReader(zone: zone)
        var blank = EventRecord()
        blank.time = .unknown
        self.blank = blank
    }

    /// Forgets the last event.
    @inline(__always)
    mutating func begin(line: UInt64, offset: UInt64) {
        event = blank
        event.line = line
        event.offset = offset
        hasValue = false
        attribute = .none
        attributeText = .empty
        hashes = ContentHashes()
        firstAnswer = batch.answers.count
        firstName = batch.names.count
        firstDecoded = batch.decoded.count
        lists = NameLists()
        strangers.removeAll()
        if !unread.isEmpty { unread.removeAll() }
        writtenDay = nil
    }

    /// Takes back what the event put into the batch.
    mutating func withdraw() {
        batch.answers.removeSubrange(firstAnswer...)
        batch.names.removeSubrange(firstName...)
        batch.decoded.removeSubrange(firstDecoded...)
    }

    /// Whether the event has any answer so far.
    var hasAnswer: Bool { hasValue || batch.answers.count > firstAnswer }

    /// Checks that the event is whole, gives it its hashes and its id, and appends it to the batch.
    @inline(__always)
    mutating func finish(_ bytes: RawSpan) throws(RecordError) {
        if event.patient.isEmpty { throw RecordError(.missing, .patient) }
        if !event.time.isKnown { throw RecordError(.missing, .time) }
        if event.code.isEmpty { throw RecordError(.missing, .code) }
        if event.time.isDate { takeDay(bytes) }
        if !event.hasPossibleLimits { dropLimits() }
        let answerCount = batch.answers.count &- firstAnswer
        if hasValue {
            if answerCount > 0 { throw RecordError(.valueAndAnswers) }
            answer.attribute = attribute
            answer.attributeText = attributeText
            batch.answers.append(answer)
        } else if answerCount > 0 {
            event.has.insert(.answers)
        } else if event.status != .cancelled {
            throw RecordError(.noValue)
        }
        event.answers = Run(start: firstAnswer, count: batch.answers.count &- firstAnswer)
        event.names = Run(start: firstName, count: batch.names.count &- firstName)
        event.patientHash = name(event.patient, bytes).hash
        event.contentHash = hashes.value(of: event)
        if event.id.isEmpty { giveID(bytes) }
        event.idHash = name(event.id, bytes).hash
        batch.events.append(event)
        if !unread.isEmpty { for member in unread { batch.unreadMembers[member.name, default: 0] += 1 } }
    }

    /// A time of which only the date is known is the day that was written, whatever zone stood beside it.
    @inline(never)
    mutating func takeDay(_ bytes: RawSpan) {
        let text = text(of: event.timeText, bytes)
        guard let day = writtenDay ?? RFC3339.date(text.span.bytes, from: 0) else { return }
        event.time = zone.start(ofDay: day)
    }

    /// Limits between which nothing lies are none.
    @inline(never)
    private mutating func dropLimits() {
        if event.has.contains(.low) { unread.append(.low) }
        unread.append(.high)
        event.has.subtract([.low, .high])
        (event.low, event.high) = (.zero, .zero)
    }

    @inline(never)
    private mutating func giveID(_ bytes: RawSpan) {
        // Taken out, because it looks at the whole builder while it writes its own notes.
        var maker = DefaultIDMaker()
        swap(&maker, &ids)
        let id = maker.id(of: self, bytes)
        swap(&maker, &ids)
        let start = batch.decoded.count
        id.append(to: &batch.decoded)
        event.id = TextSpan(offset: start, count: StableID.textLength, decoded: true)
        event.has.insert(.defaultID)
    }

    /// The key of a text, wherever it lies.
    @inline(__always)
    mutating func name(_ span: TextSpan, _ bytes: RawSpan) -> NameKey {
        if span.isDecoded { return decodedName(span) }
        return NameKey(padded: bytes, from: span.offset, count: Int(span.count))
    }

    // Changes nothing, but a method that only looks would be handed a copy of the whole builder.
    @inline(never)
    private mutating func decodedName(_ span: TextSpan) -> NameKey {
        NameKey(batch.decoded.span.bytes, from: span.offset, count: Int(span.count))
    }

    /// Whether a text is empty or holds nothing but blanks.
    mutating func isBlank(_ span: TextSpan, _ bytes: RawSpan) -> Bool {
        for index in span.range {
            let byte = span.isDecoded ? batch.decoded[index] : bytes.byte(index)
            if byte > UInt8(ascii: " ") { return false }
        }
        return true
    }
}
