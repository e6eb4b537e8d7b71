import Clinical
import Glibc

/// Why a file could not be read or written: the system's own words.
struct SystemError: Error, Sendable {
    var number: Int32

    init(_ number: Int32 = errno) { self.number = number }

    /// As if the reader at the other end had gone: nothing more is to be written.
    init(closed: ()) { number = EPIPE }

    /// The system's message, such as `No such file or directory`.
    var message: String { String(cString: strerror(number)) }
    /// The reader at the other end has gone.
    var isClosedPipe: Bool { number == EPIPE }
}

/// Reading and writing by file descriptors.
enum StandardStreams {
    /// Sees to it that no file opened later takes the place of a standard stream that was closed at the start.
    ///
    /// What stands there instead can be neither read nor written, so that using it fails as it should.
    static func keepPlaces() {
        for (descriptor, mode) in [(STDIN_FILENO, O_WRONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_RDONLY)]
        where fcntl(descriptor, F_GETFD) < 0 {
            _ = open("/dev/null", mode)
        }
    }

    /// Whether it is a pipe or a socket, which may stay open for ever.
    static func isPipe(_ descriptor: Int32) -> Bool {
        var status = stat()
        return fstat(descriptor, &status) == 0 && [S_IFIFO, S_IFSOCK].contains(status.st_mode & S_IFMT)
    }

    /// Whether reading from it would give something at once.
    static func hasMore(_ descriptor: Int32) -> Bool {
        var question = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&question, 1, 0) > 0
    }

    /// Writes all bytes, however often the system takes only a part.
    static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) throws(SystemError) {
        var rest = bytes
        while let start = rest.baseAddress, !rest.isEmpty {
            let count = Glibc.write(descriptor, start, rest.count)
            if count < 0 {
                if errno == EINTR { continue }
                throw SystemError()
            }
            rest = UnsafeRawBufferPointer(rebasing: rest[count...])
        }
    }

    /// Reads what is there, at most the room; 0 at the end of the input.
    static func read(into room: Range<Int>, of bytes: inout [UInt8], from descriptor: Int32) throws(SystemError) -> Int
    {
        while true {
            let count = bytes.withUnsafeMutableBytes { buffer in
                Glibc.read(descriptor, buffer.baseAddress.map { $0 + room.lowerBound }, room.count)
            }
            if count >= 0 { return count }
            if errno != EINTR { throw SystemError() }
        }
    }
}

/// A file that is open for reading, closed when it is no longer needed.
struct InputFile: ~Copyable {
    /// Its name for messages.
    let name: String
    let descriptor: Int32

    /// Opens a file; `-` is stdin.
    ///
    /// - Parameter waits: whether to wait for whoever writes to a named pipe; if not, `poll` has to before each read.
    init(_ path: String, waits: Bool = true) throws(SystemError) {
        if path == "-" {
            name = "stdin"
            descriptor = STDIN_FILENO
            return
        }
        let opened = open(path, O_RDONLY | O_CLOEXEC | (waits ? 0 : O_NONBLOCK))
        guard opened >= 0 else { throw SystemError() }
        var status = stat()
        if fstat(opened, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
            close(opened)
            throw SystemError(EISDIR)
        }
        if !waits { _ = fcntl(opened, F_SETFL, 0) }
        name = path
        descriptor = opened
    }

    deinit { if descriptor != STDIN_FILENO { close(descriptor) } }
}

/// A file that is open for writing, or stdout.
struct OutputFile: ~Copyable {
    let descriptor: Int32

    /// stdout.
    init() { descriptor = STDOUT_FILENO }

    /// Opens a file whose content stays until `empty()`, or makes one that only its owner may read.
    init(replacing path: String) throws(SystemError) {
        try self.init(opening: path, 0)
    }

    /// Opens a file to write at its end, or makes one that only its owner may read.
    init(appendingTo path: String) throws(SystemError) {
        try self.init(opening: path, O_APPEND)
    }

    private init(opening path: String, _ mode: Int32) throws(SystemError) {
        let opened = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | mode, 0o600)
        guard opened >= 0 else { throw SystemError() }
        descriptor = opened
    }

    /// Throws away what a file held; pipes and devices hold nothing, and stdout is the shell's.
    func empty() throws(SystemError) {
        if descriptor == STDOUT_FILENO { return }
        if ftruncate(descriptor, 0) != 0, errno != EINVAL { throw SystemError() }
    }

    /// Whether a person looks at it.
    var isTerminal: Bool { isatty(descriptor) == 1 }

    deinit { if descriptor != STDOUT_FILENO { close(descriptor) } }
}

/// Whole files, for configs and rosters.
enum WholeFile {
    /// What stands at the path, when it is there and neither a file nor a folder: opening it might never end.
    static func oddKind(_ path: String) -> String? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        switch status.st_mode & S_IFMT {
        case S_IFREG, S_IFDIR: return nil
        case S_IFIFO: return "a named pipe"
        case S_IFSOCK: return "a socket"
        default: return "a device"
        }
    }

    /// The bytes of a file: all, or the first ones up to a limit.
    static func read(_ path: String, upTo limit: Int = .max) throws(SystemError) -> [UInt8] {
        let file = try InputFile(path)
        var bytes: [UInt8] = []
        var filled = 0
        while true {
            if bytes.count < filled + 65_536 { bytes += [UInt8](repeating: 0, count: max(65_536, filled)) }
            let count = try StandardStreams.read(into: filled..<bytes.count, of: &bytes, from: file.descriptor)
            if count == 0 { break }
            filled += count
            if filled >= limit { break }
        }
        bytes.removeLast(bytes.count - min(filled, limit))
        return bytes
    }

    /// The names in a folder, sorted; nil when it is none.
    static func names(inFolder path: String) -> [String]? {
        guard let folder = opendir(path) else { return nil }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// When a file was last written; unknown for one that is not there.
    static func written(_ path: String) -> Moment {
        var status = stat()
        guard stat(path, &status) == 0 else { return .unknown }
        return Moment(milliseconds: Int64(status.st_mtim.tv_sec) * 1000 + Int64(status.st_mtim.tv_nsec) / 1_000_000)
    }

    /// Whether something stands at the path.
    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }
}
