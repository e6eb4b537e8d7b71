import Clinical
import Emitter
import TestSupport
import Testing

/// What every entry of `OutputFormats.all` promises.
@Suite struct OutputFormatContractTests {
    static let names = OutputFormats.all.map { $0.name }

    /// Formats that are a sequence of records with nothing around them.
    static let streams = ["ndjson", "text"]

    static let harm = [
        "quotes \" ' ` and \\ backslashes", "pipes | and, commas; tabs\t", "line\nfeeds\r\n and returns\r",
        "\u{0}\u{7}\u{1B}[2J\u{7F}\u{9B}31m", "🤒 fever 👩‍⚕️", "\u{202E}left\u{200F}\u{2066}right\u{2069}",
        "line\u{2028}and paragraph\u{2029} separators", "</script> ${jndi:x} %s %n {{ }} <!-- -->",
    ]

    private func format(_ name: String) throws -> any OutputFormat.Type {
        try #require(OutputFormats.named(name))
    }

    @Test(arguments: names)
    func `every transition and severity gives an output of its own`(name: String) throws {
        var seen: Set<[UInt8]> = []
        for transition in Transition.allCases {
            for severity in Severity.allCases {
                var story = AlertStory()
                story.add(severity, transition)
                seen.insert(try format(name).output(of: story))
            }
        }
        #expect(seen.count == Transition.allCases.count * Severity.allCases.count)
    }

    @Test(arguments: names, harm)
    func `text from outside adds no line, no control character and no broken UTF-8`(name: String, harm: String) throws {
        var story = AlertStory()
        story.add(.urgent, patient: harm, summary: harm) { alert, story in
            alert.reason = story.batch.keep(harm)
            alert.team = story.batch.keep(harm)
            alert.site = story.batch.keep(harm)
            alert.evidence = story.evidence(event: harm, term: "fever", attribute: harm, value: harm, unit: harm)
        }
        var harmless = AlertStory()
        harmless.add(.urgent, patient: "x", summary: "x") { alert, story in
            alert.reason = story.batch.keep("x")
            alert.team = story.batch.keep("x")
            alert.site = story.batch.keep("x")
            alert.evidence = story.evidence(event: "x", term: "fever", attribute: "x", value: "x", unit: "x")
        }
        let output = try format(name).output(of: story)
        #expect(String(validating: output, as: UTF8.self) != nil)
        #expect(output.allSatisfy { $0 >= 0x20 || $0 == 0x0A })
        #expect(lines(output).count == lines(try format(name).output(of: harmless)).count)
    }

    @Test(arguments: names)
    func `bytes that are not UTF-8 do not get out`(name: String) throws {
        var story = AlertStory()
        story.add(.soon) { alert, story in
            alert.patient = story.batch.keep([0x50, 0xFF, 0xC0, 0x80, 0xED, 0xA0, 0x80, 0xF0, 0x9F])
        }
        let output = try format(name).output(of: story)
        #expect(String(validating: output, as: UTF8.self) != nil)
        #expect(String(decoding: output, as: UTF8.self).contains("P\u{FFFD}"))
    }

    @Test(arguments: names)
    func `long text survives whole`(name: String) throws {
        let long = String(repeating: "abdominal pain ", count: 700)
        var story = AlertStory()
        story.add(.soon, summary: long)
        #expect(String(decoding: try format(name).output(of: story), as: UTF8.self).contains(long))
    }

    @Test(arguments: streams)
    func `an alert alone reads as it does among others`(name: String) throws {
        let story = AlertStory.day
        var parts: [UInt8] = []
        for alert in story.batch.alerts {
            var part = story
            part.batch.alerts = [alert]
            parts += try format(name).output(of: part)
        }
        #expect(try format(name).output(of: story) == parts)
    }

    @Test(arguments: names)
    func `one format writes batch after batch`(name: String) throws {
        let story = AlertStory.day
        var format = try format(name).init(OutputSetup(catalogue: story.catalogue))
        var buffer = OutputBuffer()
        format.write(story.batch, to: &buffer)
        let first = buffer.bytes
        buffer.removeAll()
        format.write(story.batch, to: &buffer)
        let second = buffer.bytes
        #expect(second == first)
    }

    @Test(arguments: streams)
    func `nothing to say is said in no bytes`(name: String) throws {
        #expect(try format(name).output(of: AlertStory()).isEmpty)
    }

    @Test(arguments: names)
    func `a day of alerts is as the golden file has it`(name: String) throws {
        let format = try format(name)
        let output = format.output(of: .day, zone: SiteZone(name: "+01:00", fixedOffset: 3600))
        #expect(Golden.difference(output, from: "\(name).\(format.fileExtension)") == nil)
    }
}
