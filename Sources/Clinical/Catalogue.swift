/// A word or sentence of the pack, by number; 0 is "none".
package struct PackText: Sendable, Hashable, BitwiseCopyable {
    package var rawValue: UInt32
    @inlinable package init(_ rawValue: Int) { self.rawValue = UInt32(rawValue) }
    /// No text.
    package static let none = PackText(0)
    /// Whether there is no text.
    @inlinable package var isNone: Bool { rawValue == 0 }
}

/// The pack's own words, as alerts and findings carry them: names, titles, criteria, advice, sources.
package struct Catalogue: Sendable {
    /// The pack's name, from its front page.
    package var packName = ""
    /// The pack's version, from its front page.
    package var packVersion = ""
    /// SHA-256 of the normalised pack, 64 hexadecimal digits.
    package var packDigest = ""
    /// `shadow` or `live`.
    package var mode = "shadow"
    /// Whether an approval for exactly this digest was found.
    package var isApproved = false

    private var texts: [String] = [""]
    /// By hash, the next free place taken: the numbers of texts, 0 where there is none; empty until a text is added.
    private var places: [UInt32] = []

    package init() {}

    /// The number of `text`, new or known; `.none` for an empty one.
    package mutating func number(of text: String) -> PackText {
        if text.isEmpty { return .none }
        if texts.count * 2 >= places.count { grow() }
        let place = place(of: text)
        if places[place] != 0 { return PackText(Int(places[place])) }
        let fresh = PackText(texts.count)
        texts.append(text)
        places[place] = fresh.rawValue
        return fresh
    }

    /// Where the number of `text` stands, or where it is to stand.
    private func place(of text: String) -> Int {
        let letters = text.utf8
        let hash = FastHash.hash(letters.span.bytes, from: 0, count: letters.count)
        let mask = places.count - 1
        var place = Int(truncatingIfNeeded: hash) & mask
        while places[place] != 0, texts[Int(places[place])] != text { place = (place + 1) & mask }
        return place
    }

    private mutating func grow() {
        var size = 4096
        while size < texts.count * 4 { size *= 2 }
        places = Array(repeating: 0, count: size)
        for number in texts.indices.dropFirst() { places[place(of: texts[number])] = UInt32(number) }
    }

    /// The text of a number; empty for `.none`.
    package subscript(_ text: PackText) -> String { texts[Int(text.rawValue)] }

    /// How many texts there are, the empty one included.
    package var count: Int { texts.count }
}

extension Catalogue: ImageValue {
    /// Reads all but the digest and the approval, which the front door knows.
    package init(from image: inout ImageReader) {
        packName = image.read()
        packVersion = image.read()
        mode = image.read()
        texts = image.read()
        if texts.isEmpty { texts = [""] }
    }

    /// Writes all but the digest and the approval.
    package func write(to image: inout ImageWriter) { image.write(packName, packVersion, mode, texts) }
}
