import FoundationEssentials

/// Files that tests read: those beside this file, and the large collections that lie outside the package.
enum TestData {
    /// The folder `Tests/ParserTests`.
    static let folder = #filePath.split(separator: "/").dropLast(2).reduce("") { $0 + "/" + $1 }

    /// The shared collections: `$TOXWATCH_SHARED`, else the folder `shared` beside the package; nil when there are none.
    static let shared: String? = {
        let path = ProcessInfo.processInfo.environment["TOXWATCH_SHARED"] ?? folder + "/../../../shared"
        return names(in: path + "/data").isEmpty ? nil : path
    }()

    /// The bytes of a file; empty when it cannot be read.
    static func bytes(_ path: String) -> [UInt8] {
        FileManager.default.contents(atPath: path).map { Array($0) } ?? []
    }

    /// The names in a folder, sorted; empty when there is none.
    static func names(in folder: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
    }
}
