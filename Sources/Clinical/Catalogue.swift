/// A word or sentence of the pack, by number; 0 is "none".
package struct PackText: Sendable, Hashable, BitwiseCopyable {
    package var rawValue: UInt32
    @inlinable package init(_ rawValue: Int) { self.rawValue = UInt32(rawValue) }
    package static let none = PackText(0)
    @inlinable package var isNone: Bool { rawValue == 0 }
}

/// The pack's own words, as alerts and findings carry them: names, titles, criteria, advice, sources.
package struct Catalogue: Sendable {
    package var packName = ""
    package var packVersion = ""
    /// SHA-256 of the normalised pack, 64 hexadecimal digits.
    package var packDigest = ""
    /// `shadow` or `live`.
    package var mode = "shadow"
    /// Whether an approval for exactly this digest was found.
    package var isApproved = false

    private var texts: [String] = [""]
    private var numbers: [String: PackText] = [:]

    package init() {}

    /// The number of `text`, new or known; `.none` for an empty one.
    package mutating func number(of text: String) -> PackText {
        if text.isEmpty { return .none }
        if let known = numbers[text] { return known }
        let fresh = PackText(texts.count)
        texts.append(text)
        numbers[text] = fresh
        return fresh
    }

    /// The text of a number; empty for `.none`.
    package subscript(_ text: PackText) -> String { texts[Int(text.rawValue)] }

    /// How many texts there are, the empty one included.
    package var count: Int { texts.count }
}
