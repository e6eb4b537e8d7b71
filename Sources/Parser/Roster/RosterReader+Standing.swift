import Clinical
import Config

/// What a roster says of when reports are due.
extension RosterReader {
    /// How often a report is due (`expects`), and how the patient stands (`status`).
    mutating func takeStanding(
        _ row: RosterRow, _ mark: Mark, into patient: inout Roster.Patient, _ mistakes: inout Mistakes
    ) {
        if let text = row["expects"].first { takeExpectation(text, mark, into: &patient, &mistakes) }
        guard let text = row["status"].first else { return }
        let parts = text.split(separator: " ", maxSplits: 1).map(String.init)
        guard let status = Roster.Status.allCases.first(where: { $0.name == parts[0] }) else {
            let known = Roster.Status.allCases.map(\.name).joined(separator: ", ")
            return mistakes.add(at: mark, "'status' is not one of the known words", help: "known: " + known)
        }
        if parts.count == 1 { return patient.standing.add(status, since: .unknown) }
        let date = RosterRow(line: row.line, fields: [.init(name: "status", values: [parts[1]])])
        for since in moments(date, "status", mark, &mistakes) { patient.standing.add(status, since: since) }
    }

    private mutating func takeExpectation(
        _ text: String, _ mark: Mark, into patient: inout Roster.Patient, _ mistakes: inout Mistakes
    ) {
        guard let span = TimeSpan(text) else {
            return mistakes.add(at: mark, "'expects' is not a duration", help: "write it as 12h, 7d or 2w")
        }
        let expects = Int64(span.minutes) * 60_000
        if patient.expects != 0, patient.expects != expects {
            warnings.append(
                "\(file):\(mark.line): another expects than in an earlier row of the same patient; the first one holds")
        } else {
            patient.expects = expects
        }
    }
}
