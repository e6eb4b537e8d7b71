/// Config files that are at hand as bytes, such as the pack inside the program.
package struct ConfigFilesInMemory: ConfigFiles {
    private var files: [String: [UInt8]] = [:]

    /// Takes the bytes of each file by its path, such as `scales/ctcae-v5.yaml`.
    package init(_ files: [String: [UInt8]]) {
        for (path, bytes) in files { self.files[ConfigPath.normalised(path)] = bytes }
    }

    /// The bytes under the path, tidied first.
    package func read(_ path: String) -> Result<[UInt8], ConfigFileProblem> {
        let path = ConfigPath.normalised(path)
        return files[path].map { .success($0) } ?? .failure(names(inFolder: path) == nil ? .missing : .isFolder)
    }

    /// What stands right below the path, sorted; nil when no file lies under it.
    package func names(inFolder path: String) -> [String]? {
        let path = ConfigPath.normalised(path)
        let start = path == "." ? "" : path == "/" ? path : path + "/"
        let below = files.keys.filter { $0.hasPrefix(start) && $0.hasPrefix("/") == start.hasPrefix("/") }
        let names = Set(below.map { String($0.dropFirst(start.count).prefix { $0 != "/" }) })
        return names.isEmpty ? nil : names.sorted()
    }
}
