package import Clinical

extension OutputBuffer {
    /// Appends a moment as people of a zone read it, such as `2026-03-01 09:15 +01:00`; a date stands alone.
    package mutating func append(_ moment: Moment, in zone: SiteZone) {
        let number = zone.dayNumber(of: moment)
        append(CalendarDay(number: number))
        guard !moment.isDate else { return }
        let offset = Int64(zone.offset(atUTC: moment.seconds))
        let minute = (moment.seconds + offset - number * 86_400) / 60
        append(" ")
        append(clock: minute)
        append(" ")
        if zone.name == "UTC" {
            append("UTC")
        } else {
            append(offset < 0 ? "-" : "+")
            append(clock: abs(offset) / 60)
        }
    }

    /// Appends a date such as `2026-03-01`.
    package mutating func append(_ day: CalendarDay) {
        var text: [UInt8] = []
        RFC3339.append(day, to: &text)
        append(text)
    }

    private mutating func append(clock minutes: Int64) {
        for (place, part) in [minutes / 60, minutes % 60].enumerated() {
            if place > 0 { append(":") }
            append(UInt8(truncatingIfNeeded: 48 + part / 10))
            append(UInt8(truncatingIfNeeded: 48 + part % 10))
        }
    }
}
