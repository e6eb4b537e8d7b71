import Config
import Testing

@Suite struct ConfigLoaderTests {
    private static func load(_ front: String, _ files: [String: String]) -> (tree: ConfigTree?, mistakes: Mistakes) {
        var mistakes = Mistakes()
        let files = ConfigFilesInMemory(files.mapValues { Array($0.utf8) })
        return (ConfigLoader.load(front: front, files: files, mistakes: &mistakes), mistakes)
    }

    @Test func `files come in the order they are included, each once`() {
        let (tree, mistakes) = Self.load(
            "config/top.yaml",
            [
                "config/top.yaml": "include: [b.yaml, terms, ../shared/x.yml, ./terms/../b.yaml]\nname: top",
                "config/b.yaml": "include: terms/second.yaml",
                "config/terms/first.yml": "a: 1", "config/terms/second.yaml": "a: 2",
                "config/terms/third.test.yaml": "{", "config/terms/.hidden.yaml": "{",
                "config/terms/notes.md": "{", "config/terms/deeper/fourth.yaml": "{",
                "shared/x.yml": "include: ~",
            ])
        let paths = [
            "config/top.yaml", "config/b.yaml", "config/terms/second.yaml", "config/terms/first.yml", "shared/x.yml",
        ]
        #expect(mistakes.rendered().isEmpty)
        #expect(tree?.documents.map(\.path) == paths)
        #expect(tree?.sources.keys.sorted() == paths.sorted())
        #expect(tree?.documents.first?.root.entries?.map(\.key) == ["include", "name"])
    }

    @Test func `the path of the front page is tidied`() {
        #expect(
            Self.load("./config//top.yaml", ["config/top.yaml": "a: 1"]).tree?.documents[0].path == "config/top.yaml")
    }

    @Test(arguments: [
        ("tox.yaml", "tox.yaml: error: there is no file 'tox.yaml'\n  help: did you mean 'top.yaml'?\n1 mistake\n"),
        ("config", "config: error: 'config' is a folder, not a file\n  help: name a file in it: a.yaml\n1 mistake\n"),
        (
            "confg/a.yaml",
            "confg/a.yaml: error: there is no file 'confg/a.yaml'\n  help: did you mean 'config/a.yaml'?\n1 mistake\n"
        ),
        (
            "confg/x.yaml",
            """
            confg/x.yaml: error: there is no file 'confg/x.yaml'
              help: the folder '.' holds: config, top.yaml
            1 mistake

            """
        ),
        (
            "zzzzzz/zzzzzz.yaml",
            """
            zzzzzz/zzzzzz.yaml: error: there is no file 'zzzzzz/zzzzzz.yaml'
              help: the folder '.' holds: config, top.yaml
            1 mistake

            """
        ),
    ])
    func `a front page that is not there is a mistake of the whole file`(front: String, wanted: String) {
        let (tree, mistakes) = Self.load(front, ["top.yaml": "a: 1", "config/a.yaml": "a: 1"])
        #expect(tree == nil)
        #expect(mistakes.rendered() == wanted)
    }

    @Test func `a pipe and a file that is too large are told as what they are`() {
        struct Odd: ConfigFiles {
            func read(_ path: String) -> Result<[UInt8], ConfigFileProblem> {
                switch path {
                case "top.yaml": .success(Array("include: [pipe.yaml, told.yaml, large.yaml, fits.yaml]".utf8))
                case "pipe.yaml": .failure(.notRegular("a named pipe"))
                case "told.yaml": .failure(.tooLarge)
                case "large.yaml": .success([UInt8](repeating: 0x20, count: ConfigLoader.sizeLimit + 1))
                default: .success(Array("a: 1".utf8))
                }
            }
            func names(inFolder path: String) -> [String]? { nil }
        }
        var mistakes = Mistakes()
        #expect(ConfigLoader.load(front: "top.yaml", files: Odd(), mistakes: &mistakes) == nil)
        let problems = [
            "'pipe.yaml' is a named pipe, not a file", "the file 'told.yaml' has more than 16 MiB",
            "the file 'large.yaml' has more than 16 MiB",
        ]
        #expect(mistakes.all.map(\.problem) == problems)
        #expect(mistakes.all.map(\.mark.column) == [11, 22, 33])
    }

    @Test func `an unreadable file is told with the reason`() {
        struct Locked: ConfigFiles {
            func read(_ path: String) -> Result<[UInt8], ConfigFileProblem> { .failure(.unreadable("no permission")) }
            func names(inFolder path: String) -> [String]? { nil }
        }
        var mistakes = Mistakes()
        #expect(ConfigLoader.load(front: "top.yaml", files: Locked(), mistakes: &mistakes) == nil)
        #expect(
            mistakes.rendered()
                == "top.yaml: error: the file 'top.yaml' cannot be read: no permission\n1 mistake\n")
    }

    @Test(arguments: [(32, true), (33, false)])
    func `a chain of files is followed for 32 files`(length: Int, isTaken: Bool) {
        let chain = (1...length).map { ("f\($0).yaml", $0 == length ? "a: 1" : "include: f\($0 + 1).yaml") }
        let (tree, mistakes) = Self.load("f1.yaml", Dictionary(uniqueKeysWithValues: chain))
        #expect((tree != nil) == isTaken)
        #expect(mistakes.all.map(\.problem) == (isTaken ? [] : ["more than 32 files include one another in a row"]))
    }

    @Test func `the budget holds for all files together`() {
        var mistakes = Mistakes()
        let files = ConfigFilesInMemory(["a.yaml": Array("include: b.yaml".utf8), "b.yaml": Array("c: [d, e]".utf8)])
        #expect(ConfigLoader.load(front: "a.yaml", files: files, budget: NodeBudget(8), mistakes: &mistakes) != nil)
        #expect(ConfigLoader.load(front: "a.yaml", files: files, budget: NodeBudget(7), mistakes: &mistakes) == nil)
        #expect(mistakes.all.map(\.mark) == [Mark(file: "b.yaml", line: 1, column: 8)])
    }

    @Test func `a tree comes back though a key stands twice, so that more mistakes can be told`() {
        let (tree, mistakes) = Self.load("a.yaml", ["a.yaml": "a: 1\na: 2"])
        #expect(tree?.documents.count == 1)
        #expect(mistakes.all.count == 1)
    }
}
