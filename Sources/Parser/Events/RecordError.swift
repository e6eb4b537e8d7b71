/// Why one record cannot be read: small and flat, so that it costs nothing until it is told.
struct RecordError: Error, BitwiseCopyable {
    var fault: Fault
    /// The member that it is about, or `.other`.
    var member: Member
    /// The column of a table that it is about, counted from 0; -1 for none.
    var column: Int16 = -1
    /// Where the fault lies in the record's buffer; -1 when no single place is to blame.
    var index: Int32
    /// What was wanted and what was found, for faults of number.
    var wanted: Int32 = 0
    var found: Int32 = 0

    init(_ fault: Fault, _ member: Member = .other, at index: Int = -1) {
        self.fault = fault
        self.member = member
        self.index = Int32(truncatingIfNeeded: index)
    }
}

/// The kinds of fault.
enum Fault: UInt8, BitwiseCopyable, CaseIterable {
    case tooLong, notAnObject, syntax, unfinished, trailing, number, escape
    case controlCharacter, tooDeep, duplicate, encoding, wrongType, missing, unknownWord
    case numberTooLong, numberOutOfRange, timeWithoutZone, time, noValue, valueAndAnswers
    case noAnswers, duplicateAnswer, cellCount, quoting, unclosedQuote, nullByte, notANumber

    /// The stable code that rejects carry.
    var code: String {
        switch self {
        case .tooLong: "record.too_long"
        case .notAnObject: "json.not_an_object"
        case .syntax: "json.syntax"
        case .unfinished: "json.unfinished"
        case .trailing: "json.trailing"
        case .number: "json.number"
        case .escape: "json.escape"
        case .controlCharacter: "json.control_character"
        case .tooDeep: "json.too_deep"
        case .duplicate, .duplicateAnswer: "json.duplicate_member"
        case .encoding: "text.encoding"
        case .wrongType: "member.type"
        case .missing: "member.missing"
        case .unknownWord: "member.word"
        case .numberTooLong: "number.too_long"
        case .numberOutOfRange: "number.out_of_range"
        case .timeWithoutZone: "time.no_zone"
        case .time: "time.invalid"
        case .noValue: "value.missing"
        case .valueAndAnswers: "value.and_answers"
        case .noAnswers: "answers.empty"
        case .cellCount: "csv.cell_count"
        case .quoting: "csv.quoting"
        case .unclosedQuote: "csv.unclosed_quote"
        case .nullByte: "csv.nul_byte"
        case .notANumber: "cell.not_a_number"
        }
    }
}

extension RecordError {
    /// What is wrong, where, and how to mend it, without any value from the record.
    ///
    /// `start` is where the record began; `columns` names the columns of a table, `formats` the ways in which its
    /// mapping has this member's times written.
    func sentence(
        from start: Int, words: MemberWords, columns: [String] = [], formats: [String] = []
    ) -> String {
        var place = index >= start ? " at byte \(Int(index) - start + 1)" : ""
        if columns.indices.contains(Int(column)) { place = " in column '\(columns[Int(column)])'" }
        let isUnlikeFormat = fault == .time && !formats.isEmpty
        let format = "; the source's format is " + formats.map { "'\($0)'" }.joined(separator: " or ")
        return problem(words) + place + (isUnlikeFormat ? format : remedy(words))
    }

    private var subject: String { member == .other ? "a member" : "'\(member.name)'" }

    private func problem(_ words: MemberWords) -> String {
        switch fault {
        case .tooLong: "the record is longer than \(wanted) bytes"
        case .notAnObject: "the line is not a JSON object"
        case .syntax: "the line is not valid JSON"
        case .unfinished: "the line ends in the middle of its JSON"
        case .trailing: "something follows the JSON object"
        case .number: "a number does not follow the JSON grammar"
        case .escape: "a text holds an invalid escape"
        case .controlCharacter: "a text holds a bare control character"
        case .tooDeep: "the values are nested more than \(wanted) deep"
        case .duplicate: "\(subject) comes twice"
        case .duplicateAnswer: "\(subject) answers one attribute twice"
        case .encoding: "the text is not valid in its encoding"
        case .wrongType: "\(subject) has the wrong type"
        case .missing: "\(subject) is missing or empty"
        case .unknownWord: "\(subject) is not one of the known words"
        case .numberTooLong: "\(subject) has more than 18 significant digits"
        case .numberOutOfRange: "\(subject) is too large or too small a number"
        case .timeWithoutZone: "\(subject) has no time zone"
        case .time: "\(subject) is not a valid time"
        case .noValue: "the record has neither 'value' nor 'answers'"
        case .valueAndAnswers: "the record has both 'value' and 'answers'"
        case .noAnswers: "'answers' holds no answer"
        case .cellCount: "the row has \(found) cells, the header \(wanted)"
        case .quoting: "something follows a closing quote"
        case .unclosedQuote: "a quote is never closed"
        case .nullByte: "the row holds a NUL byte"
        case .notANumber: "\(subject) is not a number"
        }
    }

    private func remedy(_ words: MemberWords) -> String {
        switch fault {
        case .tooLong: "; shorten it, or split it into several records"
        case .notAnObject: "; write one object a line, such as {\"patient\":…,\"time\":…,\"code\":…,\"value\":…}"
        case .unfinished: "; write the whole object on one line"
        case .trailing: "; write one object a line"
        case .escape: "; a lone half of a surrogate pair is not allowed either"
        case .controlCharacter: "; escape it, as in \\n or \\u0009"
        case .duplicate: "; say it once"
        case .duplicateAnswer: "; say it once, in one of its spellings"
        case .encoding: "; write it as UTF-8"
        case .wrongType: member == .other ? "" : "; it must be \(member.wantedType)"
        case .unknownWord: ": " + words.allowed(for: member).joined(separator: ", ")
        case .timeWithoutZone: "; end it with Z or an offset such as +01:00"
        case .time: "; write it as 2026-03-01T08:15:00Z"
        case .noValue: "; give one of them"
        case .valueAndAnswers: "; give only one of them"
        case .cellCount, .quoting: "; quote cells that hold the delimiter, and double quotes inside them"
        case .nullByte: "; if the text is UTF-16, write it as UTF-8"
        case .unclosedQuote: "; close it, or double it where it is meant as text"
        case .syntax, .number, .tooDeep, .missing, .numberTooLong, .numberOutOfRange, .noAnswers,
            .notANumber:
            ""
        }
    }
}

extension Member {
    /// The JSON types that the member takes, in words.
    var wantedType: String {
        switch self {
        case .value: "a number, a text, true or false"
        case .answers: "an object of numbers, texts, true or false"
        case .low, .high, .baseline: "a number"
        case .therapy, .agent, .modifier, .qualifier: "a text or a list of texts"
        case .test: "true or false"
        default: "a text"
        }
    }
}
