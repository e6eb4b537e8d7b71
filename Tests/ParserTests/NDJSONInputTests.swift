import Clinical
import Parser
import Testing

struct NDJSONInputTests {
    /// A line with the members that every event needs, and more.
    static func line(_ more: String, value: Bool = true) -> String {
        let answer = value ? #","value":3"# : ""
        return #"{"id":"e1","patient":"P1","time":"2026-03-01T08:15:00Z","code":"alt""# + answer + more + "}\n"
    }

    static let start = "line 1 offset 0; patient P1; time 2026-03-01T08:15:00Z code alt#0; "

    @Test(arguments: [
        ("", "value#- = 3 as 3"),
        (#","kind":"lab","deep":{"a":[1,{"b":null}],"c":"\u00e9"}"#, "value#- = 3 as 3"),
        (#","serial":12345678901234567890,"big":-1e999,"tiny":[1E-99999]"#, "value#- = 3 as 3"),
        (#","attribute":"severity""#, "severity#0 = 3 as 3"),
        (#","attribute":"Pain level""#, "Pain level#- = 3 as 3"),
        (
            #","unit":"u/l","low":5,"high":40.50,"baseline":-1e1"#,
            "value#- = 3 as 3; unit u/l#0; low 5; high 40.5; baseline -10"
        ),
        (#","unit":"stones""#, "value#- = 3 as 3; unit stones#-"),
        (#","unit":null,"low":null,"therapy":null,"text":"","source":"  ""#, "value#- = 3 as 3"),
        (
            #","comparator":"<=","flag":"HH","baseline_flag":"high""#,
            "value#- = 3 as 3; comparator <=; baseline_flag high; flag HH"
        ),
        (
            #","status":"preliminary","test":true,"source":"lab","text":"hm""#,
            "value#- = 3 as 3; status preliminary; test; source lab; text hm"
        ),
        (#","test":false,"status":"final""#, "value#- = 3 as 3"),
        (
            #","flag":"hh","baseline_flag":"HIGH","status":"Corrected""#,
            "value#- = 3 as 3; baseline_flag high; flag HH; status corrected"
        ),
        (#","flag":"Ll","status":"FINAL","baseline_flag":"l\u004fw""#, "value#- = 3 as 3; baseline_flag low; flag LL"),
        (
            #","agent":"Nivolumab","therapy":["pd1","x\ty"]"#,
            "value#- = 3 as 3; therapy Nivolumab#1; therapy pd1#0; therapy x\ty#-"
        ),
        (
            #","modifier":["chemotherapy"],"qualifier":["fasting","tired"],"therapy":[]"#,
            "value#- = 3 as 3; modifier chemotherapy#3; qualifier fasting#1; qualifier tired#-"
        ),
        (
            #","last_dose":"2026-02-27","started":"2026-01-02T03:04:05+01:00""#,
            "value#- = 3 as 3; last_dose 2026-02-27T00:00:00Z (day); started 2026-01-02T02:04:05Z"
        ),
    ])
    func `members are read in any order`(_ more: String, _ wanted: String) throws {
        #expect(try reading(Self.line(more)) == Reading(events: [Self.start + wanted + "; id e1"]))
    }

    @Test(arguments: [
        (#","value":-0.0"#, "value#- = 0 as -0.0"),
        (#","value":1.80"#, "value#- = 1.8 as 1.80"),
        (#","value":12345678901234567.8"#, "value#- = 12345678901234567.8 as 12345678901234567.8"),
        (#","value":100000000000000000000000"#, "value#- = 100000000000000000000000 as 100000000000000000000000"),
        (#","value":1E3"#, "value#- = 1000 as 1E3"),
        (#","value":true"#, "value#- = true as true"),
        (#","value":"SEVERE""#, "value#- = 'SEVERE'#1"),
        (#","value":"Almost_Constantly""#, "value#- = 'Almost_Constantly'#2"),
        (#","value":" self  care""#, "value#- = ' self  care'#3"),
        (#","value":"s\u0065vere""#, "value#- = 'severe'#1"),
        (#","value":"schlimm – sehr""#, "value#- = 'schlimm – sehr'#-"),
        (
            #","answers":{"severity":2,"frequency":"severe","presence":false,"adl":null}"#,
            "severity#0 = 2 as 2; frequency#1 = 'severe'#1; presence#2 = false as false"
        ),
    ])
    func `values are numbers, texts, true and false`(_ more: String, _ wanted: String) throws {
        #expect(try reading(Self.line(more, value: false)) == Reading(events: [Self.start + wanted + "; id e1"]))
    }

    @Test func `two spellings of one attribute are one answer too many`() throws {
        var vocabulary = sampleVocabulary()
        vocabulary.attributes.add("sev", as: Symbol(0))
        let options = ReadingOptions(vocabulary: vocabulary)
        let twice = Self.line(#","answers":{"severity":3,"adl":1,"sev":1}"#, value: false)
        let told = try reading(twice, options)
        #expect(told.events == [])
        #expect(told.codes == ["json.duplicate_member"])
        let place = twice.utf8.count - #""sev":1}}"#.utf8.count
        let wanted = "'answers' answers one attribute twice at byte \(place); say it once, in one of its spellings"
        #expect(told.rejects.first?.contains(wanted) == true, "\(told.rejects)")
        // Null says nothing, and attributes that the pack does not know are only texts.
        let once = Self.line(#","answers":{"severity":3,"sev":null,"what":1,"which":1}"#, value: false)
        #expect(try reading(once + once, options).events.count == 2)
        let table = "patient,time,code,answers.severity,answers.sev\nP1,2026-03-01T08:15:00Z,rash,3,1\n"
        let row = try reading(table, as: CSVInput.self, options)
        #expect(row.codes == ["json.duplicate_member"])
        #expect(row.rejects.first?.contains("in column 'answers.sev'") == true, "\(row.rejects)")
    }

    @Test func `a day is known as a day`() throws {
        for more in [#","time_precision":"day""#, #","time_precision":"Day""#, #","time_precision":null"#] {
            let told = try reading(Self.line(more)).events.first ?? ""
            #expect(told.contains("T00:00:00Z (day)") == more.lowercased().contains("day\""))
        }
    }

    @Test(arguments: ["+01:00", "-08:00", "Z"])
    func `a day is the date that was written, whatever zone stands beside it and wherever the site is`(
        _ offset: String
    ) throws {
        let berlin = try #require(SiteZone(offset: "+01:00"))
        for (zone, start) in [(SiteZone.utc, "2026-03-02T00:00:00Z (day)"), (berlin, "2026-03-01T23:00:00Z (day)")] {
            var options = ReadingOptions(vocabulary: sampleVocabulary())
            options.zone = zone
            for text in [
                "2026-03-02T00:00:00\(offset)", "2026-03-02T23:30:00\(offset)", "2026-03-02T00:00\\u003a00\(offset)",
            ] {
                let line = #"{"time_precision":"day","time":"\#(text)","patient":"P1","code":"alt","value":3}"# + "\n"
                let told = try reading(line, options).events.first ?? ""
                #expect(told.contains(start), "\(told)")
            }
            let table = "patient,time,time_precision,code,value\nP1,2026-03-02T00:00:00\(offset),day,alt,3\n"
            let told = try reading(table, as: CSVInput.self, options).events.first ?? ""
            #expect(told.contains(start), "\(told)")
        }
    }

    @Test func `a cancelled report needs no value`() throws {
        let told = try reading(Self.line(#","status":"cancelled""#, value: false))
        #expect(told == Reading(events: [Self.start + "status cancelled; id e1"]))
    }

    @Test(arguments: [
        (#","value":3,"answers":{"severity":1}"#, "value.and_answers"),
        ("", "value.missing"),
        (#","value":null"#, "value.missing"),
        (#","value":" ""#, "value.missing"),
        (#","answers":{}"#, "answers.empty"),
        (#","answers":{"severity":null}"#, "answers.empty"),
        (#","answers":[1]"#, "member.type"),
        (#","answers":3"#, "member.type"),
        (#","answers":"x""#, "member.type"),
        (#","answers":{"severity":[1]}"#, "member.type"),
        (#","answers":{"severity":1,"severity":2}"#, "json.duplicate_member"),
        (#","answers":{"severity":1,"sever\u0069ty":2}"#, "json.duplicate_member"),
        (#","answers":{"severity":1,"SEVERITY":2}"#, "json.duplicate_member"),
        (#","value":[3]"#, "member.type"),
        (#","value":{}"#, "member.type"),
        (#","value":3,"low":"3""#, "member.type"),
        (#","value":3,"high":true"#, "member.type"),
        (#","value":3,"unit":7"#, "member.type"),
        (#","value":3,"therapy":[7]"#, "member.type"),
        (#","value":3,"therapy":{}"#, "member.type"),
        (#","value":3,"test":"yes""#, "member.type"),
        (#","value":3,"test":1"#, "member.type"),
        (#","value":3,"comparator":"=""#, "member.word"),
        (#","value":1234567890123456789"#, "number.too_long"),
        (#","value":0.1234567890123456789"#, "number.too_long"),
        (#","value":1e999"#, "number.out_of_range"),
        (#","value":3,"patient":"P2""#, "json.duplicate_member"),
        (#","value":3,"p\u0061tient":"P2""#, "json.duplicate_member"),
        (#","value":3,"zz":1,"zz":2"#, "json.duplicate_member"),
        (#","value":3,"zz":1,"z\u007a":2"#, "json.duplicate_member"),
    ])
    func `a faulty line is a reject with its patient`(_ more: String, _ code: String) throws {
        let told = try reading(Self.line(more, value: false))
        #expect(told.events == [])
        #expect(told.codes == [code])
        // With two different patients, nobody can say whose it was.
        let isAmbiguous = more.contains("P2")
        #expect(told.rejects.allSatisfy { $0.contains(isAmbiguous ? "patient -:" : "patient P1:") })
        #expect(told.rejectTimes == [Moment(milliseconds: 1_772_352_900_000)])
    }

    @Test(arguments: [
        (#"{"time":"2026-03-01T08:15:00Z","code":"alt","value":3}"#, "member.missing"),
        (#"{"patient":" ","time":"2026-03-01T08:15:00Z","code":"alt","value":3}"#, "member.missing"),
        (#"{"patient":"\t","time":"2026-03-01T08:15:00Z","code":"alt","value":3}"#, "member.missing"),
        (#"{"patient":"P1","code":"alt","value":3}"#, "member.missing"),
        (#"{"patient":"P1","time":"","code":"alt","value":3}"#, "member.missing"),
        (#"{"patient":"P1","time":"2026-03-01T08:15:00Z","value":3}"#, "member.missing"),
        (#"{"patient":"P1","time":"2026-03-01T08:15:00","code":"alt","value":3}"#, "time.no_zone"),
        (#"{"patient":"P1","time":"2026-03-01","code":"alt","value":3}"#, "time.no_zone"),
        (#"{"patient":"P1","time":"2026-02-29T08:15:00Z","code":"alt","value":3}"#, "time.invalid"),
        (#"{"patient":"P1","time":"2026-03-01T24:00:00Z","code":"alt","value":3}"#, "time.invalid"),
        (#"{"patient":"P1","time":"yesterday","code":"alt","value":3}"#, "time.invalid"),
        (#"{"patient":7,"time":"2026-03-01T08:15:00Z","code":"alt","value":3}"#, "member.type"),
        ("[]", "json.not_an_object"),
        ("3", "json.not_an_object"),
        ("{}", "member.missing"),
        (#"{"patient":"P1"} {"patient":"P2"}"#, "json.trailing"),
        (#"{"patient":"P1",}"#, "json.syntax"),
        (#"{"patient":"P1""#, "json.unfinished"),
        (#"{"patient":"P1"#, "json.unfinished"),
        (#"{"a":01}"#, "json.number"),
        (#"{"a":12345678901234567890.}"#, "json.number"),
        (#"{"a":nul}"#, "json.syntax"),
        (#"{"a":"\x"}"#, "json.escape"),
        (#"{"a":"\ud800"}"#, "json.escape"),
        (#"{"\udc00":1}"#, "json.escape"),
        ("{\"a\":\"\u{1}\"}", "json.control_character"),
        ("{" + String(repeating: "\"a\":{", count: 64) + "}" + String(repeating: "}", count: 64), "json.too_deep"),
    ])
    func `a line that is no event is a reject`(_ line: String, _ code: String) throws {
        #expect(try reading(line + "\n").codes == [code])
    }

    @Test func `invalid UTF-8 is refused everywhere`() throws {
        let bad: [[UInt8]] = [
            [0x80], [0xC0, 0xAF], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xC3],
        ]
        for bytes in bad {
            for name in ["text", "zz", "patient"] {
                let line = Array("{\"\(name)\":\"".utf8) + bytes + Array("\"}\n".utf8)
                #expect(try reading(line).codes == ["text.encoding"], "\(bytes) in \(name)")
            }
        }
    }

    @Test func `nesting up to the limit is allowed`() throws {
        let deep = String(repeating: "[", count: 63) + String(repeating: "]", count: 63)
        #expect(try reading(Self.line(#","zz":"# + deep)).events.count == 1)
        #expect(try reading(Self.line(#","zz":["# + deep + "]")).codes == ["json.too_deep"])
    }

    @Test func `a reject says what, where and how to mend it, and no value`() throws {
        let line =
            #"{"patient":"P1","time":"2026-03-01T08:15:00Z","code":"alt","value":3,"comparator":"secret"}"# + "\n"
        let wanted =
            "member.word line 1 offset 0 patient P1: 'comparator' is not one of the known words at byte 83: "
            + "<, <=, >, >= <\(line.dropLast())>"
        #expect(try reading(line).rejects == [wanted])
    }

    @Test func `a member order that was learned does not bind later lines`() throws {
        let members = [
            #""patient":"P1""#, #""time":"2026-03-01T08:15:00Z""#, #""code":"alt""#, #""value":3"#, #""id":"e1""#,
        ]
        var text = ""
        for shift in 0..<members.count {
            for spacing in ["", " "] {
                let turned = (0..<members.count).map { members[($0 + shift) % members.count] }
                text += "{" + turned.joined(separator: spacing + ",").replacing(":", with: spacing + ":") + "}\n"
            }
        }
        // The colons inside the time are not spaced out.
        text = text.replacing("T08 :15 :00Z", with: "T08:15:00Z")
        let told = try reading(text)
        #expect(told.rejects == [])
        #expect(told.events.count == 2 * members.count)
        #expect(Set(told.events.map { $0.drop { $0 != ";" } }).count == 1)
    }
}
