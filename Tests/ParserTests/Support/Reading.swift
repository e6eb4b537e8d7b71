import Clinical
import Parser

/// What came out of reading some input: every record told in full, so that two readings can be compared.
struct Reading: Equatable {
    var events: [String] = []
    var rejects: [String] = []
    /// When each reject was observed, by its own words.
    var rejectTimes: [Moment] = []
    /// How often each member held an unknown word or date.
    var unreadMembers: [String: Int] = [:]
    var skipped = 0

    /// The codes of the rejects, in order.
    var codes: [String] { rejects.map { String($0.prefix { $0 != " " }) } }
}

/// A pack's names, as far as the tests need them.
func sampleVocabulary() -> Vocabulary {
    func table(_ names: [String]) -> SymbolTable {
        var table = SymbolTable()
        for (index, name) in names.enumerated() { table.add(name, as: Symbol(index)) }
        return table
    }
    var vocabulary = Vocabulary()
    vocabulary.codes = table(["alt", "ast", "diarrhea", "nausea", "fever", "loinc|1742-6", "rash"])
    vocabulary.attributes = table(["severity", "frequency", "presence", "bsa_percent", "adl", "stools_over_baseline"])
    vocabulary.units = table(["U/L", "mg/dL", "%"])
    vocabulary.labels = table(["mild", "severe", "almost constantly", "self_care"])
    vocabulary.treatments = table(["pd1", "nivolumab", "ipilimumab", "chemotherapy", "atc|L01FF01"])
    vocabulary.qualifiers = table(["symptomatic", "fasting"])
    return vocabulary
}

/// Reads all of `bytes`, `step` bytes at a time, after each of them under the `changed` options, if there are any.
func reading(
    _ bytes: [UInt8], as format: (any InputFormat.Type)? = NDJSONInput.self, step: Int = .max,
    _ options: ReadingOptions = ReadingOptions(vocabulary: sampleVocabulary()), changed: ReadingOptions? = nil
) throws -> Reading {
    var reader = EventReader(options, format: format)
    var batch = EventBatch()
    var result = Reading()
    var index = 0
    while true {
        let room = reader.makeRoom(in: &batch)
        let count = min(step, room.count, bytes.count - index)
        batch.bytes.replaceSubrange(room.lowerBound..<room.lowerBound + count, with: bytes[index..<index + count])
        index += count
        try reader.read(into: &batch, added: count, isLast: count == 0)
        result.events += batch.events.map { told($0, batch) }
        result.rejects += batch.rejects.map(told)
        result.rejectTimes += batch.rejects.map(\.time)
        result.unreadMembers.merge(batch.unreadMembers, uniquingKeysWith: +)
        result.skipped += batch.skipped
        if count == 0 { return result }
        if let changed { try reader.change(to: changed) }
    }
}

/// The same for text.
func reading(
    _ text: String, as format: (any InputFormat.Type)? = NDJSONInput.self, step: Int = .max,
    _ options: ReadingOptions = ReadingOptions(vocabulary: sampleVocabulary())
) throws -> Reading {
    try reading(Array(text.utf8), as: format, step: step, options)
}

private func told(_ reject: Reject) -> String {
    let raw = String(decoding: reject.raw, as: UTF8.self)
    let patient = reject.patient.map { String(decoding: $0, as: UTF8.self) } ?? "-"
    return "\(reject.code) line \(reject.line) offset \(reject.offset) patient \(patient): \(reject.reason) <\(raw)>"
}

/// Everything that an event says, in one line; absent members are left out.
func told(_ event: EventRecord, _ batch: EventBatch) -> String {
    var parts = ["line \(event.line) offset \(event.offset)", "patient \(batch.string(event.patient))"]
    parts.append("time \(told(event.time)) code \(batch.string(event.code))#\(told(event.codeSymbol))")
    for answer in batch.answers[event.answers.range] { parts.append(told(answer, batch)) }
    for name in batch.names[event.names.range] {
        parts.append("\(name.role) \(batch.string(name.text))#\(told(name.symbol))")
    }
    if event.has.contains(.unit) { parts.append("unit \(batch.string(event.unit))#\(told(event.unitSymbol))") }
    if event.has.contains(.low) { parts.append("low \(event.low)") }
    if event.has.contains(.high) { parts.append("high \(event.high)") }
    if event.has.contains(.baseline) { parts.append("baseline \(event.baseline)") }
    if event.comparator != .none { parts.append("comparator \(event.comparator.sign)") }
    if event.baselineFlag != .unstated { parts.append("baseline_flag \(event.baselineFlag.name)") }
    if event.flag != .none { parts.append("flag \(event.flag.name)") }
    if event.status != .final { parts.append("status \(event.status.name)") }
    if event.lastDose.isKnown { parts.append("last_dose \(told(event.lastDose))") }
    if event.started.isKnown { parts.append("started \(told(event.started))") }
    if event.has.contains(.test) { parts.append("test") }
    if !event.source.isEmpty { parts.append("source \(batch.string(event.source))") }
    if !event.text.isEmpty { parts.append("text \(batch.string(event.text))") }
    parts.append(event.has.contains(.defaultID) ? "made id" : "id \(batch.string(event.id))")
    return parts.joined(separator: "; ")
}

private func told(_ answer: AnswerRecord, _ batch: EventBatch) -> String {
    var value: String
    switch answer.kind {
    case .number: value = "\(answer.number)"
    case .bool: value = "\(answer.bool)"
    case .text: value = "'\(batch.string(answer.text))'#\(told(answer.label))"
    }
    if answer.kind != .text { value += " as \(batch.string(answer.text))" }
    let attribute = answer.attributeText.isEmpty ? "value" : batch.string(answer.attributeText)
    return "\(attribute)#\(told(answer.attribute)) = \(value)"
}

private func told(_ symbol: Symbol) -> String { symbol.isNone ? "-" : "\(symbol.index)" }

private func told(_ moment: Moment) -> String {
    var bytes: [UInt8] = []
    RFC3339.append(moment, to: &bytes)
    return String(decoding: bytes, as: UTF8.self) + (moment.isDate ? " (day)" : "")
}
