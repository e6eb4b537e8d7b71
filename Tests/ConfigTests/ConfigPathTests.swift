import Testing

@testable import Config

@Suite struct ConfigPathTests {
    @Test(arguments: [
        ("a", "a"), ("./a", "a"), ("a/./b//c/", "a/b/c"), ("a/../b", "b"), ("../a", "../a"), ("a/../../b", "../b"),
        ("../../a", "../../a"), ("/a/../../b", "/b"), ("", "."), (".", "."), ("a/..", "."), ("/", "/"), ("/..", "/"),
    ])
    func `a path is tidied`(path: String, wanted: String) {
        #expect(ConfigPath.normalised(path) == wanted)
    }

    @Test(arguments: [
        ("b.yaml", "a.yaml", "b.yaml"), ("b.yaml", "x/a.yaml", "x/b.yaml"), ("../b.yaml", "x/a.yaml", "b.yaml"),
        ("../b.yaml", "a.yaml", "../b.yaml"), ("/b.yaml", "x/a.yaml", "/b.yaml"), ("b.yaml", "/a.yaml", "/b.yaml"),
        (".", "x/a.yaml", "x"),
    ])
    func `an included path is seen from the file that includes it`(path: String, file: String, wanted: String) {
        #expect(ConfigPath.resolved(path, from: file) == wanted)
    }

    @Test(arguments: [("a", ".", "a"), ("x/a", "x", "a"), ("/a", "/", "a"), ("x/y/a", "x/y", "a"), ("../a", "..", "a")])
    func `a path has a folder and a name`(path: String, folder: String, name: String) {
        #expect(ConfigPath.folder(of: path) == folder)
        #expect(ConfigPath.name(of: path) == name)
    }
}
