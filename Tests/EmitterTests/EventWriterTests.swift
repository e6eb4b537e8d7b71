import Clinical
import Emitter
import TestSupport
import Testing

@Suite struct EventWriterTests {
    private static let berlin = SiteZone(name: "+01:00", fixedOffset: 3600)

    private func output(_ story: EventStory) -> [UInt8] {
        var writer = EventWriter(zone: Self.berlin)
        return bytes { writer.write(story.batch, to: &$0) }
    }

    private func event(_ change: (inout EventRecord, inout EventStory) -> Void) throws -> JSONText {
        var story = EventStory()
        story.add(id: "e1", code: "alt", change)
        let line = try #require(lines(output(story)).first)
        return try #require(JSONText(line.utf8))
    }

    private static var all: EventStory {
        var story = EventStory()
        story.add(id: "e1", code: "loinc|1742-6") { event, story in
            event.answers = story.number("180.0")
            event.unit = story.text("U/L")
            event.low = ExactDecimal(mantissa: 10)
            event.high = ExactDecimal(mantissa: 405, exponent: -1)
            event.baseline = ExactDecimal(mantissa: 25)
            event.has = [.unit, .low, .high, .baseline, .therapy, .modifier, .qualifier, .test]
            event.comparator = .greaterOrEqual
            event.baselineFlag = .normal
            event.names = story.names(
                (.therapy, "pembrolizumab"), (.qualifier, "fasting"), (.modifier, "chemotherapy"), (.therapy, "car_t"))
            event.lastDose = Moment(milliseconds: 1_772_319_600_000, isDate: true)
            event.started = Moment(milliseconds: AlertStory.morning.milliseconds - 86_400_000)
            event.status = .corrected
            event.flag = .criticalHigh
            event.source = story.text("lab-1")
            event.text = story.text("haemolysed: \"++\"\n")
        }
        story.add(id: "e2", code: "diarrhea") { event, story in
            let first = story.number("3", attribute: "frequency")
            _ = story.label("quite a bit", attribute: "interference")
            _ = story.bool(true, attribute: "blood")
            event.answers = Run(start: Int(first.start), count: 3)
            event.has = [.answers]
        }
        let day = Moment(milliseconds: 1_772_319_600_000, isDate: true)
        story.add(id: "e3", code: "fever", time: day) { event, story in
            event.answers = story.bool(false, attribute: "presence")
            event.names = story.names((.therapy, "car_t"))
            event.has = [.therapy]
        }
        story.add(id: "e4", code: "fever") { event, _ in event.status = .cancelled }
        return story
    }

    @Test func `events are written in native form with the members that were present`() {
        #expect(Golden.difference(output(Self.all), from: "events.ndjson") == nil)
    }

    @Test func `every line is one strict JSON object`() {
        let lines = lines(output(Self.all))
        #expect(lines.count == 4)
        for line in lines { #expect(JSONText(line.utf8) != nil) }
    }

    @Test(arguments: ["3", "1.80", "0.50", "1e3", "-2.5E-1", "0", "-0"])
    func `a number keeps its digits`(written: String) throws {
        #expect(try event { $0.answers = $1.number(written) }["value"] == .number(written))
    }

    @Test(arguments: [("+5", "5"), (".5", "0.5"), ("007.50", "7.5"), ("5.", "5"), ("-.25", "-0.25")])
    func `a number that JSON would not take is written in plain digits`(written: String, digits: String) throws {
        #expect(try event { $0.answers = $1.number(written) }["value"] == .number(digits))
    }

    @Test func `an event without an id gets one, the same each time`() throws {
        let anonymous = try event { event, _ in
            event.id = .empty
            event.idHash = 0x0123_4567_89AB_CDEF
        }
        #expect(anonymous["id"] == .string("0123456789abcdef"))
    }

    @Test func `text is read from the raw input and from decoded text alike`() throws {
        let object = try event { event, story in
            story.batch.bytes = Array("xxP\"7xx".utf8) + [UInt8](repeating: 0, count: EventBatch.padding)
            event.patient = TextSpan(offset: 2, count: 3)
            event.source = story.text("caf\u{E9}")
        }
        #expect(object["patient"] == .string("P\"7"))
        #expect(object["source"] == .string("café"))
    }

    @Test(arguments: [NameRecord.Role.therapy, .modifier, .qualifier])
    func `one name is a word, several are a list, and a qualifier is always in a list`(role: NameRecord.Role) throws {
        let member = [NameRecord.Role.therapy: "therapy", .modifier: "modifier", .qualifier: "qualifier"][role] ?? ""
        let one = try event { $0.names = $1.names((role, "a")) }
        #expect(one[member] == (role == .qualifier ? .array([.string("a")]) : .string("a")))
        let two = try event { $0.names = $1.names((role, "a"), (role, "b")) }
        #expect(two[member] == .array([.string("a"), .string("b")]))
        #expect(two.members.count == 5)
    }

    @Test(arguments: Comparator.allCases.dropFirst())
    func `a bound keeps its sign`(comparator: Comparator) throws {
        #expect(try event { event, _ in event.comparator = comparator }["comparator"] == .string(comparator.sign))
    }
}
