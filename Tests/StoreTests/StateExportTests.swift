import Clinical
import TestSupport
import Testing

@testable import Store

@Suite struct StateExportTests {
    private func lines(_ place: StatePlace) throws -> [String] {
        var lines: [String] = []
        try StateReader(place.path).export { lines.append(String(decoding: $0, as: UTF8.self)) }
        return lines
    }

    @Test func `everything that people may read is a line of JSON`() throws {
        let place = try StatePlace()
        do {
            var state = try place.run()
            let run = try state.begin("run", at: .day(1), pack: "abc", feeds: ["labs.csv"])
            var batch = BatchRecord.numbered(1, 2)
            batch.sums = RunSums(run: run, tally: RunTally())
            batch.episodes[1].patient = Array("P \"2\"\n".utf8)
            _ = try state.checkpoint([KeptPatient(id: [0x50], memory: [1, 2, 3])], at: .day(1), with: batch)
            let desk = try StaffDesk(place.path)
            let episode = EpisodeEntry.numbered(1).id
            try desk.record(StaffAct(.acknowledge(episode: episode, note: "called"), by: "A", at: .day(2)))
            try desk.record(StaffAct(.close(episode: episode, .advised, note: "well"), by: "B", at: .day(3)))
            try desk.record(StaffAct(.silence(.rule("x"), until: .day(9), reason: "why"), by: "A", at: .day(2)))
        }
        // Hashes and fingerprints rest on a key that each state makes for itself.
        let text = try lines(place).map { line in
            line.replacing(#/[0-9a-f]{64}/#) { _ in "…" } + "\n"
        }.joined()
        let difference = Golden.difference(Array(text.utf8), from: "export.ndjson")
        #expect(difference == nil, "\(difference ?? "")")
        for line in text.split(separator: "\n") { #expect(JSONText(line.utf8) != nil, "\(line)") }
    }

    @Test func `a state that holds nothing yet tells only of itself`() throws {
        let place = try StatePlace()
        _ = try place.run().journalSize
        #expect(try lines(place).map { JSONText($0.utf8)?["kind"]?.string } == ["state", "audit"])
    }
}
