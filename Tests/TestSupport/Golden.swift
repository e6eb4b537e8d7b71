import Foundation

/// Whole outputs kept in files beside the tests, in a folder `Golden`.
///
/// With `RECORD_GOLDEN=1` in the environment the file is written anew, and the test fails so that nobody forgets it on.
package enum Golden {
    /// What is different from the file `name` beside the calling test file; nil when nothing is.
    package static func difference(_ actual: [UInt8], from name: String, testFile: String = #filePath) -> String? {
        let folder = URL(fileURLWithPath: testFile).deletingLastPathComponent().appendingPathComponent("Golden")
        return difference(actual, fromFile: folder.appendingPathComponent(name).path)
    }

    /// Whether golden files are written anew.
    package static var isRecording: Bool { ProcessInfo.processInfo.environment["RECORD_GOLDEN"] == "1" }

    /// What is different from the file at a path; nil when nothing is.
    package static func difference(_ actual: [UInt8], fromFile path: String) -> String? {
        let file = URL(fileURLWithPath: path)
        let name = file.lastPathComponent
        if isRecording { return record(actual, in: file) }
        guard let wanted = try? Data(contentsOf: file) else {
            return "there is no golden file \(name): write it with RECORD_GOLDEN=1"
        }
        return [UInt8](wanted) == actual ? nil : firstDifference(actual, [UInt8](wanted), name)
    }

    private static func record(_ actual: [UInt8], in file: URL) -> String {
        do {
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(actual).write(to: file)
            return "recorded \(file.lastPathComponent): look at it, then run without RECORD_GOLDEN"
        } catch {
            return "could not record \(file.lastPathComponent): \(error)"
        }
    }

    private static func firstDifference(_ actual: [UInt8], _ wanted: [UInt8], _ name: String) -> String {
        let actualLines = actual.split(separator: 0x0A, omittingEmptySubsequences: false)
        let wantedLines = wanted.split(separator: 0x0A, omittingEmptySubsequences: false)
        var number = 0
        while number < min(actualLines.count, wantedLines.count), actualLines[number] == wantedLines[number] {
            number += 1
        }
        return """
            differs from \(name) at line \(number + 1)
            wanted: \(text(wantedLines, number))
            actual: \(text(actualLines, number))
            """
    }

    private static func text(_ lines: [ArraySlice<UInt8>], _ number: Int) -> String {
        number < lines.count ? String(decoding: lines[number], as: UTF8.self) : "(no such line)"
    }
}
