import Clinical
import Config
import Parser
import Testing

struct RosterReaderTests {
    static func read(_ text: String) -> (roster: Roster, warnings: [String], mistakes: [String]) {
        var mistakes = Mistakes()
        let zone = SiteZone(name: "+01:00", fixedOffset: 3600)
        let (roster, warnings) = RosterReader.read(
            Array(text.utf8), file: "r.csv", vocabulary: sampleVocabulary(), zone: zone, mistakes: &mistakes)
        return (roster, warnings, mistakes.all.map { "\($0.mark.line): \($0.problem)" })
    }

    static let table = """
        patient,agent,started,last_dose,doses,dose_phase,ended,modifier,baseline.alt,baseline_unit.alt,expects,status,team,site
        P1,Nivolumab;ipilimumab,2026-01-01,,2026-02-01; 2026-01-01,step_up,,chemotherapy,20.0,U/L,7d,active,onc-1,north
        P1,atc|L01FF01,,2026-02-03T10:00:00Z,,,2026-03-01,,,,,"deceased 2026-03-02",,

        P2,,,,,,,,,,,,onc-2,

        """
    static let lines = """
        {"patient":"P1","agent":["Nivolumab","ipilimumab"],"started":"2026-01-01","doses":["2026-02-01","2026-01-01"],\
        "dose_phase":"step_up","modifier":"chemotherapy","baseline.alt":20.0,"baseline_unit.alt":"U/L","expects":"7d",\
        "status":"active","team":"onc-1","site":"north"}
        {"patient":"P1","agent":"atc|L01FF01","last_dose":"2026-02-03T10:00:00Z","ended":"2026-03-01","status":"deceased 2026-03-02"}

        {"patient":"P2","team":"onc-2","agent":null}
        """

    @Test(arguments: [table, "\u{FEFF}" + table.replacing("\n", with: "\r\n"), lines, table.replacing(";", with: "; ")])
    func `several rows of a patient are several treatments`(_ text: String) throws {
        let (roster, warnings, mistakes) = Self.read(text)
        #expect(mistakes == [])
        #expect(warnings == [])
        #expect(roster.count == 2)
        let patient = try #require(roster[Array("P1".utf8)])
        #expect(patient.team == "onc-1" && patient.site == "north")
        #expect(patient.expects == 7 * Moment.millisecondsPerDay)
        #expect(patient.standing.stations.map(\.status) == [.active, .deceased])
        #expect(patient.standing.death == Moment(milliseconds: 1_772_406_000_000, isDate: true))
        #expect(patient.baselines.map(\.value) == [ExactDecimal(mantissa: 20)])
        #expect(patient.baselines.map(\.code) == [Symbol(0)])
        #expect(patient.baselines.map(\.unit) == [Symbol(0)])
        #expect(patient.treatments.map(\.treatments) == [[Symbol(1), Symbol(2)], [Symbol(4)]])
        #expect(patient.treatments.map(\.modifiers) == [[Symbol(3)], []])
        let first = try #require(patient.treatments.first)
        let newYear = Moment(milliseconds: 1_767_222_000_000, isDate: true)
        let february = Moment(milliseconds: 1_769_900_400_000, isDate: true)
        #expect(first.started == newYear)
        #expect(first.doses == [newYear, february])
        #expect(first.lastDose == february)
        #expect(first.dosePhase == "step_up")
        #expect(patient.treatments.last?.lastDose == Moment(milliseconds: 1_770_112_800_000))
        #expect(patient.treatments.last?.ended.isDate == true)
        #expect(roster[Array("P2".utf8)]?.treatments.isEmpty == true)
        #expect(roster[Array("P2".utf8)]?.team == "onc-2")
    }

    @Test(arguments: [50, 51, 60])
    func `of very many mistakes and warnings the first ones are told, the rest counted`(_ count: Int) {
        let bad = (1...count).map { "P\($0),2026-02-3x\n" }.joined()
        let mistakes = Self.read("patient,started\n" + bad).mistakes
        let told = (1...50).map { "\($0 + 1): 'started' is not a valid date or time" }
        let more = [50: [], 51: ["51: 1 more mistake is not shown"], 60: ["51: 10 more mistakes are not shown"]]
        #expect(mistakes == told + (more[count] ?? []))
        let strange = (1...count).map { "P\($0),drug\($0)\n" }.joined()
        let warnings = Self.read("patient,agent\n" + strange).warnings
        #expect(warnings.count == min(count, 51))
        #expect(warnings.last?.contains("more warnings are not shown") == (count > 50))
    }

