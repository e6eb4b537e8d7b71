import Clinical
import Parser
import Testing

/// A line is read along learned steps when others like it came before, and member by member when it comes first: both
/// must say the same.
struct FamiliarLinesTests {
    static let lines = [
        #"{"id":"e1","patient":"P1","time":"2026-03-01T08:15:00Z","therapy":"pd1","kind":"lab","code":"alt","value":11.50,"unit":"U/L","low":3,"high":210,"source":"poc","status":"final"}"#,
        #"{"id": "e2", "patient": "P2", "time": "2026-03-01T08:15:07Z", "code": "rash", "attribute": "severity", "value": "severe", "unit": null, "kind": 7, "comparator": "<="}"#,
        #"{"value":true,"code":"nausea","agent":["nivolumab","ipilimumab"],"qualifier":["fasting","tired"],"modifier":"chemotherapy","extra":{"a":[1]},"last_dose":"2026-02-27","started":"2026-01-02T03:04:05+01:00","time":"2026-03-02T08:15:00.5Z","patient":"Ünal","id":"e3","baseline_flag":"high","flag":"HH","baseline":-12}"#,
        #"{"id":"e4","patient":"P4","time":"2026-03-01T08:15:00Z","code":"a_code_that_is_longer_than_a_kept_one","value":1,"time_precision":"day","text":"a long text with more than sixteen bytes","test":false,"status":"Corrected"}"#,
    ]

    static let vocabulary = sampleVocabulary()

    /// Bytes that mean something to JSON, to text or to numbers, and some that mean nothing.
    static let bytes = Array("\"\\,:{}[ \r09-.eZ!".utf8) + [0, 0x80, 0xC3, 0xFF]

    @Test(arguments: lines.indices)
    func `any one byte changed is read as if the line came first`(_ number: Int) throws {
        let line = Array(Self.lines[number].utf8)
        var changed: [[UInt8]] = [line, line + line]
        for index in line.indices {
            let before = Array(line[..<index])
            let after = Array(line[(index + 1)...])
            changed += [before, before + after, before + [line[index]] + [line[index]] + after]
            for byte in Self.bytes {
                changed.append(before + [byte] + after)
            }
        }
        try Self.check(changed, among: [Self.lines[number]])
    }

    @Test func `members come in any order, twice, or not at all`() throws {
        var changed: [[UInt8]] = []
        for line in Self.lines {
            let members = line.dropFirst().dropLast().split(separator: ",\"").map { $0.first == "\"" ? $0 : "\"" + $0 }
            for index in members.indices {
                for other in members.indices {
                    var moved = members
                    moved.insert(moved.remove(at: index), at: other)
                    changed.append(Array("{\(moved.joined(separator: ","))}".utf8))
                    moved.insert(members[index], at: other)
                    changed.append(Array("{\(moved.joined(separator: ","))}".utf8))
                }
                var fewer = members
                fewer.remove(at: index)
                changed.append(Array("{\(fewer.joined(separator: ","))}".utf8))
            }
        }
        try Self.check(changed)
    }

