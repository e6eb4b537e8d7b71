import Emitter

/// What a plugin prints, to the letter of the monitoring plugins' guidelines: one line, then performance data, and with
/// more words a line for each measure.
///
/// ```
/// CRITICAL: 1 emergency, 2 urgent, 1 overdue | emergency=1;;0;0 urgent=2;0;;0 soon=0;;;0 …
/// ```
struct PluginLine {
    var level: PluginLevel
    var text: String
    var measures: [Measures.Measure] = []
    var isLong = false

    /// The first line is what notifications show: the measures that are not good, else that all is.
    init(_ measures: Measures, isLong: Bool) {
        level = measures.level
        let bad = measures.all.filter { $0.level != .good }
        let told = bad.compactMap(\.words)
        text =
            bad.isEmpty
            ? "nothing that must be answered now" : told.isEmpty ? bad[0].name : told.joined(separator: ", ")
        self.measures = measures.all
        self.isLong = isLong
    }

    /// Nothing could be looked at.
    init(unknown text: String) {
        level = .unknown
        self.text = text
    }

    func write(to buffer: inout OutputBuffer) {
        buffer.append(verbatim: level.word + ": ")
        buffer.append(visible: Self.harmless(text))
        if !measures.isEmpty {
            buffer.append(" |")
            for measure in measures { buffer.append(verbatim: " " + Self.data(measure)) }
        }
        buffer.append("\n")
        guard isLong else { return }
        for measure in measures {
            let meaning = Measures.known.first { $0.name == measure.name }?.meaning ?? ""
            buffer.append(visible: "\(measure.level.word) \(measure.name) \(measure.value)\(measure.unit): \(meaning)")
            buffer.append("\n")
        }
    }

    private static func data(_ measure: Measures.Measure) -> String {
        let ranges = "\(measure.warning?.description ?? "");\(measure.critical?.description ?? "")"
        return "\(measure.name)=\(measure.value)\(measure.unit);\(ranges)" + (measure.unit == "%" ? "" : ";0")
    }

    /// A bar begins performance data, a line feed ends the line, and Nagios has a semicolon separate its own fields.
    private static func harmless(_ text: String) -> String {
        String(text.map { $0 == "|" || $0.isNewline ? " " : $0 == ";" ? "," : $0 })
    }
}
