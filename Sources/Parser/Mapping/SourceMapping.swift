package import Clinical

/// How the columns of one feed become events: one entry under `sources:` in the config.
///
/// ```yaml
/// sources:
///   adlb:
///     title: CDISC laboratory data
///     zone: UTC
///     patient: USUBJID
///     time: {column: ADT, format: yyyy-MM-dd}
///     code: {column: PARAMCD, values: {ALT: alt, AST: ast}}
///     value: AVAL
/// ```
package struct SourceMapping: Sendable {
    /// The name it is chosen by.
    package let name: String
    /// What the feed is, for people.
    package var title = ""
    /// How its table is written.
    package var dialect = CSVDialect()
    /// Whether the mapping names its delimiter; else the header decides.
    var hasDelimiter = false
    /// How its text is written, where no byte order mark tells it.
    package var encoding = TextEncoding.utf8
    /// The decimal sign of number cells.
    package var decimal = UInt8(ascii: ".")
    /// The zone of times that tell none; nil makes such times a reject.
    package var zone: SiteZone?
    /// Whether times that tell no zone are of the site's zone.
    var isInSiteZone = false
    /// Columns that tell this feed from others; empty for all that it reads.
    var match: [String] = []
    var rules: [(member: Member, rule: CellRule)] = []
    /// Attributes that have a column of their own beside the members.
    var answers: [(attribute: String, rule: CellRule)] = []
    /// The questions of a report with a column for each; empty when a row is one event.
    var questions: [Question] = []
    /// Whether a table may have columns for some of the questions only; the others are then not asked.
    var isPartial = false
    /// What value cells stand for.
    var labels = ValueMap()
    /// Cells that mean that nothing was said, beside empty ones.
    var missing = ValueMap()
    /// Whether the mapping lists the empty cell among those, so that a row without a value is left out, not rejected.
    var missesEmpty = false
    var skip: [SkipRule] = []
    /// Columns of a table in native form that are no members.
    var ignored: [String] = []

    /// A column that holds the answer to one question.
    struct Question: Sendable {
        var column: String
        var code: String
        /// Nil for the default attribute of its term.
        var attribute: String?
        var unit: String?
        var values = ValueMap()
    }

    /// Rows that are left out.
    struct SkipRule: Sendable {
        var rule: CellRule
        var cells: [String]
        /// True when the row is left out for these cells, false when for all others.
        var isListed: Bool
    }

    init(name: String) { self.name = name }

    /// Whether a table's header is enough for the mapping to be chosen by itself.
    func fits(_ header: TableHeader) -> Bool {
        guard match.isEmpty else { return match.allSatisfy { header.has($0) } }
        return absentColumns(header).isEmpty && (!isPartial || questions.contains { header.has($0.column) })
    }

    /// The columns that the mapping needs, or is told by, and a table's header lacks.
    func absentColumns(_ header: TableHeader) -> [String] {
        guard match.isEmpty else { return match.filter { !header.has($0) } }
        let needed = (rules.map(\.rule) + answers.map(\.rule) + skip.map(\.rule)).filter { !$0.isOptional }
        let asked = isPartial ? [] : questions.map { CellRule(origin: .column($0.column)) }
        var seen: Set<String> = []
        return (needed + asked).flatMap { $0.absent(from: header) }.filter { seen.insert($0).inserted }
    }
}
