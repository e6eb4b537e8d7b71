import Clinical
import Config
import Parser
import Testing

struct SourceMappingTests {
    static let laboratory = """
        sources:
          adlb:
            title: CDISC laboratory data
            match: [USUBJID, PARAMCD]
            zone: Europe/Berlin
            delimiter: ";"
            decimal: ","
            encoding: windows-1252
            patient: {columns: [SITE, USUBJID], join: "-"}
            time: {columns: [ADT, ATM], format: ["dd.MM.yyyy HH:mm", "ddMMMyyyy hh:mma"]}
            code: {column: PARAMCD, values: {ALT: alt, CA: "loinc|1742-6"}}
            value: AVAL
            unit: {constant: "U/L"}
            low: ANRLO
            therapy: {constant: pd1}
            flag: {column: FLAG, values: {High: H}}
            last_dose: {column: DOSE, format: dd.MM.yyyy}
            labels: {MILD: mild}
            missing: ["", NA]
            skip:
              - {column: DTYPE, is_not: [""]}
              - {column: PARAMCD, is: [JUNK]}

        """
    static let header = "SITE;USUBJID;ADT;ATM;PARAMCD;AVAL;ANRLO;FLAG;DTYPE;DOSE\n"

    @Test(arguments: [
        (
            "7;12;01.03.2026;09:15;ALT;41,50;6;High;;",
            "value#- = 41.5 as 41.5; therapy pd1#0; unit U/L#0; low 6; flag H"
        ),
        (
            "7;12;01MAR2026;09:15am;alt;mild;;;;28.02.2026",
            "value#- = 'mild'#0; therapy pd1#0; unit U/L#0; last_dose 2026-02-27T23:00:00Z (day)"
        ),
        ("7;12;01.03.2026;09:15;Alt;41.5;NA;;;", "value#- = '41.5'#-; therapy pd1#0; unit U/L#0"),
    ])
    func `a row is one event`(_ row: String, _ wanted: String) throws {
        let told = try reading(Self.header + row + "\n", as: CSVInput.self, options(Self.laboratory))
        let start = "line 2 offset 56; patient 7-12; time 2026-03-01T08:15:00Z code alt#0; "
        #expect(told == Reading(events: [start + wanted + "; source adlb; made id"]), "\(told.rejects)")
    }

    @Test(arguments: [
        "7;12;01.03.2026;09:15;ALT;41;6;;LOCF;", "7;12;;;JUNK;41;6;;;", "7;12;01.03.2026;09:15;ALT;NA;6;;;",
        "7;12;01.03.2026;09:15;ALT;;6;;;",
    ])
    func `rows that the mapping leaves out are counted`(_ row: String) throws {
        let told = try reading(Self.header + row + "\n", as: CSVInput.self, options(Self.laboratory))
        #expect(told == Reading(skipped: 1), "\(told.rejects)")
    }

    @Test(arguments: [
        ("7;;01.03.2026;09:15;ALT;41;6;;;", "member.missing"),
        ("7;12;2026-03-01;09:15;ALT;41;6;;;", "time.invalid"),
        ("7;12;01.03.2026;09:15;ALT;41;six;;;", "cell.not_a_number"),
    ])
    func `a bad cell is a reject`(_ row: String, _ code: String) throws {
        let told = try reading(Self.header + row + "\n", as: CSVInput.self, options(Self.laboratory))
        #expect(told.codes == [code], "\(told.events)")
    }

    @Test(arguments: [
        ("7;12;01.03.2026;09:15;ALT;41;6;dunno;;", ["flag": 1]), ("7;12;01.03.2026;09:15;ALT;41;6;Low;;", [:]),
        ("7;12;01.03.2026;09:15;ALT;41;6;;;31.02.2026", ["last_dose": 1]),
    ])
    func `a bad cell that only stands beside the value is noted`(_ row: String, _ noted: [String: Int]) throws {
        let told = try reading(Self.header + row + "\n", as: CSVInput.self, options(Self.laboratory))
        #expect(told.events.count == 1 && told.unreadMembers == noted, "\(told)")
    }

