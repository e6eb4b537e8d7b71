import ArgumentParser
import Clinical
import Glibc

/// The only clock: the system's, or an instant at which it stands still.
///
/// Nothing else in the program asks what time it is; whoever needs to know is handed a clock, or the instant.
struct Clock: Sendable {
    private let still: Moment?

    /// The system's clock.
    static let system = Clock(at: nil)

    /// A clock that always shows that instant; the system's for nil.
    init(at still: Moment?) { self.still = still }

    /// The instant that it shows.
    var now: Moment { still ?? Moment(milliseconds: Self.milliseconds(CLOCK_REALTIME)) }

    /// Milliseconds of a clock that only goes forward, from an unknown start: for spans, never for times.
    static var monotonic: Int { Int(milliseconds(CLOCK_MONOTONIC)) }

    private static func milliseconds(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }
}

/// What time a command takes it to be.
struct ClockOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The time that it is taken to be, such as 2026-03-01T08:00:00Z; else the system's.", valueName: "TIME"))
    var now: Instant?

    /// The clock that holds for the command.
    var clock: Clock { Clock(at: now?.moment) }
}

/// An instant that was given on the command line, as RFC 3339 writes it.
struct Instant: ExpressibleByArgument {
    var moment: Moment

    init?(argument: String) {
        let bytes = Array(argument.utf8)
        guard let moment = RFC3339.instant(bytes.span.bytes, from: 0, count: bytes.count) else { return nil }
        self.moment = moment
    }
}
