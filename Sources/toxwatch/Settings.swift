import Classifier
import Clinical
import Config
import Digest
import Glibc
import Parser

/// What a command needs before the first byte of input: the pack, compiled, with its digest and zone.
struct Settings {
    var pack: CompiledPack
    /// The tree that the pack came from; `sources` are read from it.
    var tree: ConfigTree
    /// The config's files on the disk; none for the shipped pack.
    var files: [String]
    /// Whether the pack was approved as it is.
    var approval: Approval

    /// Where the config is looked for, when no option names one.
    static let places = ["./config/toxwatch.yaml", "/etc/toxwatch/toxwatch.yaml"]

    /// The config to use, a folder standing for the front page in it: the option, else `$TOXWATCH_CONFIG`, else the first place that exists, else nil for the shipped pack.
    static func configPath(_ option: String?) -> String? {
        if let option { return frontPage(option) }
        if let variable = getenv("TOXWATCH_CONFIG"), variable.pointee != 0 {
            return frontPage(String(cString: variable))
        }
        return places.first(where: WholeFile.exists)
    }

    private static func frontPage(_ path: String) -> String {
        let front = (path.hasSuffix("/") ? path : path + "/") + ShippedPack.front
        return WholeFile.names(inFolder: path) != nil && WholeFile.exists(front) ? front : path
    }

    /// Loads and compiles the config; every mistake is told before the status is thrown.
    static func load(_ option: String?) throws(ExitStatus) -> Settings {
        var mistakes = Mistakes()
        guard let settings = load(option, &mistakes) else {
            Diagnostics.write(mistakes.rendered(colour: useColour))
            throw .config
        }
        return settings
    }

    /// Loads and compiles the config; nil, with the mistakes noted, when there are any.
    static func load(_ option: String?, _ mistakes: inout Mistakes) -> Settings? {
        let path = configPath(option)
        let files: any ConfigFiles = if path == nil { ShippedFiles() } else { DiskFiles() }
        guard let tree = ConfigLoader.load(front: path ?? ShippedPack.front, files: files, mistakes: &mistakes) else {
            return nil
        }
        let compiled = PackDraft.compile(tree)
        mistakes.add(compiled.mistakes.all)
        guard mistakes.isEmpty, let draft = compiled.draft else { return nil }
        ProgramVersion.check(draft.requires, &mistakes)
        let digest = SHA256.hexadecimal(of: tree.canonicalBytes())
        let approval = Approval(draft, digest: digest, files: files, &mistakes)
        let zone = draft.zoneName.map { ZoneFiles.zone($0, &mistakes) ?? .utc } ?? .utc
        guard mistakes.isEmpty else { return nil }
        let pack = draft.finished(digest: digest, isApproved: approval.isGiven, zone: zone)
        let paths = path == nil ? [] : tree.sources.keys.sorted()
        return Settings(pack: pack, tree: tree, files: paths, approval: approval)
    }

    /// The mappings under `sources:`; mistakes in them are noted.
    func sources(_ mistakes: inout Mistakes) -> [SourceMapping] {
        SourceMapping.read(tree, vocabulary: pack.vocabulary, zone: ZoneFiles.zone(named:), mistakes: &mistakes)
    }

    /// Whether messages on stderr may be coloured.
    static var useColour: Bool { Diagnostics.isOnTerminal && !hasNoColour }

    /// NO_COLOR, set to anything but nothing, asks for no colours.
    static var hasNoColour: Bool { getenv("NO_COLOR").map { $0.pointee != 0 } ?? false }
}

/// Zone rules from the system's zone files.
enum ZoneFiles {
    /// The zone of a name or an offset; nil, with a mistake noted, when there is none.
    static func zone(_ name: Located<String>, _ mistakes: inout Mistakes) -> SiteZone? {
        if let zone = zone(named: name.value) { return zone }
        mistakes.add(
            at: name.mark, "unknown time zone '\(name.value)'",
            help:
                "write an IANA name such as Europe/Berlin (Debian's package tzdata has them), UTC, or an offset such as +02:00"
        )
        return nil
    }

    /// The zone of a name or an offset.
    static func zone(named name: String) -> SiteZone? {
        if name == "UTC" || name == "Z" { return .utc }
        if let zone = SiteZone(offset: name) { return zone }
        let isName = !name.isEmpty && !name.hasPrefix("/") && !name.hasPrefix(".") && !name.contains("..")
        guard isName, let bytes = try? WholeFile.read("/usr/share/zoneinfo/" + name) else { return nil }
        return SiteZone(name: name, tzif: bytes)
    }
}
