import Foundation
import Testing

/// The wanted output of a test, kept in a file beside its input.
enum GoldenText {
    private static let isRecording = ProcessInfo.processInfo.environment["RECORD_GOLDEN"] == "1"

    /// Compares all of `found` with the file; with `RECORD_GOLDEN=1` writes the file and fails.
    static func expect(_ found: String, at url: URL, _ place: SourceLocation = #_sourceLocation) throws {
        if isRecording {
            try Data(found.utf8).write(to: url)
            Issue.record("recorded \(url.lastPathComponent)", sourceLocation: place)
            return
        }
        let wanted = String(decoding: try Data(contentsOf: url), as: UTF8.self)
        #expect(Array(found.utf8) == Array(wanted.utf8), "\(found)", sourceLocation: place)
    }
}
