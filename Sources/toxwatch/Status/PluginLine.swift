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
    var details: [String] = []
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
        details = measures.details
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
            for measure in measures { buffer.append(visible: " " + Self.data(measure)) }
        }
        buffer.append("\n")
        guard isLong else { return }
        for measure in measures {
            let isFeed = measure.name.hasPrefix(Measures.feed)
            let meaning =
                isFeed ? Measures.feedMeaning : Measures.known.first { $0.name == measure.name }?.meaning ?? ""
            let value = measure.value.map { "\($0)\(measure.unit)" } ?? "not known"
            line("\(measure.level.word) \(measure.name) \(value): \(meaning)", to: &buffer)
        }
        for detail in details { line(detail, to: &buffer) }
    }

    private func line(_ text: String, to buffer: inout OutputBuffer) {
        buffer.append(visible: Self.harmless(text))
        buffer.append("\n")
    }

    /// One item of performance data; `U` stands for what nobody can say.
    private static func data(_ measure: Measures.Measure) -> String {
        let name = label(measure.name)
        guard let value = measure.value else { return "\(name)=U" }
        let ranges = "\(measure.warning?.description ?? "");\(measure.critical?.description ?? "")"
        return "\(name)=\(value)\(measure.unit);\(ranges)" + (measure.unit == "%" ? "" : ";0")
    }

    /// A name as performance data may bear it: in quotes where it holds more than letters, digits and a few marks.
    private static func label(_ name: String) -> String {
        let isPlain = name.utf8.allSatisfy { byte in
            (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z"))
                || (byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")) || byte == UInt8(ascii: "_")
                || byte == UInt8(ascii: ".")
        }
        if isPlain { return name }
        return "'" + harmless(String(name.map { $0 == "=" || $0 == "'" ? "_" : $0 })) + "'"
    }

    /// A bar begins performance data, a line feed ends the line, and Nagios has a semicolon separate its own fields.
    private static func harmless(_ text: String) -> String {
        String(text.map { $0 == "|" || $0.isNewline ? " " : $0 == ";" ? "," : $0 })
    }
}
