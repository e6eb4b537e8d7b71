import Clinical

/// What an event says, as hashes that do not depend on the order of its members or the spelling of its numbers.
struct ContentHashes: Sendable {
    var code: UInt64 = 0
    var unit: UInt64 = 0
    /// The attribute of a single value.
    var attribute: UInt64 = 0
    /// The single value.
    var value: UInt64 = 0
    /// The sum over `answers`.
    var answers: UInt64 = 0

    /// The sum over the names that the event lists.
    var names: UInt64 = 0

    /// The hash of all that `event` says, save its id, source and free text.
    @inline(__always)
    func value(of event: EventRecord) -> UInt64 {
        var sum = FastHash.pair(event.patientHash, UInt64(bitPattern: event.time.milliseconds), lane: 1)
        sum &+= FastHash.pair(code, value, lane: 2)
        sum &+= FastHash.pair(unit, attribute, lane: 3)
        sum &+= FastHash.pair(UInt64(bitPattern: event.low.mantissa), UInt64(bitPattern: event.high.mantissa), lane: 4)
        sum &+= FastHash.pair(UInt64(bitPattern: event.baseline.mantissa), answers, lane: 5)
        let (powers, words) = event.smallParts
        sum &+= FastHash.pair(powers, words, lane: 6)
        if event.lastDose.isKnown || event.started.isKnown { sum &+= Self.clock(of: event) }
        return sum &+ names
    }

    /// Adds a name that stands at `position` of the list of `member`.
    @inline(__always)
    mutating func addName(_ name: UInt64, of member: Member, at position: Int) {
        let place = UInt64(truncatingIfNeeded: position) &<< 8 | UInt64(member.rawValue)
        names &+= FastHash.pair(name, place, lane: 14)
    }

    /// The hash of one answer's number.
    @inline(__always)
    static func number(_ number: ExactDecimal) -> UInt64 {
        FastHash.pair(UInt64(bitPattern: number.mantissa), UInt64(bitPattern: Int64(number.exponent)), lane: 11)
    }

    /// The hash of one answer's yes or no.
    @inline(__always)
    static func bool(_ bool: Bool) -> UInt64 { FastHash.pair(bool ? 1 : 0, 0, lane: 12) }

    /// One more member of `answers`.
    @inline(__always)
    mutating func addAnswer(attribute: UInt64, value: UInt64) {
        answers &+= FastHash.pair(attribute, value, lane: 13)
    }

    private static func clock(of event: EventRecord) -> UInt64 {
        let (dose, start) = (event.lastDose.milliseconds, event.started.milliseconds)
        return FastHash.pair(UInt64(bitPattern: dose), UInt64(bitPattern: start), lane: 15)
    }
}
