import Clinical
import Parser
import Testing

struct DefaultIDTests {
    /// The ids and content hashes of all events in a text.
    static func identities(
        _ text: String, as format: any InputFormat.Type = NDJSONInput.self
    ) throws -> [(id: String, content: UInt64)] {
        var reader = EventReader(ReadingOptions(vocabulary: sampleVocabulary()), format: format)
        var batch = EventBatch()
        let bytes = Array(text.utf8)
        let room = reader.makeRoom(in: &batch)
        batch.bytes.replaceSubrange(room.lowerBound..<room.lowerBound + bytes.count, with: bytes)
        try reader.read(into: &batch, added: bytes.count, isLast: true)
        #expect(batch.rejects.map(\.reason) == [])
        return batch.events.map { (batch.string($0.id), $0.contentHash) }
    }

    static let whole =
        #"{"patient":"P1","time":"2026-03-01T08:15:00Z","code":"alt","value":1.8,"unit":"U/L","low":5,"therapy":["pd1","x"]"#

    @Test(arguments: [
        whole + "}",
        whole + #","source":"a","text":"b","status":"final","zz":1,"flag":null,"unknown":{"a":1}}"#,
        #"{"therapy":["pd1","x"],"low":5.0,"unit":"U/L","value":1.80,"code":"alt","time":"2026-03-01T09:15:00+01:00","patient":"P1"}"#,
        #"{"patient":"P\u0031","time":"2026-03-01T08:15:00.000Z","code":"\u0061lt","value":18e-1,"unit":"U/L","low":50e-1,"therapy":["pd\u0031","x"]}"#,
    ])
    func `the same content has the same default id and content hash, however it is spelled`(_ line: String) throws {
        let wanted = try Self.identities(Self.whole + "}\n")
        let told = try Self.identities(line + "\n")
        #expect(told[0].id == wanted[0].id)
        #expect(told[0].content == wanted[0].content)
    }

    @Test func `the default id never changes from one version to the next`() throws {
        let id = try Self.identities(Self.whole + "}\n")[0].id
        #expect(id == "tw1-11803f13e8247ef71b38cd0af87ce32e")
    }

    @Test func `every member that says something makes another id`() throws {
        var lines = [Self.whole + "}"]
        for more in [
            #","high":5"#, #","baseline":5"#, #","baseline_flag":"low""#, #","comparator":"<""#, #","flag":"H""#,
            #","test":true"#,
            #","status":"corrected""#, #","last_dose":"2026-02-01""#, #","started":"2026-02-01""#, #","modifier":"x""#,
            #","agent":"x""#, #","qualifier":["x"]"#, #","attribute":"severity""#, #","time_precision":"day""#,
            #","last_dose":"2026-02-01T00:00:00Z""#,
        ] { lines.append(Self.whole + more + "}") }
        for (old, new) in [
            ("P1", "P2"), ("08:15:00", "08:15:01"), ("\"alt\"", "\"ast\""), ("1.8", "1.9"), ("1.8", "\"1.8\""),
            ("1.8", "true"),
            ("U/L", "u/l"), ("\"low\":5", "\"low\":6"), ("\"low\":5", "\"high\":5"), (#""pd1","x""#, #""x","pd1""#),
            (#""pd1","x""#, #""pd1""#),
            ("\"therapy\"", "\"modifier\""), (#""value":1.8"#, #""answers":{"severity":1.8}"#),
            (#""value":1.8"#, #""answers":{"severity":1.8,"adl":1}"#),
        ] { lines.append((Self.whole + "}").replacing(old, with: new)) }
        let told = try Self.identities(lines.joined(separator: "\n") + "\n")
        #expect(told.count == lines.count)
        #expect(Set(told.map(\.id)).count == lines.count)
        #expect(Set(told.map(\.content)).count == lines.count)
    }

    @Test func `the order of answers does not count`() throws {
        let told = try Self.identities(
            """
            {"patient":"P1","time":"2026-03-01T08:15:00Z","code":"rash","answers":{"severity":2,"adl":"none","presence":true}}
            {"patient":"P1","time":"2026-03-01T08:15:00Z","code":"rash","answers":{"presence":true,"adl":"none","severity":2.0}}
            """ + "\n")
        #expect(told[0].id == told[1].id)
        #expect(told[0].content == told[1].content)
    }

    @Test func `a table gives the same ids as the same events in native form`() throws {
        let native = try Self.identities(
            """
            {"patient":"P1","time":"2026-03-01T08:15:00Z","code":"alt","value":1.8,"unit":"U/L","comparator":"<","therapy":["pd1","x"]}
            {"patient":"P2","time":"2026-03-01T08:15:00Z","code":"rash","answers":{"severity":"mild","adl":2}}
            """ + "\n")
        let table = try Self.identities(
            """
            patient,time,code,value,unit,therapy,answers.adl,answers.severity
            P1,2026-03-01T09:15:00+01:00,alt,<1.80,U/L,pd1; x,,
            P2,2026-03-01T08:15:00Z,rash,,,,2,mild
            """ + "\n", as: CSVInput.self)
        #expect(table.map(\.id) == native.map(\.id))
        #expect(table.map(\.content) == native.map(\.content))
    }
}
