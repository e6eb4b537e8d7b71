import CShippedPack
import Classifier
import Config
import Glibc

/// Config files on the disk.
struct DiskFiles: ConfigFiles {
    func read(_ path: String) -> Result<[UInt8], ConfigFileProblem> {
        if let kind = WholeFile.oddKind(path) { return .failure(.notRegular(kind)) }
        do {
            let bytes = try WholeFile.read(path, upTo: ConfigLoader.sizeLimit + 1)
            return bytes.count > ConfigLoader.sizeLimit ? .failure(.tooLarge) : .success(bytes)
        } catch {
            switch error.number {
            case ENOENT, ENOTDIR: return .failure(.missing)
            case EISDIR: return .failure(.isFolder)
            default: return .failure(.unreadable(error.message))
            }
        }
    }

    func names(inFolder path: String) -> [String]? { WholeFile.names(inFolder: path) }
}

/// The pack that stands inside the program, so that it works from any folder.
enum ShippedPack {
    /// Every file of the pack by its path below `config/`.
    static var files: [(path: String, bytes: [UInt8])] {
        (0..<toxwatch_pack_count()).map { file(toxwatch_pack_file($0)) }
    }

    /// The path of every file below `config/`.
    static var paths: [String] {
        (0..<toxwatch_pack_count()).map { String(cString: toxwatch_pack_file($0).path) }
    }

    /// The bytes of the file at a path; nil when there is none.
    static func bytes(of path: String) -> [UInt8]? {
        for index in 0..<toxwatch_pack_count() {
            let file = toxwatch_pack_file(index)
            if strcmp(file.path, path) == 0 { return Self.file(file).bytes }
        }
        return nil
    }

    private static func file(_ file: toxwatch_pack_file) -> (path: String, bytes: [UInt8]) {
        (String(cString: file.path), Array(UnsafeRawBufferPointer(start: file.bytes, count: file.length)))
    }

    /// The name that stands before paths in messages.
    static let label = "shipped:"
    /// The front page among the files.
    static let front = "toxwatch.yaml"

    /// The pack as the build compiled it.
    static var image: PackImage? {
        PackImage(
            UnsafeRawBufferPointer(start: ShippedImage.text.utf8Start, count: ShippedImage.text.utf8CodeUnitCount))
    }

    /// The files read as a config; nil, with the mistakes noted, when there are any.
    static func tree(_ mistakes: inout Mistakes) -> ConfigTree? {
        ConfigLoader.load(front: front, files: ShippedFiles(), mistakes: &mistakes)
    }
}

/// The shipped pack as config files.
struct ShippedFiles: ConfigFiles {
    /// Where files stand, without what is in them.
    private let places = ConfigFilesInMemory(
        Dictionary(uniqueKeysWithValues: ShippedPack.paths.map { ($0, []) }))

    func read(_ path: String) -> Result<[UInt8], ConfigFileProblem> {
        places.read(path).flatMap { _ in ShippedPack.bytes(of: path).map { .success($0) } ?? .failure(.missing) }
    }

    func names(inFolder path: String) -> [String]? { places.names(inFolder: path) }
}
