import CScan
import Clinical

/// Walks lines along the steps that were learned.
///
/// All of it is written into one function by the compiler, because a call would cost as much as a member.
struct LineWalker: Sendable {
    let tables: EventTables
    let nestingLimit: Int
    private let limit: Int
    var spellings = Spellings()
    var instants: InstantReader
    private var patientLength = TextLength(0)
    private var idLength = TextLength(0)
    /// Where the last attribute and status are kept: they tend to come again.
    private var lastAttribute = Spellings.firstPlace(in: .attributes)
    private var lastStatus = Spellings.firstPlace(in: .statuses)

    /// The most names that a line may have.
    static let mostNames = 16

    init(_ tables: EventTables, _ options: ReadingOptions) {
        self.tables = tables
        nestingLimit = options.nestingLimit
        limit = options.recordLimit
        instants = InstantReader(zone: options.zone)
    }

    /// Walks up to `count` lines from `place` on, and puts them at `first`; false when one of them was a surprise.
    ///
    /// Returns where the next one may be put.
    mutating func walk(
        _ bytes: RawSpan, _ place: inout LinePlace, _ first: BatchPlace, lines count: Int, _ steps: [LineSteps.Step],
        _ events: inout [EventRecord], _ answers: inout [AnswerRecord], _ names: inout [NameRecord]
    ) -> (BatchPlace, isFine: Bool) {
        var events = events.mutableSpan
        var answers = answers.mutableSpan
        var names = names.mutableSpan
        let steps = steps.span
        let lastEvent = first.event + count
        let lastName = names.count - Self.mostNames
        var line = WalkedLine(at: first)
        var start = place.start
        var number = place.number
        var isFine = true
        while start <= place.last, line.first.event < lastEvent, line.first.name <= lastName {
            line.begin(at: start)
            isFine = walkLine(
                bytes, steps, &line, &events[unchecked: line.first.event], &answers[unchecked: line.first.answer],
                &names,
                number: number, offset: place.base &+ UInt64(truncatingIfNeeded: start))
            isFine = isFine && line.index &- start <= limit &+ 1
            if !isFine { break }
            line.goOn()
            start = line.index
            number = number &+ 1
        }
        place.start = start
        place.number = number
        return (line.first, isFine)
    }

    /// Walks the line at `line.index` and moves past it; false at any surprise.
    @inline(always)
    private mutating func walkLine(
        _ bytes: RawSpan, _ steps: Span<LineSteps.Step>, _ line: inout WalkedLine, _ event: inout EventRecord,
        _ answer: inout AnswerRecord, _ names: inout MutableSpan<NameRecord>, number: UInt64, offset: UInt64
    ) -> Bool {
        var seen: UInt64 = 0
        var place = LineSteps.first
        while true {
            let here = bytes.sixteen(at: line.index)
            while !steps[unchecked: place].holds(here) { place = place &+ 1 }
            let step = steps[unchecked: place]
            if seen & step.bit != 0 { return false }
            seen |= step.bit
            line.index = line.index &+ Int(step.length)
            place = Int(step.next)
            var isFine = true
            switch step.action {
            case .patient: isFine = walkPatient(bytes, &line, &event)
            case .id: isFine = walkID(bytes, &line, &event)
            case .source: isFine = line.text(bytes, &event.source)
            case .text: isFine = line.text(bytes, &event.text)
            case .otherText: isFine = line.text(bytes) != nil
            case .time: isFine = walkTime(bytes, &line, &event)
            case .code: isFine = walkCode(bytes, &line, &event)
            case .unit: isFine = walkUnit(bytes, &line, &event)
            case .attribute: isFine = walkAttribute(bytes, &line, &answer)
            case .therapy: isFine = walkTherapy(step, bytes, &line, &event, &names)
            case .names, .list: isFine = walkNames(step, bytes, &line, &event, &names)
            case .status: isFine = walkStatus(bytes, &line, &event)
            case .value: isFine = walkNumber(bytes, &line, &answer)
            case .low: isFine = walkLow(bytes, &line, &event)
            case .high: isFine = walkHigh(bytes, &line, &event)
            case .label, .truth, .baseline, .word, .moment, .otherValue:
                guard let walked = walkRarity(step, bytes, line.index, &event, &answer) else { return false }
                line.index = walked.end
                line.hashes.value |= walked.value
            case .goOn: break
            case .finish:
                line.finish(&event, number: number, offset: offset)
                return seen & LineSteps.needed == LineSteps.needed && event.hasPossibleLimits
            case .giveUp: return false
            }
            if !isFine { return false }
        }
    }

