/// One record of a roster, whatever it was written in.
struct RosterRow: Sendable {
    /// A column with the texts that it holds; empty ones are left out.
    struct Field: Sendable, Hashable {
        var name: String
        var values: [String]
    }

    var line: Int
    /// Where the names of the columns stand.
    var headerLine = 1
    var fields: [Field]

    /// The texts of a column; none when it is absent.
    subscript(_ name: String) -> [String] { fields.first { $0.name == name }?.values ?? [] }

    /// The columns that a roster may have, beside those that begin with `baseline.` and `baseline_unit.`.
    static let columns = [
        "patient", "therapy", "agent", "started", "last_dose", "doses", "dose_phase", "ended", "modifier", "setting",
        "diagnosis", "risk", "expects", "status", "team", "site",
    ]

    /// Whether a roster may have a column of that name.
    static func knows(_ name: String) -> Bool {
        columns.contains(name)
            || ["baseline.", "baseline_unit."].contains { name.hasPrefix($0) && name.count > $0.count }
    }

    /// The columns whose cells hold lists.
    static let lists: Set<String> = ["therapy", "agent", "modifier", "doses"]

    /// The members of a cell's list, without blanks around them.
    static func values(_ text: String, of column: String) -> [String] {
        let parts = lists.contains(column) ? text.split(separator: ";").map(String.init) : [text]
        return parts.map(trimmed).filter { !$0.isEmpty }
    }

    private static func trimmed(_ text: String) -> String {
        let start = text.utf8.drop { $0 <= 0x20 }
        let end = start.reversed().drop { $0 <= 0x20 }.reversed()
        return String(decoding: Array(end), as: UTF8.self)
    }
}
