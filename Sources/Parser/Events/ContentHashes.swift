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

    /// The hash of all that `event` says, save its id, source and free text.
    @inline(__always)
    func value(of event: EventRecord, _ lists: NameLists) -> UInt64 {
        var sum = FastHash.pair(event.patientHash, UInt64(bitPattern: event.time.milliseconds), lane: 1)
        sum &+= FastHash.pair(code, unit, lane: 2)
        sum &+= FastHash.pair(value, attribute, lane: 3)
        sum &+= FastHash.pair(lists.therapies.hash, lists.agents.hash, lane: 4)
        sum &+= FastHash.pair(UInt64(bitPattern: event.low.mantissa), UInt64(bitPattern: event.high.mantissa), lane: 5)
        sum &+= FastHash.pair(Self.words(of: event), UInt64(bitPattern: event.baseline.mantissa), lane: 6)
        sum &+= FastHash.pair(Self.exponents(of: event), answers, lane: 7)
        sum &+= FastHash.pair(lists.modifiers.hash, lists.qualifiers.hash, lane: 8)
        if event.lastDose.isKnown || event.started.isKnown { sum &+= Self.clock(of: event) }
        return FastHash.pair(sum, sum &>> 32, lane: 9)
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

    @inline(__always)
    private static func words(of event: EventRecord) -> UInt64 {
        var word = UInt64(event.has.rawValue)
        word |= UInt64(event.status.rawValue) &<< 16
        word |= UInt64(event.comparator.rawValue) &<< 24
        word |= UInt64(event.flag.rawValue) &<< 32
        word |= UInt64(event.baselineFlag.rawValue) &<< 40
        return event.time.isDate ? word | 1 &<< 48 : word
    }

    @inline(__always)
    private static func exponents(of event: EventRecord) -> UInt64 {
        UInt64(UInt16(bitPattern: event.low.exponent))
            | UInt64(UInt16(bitPattern: event.high.exponent)) &<< 16
            | UInt64(UInt16(bitPattern: event.baseline.exponent)) &<< 32
    }

    private static func clock(of event: EventRecord) -> UInt64 {
        let dates: UInt64 = (event.lastDose.isDate ? 1 : 0) | (event.started.isDate ? 2 : 0)
        return FastHash.pair(UInt64(bitPattern: event.lastDose.milliseconds), dates, lane: 15)
            &+ FastHash.pair(UInt64(bitPattern: event.started.milliseconds), dates, lane: 16)
    }
}
