/// A span of time as people write it: a whole number and `m`, `h`, `d` or `w`, such as `24h`.
package struct TimeSpan: Sendable, Equatable {
    /// How long it is.
    package var minutes: Int
    /// It was written in days or weeks.
    package var isInDays: Bool

    /// The span that is written so; nil for any other text.
    package init?(_ text: String) {
        let unit: Int? =
            switch text.utf8.last {
            case UInt8(ascii: "m"): 1
            case UInt8(ascii: "h"): 60
            case UInt8(ascii: "d"): 1440
            case UInt8(ascii: "w"): 10_080
            default: nil
            }
        guard let unit, let count = Int(text.dropLast()), count >= 0, count < 100_000 else { return nil }
        minutes = count * unit
        isInDays = unit >= 1440
    }

    /// So many minutes as people write them, in the largest unit that fits: `3d`, `36h`, `90m`.
    package static func text(minutes: Int) -> String {
        if minutes % 1440 == 0 { return "\(minutes / 1440)d" }
        return minutes % 60 == 0 ? "\(minutes / 60)h" : "\(minutes)m"
    }
}
