import Clinical

/// The therapy clock of one component at one event, as far as it is known.
struct TherapyClock: Sendable {
    /// When it was observed.
    var time: Moment
    var started = Moment.unknown
    var lastDose = Moment.unknown
    /// Doses before the event, `lastDose` among them.
    var doses: [Moment] = []
    /// Empty when not told, which counts as step-up.
    var dosePhase = ""

    init(time: Moment) { self.time = time }

    /// Takes in another course of the same therapy: the later start, the later dose and its phase count, and the doses of
    /// both. Of a course without any date nobody knows how long ago it was.
    mutating func join(_ other: TherapyClock) {
        if !isKnown || !other.isKnown {
            self = TherapyClock(time: time)
            return
        }
        if other.lastDose.milliseconds > lastDose.milliseconds {
            dosePhase = other.dosePhase
        } else if other.lastDose == lastDose, other.dosePhase != dosePhase {
            dosePhase = ""
        }
        lastDose = Self.later(lastDose, other.lastDose)
        started = Self.later(started, other.started)
        doses += other.doses
    }

    private var isKnown: Bool { started.isKnown || lastDose.isKnown || !doses.isEmpty }

    private static func later(_ one: Moment, _ other: Moment) -> Moment {
        one.milliseconds >= other.milliseconds ? one : other
    }
}

/// Whether a window holds.
enum WindowState: UInt8, Sendable {
    case closed, open
    /// The clock is not known: windows that alert count as open, windows that lower as closed.
    case unknown
}

/// A span of the therapy clock, both ends in.
struct TherapyWindow: Sendable {
    enum Clock: UInt8, Sendable { case dose, anyDose, start }

    /// One end, in days or in hours.
    struct Bound: Sendable {
        var amount: Int64
        var isInHours: Bool
        var clock: Clock
    }

    var from: Bound?
    var until: Bound?
    /// Dose phases that it is for; empty for all.
    var dosePhases: [String] = []
    /// The phase that an absent one counts as.
    static let phaseWhenAbsent = "step_up"

    /// The state at the clock's event, in the site's zone.
    func state(_ clock: TherapyClock, _ zone: SiteZone) -> WindowState {
        if !dosePhases.isEmpty {
            let phase = clock.dosePhase.isEmpty ? Self.phaseWhenAbsent : clock.dosePhase
            if !dosePhases.contains(phase) { return .closed }
        }
        if from?.clock == .anyDose || until?.clock == .anyDose {
            if clock.doses.isEmpty { return from == nil && until == nil ? .open : .unknown }
            for dose in clock.doses where state(clock, dose, zone) == .open { return .open }
            return .closed
        }
        return state(clock, clock.lastDose, zone)
    }

    private func state(_ clock: TherapyClock, _ dose: Moment, _ zone: SiteZone) -> WindowState {
        var result = WindowState.open
        if let from {
            guard let elapsed = elapsed(from, clock, dose, zone) else { return .unknown }
            if elapsed.latest < from.amount { return .closed }
        }
        if let until {
            guard let elapsed = elapsed(until, clock, dose, zone) else {
                result = .unknown
                return result
            }
            if elapsed.earliest > until.amount { return .closed }
        }
        return result
    }

    /// Time since the bound's clock began, in its own measure; a moment known by its date alone gives a span.
    private func elapsed(
        _ bound: Bound, _ clock: TherapyClock, _ dose: Moment, _ zone: SiteZone
    ) -> (earliest: Int64, latest: Int64)? {
        let origin = bound.clock == .start ? clock.started : dose
        guard origin.isKnown else { return nil }
        if !bound.isInHours {
            let days = zone.dayNumber(of: clock.time) - zone.dayNumber(of: origin)
            return (days, days)
        }
        let hour: Int64 = 3_600_000
        let day = Moment.millisecondsPerDay
        let earliest = clock.time.milliseconds - origin.milliseconds - (origin.isDate ? day : 0)
        let latest = clock.time.milliseconds - origin.milliseconds + (clock.time.isDate ? day : 0)
        // Both ends in: 24 h and a minute is past `until: 24h`, so round up what has elapsed, down what may have.
        return (max(earliest, 0) / hour + (earliest > 0 && earliest % hour != 0 ? 1 : 0), latest / hour)
    }
}