    @inline(always)
    private mutating func walkPatient(_ bytes: RawSpan, _ line: inout WalkedLine, _ event: inout EventRecord) -> Bool {
        guard let text = line.text(bytes, asLongAs: &patientLength) else { return false }
        event.patient = text
        event.patientHash = NameKey(padded: bytes, from: text.offset, count: Int(text.count)).hash
        return true
    }

    @inline(always)
    private mutating func walkID(_ bytes: RawSpan, _ line: inout WalkedLine, _ event: inout EventRecord) -> Bool {
        guard let text = line.text(bytes, asLongAs: &idLength) else { return false }
        event.id = text
        event.idHash = NameKey(padded: bytes, from: text.offset, count: Int(text.count)).hash
        return true
    }

    @inline(always)
    private mutating func walkTime(_ bytes: RawSpan, _ line: inout WalkedLine, _ event: inout EventRecord) -> Bool {
        let start = line.index
        if let time = instants.familiar(bytes, from: start), bytes.at(start &+ 20) == UInt8(ascii: "\"") {
            event.setTime(time)
            event.timeText = line.text(count: 20)
            return true
        }
        guard let text = line.text(bytes), let time = instants.instant(bytes, from: start, count: Int(text.count))
        else { return false }
        event.setTime(time.milliseconds)
        event.timeText = text
        return true
    }

    @inline(always)
    private mutating func walkCode(_ bytes: RawSpan, _ line: inout WalkedLine, _ event: inout EventRecord) -> Bool {
        guard let place = spelling(bytes, line.index, .codes) else { return false }
        let name = spellings[place]
        event.code = line.text(count: name.count)
        event.codeSymbol = name.symbol
        line.hashes.code = name.hash
        return true
    }

    @inline(always)
    private mutating func walkUnit(_ bytes: RawSpan, _ line: inout WalkedLine, _ event: inout EventRecord) -> Bool {
        guard let place = spelling(bytes, line.index, .units) else { return false }
        let name = spellings[place]
        event.unit = line.text(count: name.count)
        event.unitSymbol = name.symbol
        event.has.insert(.unit)
        line.hashes.unit = name.hash
        return true
    }

    @inline(always)
    private mutating func walkAttribute(_ bytes: RawSpan, _ line: inout WalkedLine, _ answer: inout AnswerRecord)
        -> Bool
    {
        if !spellings[lastAttribute].holds(bytes, at: line.index) {
            guard let place = spelling(bytes, line.index, .attributes) else { return false }
            lastAttribute = place
        }
        let name = spellings[lastAttribute]
        answer.attributeText = line.text(count: name.count)
        answer.attribute = name.symbol
        line.hashes.attribute = name.hash
        return true
    }

    /// The one therapy or agent.
    @inline(always)
    private mutating func walkTherapy(
        _ step: LineSteps.Step, _ bytes: RawSpan, _ line: inout WalkedLine, _ event: inout EventRecord,
        _ names: inout MutableSpan<NameRecord>
    ) -> Bool {
        guard let place = spelling(bytes, line.index, .treatments) else { return false }
        event.has.insert(.therapy)
        line.takeName(spellings[place], .therapy, step, at: 0, &names)
        return true
    }

    @inline(always)
    private mutating func walkStatus(_ bytes: RawSpan, _ line: inout WalkedLine, _ event: inout EventRecord) -> Bool {
        if !spellings[lastStatus].holds(bytes, at: line.index) {
            guard let place = spelling(bytes, line.index, .statuses) else { return false }
            lastStatus = place
        }
        let word = spellings[lastStatus]
        guard let status = ReportStatus(rawValue: UInt8(truncatingIfNeeded: word.symbol.rawValue)) else { return false }
        event.status = status
        _ = line.text(count: word.count)
        return true
    }

    /// Where the name at `index` is kept with what it stands for; nil when it is not plainly spelled.
    @inline(always)
    mutating func spelling(_ bytes: RawSpan, _ index: Int, _ table: Spellings.Table) -> Int? {
        spellings.find(bytes, at: index, in: table) ?? newSpelling(bytes, index, table)
    }
}
