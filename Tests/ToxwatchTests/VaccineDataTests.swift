import Foundation
import TestSupport
import Testing

/// The diary of a person after two doses of a vaccine, and the reactions that were made of it.
struct VaccineDataTests {
    let place: Workplace

    init() throws {
        place = try Workplace()
        for therapy in Self.vaccines {
            let roster = "patient,therapy,started,doses\nABC-1002,\(therapy),2021-10-07,2021-10-07;2021-12-16\n"
            try place.write(roster, to: therapy + ".csv")
        }
    }

    static let vaccines = ["mrna", "cancer_vaccine", "peptide"]
    static let diary = Repository.path("Tests/ToxwatchTests/Data/adface_vaccine.csv")
    static let reactions = Repository.path("Tests/ToxwatchTests/Data/adce_vaccine.csv")

    @Test func `every answer of the diary is graded, a diameter is unmatched, an empty day is left out`() throws {
        let run = try place.toxwatch.run("run", "--roster", "mrna.csv", Self.diary)
        #expect(run.status == 0)
        let told = run.told.split(separator: "\n")
        for line in [
            "records 155 = events 155 + rejects 0",
            "events 155 = graded 115 + ungradable 0 + unmatched 10 + repeats 30 + late 0 + cancelled 0",
            "skipped 28 by the source mapping, not among the records",
            "unmatched codes: DIARE 5, DIASWEL 2, MDIRE 2, MDISW 1",
        ] { #expect(told.contains { $0 == "toxwatch: " + line }, "\(run.told)") }
    }

    @Test func `the diary leaves out empty days, and answers that another row tells in full`() throws {
        let rows = try String(contentsOfFile: Self.diary, encoding: .utf8).split(separator: "\n").dropFirst()
        let cells = rows.map { $0.split(separator: ",", omittingEmptySubsequences: false) }
        let skipped = cells.filter {
            $0[11].isEmpty || ["OCHEAD=Y", "OCFEVER=N", "MAXTEMP=N"].contains("\($0[7])=\($0[11])")
        }
        #expect(cells.count == 183 && skipped.count == 28)
        #expect(
            Set(skipped.filter { $0[11] == "Y" }.map { $0[4] }).isSubset(
                of: cells.filter { $0[7] == "SEVHEAD" }.map { $0[4] }))
    }

    @Test func `reactions that did not happen have no day, and are left out`() throws {
        let run = try place.toxwatch.run("read", Self.reactions)
        #expect(run.lines.count == 6)
        #expect(
            run.told == """
                toxwatch: records 6 = events 6 + rejects 0
                toxwatch: skipped 16 by the source mapping, not among the records

                """)
    }

    @Test(arguments: vaccines, [diary, reactions])
    func `mild reactions raise no alert, a moderate headache a routine one`(_ therapy: String, _ feed: String) throws {
        let run = try place.toxwatch.run("--quiet", "--roster", therapy + ".csv", feed)
        let alerts = run.lines.compactMap { JSONText($0.utf8) }
        #expect(alerts.map { $0["transition"] } == [.string("opened"), .string("resolved")])
        #expect(alerts.map { $0["severity"] } == [.string("routine"), .string("none")])
        #expect(alerts.map { $0["term"] } == [.string("headache"), .string("headache")])
        #expect(alerts.map { $0["therapy"] } == [.string(therapy), .string(therapy)])
        #expect(alerts.first?["grade"] == .number("2"))
    }

    @Test(arguments: [
        ("SEVPIS", "SEVERE", "injection_site", "soon"), ("SEVHEAD", "SEVERE", "headache", "urgent"),
        ("OCFATIG", "Y", "fatigue", "soon"), ("OCFEVER", "Y", "fever", "soon"), ("OCDIAR", "Y", "diarrhea", "soon"),
    ])
    func `a severe reaction and a yes without a number reach staff`(
        _ parameter: String, _ answer: String, _ term: String, _ severity: String
    ) throws {
        let header = "USUBJID,ADT,PARAMCD,AVALC,FATEST\n"
        try place.write(header + "ABC-1002,2021-10-08,\(parameter),\(answer),\n", to: "day.csv")
        let run = try place.toxwatch.run("--quiet", "--roster", "mrna.csv", "day.csv")
        let alerts = run.lines.compactMap { JSONText($0.utf8) }
        #expect(alerts.map { $0["term"] } == [.string(term)])
        #expect(alerts.map { $0["severity"] } == [.string(severity)])
    }

    @Test func `a reaction without severity is a reject, not a mild one`() throws {
        try place.write("USUBJID,CEDECOD,CEOCCUR,ASEV,ASTDT\nABC-1002,Headache,Y,,2021-10-08\n", to: "reaction.csv")
        let run = try place.toxwatch.run("run", "--roster", "mrna.csv", "reaction.csv")
        #expect(run.status == 2)
        #expect(run.told.contains("rejected (value.missing)"))
    }
}
