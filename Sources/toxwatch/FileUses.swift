import Glibc

/// The files that one command reads and writes: none may be written that is also read, and none written twice.
///
/// Files count by what they are, not by their names: links, `./x` and the redirections of the shell are seen through.
/// Devices, pipes and terminals may serve both ways.
struct FileUses {
    /// What tells a regular file from every other.
    private struct Identity: Hashable {
        var device: UInt
        var inode: UInt
        /// The name in its folder, of a file that is still to be made; the folder's numbers stand for it then.
        var name = ""
    }

    private struct Use {
        var identity: Identity
        var role: String
        var isWritten: Bool
    }

    private var uses: [Use] = []

    /// Notes a file that is read, also one that is not there yet; `-` is stdin.
    mutating func read(_ path: String, as role: String) {
        let name = path == "-" ? "stdin" : "\(role) \(path)"
        let known = path == "-" ? Self.identity(of: STDIN_FILENO) : Self.identity(of: path)
        guard let identity = known ?? Self.identity(ofNew: path) else { return }
        uses.append(Use(identity: identity, role: name, isWritten: false))
    }

    /// Notes a file that is written; `-` is stdout.
    mutating func write(_ path: String, as role: String) {
        let name = path == "-" ? "stdout" : "\(role) \(path)"
        let known = path == "-" ? Self.identity(of: STDOUT_FILENO) : Self.identity(of: path)
        guard let identity = known ?? Self.identity(ofNew: path) else { return }
        uses.append(Use(identity: identity, role: name, isWritten: true))
    }

    /// Two uses that are in each other's way, in words; nil when there are none.
    var conflict: String? {
        for (place, output) in uses.enumerated() where output.isWritten {
            let others = uses.enumerated().filter { $0.offset != place && $0.element.identity == output.identity }
            if let read = others.first(where: { !$0.element.isWritten })?.element {
                return "\(output.role) is the same file as \(read.role), which is read; write to another file"
            }
            if let written = others.first?.element {
                return "\(written.role) and \(output.role) are the same file; write to two files"
            }
        }
        return nil
    }

    private static func identity(of path: String) -> Identity? {
        var status = stat()
        return stat(path, &status) == 0 ? identity(status) : nil
    }

    private static func identity(of descriptor: Int32) -> Identity? {
        var status = stat()
        return fstat(descriptor, &status) == 0 ? identity(status) : nil
    }

    private static func identity(_ status: stat) -> Identity? {
        guard status.st_mode & S_IFMT == S_IFREG else { return nil }
        return Identity(device: UInt(status.st_dev), inode: UInt(status.st_ino))
    }

    /// Of a file that is not there yet; nil for one that is there, or whose folder is not.
    private static func identity(ofNew path: String) -> Identity? {
        var status = stat()
        guard path != "-", stat(path, &status) != 0 else { return nil }
        let name = path.split(separator: "/").last.map(String.init) ?? path
        let folder = path.contains("/") ? String(path.dropLast(name.count)) : "."
        guard stat(folder, &status) == 0 else { return nil }
        return Identity(device: UInt(status.st_dev), inode: UInt(status.st_ino), name: name)
    }
}
