import Clinical
import Emitter
import TestSupport

extension OutputFormat {
    /// All that the format makes of a story, from its start to `finish`.
    static func output(of story: AlertStory, zone: SiteZone = .utc, usesColor: Bool = false) -> [UInt8] {
        var format = Self(OutputSetup(catalogue: story.catalogue, zone: zone, usesColor: usesColor))
        var buffer = OutputBuffer(capacity: 0)
        format.write(story.batch, to: &buffer)
        format.finish(&buffer)
        return buffer.bytes
    }
}

/// The bytes that `fill` appends to a new, small buffer.
func bytes(_ fill: (inout OutputBuffer) -> Void) -> [UInt8] {
    var buffer = OutputBuffer(capacity: 0)
    fill(&buffer)
    return buffer.bytes
}

/// The text that `fill` appends to a new, small buffer.
func text(_ fill: (inout OutputBuffer) -> Void) -> String {
    String(decoding: bytes(fill), as: UTF8.self)
}

/// The lines of an output, each of which must have been ended.
func lines(_ bytes: [UInt8]) -> [String] {
    var lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    return lines.popLast() == "" ? lines.map(String.init) : ["the last line was not ended"]
}
