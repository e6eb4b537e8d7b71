/// Config files that are at hand as bytes, such as the pack inside the program.
package struct ConfigFilesInMemory: ConfigFiles {
    private var files: [String: [UInt8]] = [:]
    private var folders: [String: Set<String>] = [:]

    /// Takes the bytes of each file by its path, such as `scales/ctcae-v5.yaml`.
    package init(_ files: [String: [UInt8]]) {
        for (path, bytes) in files {
            let path = ConfigPath.normalised(path)
            self.files[path] = bytes
            var child = path
            while child != ConfigPath.folder(of: child), child != "." {
                let folder = ConfigPath.folder(of: child)
                folders[folder, default: []].insert(ConfigPath.name(of: child))
                child = folder
            }
        }
    }

    /// The bytes under the path, tidied first.
    package func read(_ path: String) -> Result<[UInt8], ConfigFileProblem> {
        let path = ConfigPath.normalised(path)
        return files[path].map { .success($0) } ?? .failure(folders[path] == nil ? .missing : .isFolder)
    }

    /// What stands right below the path, sorted; nil when no file lies under it.
    package func names(inFolder path: String) -> [String]? { folders[ConfigPath.normalised(path)]?.sorted() }
}
