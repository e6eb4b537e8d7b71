import Config
import Foundation

/// Config files in one folder of the disk, which stands for the root of all paths.
struct FolderFiles: ConfigFiles {
    let root: URL

    func read(_ path: String) -> Result<[UInt8], ConfigFileProblem> {
        let url = root.appending(path: path)
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) else {
            return .failure(.missing)
        }
        if isFolder.boolValue { return .failure(.isFolder) }
        guard let bytes = FileManager.default.contents(atPath: url.path) else {
            return .failure(.unreadable("permission denied"))
        }
        return .success(Array(bytes))
    }

    func names(inFolder path: String) -> [String]? {
        try? FileManager.default.contentsOfDirectory(atPath: root.appending(path: path).path).sorted()
    }
}
