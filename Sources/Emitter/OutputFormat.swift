package import Clinical

/// A form in which alerts leave: one of `OutputFormats.all`.
///
/// A format writes into a buffer and keeps no file; it may remember what it wrote until `finish`.
package protocol OutputFormat: Sendable {
    /// The word after `--to`.
    static var name: String { get }
    /// One line for `--help` and the README.
    static var summary: String { get }
    /// The usual ending of its files, without the dot.
    static var fileExtension: String { get }

    init(_ setup: OutputSetup)

    /// Appends the alerts in their order.
    mutating func write(_ alerts: AlertBatch, to buffer: inout OutputBuffer)

    /// Appends what closes the output; called once, after the last alert, also when there was none.
    mutating func finish(_ buffer: inout OutputBuffer)
}

extension OutputFormat {
    /// Closes nothing: most formats need no end.
    package mutating func finish(_ buffer: inout OutputBuffer) {}
}

/// What every format is given at its start.
package struct OutputSetup: Sendable {
    /// The pack's words, whole: numbers that are made later are not known to the format.
    package var catalogue: Catalogue
    /// The zone in which people read times.
    package var zone: SiteZone
    /// Whether the output is a terminal that shows colours and nobody asked for none.
    package var usesColor: Bool

    /// A setup in UTC and without colours, where nothing else is said.
    package init(catalogue: Catalogue, zone: SiteZone = .utc, usesColor: Bool = false) {
        self.catalogue = catalogue
        self.zone = zone
        self.usesColor = usesColor
    }
}
