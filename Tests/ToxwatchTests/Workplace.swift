import Foundation
import TestSupport

/// A folder of its own for a test, with the program at hand in it; gone with the test.
final class Workplace {
    /// The folder.
    let folder: URL
    /// `toxwatch`, started in the folder, under the pack of the working copy.
    let toxwatch: Program

    /// - Parameter environment: variables beside `TOXWATCH_CONFIG`, or instead of it.
    init(environment: [String: String] = [:]) throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("toxwatch-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let pack = ["TOXWATCH_CONFIG": Repository.path("config/toxwatch.yaml")]
        toxwatch = Program(folder: folder.path, environment: pack.merging(environment) { $1 })
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// Writes a file of the folder and returns its name.
    @discardableResult
    func write(_ text: String, to name: String) throws -> String {
        try Data(text.utf8).write(to: folder.appendingPathComponent(name))
        return name
    }

    /// The text of a file of the folder.
    func text(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: folder.appendingPathComponent(name)), as: UTF8.self)
    }

    /// Runs a line of shell in the folder, with `toxwatch` on the PATH.
    func shell(_ line: String, environment: [String: String] = [:]) throws -> Program.Result {
        // The folder stays until the line has run, also when nobody else keeps the workplace.
        defer { withExtendedLifetime(self) {} }
        var shell = toxwatch
        shell.path = "/bin/bash"
        shell.environment.merge(environment) { $1 }
        return try shell.run("-c", line)
    }
}

/// Events that tests feed to the program.
enum Feed {
    /// One line: fever of a patient on CAR-T, which is an emergency.
    static func fever(_ patient: String, temperature: String = "39.2") -> String {
        #"{"patient":"\#(patient)","time":"2026-03-01T08:00:00Z","code":"fever","answers":{"temp":\#(temperature)},"#
            + #""therapy":"car_t","last_dose":"2026-02-27"}"# + "\n"
    }

    /// One line: a laboratory value that is as it should be.
    static func normal(_ patient: String) -> String {
        #"{"patient":"\#(patient)","time":"2026-03-01T08:00:00Z","code":"alt","value":20,"unit":"U/L","high":40,"#
            + #""therapy":"pembrolizumab"}"# + "\n"
    }

    /// One line: a code that no pack knows.
    static let unknown = #"{"patient":"P1","time":"2026-03-01T08:00:00Z","code":"shoe_size","value":43}"# + "\n"

    /// So many patients with an alert each: more than a pipe holds.
    static func manyFevers(_ count: Int) -> String { (0..<count).map { fever("P\($0)") }.joined() }
}
