import Clinical

/// Reads one line of NDJSON into an event: every byte of it checked, members in any order.
struct EventLine: Sendable {
    let tables: EventTables
    let nestingLimit: Int

    init(_ options: ReadingOptions) {
        tables = EventTables(options.vocabulary)
        nestingLimit = options.nestingLimit
    }

    /// Appends the event whose line begins at `start`; returns the index of the newline that ends it.
    func read(_ bytes: RawSpan, from start: Int, into out: inout EventBuilder) throws(RecordError) -> Int {
        guard bytes.at(start) == UInt8(ascii: "{") else { throw RecordError(.notAnObject, at: start) }
        var index = JSONScanner.skipBlanks(bytes, start &+ 1)
        if bytes.at(index) == UInt8(ascii: "}") {
            index = index &+ 1
        } else {
            index = try members(bytes, index, &out)
        }
        index = JSONScanner.skipBlanks(bytes, index)
        guard bytes.at(index) == UInt8(ascii: "\n") else { throw RecordError(.trailing, at: index) }
        try out.finish(bytes)
        return index
    }

    /// Reads members up to the closing brace; returns the index after it.
    @inline(__always)
    private func members(_ bytes: RawSpan, _ start: Int, _ out: inout EventBuilder) throws(RecordError) -> Int {
        var index = start
        var seen: UInt32 = 0
        var place = MemberGuesses.atStart
        while true {
            guard bytes.at(index) == UInt8(ascii: "\"") else { throw JSONScanner.syntax(bytes, index) }
            let (member, end) = try key(bytes, index &+ 1, at: place, &seen, &out)
            place = MemberGuesses.after(member)
            index = try value(of: member, bytes, JSONScanner.skipBlanks(bytes, end), &out)
            // Most often a comma and the next quote follow at once.
            if bytes.two(at: index) == JSONScanner.commaAndQuote {
                index = index &+ 1
                continue
            }
            index = JSONScanner.skipBlanks(bytes, index)
            if bytes.at(index) != UInt8(ascii: ",") {
                guard bytes.at(index) == UInt8(ascii: "}") else { throw JSONScanner.syntax(bytes, index) }
                return index &+ 1
            }
            index = JSONScanner.skipBlanks(bytes, index &+ 1)
        }
    }

    /// The member whose name begins at `start`, noted as `seen`, and the index after its colon.
    @inline(__always)
    private func key(
        _ bytes: RawSpan, _ start: Int, at place: Int, _ seen: inout UInt32, _ out: inout EventBuilder
    ) throws(RecordError) -> (Member, end: Int) {
        var guess = out.guesses[place]
        if !guess.holds(bytes, at: start) {
            guess = out.guesses[place &+ 1]
            if !guess.holds(bytes, at: start) { return try unguessedKey(bytes, start, at: place, &seen, &out) }
        }
        if seen & guess.bit != 0 { throw RecordError(.duplicate, guess.member, at: start &- 1) }
        seen |= guess.bit
        if guess.bit == 0, out.strangers.isSecond(hash: guess.hash) { throw RecordError(.duplicate, at: start &- 1) }
        return (guess.member, start &+ Int(guess.length))
    }

    /// A name that was not expected: its member is looked up, its spelling learned.
    @inline(never)
    private func unguessedKey(
        _ bytes: RawSpan, _ start: Int, at place: Int, _ seen: inout UInt32, _ out: inout EventBuilder
    ) throws(RecordError) -> (Member, end: Int) {
        let (span, end) = try JSONScanner.text(bytes, start, into: &out.batch.decoded)
        let colon = JSONScanner.skipBlanks(bytes, end)
        guard bytes.at(colon) == UInt8(ascii: ":") else { throw JSONScanner.syntax(bytes, colon) }
        let name = out.name(span, bytes)
        let member = tables.words.members.meaning(name) ?? .other
        let isSecond = member == .other ? out.strangers.isSecond(hash: name.hash) : seen & member.bit != 0
        if isSecond { throw RecordError(.duplicate, member, at: start - 1) }
        if member != .other { seen |= member.bit }
        if colon == end, !span.isDecoded {
            out.guesses.learn(member, hash: name.hash, bytes, at: start, length: end + 1 - start, place: place)
        }
        return (member, colon + 1)
    }

    /// Reads the value of `member` at `start`; returns the index after it.
    @inline(always)
    private func value(
        of member: Member, _ bytes: RawSpan, _ start: Int, _ out: inout EventBuilder
    ) throws(RecordError) -> Int {
        let first = bytes.at(start)
        if first == UInt8(ascii: "\"") {
            let end = JSONScanner.plainEnd(bytes, start &+ 1)
            // An empty text passes too: its first byte is the closing quote.
            if bytes.at(end) == UInt8(ascii: "\""), bytes.at(start &+ 1) > UInt8(ascii: " ") {
                let span = TextSpan(offset: start &+ 1, count: end &- start &- 1)
                try out.takeText(span, as: member, tables, bytes, at: start)
                return end &+ 1
            }
            return try unusualText(of: member, bytes, start, &out)
        }
        if first &- UInt8(ascii: "0") < 10 || first == UInt8(ascii: "-") {
            let (number, end) = try JSONScanner.number(bytes, start, member)
            let span = TextSpan(offset: start, count: end &- start)
            try out.take(number, spelled: span, as: member, at: start)
            return end
        }
        return try otherValue(of: member, bytes, start, &out)
    }
}
