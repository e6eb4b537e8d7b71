import Clinical
import Parser
import Testing

struct CSVInputTests {
    static let native = "patient,time,code,value,unit\n"

    @Test(arguments: [
        ("P1,2026-03-01T08:15:00Z,alt,41,U/L\n", "value#- = 41 as 41; unit U/L#0"),
        ("P1,2026-03-01T09:15:00+01:00,ALT,<0.50,\n", "value#- = 0.5 as 0.5; comparator <"),
        ("P1,2026-03-01T08:15:00Z,alt,>= 7,\n", "value#- = 7 as 7; comparator >="),
        ("P1,2026-03-01T08:15:00Z,alt,≤7,\n", "value#- = 7 as 7; comparator <="),
        ("P1,2026-03-01T08:15:00Z,alt,+.5e1,\n", "value#- = 5 as 5"),
        ("P1,2026-03-01T08:15:00Z,alt,\"1,234\",\n", "value#- = '1,234'#-"),
        ("P1,2026-03-01T08:15:00Z,alt,yes,\n", "value#- = 'yes'#-"),
        ("P1,2026-03-01T08:15:00Z,alt, Severe ,\n", "value#- = 'Severe'#1"),
        ("\"P1\",\"2026-03-01T08:15:00Z\",\"alt\",\"a \"\"b\"\"\",\n", "value#- = 'a \"b\"'#-"),
        ("P1,2026-03-01T08:15:00Z,alt,3,,,\n", "value#- = 3 as 3"),
        ("P1,2026-03-01T08:15:00Z,alt,3,", "value#- = 3 as 3"),
    ])
    func `a table with the members' own names works by itself`(_ row: String, _ wanted: String) throws {
        let told = try reading(Self.native + row, as: CSVInput.self)
        let code = row.contains("ALT") ? "ALT" : "alt"
        let start = "line 2 offset 29; patient P1; time 2026-03-01T08:15:00Z code \(code)#0; "
        #expect(told == Reading(events: [start + wanted + "; made id"]))
    }

