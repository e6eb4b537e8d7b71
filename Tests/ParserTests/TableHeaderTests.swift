import Clinical
import Parser
import Testing

/// Which columns a mapping can do without, and how those that it reads are found.
struct TableHeaderTests {
    static let survey = """
        sources:
          weekly:
            form: wide
            partial: true
            zone: site
            patient: {either: [record_id, subject]}
            time: {either: [completed_at, survey_date]}
            source: {column: ward, optional: true}
            questions:
              NAUSEA_F: {code: nausea, attribute: frequency}
              NAUSEA_S: {code: nausea, attribute: severity}
              STOOLS: {code: diarrhea, attribute: stools_over_baseline}

        """

    @Test(arguments: [
        ("record_id,completed_at,NAUSEA_S\nP1,2026-03-01T08:15:00Z,2", "nausea#3; severity#0 = 2 as 2; source weekly"),
        ("RECORD_ID,Completed_At,nausea_s\nP1,2026-03-01T08:15:00Z,2", "nausea#3; severity#0 = 2 as 2; source weekly"),
        (
            "survey_date,subject,STOOLS,other\n2026-03-01 08:15,P1,2,9",
            "diarrhea#2; stools_over_baseline#5 = 2 as 2; source weekly"
        ),
        (
            "survey_date,subject,ward,STOOLS\n2026-03-01 08:15,P1,7B,2",
            "diarrhea#2; stools_over_baseline#5 = 2 as 2; source 7B"
        ),
    ])
    func `a partial survey asks what the table has columns for`(_ text: String, _ wanted: String) throws {
        for source in [nil, "weekly"] {
            let told = try reading(text + "\n", as: CSVInput.self, options(Self.survey, source: source))
            let start =
                "line 2 offset \(text.split(separator: "\n")[0].utf8.count + 1); patient P1; time 2026-03-01T08:15:00Z code "
            #expect(told == Reading(events: [start + wanted + "; made id"]), "\(told.rejects)")
        }
    }

    @Test(arguments: [
        ("record_id,completed_at,NAUSEA", "csv.no_source", "csv.no_questions"),
        ("record_id,NAUSEA_S", "csv.no_source", "csv.missing_column"),
        ("record_id,completed_at,nausea_s,Nausea_S", "csv.doubled_column", "csv.doubled_column"),
        ("record_id,completed_at,NAUSEA_S,NAUSEA_S", "csv.doubled_column", "csv.doubled_column"),
    ])
    func `a header that cannot be read is an error`(_ header: String, _ unnamed: String, _ named: String) {
        for (source, code) in [(nil, unnamed), ("weekly", named)] {
            let error = #expect(throws: InputError.self) {
                try reading(header + "\n", as: CSVInput.self, options(Self.survey, source: source))
            }
            #expect(error?.code == code)
        }
    }

    @Test func `a column in its own letters goes before one in others`() throws {
        let text = "record_id,completed_at,nausea_s,NAUSEA_S\nP1,2026-03-01T08:15:00Z,1,2\n"
        let told = try reading(text, as: CSVInput.self, options(Self.survey))
        #expect(told.events.first?.contains("severity#0 = 2 as 2") == true, "\(told)")
    }

    @Test func `a survey that is not partial asks every question`() {
        let strict = Self.survey.replacing("    partial: true\n", with: "")
        let error = #expect(throws: InputError.self) {
            try reading(
                "record_id,completed_at,NAUSEA_F,NAUSEA_S\n", as: CSVInput.self, options(strict, source: "weekly"))
        }
        #expect(error?.code == "csv.missing_column")
    }

    @Test(arguments: [",", ";", "\t"], ["", "\""])
    func `headers may be quoted, and are read with any usual delimiter`(_ delimiter: String, _ quote: String) throws {
        func line(_ cells: String...) -> String {
            cells.map { quote + $0 + quote }.joined(separator: delimiter) + "\n"
        }
        let survey = line("record_id", "completed_at", "NAUSEA_S") + line("P1", "2026-03-01T08:15:00Z", "2")
        for source in [nil, "weekly"] {
            let told = try reading(survey, as: CSVInput.self, options(Self.survey, source: source))
            #expect(told.events.count == 1 && told.rejects == [], "\(told)")
        }
        let native = line("patient", "time", "code", "value") + line("P1", "2026-03-01T08:15:00Z", "alt", "2")
        #expect(try reading(native, as: CSVInput.self, options(Self.survey)).events.count == 1)
        #expect(try reading(native, as: CSVInput.self).events.count == 1)
    }

    @Test func `a mapping that names its delimiter is read with no other`() throws {
        let named = Self.survey.replacing("    partial: true\n", with: "    partial: true\n    delimiter: \",\"\n")
        let error = #expect(throws: InputError.self) {
            try reading("record_id;completed_at;NAUSEA_S\n", as: CSVInput.self, options(named))
        }
        #expect(error?.code == "csv.no_source")
    }

    static let diary = """
        sources:
          diary:
            zone: UTC
            patient: P
            time: T
            code: C
            value: V
            skip:
              - {columns: [C, V], join: "=", is: [fever=N, "rash="]}
              - {column: STATUS, is: [void], optional: true}

        """

    @Test(arguments: [
        ("P1,2026-03-01,fever,N,", 0, 1), ("P1,2026-03-01,rash,N,", 1, 0), ("P1,2026-03-01,rash,,", 0, 1),
        ("P1,2026-03-01,fever,38,", 1, 0), ("P1,2026-03-01,fever,38,void", 0, 1),
    ])
    func `rows are left out for what several columns say together`(_ row: String, _ events: Int, _ skipped: Int) throws
    {
        let told = try reading("P,T,C,V,STATUS\n" + row + "\n", as: CSVInput.self, options(Self.diary))
        #expect(told.events.count == events && told.skipped == skipped && told.rejects == [], "\(told)")
        if !row.hasSuffix("void") {
            let narrow = "P,T,C,V\n" + row.dropLast() + "\n"
            #expect(try reading(narrow, as: CSVInput.self, options(Self.diary)).skipped == skipped)
        }
    }
}
