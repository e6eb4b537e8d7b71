/// Reads the front page of a config and everything that it includes.
///
/// ```yaml
/// include:
///   - scales            # a folder: every *.yaml and *.yml in it but *.test.yaml, by name, not the folders in it
///   - rules/local.yaml  # a file, seen from the file that includes it
/// ```
package struct ConfigLoader {
    /// How many files may include one another in a row.
    private static let longestChain = 32
    /// The most bytes that one file may have.
    package static let sizeLimit = 16 << 20

    private let files: any ConfigFiles
    private var budget: NodeBudget
    private var documents: [ConfigTree.Document] = []
    private var met: Set<String> = []
    /// The files that include one another, from the front page to the one being read.
    private var chain: [String] = []
    private var isComplete = true

    private init(_ files: any ConfigFiles, _ budget: NodeBudget) {
        self.files = files
        self.budget = budget
    }

    /// The whole config; nil, with the reasons noted, when a file is missing or cannot be read to its end.
    ///
    /// A tree may come back though `mistakes` were added, so that what else is wrong can be told with them.
    /// The bytes of every file that was read are kept in `mistakes` either way.
    package static func load(
        front: String, files: any ConfigFiles, budget: NodeBudget = NodeBudget(), mistakes: inout Mistakes
    ) -> ConfigTree? {
        var loader = ConfigLoader(files, budget)
        let path = ConfigPath.normalised(front)
        loader.file(path, asked: Mark(file: path), &mistakes)
        guard loader.isComplete else { return nil }
        let paths = Set(loader.documents.map(\.path))
        return ConfigTree(documents: loader.documents, sources: mistakes.sources.filter { paths.contains($0.key) })
    }

    /// Reads one file and, after it, what it includes; `asked` is the place that names it.
    private mutating func file(_ path: String, asked: Mark, _ mistakes: inout Mistakes) {
        guard isNew(path, asked: asked, &mistakes) else { return }
        let bytes: [UInt8]
        switch files.read(path) {
        case .success(let read) where read.count > Self.sizeLimit:
            return refuse(path, .tooLarge, asked: asked, &mistakes)
        case .success(let read): bytes = read
        case .failure(let problem): return refuse(path, problem, asked: asked, &mistakes)
        }
        mistakes.keep(source: bytes, of: path)
        guard let root = YAMLReader.read(bytes, file: path, budget: &budget, mistakes: &mistakes) else {
            isComplete = false
            return
        }
        guard let entries = root.entries else {
            isComplete = false
            return mistakes.add(at: root.mark, "a config file must be a mapping, found \(root.kind)")
        }
        documents.append(ConfigTree.Document(path: path, root: root))
        guard let include = entries.first(where: { $0.key == "include" })?.value, !include.isNull else { return }
        guard include.entries == nil else {
            isComplete = false
            return mistakes.add(at: include.mark, "'include' must be a path or a list of paths, found \(include.kind)")
        }
        chain.append(path)
        for entry in include.members ?? [include] { follow(entry, from: path, &mistakes) }
        chain.removeLast()
    }

    /// Whether the file is to be read: not when it was before, nor when it includes itself.
    private mutating func isNew(_ path: String, asked: Mark, _ mistakes: inout Mistakes) -> Bool {
        if let start = chain.firstIndex(of: path) {
            let circle = (chain[start...] + [path]).joined(separator: " → ")
            mistakes.add(at: asked, "files include one another in a circle: \(circle)", help: "leave one of them out")
            isComplete = false
            return false
        }
        guard met.insert(path).inserted else { return false }
        guard chain.count < Self.longestChain else {
            mistakes.add(at: asked, "more than \(Self.longestChain) files include one another in a row")
            isComplete = false
            return false
        }
        return true
    }

    /// Reads what one member of `include` names.
    private mutating func follow(_ entry: Node, from file: String, _ mistakes: inout Mistakes) {
        guard let text = Located.text(entry, "a member of 'include'", &mistakes), !text.value.isEmpty else {
            if entry.text != nil { mistakes.add(at: entry.mark, "a member of 'include' is empty") }
            isComplete = false
            return
        }
        let path = ConfigPath.resolved(text.value, from: file)
        guard let names = files.names(inFolder: path) else { return self.file(path, asked: entry.mark, &mistakes) }
        let included = names.filter(ConfigPath.isIncludedWithFolder).sorted()
        if included.isEmpty {
            mistakes.add(at: entry.mark, "the folder '\(path)' holds no *.yaml file")
            isComplete = false
        }
        for name in included { self.file(ConfigPath.child(name, of: path), asked: entry.mark, &mistakes) }
    }

    private mutating func refuse(
        _ path: String, _ problem: ConfigFileProblem, asked: Mark, _ mistakes: inout Mistakes
    ) {
        isComplete = false
        switch problem {
        case .missing:
            let help = existing(near: path, &mistakes)
            mistakes.add(at: asked, "there is no file '\(path)'", help: help)
        case .isFolder:
            let names = (files.names(inFolder: path) ?? []).filter(ConfigPath.isIncludedWithFolder).sorted()
            let help = names.isEmpty ? "" : "name a file in it: \(names.prefix(12).joined(separator: ", "))"
            mistakes.add(at: asked, "'\(path)' is a folder, not a file", help: help)
        case .notRegular(let kind):
            let help = "include only files, and folders of them"
            mistakes.add(at: asked, "'\(path)' is \(kind), not a file", help: help)
        case .tooLarge:
            mistakes.add(at: asked, "the file '\(path)' has more than \(Self.sizeLimit >> 20) MiB")
        case .unreadable(let reason): mistakes.add(at: asked, "the file '\(path)' cannot be read: \(reason)")
        }
    }

    /// What there is where the path begins to lead nowhere.
    private func existing(near path: String, _ mistakes: inout Mistakes) -> String {
        var missing = path
        while true {
            let folder = ConfigPath.folder(of: missing)
            if let names = files.names(inFolder: folder) {
                let name = ConfigPath.name(of: missing)
                if let nearest = mistakes.nearest(to: name, among: names) {
                    let found = ConfigPath.child(nearest, of: folder)
                    let whole = found + path.dropFirst(missing.count)
                    if case .success = files.read(whole) { return "did you mean '\(whole)'?" }
                    // A folder that happens to be named alike, and does not hold the file, helps nobody.
                    if missing == path { return "did you mean '\(found)'?" }
                }
                if names.isEmpty || names.count > 12 { return "" }
                return "the folder '\(folder)' holds: \(names.sorted().joined(separator: ", "))"
            }
            guard folder != missing, folder != "." else { return "" }
            missing = folder
        }
    }
}
