import Clinical

/// What a state holds as lines of JSON, made by SQLite itself.
extension StateReader {
    /// Hands over a line, without its end, for each row that people may want to read; of patients' memory only sums.
    ///
    /// Each line names its `kind`: `state`, `episode`, `alert`, `act`, `audit`, `run`.
    package func export(_ body: ([UInt8]) throws(StateError) -> Void) throws(StateError) {
        for lines in ExportLines.all { try database.each(once: lines, body: body) }
    }
}

/// The statements of the export, each giving one text a row.
enum ExportLines {
    static let all = [state, episodes, alerts, acts, audit, runs]

    private static let state = """
        SELECT json_object('kind', 'state', 'version', (SELECT user_version FROM pragma_user_version),
            'patients', count(*), 'memory_bytes', coalesce(sum(length(memory)), 0),
            'journal_batches', (SELECT count(*) FROM journal), 'unwritten', (SELECT coalesce(sum(last - first + 1), 0) FROM outbox))
        FROM patient
        """

    private static let episodes = """
        SELECT json_object('kind', 'episode', \(id("id", "episode")), \(patient), 'concern', concern,
            'severity', CASE severity \(severities) END, 'therapy', therapy, 'rule', rule, 'transition', transition,
            \(times("opened", "last", "respond_by")), \(flags("stale", "overdue", "test", "open")),
            'acknowledged_by', acknowledged_by, \(times("acknowledged_at")), 'acknowledged_note', acknowledged_note,
            'closed_by', closed_by, \(times("closed_at")), 'outcome', outcome, 'closed_note', closed_note)
        FROM episode ORDER BY number
        """

    private static let alerts = """
        SELECT json_object('kind', 'alert', \(id("alert.id", "alert")), \(id("episode.id", "episode")),
            \(times("made")),
            'content', iif(json_valid(CAST(bytes AS TEXT)), json(CAST(bytes AS TEXT)), CAST(bytes AS TEXT)))
        FROM alert JOIN episode ON episode.number = alert.episode ORDER BY alert.number
        """

    private static let acts = """
        SELECT json_object('kind', 'act', 'number', number, 'deed', deed, \(times("at")), 'by', by,
            \(id("episode", "episode")), \(patient), 'rule', rule, \(times("until")), 'outcome', outcome, 'note', note)
        FROM act ORDER BY number
        """

    private static let audit = """
        SELECT json_object('kind', 'audit', 'number', number, \(times("at")), 'by', by, 'deed', deed,
            'subject', subject, 'detail', detail, 'hash', hash)
        FROM audit ORDER BY number
        """

    private static let runs = """
        SELECT json_object('kind', 'run', 'number', number, \(times("started", "ended")), 'command', command,
            'pack', pack, 'feeds', feeds, 'records', records, 'events', events, 'rejects', rejects, 'graded', graded,
            'ungradable', ungradable, 'unmatched', unmatched, 'repeats', repeats, 'late', late,
            'cancelled', cancelled, 'skipped', skipped, 'patients', patients, 'emergency', emergency,
            'urgent', urgent, 'soon', soon, 'routine', routine, 'none', none, 'silenced', silenced,
            'quieted', quieted)
        FROM run ORDER BY number
        """

    private static let patient = "'patient', CAST(patient AS TEXT)"

    private static let severities = Severity.allCases.map { "WHEN \($0.rawValue) THEN '\($0.name)'" }
        .joined(separator: " ")

    /// `tw1-` and 32 digits; null for none.
    private static func id(_ column: String, _ name: String) -> String {
        "'\(name)', iif(\(column) IS NULL, NULL, 'tw1-' || lower(hex(\(column))))"
    }

    /// In UTC as RFC 3339 writes it, whole seconds; null for what is not known.
    private static func times(_ columns: String...) -> String {
        columns.map { "'\($0)', strftime('%Y-%m-%dT%H:%M:%SZ', \($0) / 1000, 'unixepoch')" }.joined(separator: ", ")
    }

    private static func flags(_ columns: String...) -> String {
        columns.map { "'\($0)', json(iif(\($0), 'true', 'false'))" }.joined(separator: ", ")
    }
}
