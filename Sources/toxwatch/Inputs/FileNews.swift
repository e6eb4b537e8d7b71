import Glibc

/// Wakes whoever waits for a change of a file or of what its name stands for; the kernel tells (inotify).
///
/// What changed is not asked: a look at the file tells that better. Not everything wakes: a change that another machine
/// makes on a shared disk does not, nor one behind a chain of links, so that waiting needs an end all the same.
struct FileNews: ~Copyable {
    /// Readable when there is news; negative when the kernel cannot tell.
    let descriptor: Int32
    private let path: String
    private let folder: String
    /// Watches of files that the name stands for, or stood for.
    private var files: Set<Int32> = []

    init(of path: String) {
        self.path = path
        let name = path.split(separator: "/").last?.count ?? 0
        folder = path.contains("/") ? String(path.dropLast(name)) : "."
        descriptor = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
    }

    /// Watches the file that the name stands for now, if there is one, and the folder for another; false when it cannot.
    mutating func watch() -> Bool {
        guard inotify_add_watch(descriptor, folder, UInt32(IN_CREATE | IN_MOVED_TO)) >= 0 else { return false }
        let file = inotify_add_watch(descriptor, path, UInt32(IN_MODIFY))
        if file >= 0 { files.insert(file) }
        return file >= 0 || errno == ENOENT
    }

    /// Watches no file any more until told so again.
    mutating func forget() {
        for file in files { inotify_rm_watch(descriptor, file) }
        files = []
    }

    /// Takes all news, so that the next is noticed.
    func clear() {
        var news = [UInt8](repeating: 0, count: 4096)
        while Glibc.read(descriptor, &news, news.count) > 0 {}
    }

    deinit { if descriptor >= 0 { close(descriptor) } }
}
