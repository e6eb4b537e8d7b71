package import Clinical
import Glibc

/// Who holds a state, as told to whoever else wants it.
package struct LockHolder: Sendable {
    /// The command's name, such as `run`.
    package var command: String
    /// Since when it runs.
    package var since: Moment

    package init(command: String, since: Moment) {
        self.command = command
        self.since = since
    }

    /// `process 4711, run, since 2026-03-01T08:15:00Z`
    var line: String {
        var time: [UInt8] = []
        RFC3339.append(since, to: &time)
        return "process \(getpid()), \(command), since \(String(decoding: time, as: UTF8.self))"
    }
}

/// The right to run on a state: one process has it, until it drops the lock or dies.
///
/// A file beside the state, `PATH.lock`, is locked and says who locked it. It stays when the lock is gone: removing it
/// would let two runs lock two files of one name.
struct WriterLock: ~Copyable {
    private let descriptor: Int32

    /// - Parameter patience: for how many milliseconds to wait for another run to end.
    init(_ location: StateLocation, holder: LockHolder, patience: Int) throws(StateError) {
        let path = location.path + ".lock"
        let opened = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK, 0o600)
        guard opened >= 0 else { throw Self.failure(location) }
        if let refusal = Self.wait(for: opened, location, patience) {
            close(opened)
            throw refusal
        }
        // On a full disk nobody reads who holds the lock, and that is all.
        let line = Array(holder.line.utf8)
        fchmod(opened, 0o600)
        ftruncate(opened, 0)
        _ = line.withUnsafeBytes { pwrite(opened, $0.baseAddress, $0.count, 0) }
        descriptor = opened
    }

    deinit { close(descriptor) }

    /// Whether some process has the right now.
    static func isHeld(_ location: StateLocation) -> Bool {
        let opened = open(location.path + ".lock", O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
        guard opened >= 0 else { return false }
        defer { close(opened) }
        return flock(opened, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK
    }

    /// Waits until the lock is ours; returns why it is not.
    private static func wait(for opened: Int32, _ location: StateLocation, _ patience: Int) -> StateError? {
        var left = patience
        while flock(opened, LOCK_EX | LOCK_NB) != 0 {
            guard errno == EWOULDBLOCK || errno == EINTR else { return failure(location) }
            guard left > 0 else { return StateError(location.given, .held(by: told(opened))) }
            usleep(UInt32(min(left, pause)) * 1000)
            left -= pause
        }
        return nil
    }

    /// Milliseconds between two tries.
    private static let pause = 10

    /// What the holder wrote.
    private static func told(_ descriptor: Int32) -> String {
        var bytes = [UInt8](repeating: 0, count: 256)
        let count = bytes.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, 0) }
        return count > 0 ? String(decoding: bytes[..<count], as: UTF8.self) : "a process that has not said its name"
    }

    private static func failure(_ location: StateLocation) -> StateError {
        switch errno {
        case EACCES, EPERM, EROFS: StateError(location.given, .readOnly)
        case ENOSPC, EDQUOT: StateError(location.given, .diskFull)
        case ELOOP: StateError(location.given + ".lock", .symbolicLink)
        default: StateError(location.given + ".lock", .cannotOpen(String(cString: strerror(errno))))
        }
    }
}
