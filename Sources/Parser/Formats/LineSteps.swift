import CScan
import Clinical

/// What a reader learned about the lines of a feed: which bytes stand between one value and the next, and what they mean.
///
/// A feed spells its lines alike, down to the blanks, so the step from `…"P0042` to the next value is nearly always one
/// of a few: `","time":"` after the patient, say. A step is compared in one go, and says where to go on.
struct LineSteps: Sendable {
    /// The bytes between two values, up to sixteen, and what to do with the value after them.
    struct Step: Sendable, BitwiseCopyable {
        var gap = SIMD16<UInt8>()
        /// The member's own bit; each name that the program does not know has one too.
        var bit: UInt64 = 0
        /// One bit for each byte of `gap` that counts. None: the step holds everywhere.
        var mask: UInt16 = 0
        /// The number of the first step that may follow.
        var next: UInt16 = 0
        var length: UInt8 = 0
        var action = Action.giveUp
        var member = Member.other

        @inline(always)
        func holds(_ bytes: SIMD16<UInt8>) -> Bool {
            UInt16(truncatingIfNeeded: cscan_unequal(bytes, gap)) & mask == 0
        }
    }

    /// What to do after a step.
    enum Action: UInt8, BitwiseCopyable {
        case patient, id, source, text, time, moment, code, unit, attribute, therapy, names, list, status, word, label
        case value, low, high, baseline, truth
        /// A member that the program does not know: a text, or any value.
        case otherText, otherValue
        /// The value was part of the step, or the step is not whole yet.
        case goOn
        case finish
        /// No step is known for these bytes.
        case giveUp
    }

    /// The steps of every place, `perPlace` for each; the last of them is always one that gives up.
    private(set) var steps: [Step]
    /// The bits of names that the program does not know, by their hashes.
    private var strangers: [UInt64: Int] = [:]
    private var placesTaken = Self.atStart + 1

    private static let mostPlaces = 128
    private static let perPlace = 8
    /// The place of the steps that begin a line; those after a member stand at the number of the member's bit.
    private static let atStart = 64
    /// The number of the first step of a line.
    static let first = Int(number(ofPlace: atStart))
    /// The members that a line must have to be walked to its end.
    static let needed = Member.patient.step | Member.time.step | Member.code.step | Member.value.step | Member.id.step

    init() { steps = Array(repeating: Step(), count: Self.mostPlaces * Self.perPlace) }

    /// Learns the steps of the line from `start` to the newline at `end`, which is known to be a whole event.
    mutating func learn(_ bytes: RawSpan, from start: Int, to end: Int, members: WordTable<Member>) {
        var place = Self.atStart
        var gap = start
        var index = JSONScanner.skipBlanks(bytes, start &+ 1)
        while bytes.at(index) == UInt8(ascii: "\"") {
            guard let step = step(bytes, index, members) else { return }
            guard let next = add(step.step, bytes, gap..<step.value, at: place) else { return }
            place = next
            guard let valueEnd = try? JSONScanner.skipValue(bytes, step.start, depth: 1, limit: 64) else { return }
            gap = valueEnd
            index = JSONScanner.skipBlanks(bytes, valueEnd)
            if bytes.at(index) == UInt8(ascii: "}") {
                var step = Step()
                step.action = .finish
                _ = add(step, bytes, gap..<end &+ 1, at: place)
                return
            }
            index = JSONScanner.skipBlanks(bytes, index &+ 1)
        }
    }

