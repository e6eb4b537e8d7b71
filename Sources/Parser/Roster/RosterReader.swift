package import Clinical
package import Config

/// Reads who is on what, from a table or from NDJSON (told by its first byte).
///
/// ```
/// patient,agent,started,last_dose,modifier,baseline.creat,baseline_unit.creat,team
/// P-101,pembrolizumab,2026-01-13,2026-02-24,,0.9,mg/dL,onc-2
/// ```
///
/// Several rows of one patient are several treatments. Lists in a cell have semicolons between their members.
package struct RosterReader {
    let file: String
    private let vocabulary: Vocabulary
    private let zone: SiteZone
    private var roster = Roster()
    var warnings: [String] = []
    private var told: Set<String> = []
    private var rowsMet: Set<[RosterRow.Field]> = []

    private init(_ file: String, _ vocabulary: Vocabulary, _ zone: SiteZone) {
        self.file = file
        self.vocabulary = vocabulary
        self.zone = zone
    }

    /// The roster in `bytes`; `file` is its name in mistakes and warnings.
    ///
    /// A treatment that the pack does not know is only warned of: its patient is judged under all therapies.
    package static func read(
        _ bytes: [UInt8], file: String, vocabulary: Vocabulary, zone: SiteZone, mistakes: inout Mistakes
    ) -> (roster: Roster, warnings: [String]) {
        var reader = RosterReader(file, vocabulary, zone)
        var found = Mistakes()
        let rows = RosterRows.read(bytes, file: file, &found)
        for row in rows { reader.take(row, &found) }
        if rows.isEmpty, found.isEmpty {
            let remedy = "every patient without a therapy in the events is judged under all therapies"
            reader.warnings.append("\(file): the roster names no patient, only columns (\(remedy))")
        }
        mistakes.add(shown(found, file))
        var warnings = reader.warnings
        if warnings.count > shownLimit {
            warnings = Array(warnings.prefix(shownLimit))
            warnings.append("\(file): \(reader.warnings.count - shownLimit) more warnings are not shown")
        }
        return (reader.roster, warnings)
    }

    /// How many mistakes, and how many warnings, are told; the rest are counted.
    package static let shownLimit = 50

    /// The mistakes to tell: the first ones of the file, and how many more there are.
    private static func shown(_ found: Mistakes, _ file: String) -> [Mistake] {
        let rest = found.all.count - shownLimit
        guard rest > 0 else { return found.all }
        let first = Array(found.inOrderOfReading.prefix(shownLimit))
        let more = "\(rest) more mistake\(rest == 1 ? " is" : "s are") not shown"
        return first + [Mistake(at: first.last?.mark ?? Mark(file: file), more, help: "mend the first ones first")]
    }

    private mutating func take(_ row: RosterRow, _ mistakes: inout Mistakes) {
        let mark = Mark(file: file, line: row.line)
        guard let id = row["patient"].first else {
            return mistakes.add(at: mark, "'patient' is missing or empty")
        }
        guard rowsMet.insert(row.fields).inserted else {
            return mistakes.add(at: mark, "the row stands in the roster twice", help: "leave one of them out")
        }
        let key = Array(id.utf8)
        var patient = roster[key] ?? Roster.Patient()
        let treatment = treatment(row, mark, &mistakes)
        if let treatment { patient.treatments.append(treatment) }
        for field in row.fields where field.name.hasPrefix("baseline.") {
            takeBaseline(field, row, mark, into: &patient, &mistakes)
        }
        take(row["team"].first, "team", into: &patient.team, mark)
        take(row["site"].first, "site", into: &patient.site, mark)
        takeStanding(row, mark, into: &patient, &mistakes)
        roster[key] = patient
    }

    private mutating func treatment(_ row: RosterRow, _ mark: Mark, _ mistakes: inout Mistakes) -> Roster.Treatment? {
        let names = ["therapy", "agent", "modifier", "started", "last_dose", "ended", "doses", "dose_phase"]
        guard names.contains(where: { !row[$0].isEmpty }) else { return nil }
        var treatment = Roster.Treatment()
        for name in ["therapy", "agent"] {
            treatment.treatments += row[name].map { symbol($0, name, vocabulary.treatments, mark) }
        }
        treatment.modifiers = row["modifier"].map { symbol($0, "modifier", vocabulary.treatments, mark) }
        treatment.started = moments(row, "started", mark, &mistakes).first ?? .unknown
        treatment.lastDose = moments(row, "last_dose", mark, &mistakes).first ?? .unknown
        treatment.ended = moments(row, "ended", mark, &mistakes).first ?? .unknown
        treatment.doses = moments(row, "doses", mark, &mistakes).sorted { $0.milliseconds < $1.milliseconds }
        if !treatment.lastDose.isKnown { treatment.lastDose = treatment.doses.last ?? .unknown }
        treatment.dosePhase = row["dose_phase"].first ?? ""
        let ends = [("ended", treatment.ended), ("last_dose", treatment.lastDose)]
        for (name, end) in ends where end.isKnown && treatment.started.isKnown {
            if end.milliseconds < treatment.started.milliseconds {
                mistakes.add(at: mark, "'\(name)' lies before 'started'")
            }
        }
        return treatment
    }

    func moments(_ row: RosterRow, _ name: String, _ mark: Mark, _ mistakes: inout Mistakes) -> [Moment] {
        row[name].compactMap { text in
            let bytes = Array(text.utf8)
            let moment = InstantReader(zone: zone).dateOrInstant(bytes.span.bytes, from: 0, count: bytes.count)
            if moment == nil {
                let help = "write it as 2026-03-01 or 2026-03-01T08:15:00Z"
                mistakes.add(at: mark, "'\(name)' is not a valid date or time", help: help)
            }
            return moment
        }
    }

    private mutating func takeBaseline(
        _ field: RosterRow.Field, _ row: RosterRow, _ mark: Mark, into patient: inout Roster.Patient,
        _ mistakes: inout Mistakes
    ) {
        let term = String(field.name.dropFirst("baseline.".count))
        guard let text = field.values.first else { return }
        guard let code = vocabulary.codes.symbol(term) else {
            return mistakes.addUnknown(
                "term", term, known: vocabulary.codes.spellings, at: Mark(file: file, line: row.headerLine))
        }
        guard let value = ExactDecimal(text) else {
            return mistakes.add(at: mark, "'\(field.name)' is not a number of up to 18 digits")
        }
        let unitText = row["baseline_unit." + term].first
        let unit = unitText.map { symbol($0, "unit", vocabulary.units, mark) } ?? .none
        // In which unit it is, nobody knows: it is no baseline.
        if unitText != nil, unit.isNone { return }
        if let known = patient.baselines.first(where: { $0.code == code }) {
            if known.value != value || known.unit != unit {
                mistakes.add(at: mark, "'\(field.name)' differs from an earlier row of the same patient")
            }
            return
        }
        patient.baselines.append(Roster.Baseline(code: code, value: value, unit: unit))
    }

    /// The symbol of a name; an unknown one is warned of, once.
    private mutating func symbol(_ name: String, _ what: String, _ table: SymbolTable, _ mark: Mark) -> Symbol {
        if let symbol = table.symbol(name) { return symbol }
        if told.insert(what + "\0" + name).inserted {
            let nearest = NearestName.of(name, among: table.spellings).map { "; did you mean '\($0)'?" } ?? ""
            let effect =
                what == "unit"
                ? " (the baselines in it are not used)" : " (its patients are judged under all therapies)"
            warnings.append("\(file):\(mark.line): unknown \(what) '\(name)'\(nearest)\(effect)")
        }
        return .none
    }

    private mutating func take(_ text: String?, _ what: String, into known: inout String, _ mark: Mark) {
        guard let text else { return }
        if !known.isEmpty, known != text {
            warnings.append(
                "\(file):\(mark.line): another \(what) than in an earlier row of the same patient; the first one holds")
        } else {
            known = text
        }
    }
}
