import CScan
import Clinical

/// Where the next records go in a batch.
struct BatchPlace {
    var event: Int
    var answer: Int
    var name: Int
}

/// The length of a text of up to 15 bytes, and the bits that must and may be set among `cscan_stops` of it.
struct TextLength: Sendable {
    let count: Int
    let bit: UInt32
    let mask: UInt32

    /// A text over 15 bytes is as long as none.
    init(_ count: Int) {
        self.count = count & 15
        bit = count < 16 ? 1 << UInt32(count) : .max
        mask = count < 16 ? 2 << UInt32(count) - 1 : 0
    }
}

/// A line on its way.
struct WalkedLine {
    /// Where its records stand in the batch.
    private(set) var first: BatchPlace
    /// Where its next name goes.
    var nextName: Int
    /// The byte to look at next.
    var index = 0
    var hashes = ContentHashes()

    init(at place: BatchPlace) {
        first = place
        nextName = place.name
    }

    @inline(always)
    mutating func begin(at start: Int) {
        index = start
        nextName = first.name
        hashes = ContentHashes()
    }

    /// Makes the record whole.
    @inline(always)
    func finish(_ record: inout EventRecord, number: UInt64, offset: UInt64) {
        record.line = number
        record.offset = offset
        record.answers = Run(start: first.answer, count: 1)
        record.names = Run(start: first.name, count: nextName &- first.name)
        record.contentHash = hashes.value(of: record)
    }

    /// Goes on to the next line.
    @inline(always)
    mutating func goOn() {
        first.event = first.event &+ 1
        first.answer = first.answer &+ 1
        first.name = nextName
    }

    /// Steps over the plain text at `index` and its quote; nil when it is not plain, is empty or begins with a blank.
    @inline(always)
    mutating func text(_ bytes: RawSpan) -> TextSpan? {
        let start = index
        guard let end = JSONScanner.unescapedEnd(bytes, start) else { return nil }
        index = end &+ 1
        return TextSpan(offset: start, count: end &- start)
    }

    /// The same for a text that is probably as long as the last one of its kind.
    ///
    /// The length is checked, not found, so that the processor goes on to the next member while it still looks at this
    /// one.
    @inline(always)
    mutating func text(_ bytes: RawSpan, asLongAs last: inout TextLength) -> TextSpan? {
        let start = index
        let stops = cscan_stops(bytes.sixteen(at: start))
        if stops & last.mask == last.bit, bytes.at(start &+ last.count) == UInt8(ascii: "\""),
            bytes.at(start) > UInt8(ascii: "\"")
        {
            index = start &+ last.count &+ 1
            return TextSpan(offset: start, count: last.count)
        }
        guard let text = text(bytes) else { return nil }
        last = TextLength(Int(text.count))
        return text
    }

    /// The same, into a member.
    @inline(always)
    mutating func text(_ bytes: RawSpan, _ member: inout TextSpan) -> Bool {
        guard let text = text(bytes) else { return false }
        member = text
        return true
    }

    /// Steps over a text of `count` bytes and its quote.
    @inline(always)
    mutating func text(count: UInt32) -> TextSpan {
        let text = TextSpan(offset: index, count: Int(count))
        index = index &+ Int(count) &+ 1
        return text
    }

    /// Takes a name of which there may be several, and steps over it.
    @inline(always)
    mutating func takeName(
        _ name: Spellings.Spelling, _ role: NameRecord.Role, _ step: LineSteps.Step, at position: Int,
        _ names: inout MutableSpan<NameRecord>
    ) {
        names[unchecked: nextName] = NameRecord(role: role, symbol: name.symbol, text: text(count: name.count))
        nextName = nextName &+ 1
        hashes.addName(name.hash, of: step.member, at: position)
    }

    /// Steps over a number.
    @inline(always)
    mutating func number(_ bytes: RawSpan, of member: Member) -> ExactDecimal? {
        guard let (number, end) = try? JSONScanner.number(bytes, index, member) else { return nil }
        index = end
        return number
    }
}
