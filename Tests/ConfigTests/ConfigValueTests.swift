import Config
import Testing

@Suite struct ConfigValueTests {
    @Test(
        arguments: [
            ("0m", 0), ("15m", 15), ("24h", 1440), ("3d", 4320), ("6w", 60_480), ("007d", 10_080),
            ("", nil), ("d", nil), ("15", nil), ("15 m", nil), ("-1d", nil), ("+1d", nil), ("1.5d", nil), ("3D", nil),
            ("30s", nil), ("1d12h", nil), ("٣d", nil), ("99999999999999999999m", nil), ("999999999999999999w", nil),
        ] as [(String, Int?)])
    func `a duration is digits and a unit`(text: String, minutes: Int?) {
        #expect(ConfigValue.minutes(text) == minutes)
    }

    @Test(
        arguments: [
            ("0", 0), ("12", 12), ("-3", -3), ("9223372036854775807", Int.max), ("-9223372036854775808", Int.min),
            ("9223372036854775808", nil), ("", nil), ("-", nil), ("-0", nil), ("+1", nil), ("01", nil), ("-01", nil),
            ("1_000", nil), ("1.0", nil), ("1e3", nil), ("0x1", nil), (" 1", nil), ("١", nil), ("--1", nil),
        ] as [(String, Int?)])
    func `a whole number is a sign and digits`(text: String, number: Int?) {
        #expect(ConfigValue.wholeNumber(text) == number)
    }

    @Test func `every wrong value is told with its place and what to write`() throws {
        var mistakes = Mistakes()
        let node = try #require(ReadYAML("a: soon\nb: x\nc: 11\nd: 2026-02-30\ne: [1]\nf: 0\ng: 1\nh: -3").node)
        var section = try #require(Section(node, "a rule", &mistakes))
        #expect(section.minutes("a", &mistakes) == nil)
        #expect(section.wholeNumber("b", &mistakes) == nil)
        #expect(section.wholeNumber("c", in: 1...10, &mistakes) == nil)
        #expect(section.day("d", &mistakes) == nil)
        #expect(section.requiredMinutes("e", &mistakes) == nil)
        #expect(section.requiredWholeNumber("f", in: 1...Int.max, &mistakes) == nil)
        #expect(section.wholeNumber("g", in: Int.min...0, &mistakes) == nil)
        #expect(section.requiredDay("i", &mistakes) == nil)
        section.finish(&mistakes)
        #expect(
            mistakes.rendered() == """
                a.yaml:1:1: error: a rule needs 'i'
                a.yaml:1:4: error: 'a' must be a duration, found 'soon'
                  help: the units are m (minutes), h (hours), d (days) and w (weeks), as in 15m or 3d
                a.yaml:2:4: error: 'b' must be a whole number, found 'x'
                a.yaml:3:4: error: 'c' must be from 1 to 10, found 11
                a.yaml:4:4: error: 'd' must be a date, found '2026-02-30'
                  help: write year-month-day: 2026-11-25
                a.yaml:5:4: error: 'e' must be a single value, found a list
                a.yaml:6:4: error: 'f' must be at least 1, found 0
                a.yaml:7:4: error: 'g' must be at most 0, found 1
                a.yaml:8:1: error: unknown key 'h'
                  help: did you mean 'a'?
                9 mistakes

                """)
    }

    @Test func `right values come with their places, absent ones without a mistake`() throws {
        var mistakes = Mistakes()
        let node = try #require(ReadYAML("a: 3d\nb: 12\nc: 2026-11-25").node)
        var section = try #require(Section(node, "a rule", &mistakes))
        let (minutes, number) = (section.requiredMinutes("a", &mistakes), section.wholeNumber("b", &mistakes))
        #expect(minutes?.value == 4320 && minutes?.mark == Mark(file: "a.yaml", line: 1, column: 4))
        #expect(number?.value == 12 && number?.mark == Mark(file: "a.yaml", line: 2, column: 4))
        #expect(section.day("c", &mistakes)?.value.description == "2026-11-25")
        #expect(section.minutes("x", &mistakes) == nil)
        #expect(section.day("y", &mistakes) == nil)
        section.finish(&mistakes)
        #expect(mistakes.isEmpty)
    }
}