    @Test func `the mapping's encoding holds where no mark tells another`() throws {
        let bytes =
            Array(Self.header.utf8) + Array("7;M".utf8) + [0xFC] + Array("ller;01.03.2026;09:15;ALT;1;;;;\n".utf8)
        for step in [1, 5, 1000] {
            let told = try reading(bytes, as: CSVInput.self, step: step, options(Self.laboratory))
            #expect(told.events.first?.contains("patient 7-Müller") == true, "\(told)")
        }
    }

    static let survey = """
        sources:
          weekly:
            form: wide
            patient: record_id
            time: completed_at
            id: report
            questions:
              NAUSEA_F: {code: nausea, attribute: frequency}
              NAUSEA_S: {code: nausea, attribute: severity}
              STOOLS: {code: diarrhea, attribute: stools_over_baseline, values: {none: "0"}}
              TEMP: fever
              ALT: {code: alt, unit: U/L}

        """

    @Test func `a report in one row becomes an event for each term that was answered`() throws {
        let text = """
            record_id,completed_at,report,NAUSEA_F,NAUSEA_S,STOOLS,TEMP,ALT
            P1,2026-03-01T08:15:00Z,R1,2,severe,none,38.5,41
            P1,2026-03-01T08:15:00Z,R2,,1,,,
            P1,2026-03-01T08:15:00Z,R3,,,,,
            P1,yesterday,R4,1,1,1,1,1
            P1,2026-03-01T08:15:00Z,,1,,,,

            """
        let told = try reading(text, as: CSVInput.self, options(Self.survey))
        let start = "patient P1; time 2026-03-01T08:15:00Z code "
        #expect(
            told.events == [
                "line 2 offset 64; \(start)nausea#3; frequency#1 = 2 as 2; severity#0 = 'severe'#1; source weekly; id R1/nausea",
                "line 2 offset 64; \(start)diarrhea#2; stools_over_baseline#5 = 0 as 0; source weekly; id R1/diarrhea",
                "line 2 offset 64; \(start)fever#4; value#- = 38.5 as 38.5; source weekly; id R1/fever",
                "line 2 offset 64; \(start)alt#0; value#- = 41 as 41; unit U/L#0; source weekly; id R1/alt",
                "line 3 offset 113; \(start)nausea#3; severity#0 = 1 as 1; source weekly; id R2/nausea",
                "line 6 offset 204; \(start)nausea#3; frequency#1 = 1 as 1; source weekly; made id",
            ])
        #expect(told.codes == ["time.invalid"])
        #expect(told.skipped == 1)
    }

    @Test func `a mapping is chosen by name, or as the only one whose columns are there`() throws {
        let both = Self.laboratory + Self.survey.dropFirst("sources:\n".count)
        let row = Self.header + "7;12;01.03.2026;09:15;ALT;41;6;;;\n"
        #expect(try reading(row, as: CSVInput.self, options(both)).events.count == 1)
        #expect(try reading(row, as: CSVInput.self, options(both, source: "adlb")).events.count == 1)
        #expect(try reading(CSVInputTests.native, as: CSVInput.self, options(both)) == Reading())
        for (text, source, code) in [
            (row, "weekly", "csv.missing_column"), (row, "wekly", "source.unknown"), ("x,y\n", nil, "csv.no_source"),
        ] {
            let error = #expect(throws: InputError.self) {
                try reading(text, as: CSVInput.self, options(both, source: source))
            }
            #expect(error?.code == code)
        }
        let twins = Self.survey + Self.survey.dropFirst("sources:\n".count).replacing("weekly", with: "daily")
        let error = #expect(throws: InputError.self) {
            try reading(
                "record_id,completed_at,report,NAUSEA_F,NAUSEA_S,STOOLS,TEMP,ALT\n", as: CSVInput.self, options(twins))
        }
        #expect(error?.code == "csv.several_sources")
    }

    @Test func `the error of a header names the nearest column`() {
        let error = #expect(throws: InputError.self) {
            try reading("record_idd,completed_at\n", as: CSVInput.self, options(Self.survey))
        }
        #expect(error?.message.contains("'weekly' lacks 'record_id' (nearest: 'record_idd')") == true)
    }

    @Test(arguments: [
        ("sources: []", "'sources' must be a mapping, found a list"),
        ("sources: {a: 3}", "source 'a' must be a mapping, found a single value"),
        ("sources: {a: {patient: P, time: T, code: C}}", "source 'a' needs 'value' or 'answers'"),
        ("sources: {a: {time: T, code: C, value: V}}", "source 'a' needs 'patient'"),
        ("sources: {a: {patient: P, time: T, code: C, value: V, valu: W}}", "unknown key 'valu'"),
        ("sources: {a: {patient: P, time: T, code: {constant: alto}, value: V}}", "unknown term or code 'alto'"),
        ("sources: {a: {patient: {column: P, join: x}, time: T, code: C, value: V}}", "'join' goes with 'columns'"),
        (
            "sources: {a: {patient: {}, time: T, code: C, value: V}}",
            "'patient' needs one of 'column', 'either', 'columns' and 'constant'"
        ),
        (
            "sources: {a: {patient: P, time: {column: T, format: dd.QQ}, code: C, value: V}}",
            "'dd.QQ' is not a time format with year, month and day"
        ),
        (
            "sources: {a: {patient: P, time: {column: T, format: HH:mm}, code: C, value: V}}",
            "'HH:mm' is not a time format with year, month and day"
        ),
        ("sources: {a: {patient: P, time: T, code: C, value: V, zone: Mars}}", "unknown time zone 'Mars'"),
        (
            "sources: {a: {patient: P, time: T, code: C, value: V, delimiter: '--'}}",
            "'delimiter' must be one ASCII character"
        ),
        ("sources: {a: {patient: P, time: T, code: C, value: V, encoding: ebcdic}}", "unknown encoding 'ebcdic'"),
        ("sources: {a: {patient: P, time: T, code: C, value: V, decimal: ;}}", "'decimal' must be '.' or ','"),
        ("sources: {a: {patient: P, time: T, code: C, value: V, format: xml}}", "unknown format 'xml'"),
        ("sources: {a: {patient: P, time: T, code: C, value: V, form: tall}}", "unknown form 'tall'"),
        (
            "sources: {a: {patient: P, time: T, code: C, value: V, questions: {Q: alt}}}",
            "'questions' goes with 'form: wide'"
        ),
        ("sources: {a: {form: wide, patient: P, time: T}}", "source 'a' needs 'questions'"),
        (
            "sources: {a: {form: wide, patient: P, time: T, value: V, questions: {Q: alt}}}",
            "'value' does not go with 'form: wide'"
        ),
        (
            "sources: {a: {form: wide, patient: P, time: T, questions: {Q: alt, R: alt}}}",
            "a second question for 'alt' needs an attribute of its own"
        ),
        (
            "sources: {a: {form: wide, patient: P, time: T, questions: {Q: {code: alt, attribute: severty}}}}",
            "unknown attribute 'severty'"
        ),
        (
            "sources: {a: {patient: P, time: T, code: C, value: V, skip: [{column: X}]}}",
            "a member of 'skip' needs either 'is' or 'is_not'"
        ),
        (
            "sources: {a: {patient: P, time: T, code: C, value: V, skip: [{is: [X]}]}}",
            "a member of 'skip' needs one of 'column', 'either', 'columns' and 'constant'"
        ),
        (
            "sources: {a: {patient: {column: P, either: [Q]}, time: T, code: C, value: V}}",
            "'patient' needs one of 'column', 'either', 'columns' and 'constant'"
        ),
        ("sources: {a: {patient: P, time: T, code: C, value: V, partial: true}}", "'partial' goes with 'form: wide'"),
        (
            "sources: {a: {patient: P, time: T, code: C, value: V, labels: {A: b, a: c}}}",
            "'labels' has 'a' twice (case does not count)"
        ),
        (
            "sources: {a: {patient: P, time: T, code: C, answers: [x]}}",
            "'answers' must be a mapping from attributes to columns, found a list"
        ),
    ])
    func `mistakes in a mapping are told with their place`(_ yaml: String, _ problem: String) {
        let told = sources(yaml).mistakes
        #expect(told.contains("c.yaml:1:"))
        #expect(told.contains("error: " + problem + "\n"), "\(told)")
    }

    @Test func `a mapping without mistakes tells none`() {
        #expect(sources(Self.laboratory).mistakes == "")
        #expect(sources(Self.survey).mistakes == "")
        #expect(sources("sources: {}").mistakes == "")
        #expect(sources("other: 1").mappings.isEmpty)
    }
}
