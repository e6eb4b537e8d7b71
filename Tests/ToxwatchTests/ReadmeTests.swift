import ArgumentParser
import Emitter
import Foundation
import TestSupport
import Testing

@testable import Classifier
@testable import Parser
@testable import toxwatch

/// What the README says, held to what the program does.
@Suite struct ReadmeTests {
    let place: Workplace
    let text: String

    init() throws {
        place = try Workplace(environment: ["TOXWATCH_CONFIG": ""])
        text = try Repository.text("README.md")
        for name in ["config", "samples"] {
            try FileManager.default.createSymbolicLink(
                at: place.folder.appendingPathComponent(name), withDestinationURL: Repository.url(name))
        }
    }

    private static func table(_ heads: String..., rows: [[String]]) -> [String] {
        let line = "|" + heads.map { _ in "---|" }.joined()
        let written = ([heads] + rows).map { "| " + $0.joined(separator: " | ") + " |" }
        return [written[0], line] + written.dropFirst()
    }

    private static let tables: [String: [String]] = [
        "commands": table(
            "command", "what it does",
            rows: Toxwatch.configuration.subcommands.map { ["`\($0._commandName)`", $0.configuration.abstract] }),
        "exit statuses": table(
            "status", "meaning", rows: ExitStatus.allCases.map { ["\($0.rawValue)", $0.meaning] }),
        "measures": table(
            "measure", "what it is", "warning", "critical",
            rows: Measures.known.map { ["`\($0.name)`", $0.meaning, $0.warning ?? "", $0.critical ?? ""] }
                + [["`\(Measures.feed)NAME`", Measures.feedMeaning, "", ""]]),
        "input formats": table(
            "format", "what it is", rows: InputFormats.all.map { ["`\($0.name)`", $0.summary] }),
        "output formats": table(
            "format", "what it is", rows: OutputFormats.all.map { ["`\($0.name)`", $0.summary] }),
        "rule kinds": table(
            "kind", "what it is", "how it is written",
            rows: RuleKinds.summaries.map { ["`\($0.name)`", $0.summary, "`\($0.example)`"] }),
    ]

    @Test func `outputs and tables are what the program says`() throws {
        var page = ReadmePage(tables: Self.tables) { [place] command in
            try place.shell("{ \(command) ; } 2>&1").text
        }
        let rebuilt = try page.rebuilt(text)
        let difference = Golden.difference(Array(rebuilt.utf8), fromFile: Repository.path("README.md"))
        #expect(difference == nil, "\(difference ?? "")")
    }

    /// The names in the first cells of the table whose rows follow a heading.
    private func firstCells(under heading: String) -> Set<String> {
        let after = text.split(separator: "\n", omittingEmptySubsequences: false).drop { $0 != heading }
        let rows = after.drop { !$0.hasPrefix("| member") }.prefix { $0.hasPrefix("|") }.dropFirst(2)
        return Set(rows.flatMap { $0.dropFirst(2).prefix { $0 != "|" }.matches(of: #/`(\w+)`/#).map { String($0.1) } })
    }

    @Test func `every member of an event is told, and no other`() {
        #expect(firstCells(under: "## Events in") == Set(Member.known.map(\.name)))
    }

    @Test func `every member of an alert is told`() throws {
        let told = firstCells(under: "## Alerts out")
        for line in try Repository.text("samples/expected/alerts.ndjson").split(separator: "\n") {
            let alert = try #require(JSONText(line.utf8))
            #expect(alert.members.map(\.name).filter { !told.contains($0) } == [])
        }
    }

    @Test func `every option is told, and no other`() throws {
        var options: Set<String> = []
        let state = ["check", "export", "prune", "forget"].map { ["state", $0] }
        for command in [["run"], ["read"], ["grade"], ["lint"], ["init"], ["report"]] + state {
            let help = try place.toxwatch.run(command + ["--help"], input: []).text
            options.formUnion(help.matches(of: #/(?m)^ +(?:-\w, )?(--[a-z-]+)/#).map { String($0.1) })
        }
        let rows = text.split(separator: "\n").filter { $0.hasPrefix("| `--") }
        let told = Set(rows.compactMap { $0.firstMatch(of: #/--[a-z-]+/#).map { String($0.0) } })
        #expect(told == options.subtracting(["--help", "--version"]))
    }

    @Test func `every column of a roster is told`() {
        for column in RosterRow.columns { #expect(text.contains("`\(column)`"), "\(column)") }
    }

    @Test func `every target of the Makefile that is told exists`() throws {
        let makefile = try Repository.text("Makefile")
        for target in text.matches(of: #/`make (\w+)`/#).map({ String($0.1) }) {
            #expect(makefile.contains("\n\(target):"), "\(target)")
        }
    }

    @Test func `every file and folder that is linked or laid out exists`() {
        for path in text.matches(of: #/\]\((?!http)([^)]+)\)/#).map({ String($0.1) }) {
            #expect(Repository.holds(path), "\(path)")
        }
        for path in text.matches(of: #/`(Sources/[\w\/]+\.swift)`/#).map({ String($0.1) }) where !path.contains("/X") {
            #expect(Repository.holds(path), "\(path)")
        }
    }

    @Test func `the examples of events are read`() throws {
        let block = try #require(text.firstMatch(of: #/```json\n(\{"patient".*?)```/#.dotMatchesNewlines()))
        let result = try place.toxwatch.run("grade", "--quiet", "--strict", input: String(block.1))
        #expect(result.status == 0)
        #expect(result.lines.count == 2)
    }
}
