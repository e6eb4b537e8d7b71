import Clinical
import Parser
import Testing

struct EventReaderTests {
    /// Good and bad lines of many kinds, CRLF, blank lines and an end without a newline.
    static let mixed =
        "\u{FEFF}" + NDJSONInputTests.line("") + "\r\n  \t\n" + NDJSONInputTests.line(#","text":"é\n\ud83d\ude00""#)
        + #"{"patient":"P9","time":"2026-03-01T08:15:00Z","code":"alt","value":3}"# + "\r\n"
        + "{\"patient\":\"P8\",\"value\":01}\n\n{\"broken\n"
        + #"{"patient":"P9","time":"2026-03-01T08:15:00Z","code":"rash","answers":{"severity":1,"adl":"self care"}}"#

    @Test func `the same input in chunks of any size gives the same events`() throws {
        let whole = try reading(Self.mixed)
        #expect(whole.events.count == 4)
        #expect(whole.codes == ["json.number", "json.unfinished"])
        for step in 1...Self.mixed.utf8.count { #expect(try reading(Self.mixed, step: step) == whole, "step \(step)") }
    }

    @Test(arguments: [NDJSONInput.self as any InputFormat.Type, CSVInput.self])
    func `cutting the input at any one byte changes nothing`(_ format: any InputFormat.Type) throws {
        let table =
            "patient,time,code,value\r\nP1,2026-03-01T08:15:00Z,alt,\"3\"\r\nP2,\"x\ny\",alt,3\rP3,2026-03-01T08:15:00Z,\"a\"\"b\",1"
        let bytes = Array((format.name == "csv" ? table : Self.mixed).utf8)
        let whole = try reading(bytes, as: format)
        for cut in 0...bytes.count {
            var reader = EventReader(ReadingOptions(vocabulary: sampleVocabulary()), format: format)
            var batch = EventBatch()
            var events = 0
            var rejects = 0
            for part in [bytes[..<cut], bytes[cut...], []] {
                let room = reader.makeRoom(in: &batch)
                batch.bytes.replaceSubrange(room.lowerBound..<room.lowerBound + part.count, with: part)
                try reader.read(into: &batch, added: part.count, isLast: part.isEmpty)
                events += batch.events.count
                rejects += batch.rejects.count
            }
            #expect(events == whole.events.count && rejects == whole.rejects.count, "cut at \(cut)")
        }
    }

    @Test func `a line in is an event out, before more input comes`() throws {
        var reader = EventReader(ReadingOptions(vocabulary: sampleVocabulary()))
        var batch = EventBatch()
        for _ in 0..<3 {
            let line = Array(NDJSONInputTests.line("").utf8)
            let room = reader.makeRoom(in: &batch)
            batch.bytes.replaceSubrange(room.lowerBound..<room.lowerBound + line.count, with: line)
            try reader.read(into: &batch, added: line.count, isLast: false)
            #expect(batch.events.count == 1)
        }
        #expect(reader.place.line == 4)
        #expect(reader.format?.name == "ndjson")
    }

    @Test(arguments: JSONConformanceTests.part)
    func `a bad line between good lines never changes the good ones`(_ item: JSONConformanceTests.Case) throws {
        let good = Array(NDJSONInputTests.line("").utf8)
        let bad = item.bytes.filter { $0 != UInt8(ascii: "\n") } + [UInt8(ascii: "\n")]
        let alone = try reading(good + good).events
        let told = try reading(good + bad + good).events
        #expect(told.map { $0.drop { $0 != ";" } } == alone.map { $0.drop { $0 != ";" } })
    }

    @Test(arguments: [(100, 0), (99, 1)])
    func `a record over the limit is one reject, and the next one is read`(_ limit: Int, _ rejects: Int) throws {
        var options = ReadingOptions(vocabulary: sampleVocabulary())
        options.recordLimit = limit
        options.chunkSize = 64
        let start = #"{"patient":"P1","time":"2026-03-01T08:15:00Z","code":"alt","value":3,"zz":""#
        let long = start + String(repeating: "x", count: 100 - start.count - 2) + "\"}"
        let text = long + "\r\n" + long + "\n{}\n" + long
        for step in [1, 7, 64, 1000] {
            let told = try reading(text, step: step, options)
            // The carriage return at the end of the first line does not count.
            let long = Array(repeating: "record.too_long", count: rejects)
            #expect(told.codes == long + long + ["member.missing"] + long, "step \(step)")
            #expect(told.events.count == (rejects == 1 ? 0 : 3))
            #expect(rejects == 0 || told.rejects.first?.contains("patient P1") == true)
        }
    }

    @Test func `a carriage return inside a record over the limit saves nothing`() throws {
        var options = ReadingOptions(vocabulary: sampleVocabulary())
        options.recordLimit = 100
        let line = String(NDJSONInputTests.line("").dropLast())
        for tail in ["\r ", "\r\r", " \r\r", " \r"] {
            let text = line + String(repeating: " ", count: 100 - line.utf8.count) + tail + "\n"
            for step in [1, 101, 102, 1000] {
                #expect(
                    try reading(text, step: step, options).codes == ["record.too_long"],
                    "\(tail.utf8.count) step \(step)")
            }
        }
    }

    @Test func `a record far over the limit is not held in memory`() throws {
        var options = ReadingOptions(vocabulary: sampleVocabulary())
        options.recordLimit = 1000
        options.chunkSize = 512
        var reader = EventReader(options, format: NDJSONInput.self)
        var batch = EventBatch()
        var rejects = 0
        for _ in 0..<1000 {
            let room = reader.makeRoom(in: &batch)
            batch.bytes.replaceSubrange(room, with: [UInt8](repeating: UInt8(ascii: "x"), count: room.count))
            try reader.read(into: &batch, added: room.count, isLast: false)
            rejects += batch.rejects.count
        }
        #expect(rejects == 1)
        #expect(batch.bytes.count < 8000)
        #expect(reader.place.offset == 512_000)
    }

    @Test func `the format is told by the first byte that is no blank`() throws {
        #expect(try reading("\n\n " + NDJSONInputTests.line(""), as: nil).events.count == 1)
        #expect(try reading("\u{FEFF}" + NDJSONInputTests.line(""), as: nil, step: 1).events.count == 1)
        #expect(try reading("patient,time,code,value\nP1,2026-03-01T08:15:00Z,alt,3\n", as: nil).events.count == 1)
        #expect(try reading("", as: nil) == Reading())
        #expect(try reading("  \n", as: nil) == Reading())
    }

    @Test func `names in the list of formats are unique and told`() {
        let names = InputFormats.all.map { $0.name }
        #expect(Set(names).count == names.count)
        for format in InputFormats.all {
            #expect(InputFormats.named(format.name)?.name == format.name)
            #expect(!format.summary.isEmpty)
        }
        #expect(InputFormats.named("xml") == nil)
    }

    @Test(arguments: ["\n", " ", "\r\n", ";"]) func `a table that never begins is given up`(_ blank: String) {
        var options = ReadingOptions(vocabulary: sampleVocabulary())
        options.recordLimit = 100
        let blanks = String(repeating: blank, count: 400)
        for format in [CSVInput.self, nil] as [(any InputFormat.Type)?] {
            let error = #expect(throws: InputError.self) {
                try reading(Array(blanks.utf8) + Array(CSVInputTests.native.utf8), as: format, step: 50, options)
            }
            #expect(error?.code == "csv.header")
        }
    }

