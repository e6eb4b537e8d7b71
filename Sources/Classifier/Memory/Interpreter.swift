import Clinical

/// Reads memory that was made under another pack, or for other kinds of rules.
struct Interpreter {
    /// Tells this pack and these kinds of rules from others.
    let key: UInt64
    /// What the numbers mean under another key, as it was kept; nil when that is not known.
    let names: (_ key: UInt64) -> [UInt8]?
    private let pack: CompiledPack
    /// By key; nil for one of which nothing is known.
    private var translations: [UInt64: Translation?] = [:]

    init(_ pack: CompiledPack, kinds: Set<String>?, _ names: @escaping (_ key: UInt64) -> [UInt8]?) {
        let words = [pack.catalogue.packDigest] + (kinds?.sorted() ?? [])
        let bytes = Array(words.joined(separator: "\n").utf8)
        key = FastHash.hash(bytes.span.bytes, from: 0, count: bytes.count)
        self.names = names
        self.pack = pack
    }

    /// What makes memory of another key speak of this pack; nil when nothing is known of that key.
    mutating func translation(from other: UInt64) -> Translation? {
        if let known = translations[other] { return known }
        let translation = names(other).flatMap(Self.read).map { Translation(from: $0, to: PackNames(pack)) }
        translations[other] = .some(translation)
        return translation
    }

    private static func read(_ bytes: [UInt8]) -> PackNames? {
        bytes.withUnsafeBytes { bytes in
            guard var image = ImageReader(bytes) else { return nil }
            let names: PackNames = image.read()
            return image.isSound ? names : nil
        }
    }
}

extension CompiledPack {
    /// What the numbers in memory mean under this pack, to be kept so that memory can be read under another one.
    package var names: [UInt8] {
        var image = ImageWriter()
        image.write(PackNames(self))
        return image.image
    }

    /// The rules that an alert may be of, by the names that it bears.
    package var ruleNames: [String] { (rules.map(\.id) + gradeRules).map { catalogue[$0] } }
}