    @Test func `an unknown treatment is warned of once, and its patient is judged under all therapies`() {
        let (roster, warnings, mistakes) = Self.read("patient,agent\nP1,nivolumap\nP2,nivolumap\n")
        #expect(mistakes == [])
        #expect(
            warnings == [
                "r.csv:2: unknown agent 'nivolumap'; did you mean 'nivolumab'? (its patients are judged under all therapies)"
            ])
        #expect(roster[Array("P2".utf8)]?.treatments.first?.treatments == [.none])
    }

    @Test func `a patient may have several stations, and of several expectations the first holds`() throws {
        let (roster, warnings, mistakes) = Self.read(
            "patient,expects,status\nP1,7d,admitted 2026-02-01\nP1,,active 2026-02-10T08:00:00Z\nP1,2w,paused\n")
        #expect(mistakes == [])
        #expect(
            warnings == ["r.csv:4: another expects than in an earlier row of the same patient; the first one holds"])
        let patient = try #require(roster[Array("P1".utf8)])
        #expect(patient.standing.stations.map(\.status) == [.paused, .admitted, .active])
        #expect(patient.expects == 7 * Moment.millisecondsPerDay)
        #expect(roster.expected == [Array("P1".utf8)])
    }

    @Test(arguments: ["patient,agent\n", "patient,agent", "\u{FEFF}patient,agent\r\n\r\n"])
    func `a roster without a patient is warned of`(_ text: String) {
        let (roster, warnings, mistakes) = Self.read(text)
        #expect(roster.count == 0)
        #expect(mistakes == [])
        #expect(
            warnings == [
                "r.csv: the roster names no patient, only columns (every patient without a therapy in the events is judged under all therapies)"
            ])
    }

    @Test(arguments: [
        ("", ["1: the roster is empty"]), ("\n\r\n  \n", ["1: the roster is empty"]),
        ("\u{FEFF}", ["1: the roster is empty"]),
        ("patient,agent\n,pd1\n", ["2: 'patient' is missing or empty"]),
        ("agent\npd1\n", ["1: the roster has no column 'patient'", "2: 'patient' is missing or empty"]),
        ("patient,agnt\nP1,pd1\n", ["1: unknown column 'agnt'"]),
        ("patient,patient\nP1,P1\n", ["1: two columns are named 'patient'"]),
        ("patient,started\nP1,2026-02-30\n", ["2: 'started' is not a valid date or time"]),
        ("patient,started,ended\nP1,2026-02-03,2026-02-02\n", ["2: 'ended' lies before 'started'"]),
        ("patient,started,last_dose\nP1,2026-02-03,2026-02-02\n", ["2: 'last_dose' lies before 'started'"]),
        ("patient,agent\nP1,pd1\nP2,pd1\nP1,pd1\n", ["4: the row stands in the roster twice"]),
        ("patient,baseline.alt\nP1,high\n", ["2: 'baseline.alt' is not a number of up to 18 digits"]),
        ("patient,baseline.alto\nP1,3\n", ["1: unknown term 'alto'"]),
        (
            "patient,agent,baseline.alt\nP1,pd1,3\nP1,,4\n",
            ["3: 'baseline.alt' differs from an earlier row of the same patient"]
        ),
        ("patient,expects\nP1,weekly\n", ["2: 'expects' is not a duration"]),
        ("patient,status\nP1,gone\n", ["2: 'status' is not one of the known words"]),
        ("patient,status\nP1,deceased soon\n", ["2: 'status' is not a valid date or time"]),
        ("patient,agent\nP1\nP2,pd1\n", ["2: the row has 1 cells, the header 2"]),
        (
            "patient,agent\nP1,\"pd1\nP2,pd1\n",
            ["2: a quote is never closed at byte 4; close it, or double it where it is meant as text"]
        ),
        ("{\"patient\":\"P1\",\"agnt\":\"pd1\"}\n", ["1: unknown column 'agnt'"]),
        ("{\"patient\":\"P1\",\"team\":{}}\n", ["1: a member has the wrong type at byte 24"]),
        ("{\"patient\":\"P1\",\"patient\":\"P1\"}\n", ["1: a member comes twice at byte 17; say it once"]),
        (
            "{\"patient\":\"P1\"",
            ["1: the line ends in the middle of its JSON at byte 16; write the whole object on one line"]
        ),
    ])
    func `mistakes are told with their line and without a patient's value`(_ text: String, _ wanted: [String]) {
        #expect(Self.read(text).mistakes == wanted)
    }
}
