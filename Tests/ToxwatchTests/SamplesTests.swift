import TestSupport
import Testing

/// The samples, and what comes out of them, byte for byte.
@Suite struct SamplesTests {
    /// A file below `samples/expected/` and the command that makes it.
    static let expected: [(file: String, command: String)] = [
        ("alerts.ndjson", "run --quiet --roster roster.csv events.ndjson"),
        ("alerts.txt", "run --quiet --roster roster.csv --to text events.ndjson"),
        ("findings.ndjson", "grade --quiet events.ndjson"),
        ("survey-events.ndjson", "read --quiet survey.csv"),
        ("survey-alerts.txt", "run --quiet --roster roster.csv --to text survey.csv"),
        ("messages.txt", "run --roster roster.csv events.ndjson 2>&1 >/dev/null | sed '1s/ from [^,]*//'"),
    ]

    @Test(arguments: expected) func `the samples give what is expected`(file: String, command: String) throws {
        let result = try Self.shell("toxwatch \(command)")
        #expect(result.status == 0)
        #expect(result.told == "")
        let difference = Golden.difference(result.output, fromFile: Repository.path("samples/expected/\(file)"))
        #expect(difference == nil, "\(difference ?? "")")
    }

    @Test func `nothing is expected that no command makes`() {
        let files = Repository.files(below: "samples/expected", endingIn: "").compactMap {
            $0.split(separator: "/").last.map(String.init)
        }
        #expect(Set(files) == Set(Self.expected.map(\.file)).union([StoryTests.file]))
    }

    @Test func `every line of what is expected is JSON where it should be`() throws {
        for (file, _) in Self.expected where file.hasSuffix(".ndjson") {
            for line in try Repository.text("samples/expected/\(file)").split(separator: "\n") {
                #expect(JSONText(line.utf8) != nil, "\(file)")
            }
        }
    }

    /// Runs a line of shell in the folder of the samples, under the pack of the working copy.
    static func shell(_ line: String) throws -> Program.Result {
        let pack = ["TOXWATCH_CONFIG": Repository.path("config/toxwatch.yaml")]
        let shell = Program(path: "/bin/bash", folder: Repository.path("samples"), environment: pack)
        return try shell.run("-c", line)
    }
}
