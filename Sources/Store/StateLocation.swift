import Glibc

/// Where a state lies: a file of its own, never behind a symbolic link, readable by nobody but its owner.
struct StateLocation {
    /// As people gave it.
    let given: String
    /// The same file by the real path of its folder.
    let path: String

    /// - Throws: when the folder is not there, or when what stands at the path can be no state.
    init(_ given: String) throws(StateError) {
        self.given = given
        let name = given.split(separator: "/", omittingEmptySubsequences: false).last.map(String.init) ?? ""
        let folder = given.contains("/") ? String(given.dropLast(name.count)) : "."
        guard !name.isEmpty, name != ".", name != ".." else { throw StateError(given, .notAFile("a folder")) }
        guard let real = realpath(folder, nil) else {
            throw StateError(given, .cannotOpen("its folder: \(String(cString: strerror(errno)))"))
        }
        defer { free(real) }
        path = String(cString: real) + "/" + name
        try checkKind()
    }

    /// Whether something stands there.
    var exists: Bool { mode != nil }

    /// Makes an empty file, which SQLite takes for a new database, or takes others' rights away from the one there.
    func makePrivate() throws(StateError) {
        if let mode {
            if mode & 0o077 != 0, chmod(path, mode & 0o700) != 0 { throw failure }
            return
        }
        let opened = open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard opened >= 0 else {
            if errno == EEXIST { return try checkKind() }
            throw failure
        }
        fchmod(opened, 0o600)
        close(opened)
    }

    /// The file's kind and rights; nil when there is none.
    ///
    /// Asked by name: opening and closing a database's file would end the locks that this process holds on it.
    private var mode: mode_t? {
        var status = stat()
        return lstat(path, &status) == 0 ? status.st_mode : nil
    }

    private func checkKind() throws(StateError) {
        guard let mode else { return }
        switch mode & S_IFMT {
        case S_IFREG: return
        case S_IFLNK: throw StateError(given, .symbolicLink)
        case S_IFDIR: throw StateError(given, .notAFile("a folder"))
        case S_IFIFO: throw StateError(given, .notAFile("a named pipe"))
        default: throw StateError(given, .notAFile("a device or a socket"))
        }
    }

    /// What the system's last error means here.
    private var failure: StateError {
        switch errno {
        case EACCES, EPERM, EROFS: StateError(given, .readOnly)
        case ENOSPC, EDQUOT: StateError(given, .diskFull)
        default: StateError(given, .cannotOpen(String(cString: strerror(errno))))
        }
    }
}
