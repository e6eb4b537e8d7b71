import Clinical
import Emitter
import Foundation
import TestSupport
import Testing

/// Strings that break writers, from the Big List of Naughty Strings.
@Suite struct NaughtyStringsTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()

    /// The whole list, which stands outside the repository; a part of it is in `Data`.
    private static var wholeList: URL {
        let package = folder.deletingLastPathComponent().deletingLastPathComponent()
        let named = ProcessInfo.processInfo.environment["TOXWATCH_SHARED"].map { URL(fileURLWithPath: $0) }
        let shared = named ?? package.deletingLastPathComponent().appendingPathComponent("shared")
        return shared.appendingPathComponent("data/conformance/blns.json")
    }

    private static var hasWholeList: Bool { FileManager.default.fileExists(atPath: wholeList.path) }

    @Test func `the naughty strings kept here come out of JSON as they went in, and harmless in text`() throws {
        try check(Self.folder.appendingPathComponent("Data/blns-part.json"), atLeast: 20)
    }

    @Test(.enabled(if: hasWholeList, "blns.json is not in the shared data: set TOXWATCH_SHARED"))
    func `all naughty strings come out of JSON as they went in, and harmless in text`() throws {
        try check(Self.wholeList, atLeast: 250)
    }

    private func check(_ file: URL, atLeast count: Int) throws {
        let strings = try #require(JSONText(Data(contentsOf: file))).elements.compactMap(\.string)
        try #require(strings.count >= count)
        var story = AlertStory()
        for string in strings { story.add(.soon, patient: string, summary: string) }
        let objects = lines(NDJSONOutput.output(of: story)).map { JSONText($0.utf8) }
        let wanted = strings.map { $0.isEmpty ? JSONText.null : .string($0) }
        #expect(objects.map { $0?["patient"] } == wanted)
        #expect(objects.map { $0?["summary"] } == wanted)
        let shown = TextOutput.output(of: story)
        #expect(lines(shown).count == strings.count * 2)
        let hidden = String(decoding: shown, as: UTF8.self).unicodeScalars.filter { scalar in
            scalar != "\n" && (scalar.properties.isDefaultIgnorableCodePoint || scalar.properties.isBidiControl)
        }
        #expect(hidden.isEmpty)
    }
}
