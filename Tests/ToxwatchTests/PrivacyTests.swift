import TestSupport
import Testing

/// What must never leave but in an alert: who, and what they reported.
@Suite struct PrivacyTests {
    let place: Workplace

    init() throws { place = try Workplace() }

    /// Words that stand for a patient, a value and a text, in every way a record can be broken.
    static let broken = [
        #"{"patient":"Secret-1","time":"Secret-2","code":"fever","value":"Secret-3"}"#,
        #"{"patient":"Secret-1","patient":"Secret-2","code":"fever","value":39}"#,
        #"{"patient":"Secret-1","time":"2026-03-01T08:00:00Z","code":"fever","value":"Secret-3","text":"Secret-4}"#,
        #"{"patient":"Secret-1","time":"2026-03-01T08:00:00Z","code":"fever","value":Secret-3}"#,
        #"{"patient":"Secret-1","time":"2026-03-01T08:00:00Z","code":"fever","answers":{"Secret-2":[]}}"#,
        #"{"patient":"Secret-1","time":"2026-03-01T08:00:00Z","code":"fever","value":1,"status":"Secret-3"}"#,
        #"{"patient":"Secret-1","time":"2026-03-01T08:00:00Z","code":"fever","value":1,"flag":"Secret-3"}"#,
        #"{"patient":"Secret-1","time":"2026-03-01T08:00:00Z","code":"fever","value":1,"comparator":"Secret-3"}"#,
        #"{"patient":"Secret-1","time":"2026-03-01T08:00:00Z","code":"fever","value":1,"low":"Secret-3"}"#,
        #"{"patient":"Secret-1","time":"2026-03-01T08:00:00Z","code":"fever","value":1,"last_dose":"Secret-3"}"#,
        #"{"patient":"Secret-1","time":"2026-03-01T08:00:00Z","code":"fever","value":1,"baseline_flag":"Secret-3"}"#,
        #"{"patient":["Secret-1"],"time":"2026-03-01T08:00:00Z","code":"fever","value":1}"#,
        #"{"patient":"Secret-1","time":"2026-03-01T08:00:00Z","code":["Secret-3"],"value":1}"#,
        #"Secret-1"#, #"["Secret-1"]"#, #""Secret-1""#,
    ]

    @Test(arguments: ["run", "read", "grade"]) func `messages about broken records name no one and nothing`(
        command: String
    ) throws {
        let input = Self.broken.joined(separator: "\n") + "\n"
        let result = try place.toxwatch.run(command, "--rejects", "rejects.ndjson", input: input)
        #expect(!result.told.contains("Secret"), "\(result.told)")
        for line in try place.text("rejects.ndjson").split(separator: "\n") {
            let reject = try #require(JSONText(line.utf8))
            #expect(reject["reason"]?.string?.contains("Secret") == false)
            #expect(reject["raw"]?.string?.contains("Secret") == true)
        }
        #expect(result.status == 2)
    }

    @Test func `messages about values that cannot be graded name none`() throws {
        let ungradable = [
            #"{"patient":"Secret-1","time":"2026-03-01T08:00:00Z","code":"alt","value":"Secret-3","unit":"U/L"}"#,
            #"{"patient":"Secret-1","time":"2026-03-01T08:00:00Z","code":"alt","value":77777,"unit":"Secret-2"}"#,
            #"{"patient":"Secret-1","time":"2026-03-01T08:00:00Z","code":"fever","answers":{"Secret-2":77777}}"#,
        ]
        for command in ["run", "read", "grade"] {
            let told = try place.toxwatch.run(command, input: ungradable.joined(separator: "\n") + "\n").told
            #expect(!told.contains("Secret") && !told.contains("77777"), "\(told)")
        }
    }

    @Test func `a text that stands as a code is counted, not told`() throws {
        let long = String(repeating: "x", count: 41)
        let codes = ["Secret Miller 1970", "Secrét", long, "shoe_size", "loinc|1-8", "shoe_size"]
        let input = codes.map { #"{"patient":"P1","time":"2026-03-01T08:00:00Z","code":"\#($0)","value":1}"# }
        for command in ["run", "grade"] {
            let told = try place.toxwatch.run(command, input: input.joined(separator: "\n") + "\n").told
            #expect(!told.contains("Secr") && !told.contains(long), "\(told)")
            #expect(told.contains("3 codes not shown") && told.contains("loinc|1-8 1"), "\(told)")
        }
    }

    @Test func `messages about a table and a roster name no one`() throws {
        try place.write("patient,time,code,value\nSecret-1,Secret-2,fever,39\n\"Secret-3\n", to: "events.csv")
        try place.write(
            "patient,therapy,started\nSecret-1,Secret-2,Secret-3\n,Secret-4,Secret-5\nSecret-6\n", to: "roster.csv")
        let result = try place.toxwatch.run("run", "events.csv")
        #expect(!result.told.contains("Secret"), "\(result.told)")
        let withRoster = try place.toxwatch.run("run", "--roster", "roster.csv")
        #expect(!withRoster.told.contains("Secret-1") && !withRoster.told.contains("Secret-6"), "\(withRoster.told)")
    }

    @Test func `messages about the samples name no one and nothing`() throws {
        for (_, command) in SamplesTests.expected where !command.contains("2>&1") {
            let told = try SamplesTests.shell("toxwatch \(command.replacing("--quiet", with: ""))").told
            #expect(!told.isEmpty)
            for word in ["P-101", "P-202", "P-303", "P-404", "38.4", "2140", "101.5"] {
                #expect(!told.contains(word), "\(command): \(word)")
            }
        }
    }

    @Test func `what the patient wrote leaves in no alert`() throws {
        let line = Feed.fever("P1").dropLast(2) + #","text":"Secret"}"# + "\n"
        for format in ["ndjson", "text"] {
            let result = try place.toxwatch.run("run", "--to", format, input: String(line))
            #expect(!result.output.isEmpty)
            #expect(!result.text.contains("Secret") && !result.told.contains("Secret"))
        }
    }
}