    @Test(arguments: ["\n", " \n", "\r\n"]) func `blank lines before a header are passed over`(_ blank: String) throws {
        let row = "P1,2026-03-01T08:15:00Z,alt,41,U/L\n"
        let text = String(repeating: blank, count: 12) + CSVInputTests.native + row
        for format in [CSVInput.self, nil] as [(any InputFormat.Type)?] {
            #expect(try reading(text, as: format, step: 7).events.count == 1)
        }
    }

    @Test func `NUL bytes are told at once, with how to mend them`() {
        let error = #expect(throws: InputError.self) {
            try reading([UInt8](repeating: 0, count: 1000), as: nil, step: 10)
        }
        #expect(
            error?.message.hasSuffix("holds a NUL byte at byte 1; if the text is UTF-16, write it as UTF-8") == true)
    }

    /// The pack's names in another order.
    private static var otherNames: Vocabulary {
        var vocabulary = sampleVocabulary()
        vocabulary.codes = SymbolTable()
        vocabulary.codes.add("fever", as: Symbol(0))
        vocabulary.codes.add("alt", as: Symbol(1))
        return vocabulary
    }

    @Test(arguments: [1, 7, 64])
    func `options that change to the same at any place change nothing`(_ step: Int) throws {
        let table = "patient,time,code,value\n" + "P1,2026-03-01T08:15:00Z,alt,1\r\n".repeated(3)
        let lines = #"{"patient":"P1","time":"2026-03-01T08:15:00Z","code":"alt","value":1}"# + "\n"
        let same = ReadingOptions(vocabulary: sampleVocabulary())
        for (text, format) in [(table, CSVInput.self as any InputFormat.Type), (lines.repeated(3), NDJSONInput.self)] {
            let bytes = Array(text.utf8)
            let whole = try reading(bytes, as: format)
            #expect(whole.events.count == 3)
            #expect(try reading(bytes, as: format, step: step, changed: same) == whole)
        }
    }

    @Test func `names are those of the options that hold when the record ends`() throws {
        let table = "patient,time,code,value\n" + "P1,2026-03-01T08:15:00Z,alt,1\n".repeated(2)
        let other = ReadingOptions(vocabulary: Self.otherNames)
        let read = try reading(Array(table.utf8), as: CSVInput.self, step: 60, changed: other)
        #expect(read.events.map { $0.contains("code alt#0;") } == [true, false])
        #expect(read.events[1].contains("code alt#1;"))
    }

    @Test func `a header that the new sources do not fit leaves all as it was`() throws {
        let table = "record,when,alt\nP1,2026-03-01T08:15:00Z,1\n"
        let mapped = options(
            "sources: {feed: {patient: record, time: when, code: {constant: alt}, value: alt}}", source: "feed")
        #expect(throws: InputError.self) {
            try reading(Array(table.utf8), as: CSVInput.self, step: 20, mapped, changed: options("sources: {}"))
        }
        #expect(try reading(Array(table.utf8), as: CSVInput.self, mapped).events.count == 1)
    }
}

extension String {
    fileprivate func repeated(_ count: Int) -> String { String(repeating: self, count: count) }
}
