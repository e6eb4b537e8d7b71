import CShippedPack
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
        (0..<toxwatch_pack_count()).map { index in
            let file = toxwatch_pack_file(index)
            let bytes = UnsafeRawBufferPointer(start: file.bytes, count: file.length)
            return (String(cString: file.path), Array(bytes))
        }
    }

    /// The name that stands before paths in messages.
    static let label = "shipped:"
    /// The front page among the files.
    static let front = "toxwatch.yaml"
}

/// The shipped pack as config files.
struct ShippedFiles: ConfigFiles {
    private let files: ConfigFilesInMemory

    init() {
        files = ConfigFilesInMemory(Dictionary(uniqueKeysWithValues: ShippedPack.files.map { ($0.path, $0.bytes) }))
    }

    func read(_ path: String) -> Result<[UInt8], ConfigFileProblem> { files.read(path) }
    func names(inFolder path: String) -> [String]? { files.names(inFolder: path) }
}
