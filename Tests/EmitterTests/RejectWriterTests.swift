import Clinical
import Emitter
import TestSupport
import Testing

@Suite struct RejectWriterTests {
    private func reject(raw: [UInt8], input: String = "feed.ndjson") -> Reject {
        var reject = Reject(
            code: "time.no_zone", reason: "the time has no zone: write it as 2026-03-01T08:15:00Z", line: 17,
            offset: 2210, raw: raw, patients: [Array("P0042".utf8)])
        reject.input = input
        return reject
    }

    @Test func `a record that is text is kept as text`() {
        let raw = #"{"patient":"P0042","time":"x"}"# + "\t"
        #expect(
            text { RejectWriter.write([reject(raw: Array(raw.utf8))], to: &$0) } == #"""
                {"input":"feed.ndjson","line":17,"offset":2210,"code":"time.no_zone",\#
                "reason":"the time has no zone: write it as 2026-03-01T08:15:00Z",\#
                "raw":"{\"patient\":\"P0042\",\"time\":\"x\"}\u0009"}

                """#)
    }

    @Test func `a record that is not UTF-8 is kept in base64`() {
        let written = text { RejectWriter.write([reject(raw: [0x7B, 0xFF, 0x00])], to: &$0) }
        let object = JSONText(written.utf8)
        #expect(object?["raw_base64"] == .string("e/8A"))
        #expect(object?["raw"] == nil)
    }

    @Test func `every reject has a line of its own`() {
        let rejects = [reject(raw: []), reject(raw: Array("a\nb".utf8), input: "")]
        let objects = lines(bytes { RejectWriter.write(rejects, to: &$0) }).map { JSONText($0.utf8) }
        #expect(objects.map { $0?["raw"] } == [.string(""), .string("a\nb")])
        #expect(objects.map { $0?["input"] } == [.string("feed.ndjson"), .null])
    }

    @Test func `people are told the place, the code and the reason, and nothing of the record`() {
        let told = "rejected (time.no_zone): the time has no zone: write it as 2026-03-01T08:15:00Z\n"
        let named = text { RejectWriter.tell(reject(raw: Array("P0042".utf8)), to: &$0) }
        #expect(named == "toxwatch: feed.ndjson:17: \(told)")
        let nameless = text { RejectWriter.tell(reject(raw: [], input: ""), to: &$0) }
        #expect(nameless == "toxwatch: stdin:17: \(told)")
    }

    @Test func `a file name cannot write to the terminal`() {
        let written = text { RejectWriter.tell(reject(raw: [], input: "a\n\u{1B}[2Jb"), to: &$0) }
        #expect(written.hasPrefix("toxwatch: a⏎<U+001B>[2Jb:17: rejected"))
    }
}
