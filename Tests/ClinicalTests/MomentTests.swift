import Clinical
import Testing

struct MomentTests {
    @Test func `days are numbered one after the other for four centuries and more`() {
        var day = CalendarDay(year: 1899, month: 12, day: 31)
        var number = day.number
        while day.year < 2305 {
            let isLeap = day.year.isMultiple(of: 4) && (!day.year.isMultiple(of: 100) || day.year.isMultiple(of: 400))
            let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
            if day.day < lengths[day.month - 1] {
                day.day += 1
            } else {
                day = CalendarDay(year: day.month == 12 ? day.year + 1 : day.year, month: day.month % 12 + 1, day: 1)
            }
            number += 1
            #expect(day.number == number)
            #expect(CalendarDay(number: number) == day)
            #expect(day.exists)
        }
    }

    @Test(arguments: [
        (1970, 1, 1, 0), (2000, 2, 29, 11_016), (2026, 3, 1, 20_513), (1969, 12, 31, -1), (0, 1, 1, -719_528),
    ])
    func `known days have known numbers`(_ year: Int, _ month: Int, _ day: Int, _ number: Int64) {
        #expect(CalendarDay(year: year, month: month, day: day).number == number)
    }

    @Test(arguments: [
        (2026, 2, 29), (2100, 2, 29), (2026, 4, 31), (2026, 0, 1), (2026, 13, 1), (2026, 1, 0), (-1, 1, 1),
        (10_000, 1, 1),
    ])
    func `days that do not exist are known`(_ year: Int, _ month: Int, _ day: Int) {
        #expect(!CalendarDay(year: year, month: month, day: day).exists)
    }

    @Test(arguments: [(0, 0), (999, 0), (1000, 1), (-1, -1), (-1000, -1), (-1001, -2)])
    func `seconds are rounded down`(_ milliseconds: Int64, _ seconds: Int64) {
        #expect(Moment(milliseconds: milliseconds).seconds == seconds)
    }

    @Test func `an unknown moment is not known`() {
        #expect(!Moment.unknown.isKnown)
        #expect(Moment(milliseconds: 0).isKnown)
        #expect(Moment(milliseconds: 0) != Moment(milliseconds: 0, isDate: true))
    }
}
