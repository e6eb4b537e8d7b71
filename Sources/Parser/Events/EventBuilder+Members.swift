import Clinical

extension EventBuilder {
    /// Takes a text as a member; an empty one counts as absent.
    @inline(always)
    mutating func takeText(
        _ span: TextSpan, as member: Member, _ tables: EventTables, _ bytes: RawSpan, at start: Int
    ) throws(RecordError) {
        switch member {
        case .patient: event.patient = span
        case .id: event.id = span
        case .source: event.source = span
        case .text: event.text = span
        case .time: try takeTime(span, bytes, at: start)
        case .code, .unit, .attribute, .therapy, .agent, .modifier, .qualifier:
            if !span.isEmpty { takeName(span, as: member, tables, bytes) }
        case .value: if !span.isEmpty { takeValue(span, tables, bytes) }
        case .other: break
        default: if !span.isEmpty { try takeWord(span, as: member, tables, bytes, at: start) }
        }
    }

    /// Takes `code`, `unit`, `attribute` or one name of a list member, looked up among the pack's names.
    @inline(always)
    mutating func takeName(_ span: TextSpan, as member: Member, _ tables: EventTables, _ bytes: RawSpan) {
        let key = name(span, bytes)
        switch member {
        case .code:
            event.code = span
            hashes.code = key.hash
            event.codeSymbol = find(key, span, in: tables.codes, bytes)
        case .unit:
            event.unit = span
            event.has.insert(.unit)
            hashes.unit = key.hash
            event.unitSymbol = find(key, span, in: tables.units, bytes)
        case .attribute:
            attributeText = span
            hashes.attribute = key.hash
            attribute = find(key, span, in: tables.attributes, bytes)
        case .qualifier:
            let symbol = find(key, span, in: tables.qualifiers, bytes)
            add(NameRecord(role: .qualifier, symbol: symbol, text: span), key.hash, of: member)
        default:
            let symbol = find(key, span, in: tables.treatments, bytes)
            let role = member == .modifier ? NameRecord.Role.modifier : .therapy
            add(NameRecord(role: role, symbol: symbol, text: span), key.hash, of: member)
        }
    }

    /// The symbol of a name in a table.
    @inline(__always)
    mutating func find(_ key: NameKey, _ span: TextSpan, in table: SymbolTable, _ bytes: RawSpan) -> Symbol {
        if span.isDecoded { return findDecoded(key, span, in: table) }
        return table.find(key, bytes, from: span.offset)
    }

    @inline(never)
    private mutating func findDecoded(_ key: NameKey, _ span: TextSpan, in table: SymbolTable) -> Symbol {
        table.find(key, batch.decoded.span.bytes, from: span.offset)
    }

    @inline(__always)
    private mutating func add(_ name: NameRecord, _ hash: UInt64, of member: Member) {
        let place = batch.names.count
        batch.names.append(name)
        let position: Int
        switch member {
        case .therapy:
            event.has.insert(.therapy)
            position = NameLists.add(to: &lists.therapies, at: place)
        case .agent:
            event.has.insert(.therapy)
            position = NameLists.add(to: &lists.agents, at: place)
        case .modifier:
            event.has.insert(.modifier)
            position = NameLists.add(to: &lists.modifiers, at: place)
        default:
            event.has.insert(.qualifier)
            position = NameLists.add(to: &lists.qualifiers, at: place)
        }
        hashes.addName(hash, of: member, at: position)
    }

    /// Takes a number: a limit, the baseline, or the value itself.
    @inline(__always)
    mutating func take(
        _ number: ExactDecimal, spelled span: TextSpan, as member: Member, at start: Int
    ) throws(RecordError) {
        switch member {
        case .value: takeValue(Self.numberAnswer(number, spelled: span))
        case .low:
            event.low = number
            event.has.insert(.low)
        case .high:
            event.high = number
            event.has.insert(.high)
        case .baseline:
            event.baseline = number
            event.has.insert(.baseline)
        case .other: break
        default: throw RecordError(.wrongType, member, at: start)
        }
    }

    /// Takes true or false: the value, or the mark of a test patient.
    mutating func take(_ bool: Bool, spelled span: TextSpan, as member: Member, at start: Int) throws(RecordError) {
        switch member {
        case .value: takeValue(Self.boolAnswer(bool, spelled: span))
        case .test: if bool { event.has.insert(.test) }
        case .other: break
        default: throw RecordError(.wrongType, member, at: start)
        }
    }

    /// Takes a member that takes only certain words, in any case, a date, or no text at all.
    ///
    /// What an unknown bound means, nobody can say, so it makes the record a reject. Any other word or date that cannot
    /// be read says less than the value it stands beside: it is noted, and the value is read without it.
    @inline(never)
    mutating func takeWord(
        _ span: TextSpan, as member: Member, _ tables: EventTables, _ bytes: RawSpan, at start: Int
    ) throws(RecordError) {
        let key = name(span, bytes)
        switch member {
        case .status: event.status = known(tables.words.statuses.meaning(inAnyCase: key), member) ?? .final
        case .comparator:
            guard let sign = tables.words.comparators.meaning(inAnyCase: key) else {
                throw RecordError(.unknownWord, member, at: start)
            }
            event.comparator = sign
        case .flag: event.flag = known(tables.words.flags.meaning(inAnyCase: key), member) ?? .other
        case .baselineFlag:
            event.baselineFlag = known(tables.words.baselineFlags.meaning(inAnyCase: key), member) ?? .unstated
        case .timePrecision:
            event.time.isDate = known(tables.words.precisions.meaning(inAnyCase: key), member) ?? event.time.isDate
        case .lastDose: event.lastDose = known(dateOrInstant(span, bytes), member) ?? .unknown
        case .started: event.started = known(dateOrInstant(span, bytes), member) ?? .unknown
        default: throw RecordError(.wrongType, member, at: start)
        }
    }

    /// What a member says; nil, with a note of it, for what is none of its words or dates.
    @inline(__always)
    private mutating func known<Meaning>(_ meaning: Meaning?, _ member: Member) -> Meaning? {
        if meaning == nil { unread.append(member) }
        return meaning
    }
}