    /// The step to the member whose name opens at `index`, where its value starts, and where the step ends.
    private mutating func step(
        _ bytes: RawSpan, _ index: Int, _ members: WordTable<Member>
    ) -> (step: Step, start: Int, value: Int)? {
        let nameEnd = JSONScanner.plainEnd(bytes, index &+ 1)
        guard bytes.at(nameEnd) == UInt8(ascii: "\"") else { return nil }
        let name = NameKey(padded: bytes, from: index &+ 1, count: nameEnd &- index &- 1)
        let colon = JSONScanner.skipBlanks(bytes, nameEnd &+ 1)
        let start = JSONScanner.skipBlanks(bytes, colon &+ 1)
        var step = Step()
        step.member = members.meaning(name) ?? .other
        guard let bit = bit(of: step.member, hash: name.hash) else { return nil }
        step.bit = 1 << UInt64(bit)
        step.next = Self.number(ofPlace: bit)
        var value = start
        switch bytes.at(start) {
        case UInt8(ascii: "\""):
            step.action = step.member.textAction
            value = start &+ 1
        case UInt8(ascii: "[") where step.member != .other:
            let first = JSONScanner.skipBlanks(bytes, start &+ 1)
            guard step.member.isList, bytes.at(first) == UInt8(ascii: "\"") else { return nil }
            step.action = .list
            value = first &+ 1
        case UInt8(ascii: "n") where step.member != .other:
            guard step.bit & Self.needed == 0 else { return nil }
            step.action = .goOn
            return (step, start, start &+ 4)
        case UInt8(ascii: "t") where step.member == .value, UInt8(ascii: "f") where step.member == .value:
            step.action = .truth
        default:
            guard step.member == .other || JSONScanner.startsNumber(bytes.at(start)) else { return nil }
            step.action = step.member.numberAction
        }
        return step.action == .giveUp ? nil : (step, start, value)
    }

    /// The number of the bit of a member, or of a name that the program does not know; nil when there are too many.
    private mutating func bit(of member: Member, hash: UInt64) -> Int? {
        guard member == .other else { return Int(member.rawValue) }
        if let known = strangers[hash] { return known }
        let bit = Int(Member.other.rawValue) + strangers.count
        guard bit < Self.atStart else { return nil }
        strangers[hash] = bit
        return bit
    }

    /// Adds a step whose bytes stand in `gap`, in several when they are many; returns the place after it.
    private mutating func add(_ step: Step, _ bytes: RawSpan, _ gap: Range<Int>, at place: Int) -> Int? {
        var place = place
        var gap = gap
        while gap.count > 16 {
            guard placesTaken < Self.mostPlaces else { return nil }
            var part = Step()
            part.action = .goOn
            part.next = Self.number(ofPlace: placesTaken)
            guard let next = insert(part, bytes, gap.prefix(16), at: place) else { return nil }
            if next == placesTaken { placesTaken += 1 }
            place = next
            gap = gap.dropFirst(16)
        }
        return insert(step, bytes, gap, at: place)
    }

    private static func number(ofPlace place: Int) -> UInt16 { UInt16(place * perPlace) }

    private mutating func insert(_ step: Step, _ bytes: RawSpan, _ gap: Range<Int>, at place: Int) -> Int? {
        var step = step
        step.length = UInt8(gap.count)
        step.mask = UInt16(truncatingIfNeeded: 1 << gap.count - 1)
        for (place, index) in gap.enumerated() { step.gap[place] = bytes.at(index) }
        let all = place * Self.perPlace..<(place + 1) * Self.perPlace - 1
        if let known = all.first(where: { steps[$0].gap == step.gap && steps[$0].mask == step.mask }) {
            return Int(steps[known].next) / Self.perPlace
        }
        // Longer ones first, because a shorter one may be the beginning of a longer one.
        let index = all.first { steps[$0].length < step.length } ?? all.upperBound - 1
        steps[index..<all.upperBound].removeLast()
        steps.insert(step, at: index)
        return Int(step.next) / Self.perPlace
    }
}

extension Member {
    /// The member's bit among the steps.
    fileprivate var step: UInt64 { 1 << UInt64(rawValue) }

    /// Whether it takes a list of names.
    fileprivate var isList: Bool { self == .therapy || self == .agent || self == .modifier || self == .qualifier }

    /// What to do with a text.
    fileprivate var textAction: LineSteps.Action {
        switch self {
        case .patient: .patient
        case .id: .id
        case .source: .source
        case .text: .text
        case .time: .time
        case .lastDose, .started: .moment
        case .code: .code
        case .unit: .unit
        case .attribute: .attribute
        case .therapy, .agent: .therapy
        case .modifier, .qualifier: .names
        case .status: .status
        case .comparator, .flag, .baselineFlag, .timePrecision: .word
        case .value: .label
        case .other: .otherText
        case .low, .high, .baseline, .answers, .test: .giveUp
        }
    }

    /// What to do with a number.
    fileprivate var numberAction: LineSteps.Action {
        switch self {
        case .value: .value
        case .low: .low
        case .high: .high
        case .baseline: .baseline
        case .other: .otherValue
        default: .giveUp
        }
    }
}
