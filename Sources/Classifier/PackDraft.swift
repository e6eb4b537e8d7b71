package import Clinical
package import Config

/// A pack without mistakes that still wants what only the front door knows: its digest, its approval, its zone.
package struct PackDraft: Sendable {
    private let compiler: PackCompiler

    /// Reads and compiles a config tree; nil, with every mistake noted, when it has any.
    package static func compile(_ tree: ConfigTree) -> (draft: PackDraft?, mistakes: Mistakes) {
        let (definition, mistakes) = PackReader.read(tree)
        var compiler = PackCompiler(definition, mistakes)
        compiler.run()
        return (compiler.mistakes.isEmpty ? PackDraft(compiler: compiler) : nil, compiler.mistakes)
    }

    private init(compiler: PackCompiler) { self.compiler = compiler }

    /// The zone's IANA name as the front page tells it, with its place; nil for UTC.
    package var zoneName: Located<String>? { compiler.definition.front.zone }

    /// The approval file that the front page names, with its place.
    package var approval: Located<String>? { compiler.definition.front.approval }

    /// The versions of the program that the pack is written for, with the place that tells them.
    package var requires: Located<String>? { compiler.definition.front.requires }

    /// The zones that quiet hours name, with their places.
    package var quietZoneNames: [Located<String>] { compiler.definition.front.quietHours.zones }

    /// The finished pack.
    ///
    /// - Parameters:
    ///   - digest: SHA-256 of the normalised pack, 64 hexadecimal digits.
    ///   - isApproved: whether an approval for exactly this digest was found.
    ///   - zone: where days begin and end.
    ///   - quietZones: those of `quietZoneNames`.
    package func finished(
        digest: String, isApproved: Bool, zone: SiteZone, quietZones: [SiteZone] = []
    ) -> CompiledPack {
        CompiledPack(compiler, digest: digest, isApproved: isApproved, zones: [zone] + quietZones)
    }
}