    @Test func `numbers of every length are read as if they came first`() throws {
        var numbers = [
            "-", "", "-0", "00", "01", "0.", ".5", "1.", "1.5.2", "1e2", "1.5E-3", "9e999", "0.000", "-0.0", "1-",
            "12a",
        ]
        for whole in [0, 1, 2, 5, 6, 7, 8, 9, 18, 19] {
            for places in [0, 1, 2, 5, 6, 7, 8, 9] {
                let digits = String("1234567890123456789".prefix(whole)) + "." + String("345678900".suffix(places))
                numbers += [
                    digits, "-" + digits, String(digits.dropLast(places + 1)) + String(repeating: "0", count: places),
                ]
            }
        }
        try Self.check(
            numbers.flatMap { number in
                [#""value":\#(number)"#, #""value":3,"zz":\#(number)"#].map { members in
                    Array(#"{"id":"e1","patient":"P1","time":"2026-03-01T08:15:00Z","code":"alt",\#(members)}"#.utf8)
                }
            },
            among: [
                Self.lines[0],
                #"{"id":"e1","patient":"P1","time":"2026-03-01T08:15:00Z","code":"alt","value":3,"zz":1}"#,
            ])
    }

    @Test func `times are read as if they came first`() throws {
        let times = [
            "2026-03-01T08:15:60Z", "2026-03-01T08:15:61Z", "2026-03-01T24:00:00Z", "2026-03-01T08:60:00Z",
            "2026-02-29T08:15:00Z",
            "2026-03-02T08:15:00Z", "2026-03-02T08:15:00z", "2026-03-02 08:15:00Z", "2026-03-02T08:15:00",
            "2026-03-02T08:15:00Z ",
            "2026-03-02T08:1/:00Z", "2026-03-02T08:1::00Z", "2026-03-02T23:59:59-05:30", "2026-03-02",
            "2026-03-02T08:15:00.123Z", "",
        ]
        try Self.check(times.map { Array(#"{"id":"e1","patient":"P1","time":"\#($0)","code":"alt","value":3}"#.utf8) })
    }

    @Test func `more kinds of line than can be learned are all read`() throws {
        let lines = (0..<400).map { number in
            Array(
                #"{"id":"e\#(number)","patient":"P1","x\#(number)":1,"time":"2026-03-01T08:15:00Z","unit":"u\#(number)","code":"c\#(number)","value":\#(number)}"#
                    .utf8)
        }
        try Self.check(lines + lines)
    }

    @Test func `lines over the limit are rejected among lines like them`() throws {
        var options = ReadingOptions(vocabulary: sampleVocabulary())
        options.recordLimit = 90
        let text = (0..<40).map { number in
            #"{"id":"e1","patient":"P1","time":"2026-03-01T08:15:00Z","code":"\#(String(repeating: "a", count: number))","value":3}"#
        }
        let whole = try reading(text.joined(separator: "\n"), options)
        for (line, event) in zip(text, text.map { try? reading($0, options).events.count }) {
            #expect(event == (line.utf8.count <= 90 && !line.contains("\"\"") ? 1 : 0), "\(line)")
        }
        #expect(whole.events.count == text.count { $0.utf8.count <= 90 && !$0.contains("\"\"") })
        #expect(whole.events.count + whole.rejects.count == 40)
    }

    @Test(arguments: [1, 7, 100, 1000])
    func `chunks of any size give the same events`(_ step: Int) throws {
        let text = (0..<50).map { number in Self.lines[number % Self.lines.count] + (number % 7 == 0 ? "\r\n" : "\n") }
            .joined()
        let whole = try reading(text)
        #expect(whole.events.count == 50)
        #expect(try reading(text, step: step) == whole)
    }

    /// Reads each line after lines like it, and each on its own, and expects the same of both.
    static func check(
        _ lines: [[UInt8]], among others: [String] = Self.lines, _ place: SourceLocation = #_sourceLocation
    ) throws {
        let known = others.joined(separator: "\n") + "\n"
        let alone = try lines.map { try outcome($0 + [UInt8(ascii: "\n")]) }
        let between = Array(("\n" + known).utf8)
        let among = try outcome(Array((known + known).utf8) + Array(lines.joined(separator: between)))
        let knownCount = others.count
        var index = 2 * knownCount
        for (line, wanted) in zip(lines, alone) {
            let found = Array(among[min(index, among.count)..<min(index + wanted.count, among.count)])
            #expect(found == wanted, "\(String(decoding: line, as: UTF8.self))", sourceLocation: place)
            if found != wanted { return }
            index += wanted.count + knownCount
        }
    }

    /// Every event and reject of some bytes in their order, without their places.
    static func outcome(_ bytes: [UInt8]) throws -> [String] {
        var options = ReadingOptions(vocabulary: vocabulary)
        options.chunkSize = 1 << 12
        var reader = EventReader(options, format: NDJSONInput.self)
        var batch = EventBatch()
        var told: [(UInt64, String)] = []
        var index = 0
        while index <= bytes.count {
            let room = reader.makeRoom(in: &batch)
            let count = min(room.count, bytes.count - index)
            batch.bytes.replaceSubrange(room.lowerBound..<room.lowerBound + count, with: bytes[index..<index + count])
            index += max(count, 1)
            try reader.read(into: &batch, added: count, isLast: count == 0)
            for event in batch.events {
                var event = event
                let offset = event.offset
                (event.line, event.offset) = (0, 0)
                let hashes = "\(event.patientHash) \(event.idHash) \(event.contentHash) \(event.has.rawValue)"
                told.append((offset, ParserTests.told(event, batch) + hashes))
            }
            for reject in batch.rejects {
                told.append((reject.offset, "\(reject.code) \(reject.reason) \(reject.patient ?? [])"))
            }
        }
        return told.sorted { $0.0 < $1.0 }.map(\.1)
    }
}
