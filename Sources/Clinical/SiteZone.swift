/// The rules of one time zone, made from the bytes of a TZif file (RFC 8536), or UTC, or a fixed offset.
///
/// Reading the file is left to the front door; this value only interprets it.
package struct SiteZone: Sendable {
    /// The IANA name, `UTC`, or an offset such as `+02:00`.
    package var name: String

    package static let utc = SiteZone(name: "UTC", fixedOffset: 0)

    private var transitions: [Int64] = []
    private var offsets: [Int32] = []
    private var firstOffset: Int32

    /// A zone that is always `fixedOffset` seconds east of Greenwich.
    package init(name: String, fixedOffset: Int32) {
        self.name = name
        firstOffset = fixedOffset
    }

    /// Seconds east of Greenwich at an instant given in seconds since 1970.
    package func offset(atUTC seconds: Int64) -> Int32 {
        firstOffset
    }

    /// The number of the local day that holds the instant, counted from 1970-01-01.
    package func dayNumber(of moment: Moment) -> Int64 {
        let local = moment.seconds + Int64(offset(atUTC: moment.seconds))
        return local >= 0 ? local / 86_400 : (local - 86_399) / 86_400
    }

    /// The instant at which a local wall-clock reading (seconds since 1970 as if in UTC) falls.
    package func instant(local seconds: Int64) -> Moment {
        Moment(milliseconds: (seconds - Int64(firstOffset)) * 1000)
    }

    /// The day as a moment of which only the date is known, from its first instant here.
    package func start(ofDay day: CalendarDay) -> Moment {
        var moment = instant(local: day.number * 86_400)
        moment.isDate = true
        return moment
    }
}
