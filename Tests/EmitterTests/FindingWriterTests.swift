import Clinical
import Emitter
import TestSupport
import Testing

@Suite struct FindingWriterTests {
    private static func output() -> [UInt8] {
        var events = EventStory()
        events.add(id: "e1", code: "loinc|1742-6")
        events.add(id: "e2", code: "sodium")
        events.add(id: "e\"3", code: "shoe|size", time: Moment(milliseconds: 0, isDate: true))
        events.add(id: "", code: "fever") { event, _ in event.idHash = 0xAB }
        var catalogue = Catalogue()
        var findings = FindingBatch()
        var alt = FindingRecord()
        alt.term = catalogue.number(of: "alt")
        alt.direction = .high
        alt.scale = catalogue.number(of: "ctcae_v5")
        alt.grade = MaybeGrade(2)
        alt.possible = MaybeGrade(3)
        findings.text = Array("for want of \"ULN\"".utf8)
        alt.reason = Run(start: 0, count: findings.text.count)
        alt.criterion = catalogue.number(of: "> 3 ULN")
        var low = FindingRecord()
        low.term = catalogue.number(of: "sodium")
        low.direction = .low
        var high = low
        high.direction = .high
        high.grade = MaybeGrade(0)
        var bare = low
        bare.direction = .none
        findings.findings = [alt, low, high, bare]
        var first = Verdict(event: 0)
        first.term = alt.term
        first.findings = Run(start: 0, count: 1)
        first.therapy = catalogue.number(of: "pd1")
        first.severity = .soon
        var second = Verdict(event: 1)
        second.term = low.term
        second.findings = Run(start: 1, count: 3)
        var third = Verdict(event: 2)
        third.isUnmatched = true
        var fourth = Verdict(event: 3)
        fourth.term = catalogue.number(of: "fever")
        fourth.isCancelled = true
        findings.verdicts = [first, second, third, fourth]
        var writer = FindingWriter(catalogue: catalogue, zone: .utc)
        return bytes { writer.write(findings, of: events.batch, to: &$0) }
    }

    @Test func `each event has one object with its findings`() {
        #expect(Golden.difference(Self.output(), from: "findings.ndjson") == nil)
    }

    @Test func `every line is one strict JSON object with the same first members`() {
        let members = ["event", "patient", "time", "code", "term", "findings", "therapy", "severity"]
        let objects = lines(Self.output()).map { JSONText($0.utf8) }
        #expect(objects.count == 4)
        for object in objects { #expect(object?.members.map(\.name).starts(with: members) == true) }
    }

    @Test func `an unmatched event and a cancelled one say so, with no findings`() {
        let objects = lines(Self.output()).compactMap { JSONText($0.utf8) }
        #expect(objects.map { $0["unmatched"] } == [nil, nil, .bool(true), nil])
        #expect(objects.map { $0["cancelled"] } == [nil, nil, nil, .bool(true)])
        #expect(objects.map { $0["findings"]?.elements.count } == [1, 3, 0, 0])
        #expect(objects.map { $0["term"] } == [.string("alt"), .string("sodium"), .null, .string("fever")])
    }
}
