import Clinical

extension LineWalker {
    /// The answer that `value` gives, when it is a number.
    @inline(always)
    func walkNumber(_ bytes: RawSpan, _ line: inout WalkedLine, _ answer: inout AnswerRecord) -> Bool {
        let start = line.index
        guard let number = line.number(bytes, of: .value) else { return false }
        answer.number = number
        answer.text = TextSpan(offset: start, count: line.index &- start)
        line.hashes.value = ContentHashes.number(number)
        return true
    }

    /// The answer that `value` gives, when it is a text, true or false.
    @inline(always)
    mutating func walkAnswer(
        _ action: LineSteps.Action, _ bytes: RawSpan, _ line: inout WalkedLine, _ answer: inout AnswerRecord
    ) -> Bool {
        let start = line.index
        if action == .label {
            guard let place = spelling(bytes, start, .labels) else { return false }
            let label = spellings[place]
            answer.kind = .text
            answer.label = label.symbol
            answer.text = line.text(count: label.count)
            line.hashes.value = label.hash
            return true
        }
        guard let end = try? JSONScanner.literal(bytes, start) else { return false }
        answer.kind = .bool
        answer.bool = bytes.at(start) == UInt8(ascii: "t")
        answer.text = TextSpan(offset: start, count: end &- start)
        line.hashes.value = ContentHashes.bool(answer.bool)
        line.index = end
        return true
    }

    /// A modifier or a qualifier, or a list of names.
    @inline(always)
    mutating func walkNames(
        _ step: LineSteps.Step, _ bytes: RawSpan, _ line: inout WalkedLine, _ event: inout EventRecord,
        _ names: inout MutableSpan<NameRecord>
    ) -> Bool {
        let isQualifier = step.member == .qualifier
        let isModifier = step.member == .modifier
        let role: NameRecord.Role = isQualifier ? .qualifier : isModifier ? .modifier : .therapy
        event.has.insert(isQualifier ? .qualifier : isModifier ? .modifier : .therapy)
        var position = 0
        while true {
            guard let place = spelling(bytes, line.index, isQualifier ? .qualifiers : .treatments) else { return false }
            line.takeName(spellings[place], role, step, at: position, &names)
            if step.action == .names { return true }
            position = position &+ 1
            if bytes.at(line.index) == UInt8(ascii: "]") {
                line.index = line.index &+ 1
                return true
            }
            let quote = JSONScanner.skipBlanks(bytes, line.index &+ 1)
            guard bytes.at(line.index) == UInt8(ascii: ","), bytes.at(quote) == UInt8(ascii: "\""),
                line.nextName &- line.first.name < Self.mostNames
            else { return false }
            line.index = quote &+ 1
        }
    }

    @inline(always)
    func walkLow(_ bytes: RawSpan, _ line: inout WalkedLine, _ event: inout EventRecord) -> Bool {
        guard let number = line.number(bytes, of: .low) else { return false }
        event.low = number
        event.has.insert(.low)
        return true
    }

    @inline(always)
    func walkHigh(_ bytes: RawSpan, _ line: inout WalkedLine, _ event: inout EventRecord) -> Bool {
        guard let number = line.number(bytes, of: .high) else { return false }
        event.high = number
        event.has.insert(.high)
        return true
    }

    @inline(always)
    func walkBaseline(_ bytes: RawSpan, _ line: inout WalkedLine, _ event: inout EventRecord) -> Bool {
        guard let number = line.number(bytes, of: .baseline) else { return false }
        event.baseline = number
        event.has.insert(.baseline)
        return true
    }

    /// Walks a member that is rare enough to be worth a call: returns where it ends, and the hash of a value.
    ///
    /// It never sees the line, which can stay in registers therefore.
    @inline(never)
    mutating func walkRarity(
        _ step: LineSteps.Step, _ bytes: RawSpan, _ index: Int, _ event: inout EventRecord, _ answer: inout AnswerRecord
    ) -> (end: Int, value: UInt64)? {
        var line = WalkedLine(at: BatchPlace(event: 0, answer: 0, name: 0))
        line.index = index
        let isFine =
            switch step.action {
            case .label, .truth: walkAnswer(step.action, bytes, &line, &answer)
            case .baseline: walkBaseline(bytes, &line, &event)
            case .otherValue: walkOther(bytes, &line)
            case .word: walkWord(step.member, bytes, &line, &event)
            default: walkMoment(step.member, bytes, &line, &event)
            }
        return isFine ? (line.index, line.hashes.value) : nil
    }

    /// The value of a member that the program does not know.
    private func walkOther(_ bytes: RawSpan, _ line: inout WalkedLine) -> Bool {
        let isNumber = JSONScanner.startsNumber(bytes.at(line.index))
        let end =
            isNumber
            ? (try? JSONScanner.number(bytes, line.index, .other))?.end
            : try? JSONScanner.skipValue(bytes, line.index, depth: 1, limit: nestingLimit)
        line.index = end ?? line.index
        return end != nil
    }

    private func walkWord(
        _ member: Member, _ bytes: RawSpan, _ line: inout WalkedLine, _ event: inout EventRecord
    ) -> Bool {
        guard let text = line.text(bytes) else { return false }
        let words = tables.words
        let key = NameKey(padded: bytes, from: text.offset, count: Int(text.count))
        switch member {
        case .comparator: return Self.take(words.comparators.meaning(key), &event.comparator)
        case .flag: return Self.take(words.flags.meaning(key), &event.flag)
        case .baselineFlag: return Self.take(words.baselineFlags.meaning(key), &event.baselineFlag)
        default: return false
        }
    }

    @inline(always)
    private static func take<Meaning>(_ meaning: Meaning?, _ word: inout Meaning) -> Bool {
        guard let meaning else { return false }
        word = meaning
        return true
    }

    private func walkMoment(
        _ member: Member, _ bytes: RawSpan, _ line: inout WalkedLine, _ event: inout EventRecord
    ) -> Bool {
        guard let text = line.text(bytes),
            let moment = instants.dateOrInstant(bytes, from: text.offset, count: Int(text.count))
        else { return false }
        if member == .started {
            event.started = moment
        } else {
            event.lastDose = moment
        }
        return true
    }

    /// Looks up a name that was not met before and keeps it; nil when it is not plainly spelled.
    @inline(never)
    mutating func newSpelling(_ bytes: RawSpan, _ index: Int, _ table: Spellings.Table) -> Int? {
        guard let end = JSONScanner.unescapedEnd(bytes, index) else { return nil }
        let key = NameKey(padded: bytes, from: index, count: end - index)
        if table == .statuses {
            guard let status = tables.words.statuses.meaning(key) else { return nil }
            return spellings.keep(Symbol(Int(status.rawValue)), key, bytes, at: index, in: table)
        }
        let symbols =
            switch table {
            case .codes, .statuses: tables.codes
            case .units: tables.units
            case .attributes: tables.attributes
            case .treatments: tables.treatments
            case .qualifiers: tables.qualifiers
            case .labels: tables.labels
            }
        var symbol = symbols.find(key, bytes, from: index)
        if table == .labels, symbol.isNone {
            symbol = Labels.find((index..<end).map { bytes.at($0) }, in: symbols)
        }
        return spellings.keep(symbol, key, bytes, at: index, in: table)
    }
}
