/// Where config files are read from: the disk, or the pack inside the program.
///
/// Paths part their folders by `/` and hold no `.` or needless `..`; the folder of a bare name is `.`.
package protocol ConfigFiles: Sendable {
    /// The bytes of the file at `path`, or why they cannot be had.
    func read(_ path: String) -> Result<[UInt8], ConfigFileProblem>
    /// The names in the folder at `path`, sorted; nil when it is no folder.
    func names(inFolder path: String) -> [String]?
}

/// Why a config file cannot be read.
package enum ConfigFileProblem: Error, Sendable, Hashable {
    case missing
    case isFolder
    /// Neither a file nor a folder, such as `a named pipe`: reading it might never end.
    case notRegular(String)
    /// More bytes than `ConfigLoader.sizeLimit`.
    case tooLarge
    case unreadable(String)
}

/// All files of a config: the front page first, then what it includes, in order.
package struct ConfigTree: Sendable {
    /// One file, read whole.
    package struct Document: Sendable {
        /// Where it was read from, tidied, such as `config/terms/labs.yaml`.
        package var path: String
        /// The mapping at its top, with `include` still in it.
        package var root: Node

        /// Takes what was read from one path.
        package init(path: String, root: Node) {
            self.path = path
            self.root = root
        }
    }

    /// In the order of reading, the front page first.
    package var documents: [Document]
    /// The lines of every file, by its path, to show beside a mistake.
    package var sources: [String: [UInt8]]

    /// Takes files that were read, and their bytes by path.
    package init(documents: [Document], sources: [String: [UInt8]]) {
        self.documents = documents
        self.sources = sources
    }
}
