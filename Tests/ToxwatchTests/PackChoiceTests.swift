import Foundation
import TestSupport
import Testing

@testable import toxwatch

/// Which pack judges, what the program carries, and what it says of a wrong one.
@Suite struct PackChoiceTests {
    let place: Workplace

    init() throws { place = try Workplace(environment: ["TOXWATCH_CONFIG": ""]) }

    private static let files = Repository.files(below: "config", endingIn: ".yaml").map {
        String($0.dropFirst("config/".count))
    }

    @Test func `the program carries every file of the pack, byte for byte`() throws {
        #expect(ShippedPack.files.map(\.path).sorted() == Self.files)
        for file in ShippedPack.files {
            #expect(try Repository.bytes("config/" + file.path) == file.bytes, "\(file.path)")
        }
    }

    @Test func `without a config anywhere the carried pack judges`() throws {
        let carried = try place.toxwatch.run("run", input: Feed.fever("P1"))
        let config = Repository.path("config/toxwatch.yaml")
        let named = try place.toxwatch.run("run", "--config", config, input: Feed.fever("P1"))
        #expect(carried.output == named.output)
        #expect(carried.lines.count == 1)
        // Where it was read is told, so that nobody takes the folder's own pack for the program's.
        #expect(carried.told == named.told.replacing(" from \(config),", with: ",", maxReplacements: 1))
        #expect(named.told.contains(" from \(config), sha256 "))
    }

    @Test func `the option goes before the variable, the variable before the folder's own`() throws {
        try FileManager.default.createDirectory(
            at: place.folder.appendingPathComponent("config"), withIntermediateDirectories: true)
        for (name, pack) in [("option.yaml", "one"), ("variable.yaml", "two"), ("config/toxwatch.yaml", "three")] {
            try place.write("\(pack): 1\n", to: name)
        }
        let variable = ["TOXWATCH_CONFIG": "variable.yaml"]
        #expect(
            try place.shell("toxwatch --config option.yaml", environment: variable).told.contains("unknown key 'one'"))
        #expect(try place.shell("toxwatch", environment: variable).told.contains("unknown key 'two'"))
        #expect(try place.shell("toxwatch").told.contains("unknown key 'three'"))
    }

    @Test func `init writes a copy that lint finds no mistake in`() throws {
        let made = try place.toxwatch.run("init", "a/copy")
        #expect(made.status == 0)
        for file in ShippedPack.files { #expect(Array(try place.text("a/copy/" + file.path).utf8) == file.bytes) }
        let lint = try place.toxwatch.run("lint", "a/copy")
        #expect(
            lint.text
                == "a/copy/toxwatch.yaml: no mistakes\nshadow, not approved: no hospital has signed this pack yet\n")
        #expect(lint.status == 0)
    }

    @Test(arguments: ["a/copy", "a/copy/", "a/copy/toxwatch.yaml"])
    func `the folder of a pack stands for its front page`(path: String) throws {
        _ = try place.toxwatch.run("init", "a/copy")
        let byPage = try place.toxwatch.run("run", "--config", "a/copy/toxwatch.yaml", input: Feed.fever("P1"))
        let byOption = try place.toxwatch.run("run", "--config", path, input: Feed.fever("P1"))
        #expect(byOption.told == byPage.told)
        #expect(byOption.output == byPage.output)
        #expect(byOption.status == 0)
        let byVariable = try place.shell("toxwatch run --quiet", environment: ["TOXWATCH_CONFIG": path])
        #expect(byVariable.status == 0)
        #expect(try place.toxwatch.run("lint", path).text.hasPrefix("a/copy/toxwatch.yaml: no mistakes\nshadow, "))
    }

    @Test func `an approval of an older pack is told as such`() throws {
        _ = try place.toxwatch.run("init", "site")
        func told() throws -> String {
            String(try place.toxwatch.run("run", "--config", "site").told.prefix { $0 != "\n" })
        }
        #expect(try told().hasSuffix(", not approved: no hospital has signed this pack yet"))
        let digest = try #require(try told().firstMatch(of: #/sha256 ([0-9a-f]{64})/#)?.1)
        try place.write(
            "name: A. Doctor\nrole: head\ndate: 2026-03-01\nscope: all\nsha256: \(digest)\n", to: "site/approval.yaml")
        #expect(try told().hasSuffix(", approved"))
        let front = try place.text("site/toxwatch.yaml")
        try place.write(front.replacingOccurrences(of: "mode: shadow", with: "mode: live"), to: "site/toxwatch.yaml")
        #expect(
            try told().hasSuffix(
                ", not approved: the approval site/approval.yaml is for another version of the pack"))
    }

    @Test func `init writes over nothing`() throws {
        try FileManager.default.createDirectory(
            at: place.folder.appendingPathComponent("here"), withIntermediateDirectories: true)
        try place.write("mine", to: "here/toxwatch.yaml")
        #expect(try place.toxwatch.run("init", "here").status == 74)
        #expect(try place.text("here/toxwatch.yaml") == "mine")
        #expect(try FileManager.default.contentsOfDirectory(atPath: place.folder.path + "/here") == ["toxwatch.yaml"])
    }

    @Test func `every mistake of a pack is shown in its place before anything is read`() throws {
        _ = try place.toxwatch.run("init", "pack")
        let name = "pack/therapies/cancer-vaccine.yaml"
        let text = try place.text(name)
        try place.write(text + "\nbogus: 1\n", to: name)
        let front = try place.text("pack/toxwatch.yaml")
        try place.write(front.replacingOccurrences(of: "mode: shadow", with: "mode: shadwo"), to: "pack/toxwatch.yaml")
        let result = try place.toxwatch.run("--config", "pack/toxwatch.yaml", input: Feed.fever("P1"))
        let line = text.split(separator: "\n", omittingEmptySubsequences: false).count + 1
        #expect(result.status == 78)
        #expect(result.output == [])
        #expect(result.told.contains("\(name):\(line):1: error: unknown key 'bogus'\n    bogus: 1\n    ^\n"))
        #expect(result.told.contains("pack/toxwatch.yaml:9:7: error: "))
        #expect(result.told.contains("\n    mode: shadwo\n          ^\n"))
        #expect(result.told.hasSuffix("2 mistakes\n"))
        #expect(try place.toxwatch.run("lint", "pack").told == result.told)
    }

    @Test func `quiet hours are part of what is approved, and their zone must exist`() throws {
        _ = try place.toxwatch.run("init", "pack")
        let front = try place.text("pack/toxwatch.yaml")
        func digest(_ more: String) throws -> (Program.Result, String?) {
            try place.write(front + more, to: "pack/toxwatch.yaml")
            let result = try place.toxwatch.run("run", "--config", "pack")
            return (result, result.told.firstMatch(of: #/[0-9a-f]{64}/#).map { String($0.output) })
        }
        let without = try digest("").1
        let window = "quiet_hours:\n  - {from: 22:00, until: 07:00, severities: [soon], zone: "
        let (result, with) = try digest(window + "\"+01:00\"}\n")
        #expect(result.status == 0 && without != nil && with != nil && without != with)
        let unknown = try digest(window + "Europe/Berlyn}\n").0
        let line = front.split(separator: "\n", omittingEmptySubsequences: false).count + 1
        #expect(unknown.status == 78)
        #expect(
            unknown.told.hasPrefix("pack/toxwatch.yaml:\(line):59: error: unknown time zone 'Europe/Berlyn'\n"),
            "\(unknown.told)")
    }
}
