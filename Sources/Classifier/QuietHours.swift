package import Clinical

/// When alerts that can wait are held back, by the clock on the wall.
///
/// A window lasts from the first instant at which the wall shows its beginning, or a later time, to the first at which it
/// shows its end: so it is an hour shorter or longer where clocks change within it, never told twice by an hour that comes
/// twice, and over at the change where its end is skipped.
package struct QuietHours: Sendable {
    /// A span of wall-clock time on some days of the week.
    struct Window: Sendable, Equatable {
        /// Minutes after midnight.
        var from: Int
        /// Minutes after the midnight at which the day began that it begins on: over 1440 when it ends on the next day.
        var until: Int
        /// The days on which it begins, bit 0 being Monday.
        var weekdays: UInt8
        /// What it holds back, a bit each, by `Severity.rawValue`.
        var severities: UInt8
        /// Its place among the zones.
        var zone: Int

        func holds(_ severity: Severity) -> Bool { severities >> severity.rawValue & 1 != 0 }

        func begins(onDay number: Int64) -> Bool {
            // 1970-01-01 was a Thursday.
            let weekday = Int((number + 3) % 7 + 7) % 7
            return weekdays >> UInt8(weekday) & 1 != 0
        }
    }

    let windows: [Window]
    /// Whether anything is ever held back.
    package var areAny: Bool { !windows.isEmpty }
    /// The site's zone, then those that windows name.
    private let zones: [SiteZone]

    init(_ windows: [Window], zones: [SiteZone]) {
        self.windows = windows
        self.zones = zones
    }

    /// Until when an alert of that severity must wait at that instant; unknown for not at all.
    ///
    /// Windows that touch or overlap are waited out together.
    package func end(for severity: Severity, at now: Moment) -> Moment {
        var until = now.milliseconds
        while let end = windows.compactMap({ $0.holds(severity) ? end(of: $0, at: until) : nil }).max() {
            until = end
            // Windows of several zones may leave no gap; then nothing is held back.
            if until - now.milliseconds > 8 * Moment.millisecondsPerDay { return .unknown }
        }
        return until == now.milliseconds ? .unknown : Moment(milliseconds: until)
    }

    /// When the window ends that holds an instant, in milliseconds; nil when it does not hold it.
    private func end(of window: Window, at instant: Int64) -> Int64? {
        let zone = zones.indices.contains(window.zone) ? zones[window.zone] : .utc
        let today = zone.dayNumber(of: Moment(milliseconds: instant))
        for day in [today - 1, today] where window.begins(onDay: day) {
            func reading(_ minutes: Int) -> Int64 {
                zone.firstInstant(local: day * 86_400 + Int64(minutes) * 60).milliseconds
            }
            let end = reading(window.until)
            if instant < end, instant >= reading(window.from) { return end }
        }
        return nil
    }
}

extension QuietHours.Window {
    static let minutesPerDay = 1440

    /// Whether, among windows of one zone, those that hold a severity back leave no minute of the week.
    static func leaveNoGap(_ windows: [Self], for severity: Severity) -> Bool {
        let week = 7 * minutesPerDay
        var isHeld = [Bool](repeating: false, count: week)
        for window in windows where window.holds(severity) {
            for day in 0..<7 where window.weekdays >> UInt8(day) & 1 != 0 {
                for minute in window.from..<window.until { isHeld[(day * minutesPerDay + minute) % week] = true }
            }
        }
        return isHeld.allSatisfy { $0 }
    }
}
