import Foundation

/// How often tests of random cases try: as often as they say, or `TOXWATCH_TRIALS` times as often.
package enum Trials {
    /// 1 unless the environment says otherwise.
    package static let factor = max(1, ProcessInfo.processInfo.environment["TOXWATCH_TRIALS"].flatMap { Int($0) } ?? 1)

    /// The seeds to try, given those that are usual.
    package static func seeds(_ usual: Range<UInt64>) -> Range<UInt64> {
        usual.lowerBound..<usual.lowerBound + UInt64(usual.count * factor)
    }

    /// How often to try what is usually tried so often.
    package static func count(_ usual: Int) -> Int { usual * factor }
}
