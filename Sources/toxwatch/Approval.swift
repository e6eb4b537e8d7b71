import Config

/// The approval of a pack: a separate file with the digest of exactly the pack that was approved.
enum Approval {
    /// The file approves exactly this pack.
    case holds
    /// The front page names no file, there is none, or it cannot be read; mistakes in it are noted.
    case missing
    /// The file approves what the pack once was, or another one.
    case ofAnotherVersion(file: String)

    /// Looks for the file that the front page names. A missing one is no mistake.
    init(in name: Located<String>?, digest: String, files: some ConfigFiles, _ mistakes: inout Mistakes) {
        self = .missing
        guard let name else { return }
        let folder = name.mark.file.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(
            separator: "/")
        let path = folder.isEmpty ? name.value : folder + "/" + name.value
        guard case .success(let bytes) = files.read(path) else { return }
        mistakes.keep(source: bytes, of: path)
        var budget = NodeBudget()
        guard let root = YAMLReader.read(bytes, file: path, budget: &budget, mistakes: &mistakes),
            var section = Section(root, "an approval", &mistakes)
        else { return }
        let approved = section.requiredText("sha256", &mistakes)
        let texts = ["name", "role", "date", "scope"].compactMap { section.requiredText($0, &mistakes) }
        section.finish(&mistakes)
        guard texts.count == 4, let approved else { return }
        self = approved.value == digest ? .holds : .ofAnotherVersion(file: path)
    }

    /// Whether the pack is approved.
    var isGiven: Bool { if case .holds = self { true } else { false } }

    /// What every start says of it.
    var announcement: String {
        switch self {
        case .holds: "approved"
        case .missing: "not approved: no hospital has signed this pack yet"
        case .ofAnotherVersion(let file): "not approved: the approval \(file) is for another version of the pack"
        }
    }
}
