import Foundation

/// The project's own files, as they lie in the working copy that the tests were built from.
enum Repository {
    /// The folder that holds Package.swift.
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// A file or folder by its path from the root.
    static func url(_ path: String) -> URL { root.appendingPathComponent(path) }

    /// The whole path of a file or folder.
    static func path(_ path: String) -> String { url(path).path }

    /// The bytes of a file.
    static func bytes(_ path: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: url(path))) }

    /// The text of a file.
    static func text(_ path: String) throws -> String { String(decoding: try bytes(path), as: UTF8.self) }

    /// Whether a file or folder is there.
    static func holds(_ path: String) -> Bool { FileManager.default.fileExists(atPath: url(path).path) }

    /// The whole path of a file in the shared collections, `$TOXWATCH_SHARED` or the folder `shared` beside the working copy;
    /// nil when it is absent.
    static func shared(_ path: String) -> String? {
        let folder = ProcessInfo.processInfo.environment["TOXWATCH_SHARED"] ?? Self.path("../shared")
        let whole = URL(fileURLWithPath: folder).appendingPathComponent(path).standardizedFileURL.path
        return FileManager.default.fileExists(atPath: whole) ? whole : nil
    }

    /// Paths from the root of every file below a folder that ends so, sorted.
    static func files(below folder: String, endingIn ending: String) -> [String] {
        let below = url(folder)
        guard let walk = FileManager.default.enumerator(atPath: below.path) else { return [] }
        return walk.compactMap { $0 as? String }.filter { $0.hasSuffix(ending) }.map { folder + "/" + $0 }.sorted()
    }

    /// The rooms' Swift files.
    static let sources = files(below: "Sources", endingIn: ".swift")
    /// The tests' Swift files.
    static let tests = files(below: "Tests", endingIn: ".swift")
}