    @Test(arguments: [
        ("P1,2026-03-01T08:15:00Z,alt,3\n", "csv.cell_count", "the row has 4 cells, the header 5"),
        ("P1,2026-03-01T08:15:00Z,alt,3,U/L,x\n", "csv.cell_count", "the row has 6 cells, the header 5"),
        ("P1,2026-03-01T08:15:00Z,alt,\"3\"x,\n", "csv.quoting", "something follows a closing quote"),
        ("P1,2026-03-01T08:15:00,alt,3,\n", "time.no_zone", "'time' has no time zone in column 'time'"),
        ("P1,2026-03-01,alt,3,\n", "time.no_zone", "'time' has no time zone in column 'time'"),
        ("P1,01.03.2026,alt,3,\n", "time.invalid", "'time' is not a valid time in column 'time'"),
        ("P1,2026-03-01T08:15:00Z,alt,,\n", "value.missing", "the record has neither 'value' nor 'answers'"),
        ("P1,,alt,3,\n", "member.missing", "'time' is missing or empty"),
        (
            "P1,2026-03-01T08:15:00Z,alt,1234567890123456789,\n", "number.too_long",
            "'value' has more than 18 significant digits in column 'value'"
        ),
    ])
    func `a faulty row is a reject with its patient, and costs only itself`(
        _ row: String, _ code: String, _ problem: String
    ) throws {
        let good = "P2,2026-03-01T08:15:00Z,alt,3,\n"
        let told = try reading(Self.native + good + row + good, as: CSVInput.self)
        #expect(told.events.count == 2)
        #expect(told.rejects.count == 1)
        #expect(
            told.rejects.first?.hasPrefix("\(code) line 3 offset 60 patient P1: \(problem)") == true, "\(told.rejects)")
        #expect(told.rejectTimes == [row.contains("T08:15:00Z") ? Moment(milliseconds: 1_772_352_900_000) : .unknown])
    }

    @Test func `a row without a patient is a reject of nobody`() throws {
        let told = try reading(Self.native + ",2026-03-01T08:15:00Z,alt,3,\n", as: CSVInput.self)
        #expect(told.codes == ["member.missing"])
        #expect(told.rejects.allSatisfy { $0.contains("patient -:") })
    }

    @Test func `a quote that is never closed costs its own line only`() throws {
        let good = "P2,2026-03-01T08:15:00Z,alt,3,\n"
        let told = try reading(Self.native + good + "P1,\"2026,alt,3,\n" + good + good, as: CSVInput.self)
        #expect(told.events.count == 3)
        #expect(told.codes == ["csv.unclosed_quote"])
    }

    @Test func `blank rows are no records, an empty table is fine`() throws {
        for text in [
            "", "\n\n", Self.native, "\u{FEFF}" + Self.native, "patient,time,code,value,unit",
            Self.native + "\n , ,,,\n\r\n",
        ] {
            #expect(try reading(text, as: CSVInput.self) == Reading(), "\(text)")
        }
    }

    @Test func `all members can be columns`() throws {
        let text = """
            patient;time;code;answers.severity;answers.adl;low;high;baseline;therapy;agent;modifier;qualifier;last_dose;\
            started;status;flag;test;id;source;text;unknown
            P1;2026-03-01T08:15:00Z;rash;2;self care;1;2.50;-3;pd1;Nivolumab; ;fasting;2026-02-01;2026-01-01T00:00:00Z;\
            corrected;H;yes;R1;ward;hello;x

            """
        let wanted =
            "line 2 offset 156; patient P1; time 2026-03-01T08:15:00Z code rash#6; severity#0 = 2 as 2; adl#4 = 'self care'#3; "
            + "therapy pd1#0; therapy Nivolumab#1; qualifier fasting#1; low 1; high 2.5; baseline -3; flag H; status corrected; "
            + "last_dose 2026-02-01T00:00:00Z (day); started 2026-01-01T00:00:00Z; test; source ward; text hello; id R1"
        let told = try reading(text, as: CSVInput.self)
        #expect(told == Reading(events: [wanted]))
    }

    @Test func `columns that are not known are told once, those in other letters are read`() throws {
        let text =
            "patient,time,code,Value,therapi,,zzzzzzzzz,STATUS\nP1,2026-03-01T08:15:00Z,alt,3,pd1,,,Preliminary\n"
        var reader = EventReader(ReadingOptions(vocabulary: sampleVocabulary()), format: CSVInput.self)
        var batch = EventBatch()
        #expect(reader.notes == [])
        for part in [Array(text.utf8), Array("P2,2026-03-01T08:15:00Z,alt,3,pd1,,,\n".utf8), []] {
            let room = reader.makeRoom(in: &batch)
            batch.bytes.replaceSubrange(room.lowerBound..<room.lowerBound + part.count, with: part)
            try reader.read(into: &batch, added: part.count, isLast: part.isEmpty)
        }
        let wanted = [
            "the column 'therapi' is not known and is ignored; did you mean 'therapy'?",
            "the column 'zzzzzzzzz' is not known and is ignored",
        ]
        #expect(reader.notes == wanted)
        let told = try reading(text, as: CSVInput.self)
        #expect(told.rejects == [])
        #expect(told.events.first?.contains("value#- = 3 as 3; status preliminary") == true, "\(told)")
    }

    @Test(arguments: [
        ("patient,time,code,value\n", [0xFF, 0xFE] as [UInt8]),
        ("patient,time,code,value\n", [0xFE, 0xFF]),
    ])
    func `UTF-16 is known by its mark, in chunks of any size`(_ header: String, _ mark: [UInt8]) throws {
        let units = Array((header + "Pé😀,2026-03-01T08:15:00Z,alt,3\n").utf16)
        let isLittle = mark == [0xFF, 0xFE]
        let bytes =
            mark + units.flatMap { isLittle ? [UInt8($0 & 255), UInt8($0 >> 8)] : [UInt8($0 >> 8), UInt8($0 & 255)] }
        for step in [1, 2, 3, 7, 1000] {
            let told = try reading(bytes, as: CSVInput.self, step: step)
            #expect(told.rejects == [])
            #expect(told.events.first?.contains("patient Pé😀; ") == true, "step \(step)")
        }
    }

    @Test func `line ends of any kind keep lines and offsets`() throws {
        for end in ["\n", "\r\n", "\r"] {
            let row = "P1,2026-03-01T08:15:00Z,alt,3,"
            let text = [String(Self.native.dropLast()), row, "", "P1,\"2026\(end)x\",alt,3,", row].joined(
                separator: end)
            let start = Self.native.utf8.count - 1 + end.utf8.count
            for step in [1, 2, 1000] {
                let told = try reading(text, as: CSVInput.self, step: step)
                #expect(told.events.first?.hasPrefix("line 2 offset \(start);") == true)
                #expect(told.events.last?.hasPrefix("line 6 ") == true, "\(told.events) step \(step)")
                #expect(told.rejects.first?.hasPrefix("time.invalid line 4 ") == true)
            }
        }
    }

    @Test(arguments: [
        ("a,b,c\n1,2,3\n", "csv.no_source"),
        ("patient,time,code,code,value\n", "csv.doubled_column"),
        ("patient,time,code,value,Value\n", "csv.doubled_column"),
        ("patient,time,code,FLAG,flag,value\n", "csv.doubled_column"),
        ("patient,time,code,answers.adl,Answers.ADL\n", "csv.doubled_column"),
        ("patient,\"time\"x,code\n", "csv.header"),
    ])
    func `a header that fits nothing is an error of the whole input`(_ text: String, _ code: String) {
        let error = #expect(throws: InputError.self) { try reading(text, as: CSVInput.self) }
        #expect(error?.code == code)
    }
}
