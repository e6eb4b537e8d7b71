import Clinical

/// How many alerts of each severity were written, to whichever place.
struct Written {
    private var counts = [Int](repeating: 0, count: Severity.allCases.count)

    /// Takes note of one.
    mutating func note(_ severity: Severity) { counts[Int(severity.rawValue)] += 1 }

    /// Whether there was one of this severity or above.
    func reaches(_ limit: Severity) -> Bool { counts[Int(limit.rawValue)...].contains { $0 > 0 } }
}
