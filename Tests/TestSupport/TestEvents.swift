package import Clinical

/// Events written in one line each, looked up in a pack's names as a parser would.
///
/// ```
/// alt=120 unit=U/L high=40 therapy=pd1 t=d3h8
/// rash{bsa_percent=25,adl=instrumental} id=e7 patient=P2 qualifier=symptomatic
/// ```
///
/// A value in single quotes is a text, `true` and `false` are booleans, what reads as a number is one. Times are `d3`
/// (a date only) or `d3h8m30`, counted from the first of March 2026, UTC; without one, each event is a second later than
/// the one before. Lists are parted by `+`.
package struct TestEvents: Sendable {
    /// The events so far.
    package private(set) var batch = EventBatch()
    private let vocabulary: Vocabulary
    private var records: UInt64 = 0

    /// Events whose names are looked up in `vocabulary`.
    package init(_ vocabulary: Vocabulary, _ lines: [String] = []) {
        self.vocabulary = vocabulary
        for line in lines { add(line) }
    }

    /// Adds the event of one line; without `id=` it gets one made of the whole line, as a default id is.
    package mutating func add(_ line: String) {
        let words = line.split(separator: " ").map(String.init)
        var event = EventRecord()
        records += 1
        event.line = records
        event.offset = records * 1000
        event.time = Moment(milliseconds: Self.moment("d0h8").milliseconds + Int64(records - 1) * 1000)
        var members = words.dropFirst().map(Self.pair)
        let content = words.filter { !$0.hasPrefix("id=") }.joined(separator: " ")
        addAnswers(words[0], &event)
        if !members.contains(where: { $0.key == "patient" }) { members.append(("patient", "P1")) }
        if !members.contains(where: { $0.key == "id" }) {
            members.append(("id", content))
            event.has.insert(.defaultID)
        }
        event.names = Run(start: batch.names.count, count: 0)
        for member in members { set(member.key, member.value, &event) }
        event.contentHash = Self.hash(content)
        batch.events.append(event)
    }

    /// Adds a record of which no more than the patient could be read.
    package mutating func addReject(
        patient: String? = nil, patients: [String] = [], raw: String = "{", reason: String = "not an object",
        at time: Moment = .unknown
    ) {
        records += 1
        batch.rejects.append(
            Reject(
                code: "json.syntax", reason: reason, line: records, offset: records * 1000, raw: Array(raw.utf8),
                patients: ((patient.map { [$0] } ?? []) + patients).map { Array($0.utf8) }, time: time))
    }

    /// `d3`, `d3h8`, `d3h8m30`, counted from the first of March 2026.
    package static func moment(_ text: String) -> Moment {
        var numbers: [Character: Int64] = [:]
        var key: Character = "d"
        var digits = ""
        for character in text + "." {
            if character.isNumber || character == "-" {
                digits.append(character)
                continue
            }
            if let number = Int64(digits) { numbers[key] = number }
            key = character
            digits = ""
        }
        let day = CalendarDay(year: 2026, month: 3, day: 1).number + numbers["d", default: 0]
        let minutes = numbers["h", default: 0] * 60 + numbers["m", default: 0]
        let seconds = minutes * 60 + numbers["s", default: 0]
        return Moment(milliseconds: (day * 86_400 + seconds) * 1000, isDate: !text.contains("h"))
    }

    // MARK: Members

    private mutating func addAnswers(_ word: String, _ event: inout EventRecord) {
        let start = batch.answers.count
        if let brace = word.firstIndex(of: "{") {
            event.has.insert(.answers)
            setCode(String(word[..<brace]), &event)
            for part in word[word.index(after: brace)...].dropLast().split(separator: ",") {
                let (name, value) = Self.pair(String(part))
                var answer = answer(value)
                setAttribute(name, &answer)
                batch.answers.append(answer)
            }
        } else {
            let (code, value) = Self.pair(word)
            setCode(code, &event)
            if !value.isEmpty { batch.answers.append(answer(value)) }
        }
        event.answers = Run(start: start, count: batch.answers.count - start)
    }

    private mutating func setCode(_ code: String, _ event: inout EventRecord) {
        event.code = batch.keep(code.utf8)
        event.codeSymbol = vocabulary.codes.symbol(code) ?? .none
    }

    private mutating func setAttribute(_ name: String, _ answer: inout AnswerRecord) {
        answer.attributeText = batch.keep(name.utf8)
        answer.attribute = vocabulary.attributes.symbol(name) ?? .none
    }

    private mutating func answer(_ value: String) -> AnswerRecord {
        var answer = AnswerRecord()
        if value.hasPrefix("'") {
            let text = value.dropFirst().dropLast()
            answer.kind = .text
            answer.text = batch.keep(text.utf8)
            answer.label = vocabulary.labels.symbol(String(text)) ?? .none
            return answer
        }
        answer.text = batch.keep(value.utf8)
        if let number = ExactDecimal(value) {
            answer.number = number
        } else if value == "true" || value == "false" {
            answer.kind = .bool
            answer.bool = value == "true"
        } else {
            answer.kind = .text
            answer.label = vocabulary.labels.symbol(value) ?? .none
        }
        return answer
    }

    private mutating func set(_ key: String, _ value: String, _ event: inout EventRecord) {
        switch key {
        case "patient":
            event.patient = batch.keep(value.utf8)
            event.patientHash = Self.hash(value)
        case "id":
            event.id = batch.keep(value.utf8)
            event.idHash = Self.hash(value)
        case "source": event.source = batch.keep(value.utf8)
        case "t": event.time = Self.moment(value)
        case "last_dose": event.lastDose = Self.moment(value)
        case "started": event.started = Self.moment(value)
        case "unit":
            event.unit = batch.keep(value.utf8)
            event.unitSymbol = vocabulary.units.symbol(value) ?? .none
            event.has.insert(.unit)
        case "low", "high", "baseline": setNumber(key, value, &event)
        case "comparator": event.comparator = Comparator.allCases.first { $0.sign == value } ?? .none
        case "baseline_flag": event.baselineFlag = BaselineFlag.allCases.first { $0.name == value } ?? .unstated
        case "status": event.status = ReportStatus.allCases.first { $0.name == value } ?? .final
        case "flag": event.flag = LabFlag.allCases.first { $0.name == value } ?? .none
        case "test": event.has.insert(.test)
        case "attribute":
            let place = Int(event.answers.start)
            var answer = batch.answers[place]
            setAttribute(value, &answer)
            batch.answers[place] = answer
        default: addNames(key, value, &event)
        }
    }

    private mutating func setNumber(_ key: String, _ value: String, _ event: inout EventRecord) {
        let number = ExactDecimal(value) ?? .zero
        switch key {
        case "low":
            event.low = number
            event.has.insert(.low)
        case "high":
            event.high = number
            event.has.insert(.high)
        default:
            event.baseline = number
            event.has.insert(.baseline)
        }
    }

    private mutating func addNames(_ key: String, _ value: String, _ event: inout EventRecord) {
        for name in value.split(separator: "+").map(String.init) {
            let text = batch.keep(name.utf8)
            let record: NameRecord
            switch key {
            case "therapy", "agent":
                event.has.insert(.therapy)
                record = NameRecord(role: .therapy, symbol: vocabulary.treatments.symbol(name) ?? .none, text: text)
            case "modifier":
                event.has.insert(.modifier)
                record = NameRecord(role: .modifier, symbol: vocabulary.treatments.symbol(name) ?? .none, text: text)
            case "qualifier":
                event.has.insert(.qualifier)
                record = NameRecord(role: .qualifier, symbol: vocabulary.qualifiers.symbol(name) ?? .none, text: text)
            default: preconditionFailure("an event has no member '\(key)'")
            }
            batch.names.append(record)
            event.names.count += 1
        }
    }

    private static func pair(_ word: String) -> (key: String, value: String) {
        guard let equals = word.firstIndex(of: "=") else { return (word, "") }
        return (String(word[..<equals]), String(word[word.index(after: equals)...]))
    }

    private static func hash(_ text: String) -> UInt64 {
        let bytes = Array(text.utf8) + [UInt8](repeating: 0, count: EventBatch.padding)
        return FastHash.hash(bytes.span.bytes, from: 0, count: text.utf8.count)
    }
}
