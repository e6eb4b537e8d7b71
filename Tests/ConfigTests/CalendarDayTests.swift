import Config
import Testing

@Suite struct CalendarDayTests {
    @Test(arguments: ["2026-11-25", "0001-01-01", "9999-12-31", "2024-02-29", "2000-02-29", "2026-04-30"])
    func `a day of the calendar reads and writes alike`(text: String) {
        #expect(CalendarDay(text)?.description == text)
    }

    @Test(arguments: [
        "", "2026-11-5", "2026-13-01", "2026-00-10", "2026-01-00", "2026-01-32", "2026-04-31", "2026-02-29",
        "1900-02-29", "0000-01-01", "2026/11/25", "2026-11-25T00:00", "25-11-2026", "+026-11-25", "2026-+1-25",
        "２026-11-25", "2026-11-2é",
    ])
    func `anything else is no day`(text: String) {
        #expect(CalendarDay(text) == nil)
    }

    @Test(arguments: [("2025-12-31", "2026-01-01"), ("2026-01-31", "2026-02-01"), ("2026-02-01", "2026-02-02")])
    func `days come in order`(earlier: String, later: String) throws {
        let (earlier, later) = (try #require(CalendarDay(earlier)), try #require(CalendarDay(later)))
        #expect(earlier < later)
        #expect(!(later < earlier))
    }
}
