import Config
import Testing

@Suite struct ConfigFilesInMemoryTests {
    private static let files = ConfigFilesInMemory(["./x/b": [1], "x/y/c": [2], "a": [3], "/etc/d": [4]])

    @Test(arguments: [("a", [3]), ("./a", [3]), ("x/b", [1]), ("x/y/../y/c", [2]), ("/etc/d", [4])])
    func `a file is found by its path`(path: String, bytes: [UInt8]) {
        #expect(Self.files.read(path) == .success(bytes))
    }

    @Test(arguments: [
        ("x", ConfigFileProblem.isFolder), (".", .isFolder), ("/", .isFolder), ("y", .missing), ("etc/d", .missing),
    ])
    func `what is no file says why`(path: String, problem: ConfigFileProblem) {
        #expect(Self.files.read(path) == .failure(problem))
    }

    @Test(
        arguments: [
            (".", ["a", "x"]), ("x", ["b", "y"]), ("x/y", ["c"]), ("/", ["etc"]), ("/etc", ["d"]), ("a", nil),
            ("z", nil),
        ] as [(String, [String]?)])
    func `a folder lists its names`(path: String, names: [String]?) {
        #expect(Self.files.names(inFolder: path) == names)
    }
}
