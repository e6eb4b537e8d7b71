import Clinical
import Testing

struct TimeSpanTests {
    @Test(arguments: [("30m", 30, false), ("8h", 480, false), ("0d", 0, true), ("2w", 20_160, true)])
    func `a span is a number and a unit`(text: String, minutes: Int, isInDays: Bool) {
        #expect(TimeSpan(text)?.minutes == minutes)
        #expect(TimeSpan(text)?.isInDays == isInDays)
    }

    @Test(arguments: ["30m", "8h", "36h", "10d", "0d"])
    func `it is written as people write it`(text: String) {
        #expect(TimeSpan.text(minutes: TimeSpan(text)?.minutes ?? -1) == text)
    }

    @Test(arguments: ["", "h", "8", "8s", "-1h", "1.5h", "8 h", "100000h"])
    func `anything else is none`(text: String) { #expect(TimeSpan(text) == nil) }
}
