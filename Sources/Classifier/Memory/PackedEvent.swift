import Clinical

/// An event as memory keeps it: all that judging and showing it needs, without what only its feed knew.
///
/// Left out are the free text, the feed's name, the place in the input, and the spellings of names that the pack knows.
enum PackedEvent {
    /// The most bytes that an event may take.
    static func room(_ event: EventRecord, _ batch: borrowing EventBatch) -> Int {
        var room = 128 + Int(event.id.count) + Int(event.unit.count) + 3 * Int(event.names.count)
        for index in event.answers.range {
            room += 48 + Int(batch.answers[index].attributeText.count) + Int(batch.answers[index].text.count)
        }
        return room
    }

    /// Packs one event of a batch; its patient and its time are kept elsewhere.
    static func pack(_ event: EventRecord, _ batch: borrowing EventBatch, into output: inout OutputSpan<UInt8>) {
        output.add(event.id, of: batch)
        output.add(count: UInt64(event.has.rawValue))
        let words = event.smallParts.1
        let isUsual = words == EventRecord().smallParts.1
        let hasClock = event.lastDose.isKnown || event.started.isKnown
        output.append((isUsual ? 0 : 1) | (hasClock ? 2 : 0))
        if !isUsual { output.add(count: words) }
        output.add(event.codeSymbol)
        if event.has.contains(.unit) {
            output.add(event.unitSymbol)
            output.add(event.unit, of: batch)
        }
        if hasClock {
            output.add(event.lastDose)
            output.add(event.started)
        }
        if event.has.contains(.low) { output.add(event.low) }
        if event.has.contains(.high) { output.add(event.high) }
        if event.has.contains(.baseline) { output.add(event.baseline) }
        output.add(count: UInt64(event.answers.count))
        for index in event.answers.range { pack(batch.answers[index], batch, into: &output) }
        output.add(count: UInt64(event.names.count))
        for index in event.names.range {
            output.append(batch.names[index].role.rawValue)
            output.add(batch.names[index].symbol)
        }
    }

    private static func pack(
        _ answer: AnswerRecord, _ batch: borrowing EventBatch, into output: inout OutputSpan<UInt8>
    ) {
        output.append(answer.kind.rawValue | (answer.bool ? 0x80 : 0))
        output.add(answer.attribute)
        if answer.attribute.isNone { output.add(answer.attributeText, of: batch) }
        switch answer.kind {
        case .number: output.add(answer.number)
        case .text: output.add(answer.label)
        case .bool: break
        }
        output.add(answer.text, of: batch)
    }

    /// Adds the event that was packed to a batch; nil for bytes that hold none.
    static func unpack(_ unpacker: inout ByteUnpacker, into batch: inout EventBatch) -> EventRecord? {
        var event = EventRecord()
        event.id = batch.keep(unpacker.text())
        event.has = EventRecord.Presence(rawValue: UInt16(truncatingIfNeeded: unpacker.count()))
        let kind = unpacker.byte()
        if kind & 1 != 0, !unpackWords(unpacker.count(), into: &event) { return nil }
        event.codeSymbol = unpacker.symbol()
        if event.has.contains(.unit) {
            event.unitSymbol = unpacker.symbol()
            event.unit = batch.keep(unpacker.text())
        }
        if kind & 2 != 0 {
            event.lastDose = unpacker.moment()
            event.started = unpacker.moment()
        }
        if event.has.contains(.low) { event.low = unpacker.decimal() }
        if event.has.contains(.high) { event.high = unpacker.decimal() }
        if event.has.contains(.baseline) { event.baseline = unpacker.decimal() }
        let answers = batch.answers.count
        for _ in 0..<min(unpacker.count(), 4096) {
            guard let answer = answer(&unpacker, into: &batch) else { return nil }
            batch.answers.append(answer)
        }
        event.answers = Run(start: answers, count: batch.answers.count - answers)
        let names = batch.names.count
        for _ in 0..<min(unpacker.count(), 4096) {
            guard let role = NameRecord.Role(rawValue: unpacker.byte()) else { return nil }
            batch.names.append(NameRecord(role: role, symbol: unpacker.symbol(), text: .empty))
        }
        event.names = Run(start: names, count: batch.names.count - names)
        return unpacker.isBroken ? nil : event
    }

    /// Sets what `EventRecord.smallParts` tells in words; false for what tells nothing.
    private static func unpackWords(_ words: UInt64, into event: inout EventRecord) -> Bool {
        guard let comparator = Comparator(rawValue: UInt8(truncatingIfNeeded: words)),
            let status = ReportStatus(rawValue: UInt8(truncatingIfNeeded: words >> 8)),
            let baselineFlag = BaselineFlag(rawValue: UInt8(truncatingIfNeeded: words >> 16)),
            let flag = LabFlag(rawValue: UInt8(truncatingIfNeeded: words >> 24))
        else { return false }
        event.comparator = comparator
        event.status = status
        event.baselineFlag = baselineFlag
        event.flag = flag
        return true
    }

    /// The id of the event that was packed.
    static func id(_ unpacker: inout ByteUnpacker) -> ArraySlice<UInt8> { unpacker.text() }

    private static func answer(_ unpacker: inout ByteUnpacker, into batch: inout EventBatch) -> AnswerRecord? {
        var answer = AnswerRecord()
        let kind = unpacker.byte()
        guard let known = AnswerRecord.Kind(rawValue: kind & 0x7F) else { return nil }
        answer.kind = known
        answer.bool = kind & 0x80 != 0
        answer.attribute = unpacker.symbol()
        if answer.attribute.isNone { answer.attributeText = batch.keep(unpacker.text()) }
        switch known {
        case .number: answer.number = unpacker.decimal()
        case .text: answer.label = unpacker.symbol()
        case .bool: break
        }
        answer.text = batch.keep(unpacker.text())
        return unpacker.isBroken ? nil : answer
    }
}
