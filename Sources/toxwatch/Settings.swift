import Classifier
import Clinical
import Config
import Digest
import Glibc
import Parser

/// What a command needs before the first byte of input: the pack, compiled, with its digest and zone.
struct Settings {
    var pack: CompiledPack
    /// The tree that the pack came from; nil when the pack was compiled with the program.
    var tree: ConfigTree?
    /// The config's files on the disk; none for the shipped pack.
    var files: [String]
    /// Whether the pack was approved as it is.
    var approval: Approval
    /// The front page that the pack was read from; nil for the one that the program carries.
    var front: String?

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
        // The process ends with its pack; taking that apart first would only take time.
        _ = Unmanaged.passRetained(settings.pack)
        return settings
    }

    /// Loads the config; nil, with the mistakes noted, when there are any. The shipped pack is taken as the build
    /// compiled it, unless it is to be read anew.
    static func load(_ option: String?, _ mistakes: inout Mistakes, anew: Bool = false) -> Settings? {
        if let path = configPath(option) { return load(front: path, DiskFiles(), &mistakes) }
        if !anew, let image = ShippedPack.image, let settings = load(image, &mistakes) { return settings }
        return load(front: ShippedPack.front, ShippedFiles(), &mistakes)
    }

    private static func load(front: String, _ files: some ConfigFiles, _ mistakes: inout Mistakes) -> Settings? {
        guard let tree = ConfigLoader.load(front: front, files: files, mistakes: &mistakes) else { return nil }
        let compiled = PackDraft.compile(tree)
        mistakes.add(compiled.mistakes.all)
        guard mistakes.isEmpty, let draft = compiled.draft else { return nil }
        ProgramVersion.check(draft.requires, &mistakes)
        let digest = SHA256.hexadecimal(of: tree.canonicalBytes())
        let approval = Approval(in: draft.approval, digest: digest, files: files, &mistakes)
        let zone = ZoneFiles.zone(draft.zoneName, &mistakes)
        let quietZones = draft.quietZoneNames.map { ZoneFiles.zone($0, &mistakes) }
        guard mistakes.isEmpty else { return nil }
        let pack = draft.finished(
            digest: digest, isApproved: approval.isGiven, zone: zone, quietZones: quietZones)
        let paths = files is DiskFiles ? tree.sources.keys.sorted() : []
        return Settings(
            pack: pack, tree: tree, files: paths, approval: approval, front: files is DiskFiles ? front : nil)
    }

    private static func load(_ image: PackImage, _ mistakes: inout Mistakes) -> Settings? {
        ProgramVersion.check(image.requires, &mistakes)
        let approval = Approval(in: image.approval, digest: image.digest, files: ShippedFiles(), &mistakes)
        let zone = ZoneFiles.zone(image.zoneName, &mistakes)
        let quietZones = image.quietZoneNames.map { ZoneFiles.zone($0, &mistakes) }
        guard mistakes.isEmpty,
            let pack = image.finished(isApproved: approval.isGiven, zone: zone, quietZones: quietZones)
        else { return nil }
        return Settings(pack: pack, tree: nil, files: [], approval: approval)
    }

    /// The mappings under `sources:`; mistakes in them are noted.
    func sources(_ mistakes: inout Mistakes) -> [SourceMapping] {
        guard let tree = tree ?? ShippedPack.tree(&mistakes) else { return [] }
        return SourceMapping.read(tree, vocabulary: pack.vocabulary, zone: ZoneFiles.zone(named:), mistakes: &mistakes)
    }

    /// Whether messages on stderr may be coloured.
    static var useColour: Bool { Diagnostics.isOnTerminal && !hasNoColour }

    /// NO_COLOR, set to anything but nothing, asks for no colours.
    static var hasNoColour: Bool { getenv("NO_COLOR").map { $0.pointee != 0 } ?? false }
}

/// Zone rules from the system's zone files.
enum ZoneFiles {
    /// The zone of a name or an offset, UTC without one; UTC, with a mistake noted, when there is none of that name.
    static func zone(_ name: Located<String>?, _ mistakes: inout Mistakes) -> SiteZone {
        guard let name else { return .utc }
        if let zone = zone(named: name.value) { return zone }
        mistakes.add(
            at: name.mark, "unknown time zone '\(name.value)'",
            help:
                "write an IANA name such as Europe/Berlin (Debian's package tzdata has them), UTC, or an offset such as +02:00"
        )
        return .utc
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
