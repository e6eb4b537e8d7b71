/// Paths of config files as text, apart from any disk.
enum ConfigPath {
    /// The path without `.`, doubled slashes, and `..` where a folder stands before it; `.` for nothing at all.
    static func normalised(_ path: String) -> String {
        var parts: [Substring] = []
        let isAbsolute = path.hasPrefix("/")
        for part in path.split(separator: "/") where part != "." {
            if part != ".." {
                parts.append(part)
            } else if let last = parts.last, last != ".." {
                parts.removeLast()
            } else if !isAbsolute {
                parts.append(part)
            }
        }
        let joined = parts.joined(separator: "/")
        if isAbsolute { return "/" + joined }
        return joined.isEmpty ? "." : joined
    }

    /// The path that `path` means when it is written in `file`.
    static func resolved(_ path: String, from file: String) -> String {
        path.hasPrefix("/") ? normalised(path) : child(path, of: folder(of: file))
    }

    /// The path of `name` in a folder.
    static func child(_ name: String, of folder: String) -> String { normalised(folder + "/" + name) }

    /// The folder that holds the file; `.` for a bare name.
    static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// The last part of the path.
    static func name(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
    }

    /// Whether a folder that is included as a whole stands for the file of this name, among others.
    static func isIncludedWithFolder(_ name: String) -> Bool {
        let isYAML = name.hasSuffix(".yaml") || name.hasSuffix(".yml")
        return isYAML && !name.hasSuffix(".test.yaml") && !name.hasSuffix(".test.yml") && !name.hasPrefix(".")
    }
}
