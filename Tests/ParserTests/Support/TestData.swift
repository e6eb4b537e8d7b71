import Glibc

/// Files that tests read: those beside this file, and the large collections that lie outside the package.
enum TestData {
    /// The folder `Tests/ParserTests`.
    static let folder = #filePath.split(separator: "/").dropLast(2).reduce("") { $0 + "/" + $1 }

    /// The shared collections: `$TOXWATCH_SHARED`, else the folder `shared` beside the package; nil when there are none.
    static let shared: String? = {
        let given = getenv("TOXWATCH_SHARED").map { String(cString: $0) }
        let path = given ?? folder + "/../../../shared"
        return names(in: path + "/data").isEmpty ? nil : path
    }()

    /// The bytes of a file; empty when it cannot be read.
    static func bytes(_ path: String) -> [UInt8] {
        guard let file = fopen(path, "rb") else { return [] }
        defer { fclose(file) }
        var all: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = fread(&chunk, 1, chunk.count, file)
            if count == 0 { return all }
            all += chunk[..<count]
        }
    }

    /// The names in a folder, sorted; empty when there is none.
    static func names(in folder: String) -> [String] {
        guard let directory = opendir(folder) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names.sorted()
    }
}
