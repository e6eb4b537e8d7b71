import Config
import Foundation
import Testing

@Suite struct MistakesTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Mistakes")
    private static let names = (FolderFiles(root: folder).names(inFolder: ".") ?? [])
        .filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }

    @Test(arguments: names)
    func `every mistake is told as wanted`(name: String) throws {
        var mistakes = Mistakes()
        _ = ConfigLoader.load(front: name + ".yaml", files: FolderFiles(root: Self.folder), mistakes: &mistakes)
        #expect(!mistakes.isEmpty)
        try GoldenText.expect(mistakes.rendered(), at: Self.folder.appending(path: name + ".txt"))
    }

    @Test func `the folder holds the mistakes and nothing stale`() {
        let all = FolderFiles(root: Self.folder).names(inFolder: ".") ?? []
        let wanted = Self.names.flatMap { [$0 + ".yaml", $0 + ".txt"] } + ["included"]
        #expect(Self.names.count >= 25)
        #expect(Set(all) == Set(wanted))
    }

    @Test func `a config that is wrong all over loses the nearest names, not the mistakes`() {
        var mistakes = Mistakes()
        let known = (1...1000).map { "term_\($0)" }
        for number in 1...300 {
            mistakes.addUnknown(
                "term", "tern_\(number)", known: known, at: Mark(file: "a.yaml", line: number, column: 1))
        }
        #expect(mistakes.all.map(\.problem) == (1...300).map { "unknown term 'tern_\($0)'" })
        #expect(mistakes.all.first?.help == "did you mean 'term_1'?")
        #expect(mistakes.all.last?.help == "")
    }

    @Test(arguments: [(1, "known: b1"), (12, "known: b1, b10, b11, b12, b2, b3, b4, b5, b6, b7, b8, b9"), (13, "")])
    func `where no known name is near, a short list of them helps`(count: Int, help: String) {
        var mistakes = Mistakes()
        mistakes.addUnknown("term", "fever", known: (1...count).map { "b\($0)" }, at: Mark(file: "a.yaml"))
        #expect(mistakes.all == [Mistake(at: Mark(file: "a.yaml"), "unknown term 'fever'", help: help)])
    }
}
