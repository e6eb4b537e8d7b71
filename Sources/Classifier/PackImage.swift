package import Clinical
package import Config

/// A compiled pack as it stands inside the program: made when the program is built, read when it starts.
package struct PackImage {
    /// SHA-256 of the normalised pack, 64 hexadecimal digits.
    package let digest: String
    /// The zone's IANA name as the front page tells it, with its place; nil for UTC.
    package let zoneName: Located<String>?
    /// The approval file that the front page names, with its place.
    package let approval: Located<String>?
    /// The versions of the program that the pack is written for, with the place that tells them.
    package let requires: Located<String>?
    /// The zones that quiet hours name, with their places.
    package let quietZoneNames: [Located<String>]
    /// Stands where the pack begins.
    private let body: ImageReader

    /// Takes an image, which must stay where it is as long as this value; nil when it is none.
    package init?(_ bytes: UnsafeRawBufferPointer) {
        guard var image = ImageReader(bytes) else { return nil }
        digest = image.read()
        zoneName = Self.located(&image)
        approval = Self.located(&image)
        requires = Self.located(&image)
        quietZoneNames = (0..<image.count()).compactMap { _ in Self.located(&image) }
        body = image
    }

    /// The finished pack; nil when the image holds something else.
    ///
    /// - Parameters:
    ///   - isApproved: whether an approval for exactly this digest was found.
    ///   - zone: where days begin and end.
    ///   - quietZones: those of `quietZoneNames`.
    package func finished(isApproved: Bool, zone: SiteZone, quietZones: [SiteZone] = []) -> CompiledPack? {
        var image = body
        let pack = CompiledPack(from: &image, digest: digest, isApproved: isApproved, zones: [zone] + quietZones)
        return image.isSound && image.isAtEnd ? pack : nil
    }

    /// The image of a pack.
    ///
    /// - Parameter digest: SHA-256 of the normalised pack, 64 hexadecimal digits.
    package static func bytes(of draft: PackDraft, digest: String) -> [UInt8] {
        var image = ImageWriter()
        image.write(digest)
        for located in [draft.zoneName, draft.approval, draft.requires] { write(located, to: &image) }
        image.write(number: UInt64(draft.quietZoneNames.count))
        for located in draft.quietZoneNames { write(located, to: &image) }
        draft.finished(digest: digest, isApproved: false, zone: .utc).write(to: &image)
        return image.image
    }

    private static func write(_ located: Located<String>?, to image: inout ImageWriter) {
        image.write(located != nil)
        if let located { image.write(located.value, located.mark.file, located.mark.line, located.mark.column) }
    }

    private static func located(_ image: inout ImageReader) -> Located<String>? {
        guard image.read() else { return nil }
        let value: String = image.read()
        return Located(value, at: Mark(file: image.read(), line: image.read(), column: image.read()))
    }
}
