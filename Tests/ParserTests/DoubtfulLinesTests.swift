import Clinical
import Parser
import Testing

/// Lines of which a part cannot be taken as it stands, and the rest can.
struct DoubtfulLinesTests {
    @Test(arguments: [
        (#","status":"F""#, "status final"), (#","status":"amended""#, "status corrected"),
        (#","status":"entered-in-error""#, "status cancelled"), (#","status":"P""#, "status preliminary"),
        (#","flag":"High""#, "flag H"), (#","flag":"critical""#, "flag AA"),
    ])
    func `other systems' words for a status or flag are understood`(_ more: String, _ told: String) throws {
        let reading = try reading(NDJSONInputTests.line(more))
        let isPlain = told == "status final"
        #expect(reading.events.allSatisfy { $0.contains(told) != isPlain }, "\(reading.events)")
        #expect(reading.unreadMembers == [:] && reading.events.count == 1)
    }

    @Test(arguments: [
        (#","status":"done""#, "status"), (#","status":"FINAL AND THEN SOME MORE""#, "status"),
        (#","flag":"hx""#, "flag"), (#","flag":"(h""#, "flag"), (#","flag":"*""#, "flag"),
        (#","baseline_flag":"odd""#, "baseline_flag"), (#","time_precision":"week""#, "time_precision"),
        (#","last_dose":"2026-02-30""#, "last_dose"), (#","started":"2026-02-20T10:00:00""#, "started"),
    ])
    func `a value is read though a word or date beside it cannot be, which is noted`(
        _ more: String, _ member: String
    ) throws {
        let told = try reading(NDJSONInputTests.line(more))
        #expect(told.unreadMembers == [member: 1])
        #expect(told.rejects == [] && told.events.count == 1)
        #expect(told.events.allSatisfy { $0.contains("flag other") == (member == "flag") }, "\(told.events)")
        // Of a record that is rejected for something else, nothing is noted.
        #expect(try reading(NDJSONInputTests.line(more + #","low":"x""#)).unreadMembers == [:])
    }

    @Test func `blanks around a name are nobody's intention`() throws {
        for code in [" alt", "alt ", "\\tALT "] {
            let line =
                #"{"patient":"P1","time":"2026-03-01T08:15:00Z","code":"\#(code)","value":3,"unit":" u/l "}"# + "\n"
            #expect(try read(line) { $0.events.map(\.codeSymbol) } == [Symbol(0)], "\(code)")
            #expect(try read(line) { $0.events.map(\.unitSymbol) } == [Symbol(0)], "\(code)")
        }
    }

    @Test(arguments: [
        (#","low":0,"high":0"#, ["low": 1, "high": 1]), (#","high":-5"#, ["high": 1]), (#","high":0"#, ["high": 1]),
        (#","low":40,"high":0.67"#, ["low": 1, "high": 1]), (#","low":40,"high":40"#, [:]),
        (#","low":-2,"high":2"#, [:]),
    ])
    func `limits between which nothing lies are none`(_ more: String, _ noted: [String: Int]) throws {
        let told = try reading(NDJSONInputTests.line(more))
        #expect(told.events.count == 1 && told.unreadMembers == noted)
        #expect(told.events.allSatisfy { $0.contains("high") == noted.isEmpty }, "\(told.events)")
    }

    @Test func `a rejected line names all its patients, and its day as it is written`() throws {
        let glued = #"{"patient":"P1","value":1}{"patient":"P2","x":{"patient":"P3"}}"# + "\n"
        #expect(try read(glued) { $0.rejects.flatMap(\.patients) } == [Array("P1".utf8), Array("P2".utf8)])
        let day = #"{"patient":"P1","time":"2026-05-03T00:00:00+02:00","time_precision":"day","code":"alt"}"# + "\n"
        #expect(
            try read(day) { $0.rejects.map(\.time) }
                == [SiteZone.utc.start(ofDay: CalendarDay(year: 2026, month: 5, day: 3))])
    }

    /// What becomes of a few lines, seen in their batch.
    private func read<Seen>(_ text: String, _ look: (EventBatch) -> Seen) throws -> Seen {
        var reader = EventReader(ReadingOptions(vocabulary: sampleVocabulary()), format: NDJSONInput.self)
        var batch = EventBatch()
        let room = reader.makeRoom(in: &batch)
        batch.bytes.replaceSubrange(room.lowerBound..<room.lowerBound + text.utf8.count, with: text.utf8)
        try reader.read(into: &batch, added: text.utf8.count, isLast: false)
        return look(batch)
    }
}
