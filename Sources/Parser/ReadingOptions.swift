package import Clinical

/// What a reader has to know before the first byte.
package struct ReadingOptions: Sendable {
    /// The pack's names.
    package var vocabulary: Vocabulary
    /// The site's zone, in which bare dates begin.
    package var zone: SiteZone
    /// The mappings under `sources:`.
    package var sources: [SourceMapping] = []
    /// The mapping that the user named; nil to choose by the header.
    package var source: String?
    /// The most bytes that one record may have.
    package var recordLimit = 1 << 20
    /// How deep JSON values may be nested.
    package var nestingLimit = 64
    /// How many bytes a reader offers room for at a time.
    package var chunkSize = 1 << 17

    /// Options for input in native form, in which bare dates begin in `zone`.
    package init(vocabulary: Vocabulary, zone: SiteZone = .utc) {
        self.vocabulary = vocabulary
        self.zone = zone
    }
}
