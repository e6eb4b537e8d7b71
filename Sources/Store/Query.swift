/// Every statement that has values or rows; `Schema` makes the tables, `ExportLines` writes them out.
enum Query: String, CaseIterable {
    // The file itself.
    case applicationID = "PRAGMA application_id"
    case schemaVersion = "PRAGMA user_version"
    case tableCount = "SELECT count(*) FROM sqlite_schema"
    case meta = "SELECT value FROM meta WHERE name = ?"
    case setMeta = "UPDATE meta SET value = ?2 WHERE name = ?1"

    // Patients and the journal.
    case memory = "SELECT memory FROM patient WHERE id = ?"
    case memories = "SELECT memory FROM patient"
    case keepMemory = """
        INSERT INTO patient (id, touched, memory, due) VALUES (?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET touched = excluded.touched, memory = excluded.memory, due = excluded.due
        """
    case duePatients = "SELECT id FROM patient WHERE due <= ? ORDER BY due, id"
    case dueAtOnce = "UPDATE patient SET due = 0 WHERE id IN (SELECT patient FROM episode WHERE open)"
    case shared = "SELECT value FROM shared WHERE name = ?"
    case keepShared = "INSERT OR REPLACE INTO shared VALUES (?, ?)"
    case patientCount = "SELECT count(*), sum(length(memory)) FROM patient"
    case addJournal = "INSERT INTO journal (events) VALUES (?)"
    case journal = "SELECT events FROM journal ORDER BY number"
    case journalSize = "SELECT count(*), total(length(events)) FROM journal"
    case emptyJournal = "DELETE FROM journal"

    // Episodes, alerts and the outbox.
    case addEpisode = """
        INSERT INTO episode (severity, therapy, rule, transition, opened, last, respond_by, answer_by, stale, overdue,
            test, id, patient, concern)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING
        """
    case changeEpisode = """
        UPDATE episode SET severity = ?1, therapy = coalesce(?2, therapy), rule = coalesce(?3, rule), transition = ?4,
            opened = coalesce(?5, opened),
            last = coalesce(?6, last), respond_by = coalesce(?7, respond_by), answer_by = coalesce(?8, answer_by),
            stale = iif(?10, stale OR ?9, ?9), overdue = overdue OR ?10, test = ?11
        WHERE number = ?12
        """
    case callAgain = """
        UPDATE episode SET overdue = 0, acknowledged_by = NULL, acknowledged_at = NULL, acknowledged_note = NULL,
            closed_by = NULL, closed_at = NULL, closed_note = NULL, outcome = NULL
        WHERE number = ?1 AND (?2 OR closed_at IS NOT NULL)
        """
    case episodeNumber = "SELECT number FROM episode WHERE id = ?"
    case unanswered = """
        SELECT id, patient, answer_by FROM episode
        WHERE open AND overdue = 0 AND answer_by <= ? AND acknowledged_at IS NULL ORDER BY answer_by, id
        """
    case markOverdue = "UPDATE episode SET overdue = 1 WHERE id = ?"
    case addAlert = """
        INSERT INTO alert (id, episode, made, severity, bytes, issue) VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (episode, id, issue) DO NOTHING
        """
    case nextIssue = """
        SELECT issue + 1 FROM (SELECT max(issue) AS issue, number FROM alert WHERE episode = ?1 AND id = ?2)
        WHERE number < (SELECT max(number) FROM (SELECT number,
                iif(json_valid(CAST(bytes AS TEXT)), CAST(bytes AS TEXT), '{}') AS bytes FROM alert WHERE episode = ?1)
            WHERE bytes ->> '$.retracts' = ?3 OR bytes ->> '$.transition' = 'resolved')
        """
    case alertNumber = """
        SELECT number FROM alert WHERE episode = (SELECT number FROM episode WHERE id = ?2) AND id = ?1
        """
    case addOutbox = "INSERT INTO outbox (target, first, last, due, bytes) VALUES (?, ?, ?, ?, ?)"
    case outbox = """
        SELECT number, target, coalesce(outbox.bytes, alert.bytes), severity
        FROM outbox JOIN alert ON number BETWEEN first AND last WHERE due <= ? ORDER BY number, target
        """
    case outboxSize = """
        SELECT count(*), min(max(made, due)) FROM outbox JOIN alert ON number BETWEEN first AND last WHERE due <= ?
        """
    case parked = """
        SELECT count(*) FROM outbox JOIN alert ON number BETWEEN first AND last WHERE due < ?1 AND made < ?1
        """
    case wait = """
        SELECT max(due) FROM outbox
        WHERE due > ?2 AND first = last AND first IN (SELECT number FROM alert WHERE episode = ?1)
        """
    case dropWaiting = """
        DELETE FROM outbox WHERE due > ?2 AND first = last
            AND first IN (SELECT number FROM alert WHERE episode = (SELECT number FROM episode WHERE id = ?1))
        """
    case release = """
        UPDATE outbox SET due = ?2
        WHERE due > ?2 AND first = last AND first IN (SELECT number FROM alert WHERE episode = ?1)
        """
    case outboxTargets = "SELECT DISTINCT target FROM outbox"
    case emptyOutbox = "DELETE FROM outbox WHERE target = ?1 AND first BETWEEN ?2 AND ?3 AND last <= ?3"
    case outboxAround = """
        SELECT first, last, due FROM outbox WHERE target = ?1 AND first <= ?3 AND last >= ?2
        """
    case cutOutbox = "UPDATE outbox SET last = ?3 WHERE target = ?1 AND first = ?2"
    case pruneAlerts = """
        DELETE FROM alert WHERE made < ?1
            AND NOT EXISTS (SELECT 1 FROM outbox WHERE alert.number BETWEEN first AND last)
            AND NOT EXISTS (SELECT 1 FROM episode WHERE episode.number = alert.episode AND open)
        """
    case emptyLog = "PRAGMA wal_checkpoint(TRUNCATE)"

    // What people look at. The columns are those that `EpisodeEntry.init(row:)` reads.
    case episodes = """
        SELECT id, patient, concern, severity, therapy, rule, transition, opened, last, respond_by, stale, overdue,
            test, acknowledged_by, acknowledged_at, acknowledged_note, closed_by, closed_at, closed_note, outcome
        FROM episode
        WHERE (NOT ?1 OR open) AND (?2 IS NULL OR severity >= ?2) AND (?3 IS NULL OR therapy = ?3)
            AND (?4 IS NULL OR patient = ?4)
            AND (NOT ?5 OR overdue OR open AND acknowledged_at IS NULL AND answer_by <= ?6)
        ORDER BY open DESC, severity DESC, respond_by, id
        """
    case episode = """
        SELECT id, patient, concern, severity, therapy, rule, transition, opened, last, respond_by, stale, overdue,
            test, acknowledged_by, acknowledged_at, acknowledged_note, closed_by, closed_at, closed_note, outcome
        FROM episode WHERE id = ?
        """
    case openPatients = "SELECT patient FROM episode WHERE open AND NOT test AND rule = ?"
    case openEpisodes = """
        SELECT id, patient, concern, severity, therapy, rule, transition, opened, last, respond_by, stale, overdue,
            test, acknowledged_by, acknowledged_at, acknowledged_note, closed_by, closed_at, closed_note, outcome
        FROM episode
        WHERE open AND (?1 IS NULL OR severity >= ?1) AND (?2 IS NULL OR therapy = ?2)
            AND (NOT ?3 OR overdue OR acknowledged_at IS NULL AND answer_by <= ?4)
        ORDER BY severity DESC, respond_by, id
        """
    case overdueEpisodes = """
        SELECT id, patient, concern, severity, therapy, rule, transition, opened, last, respond_by, stale, overdue,
            test, acknowledged_by, acknowledged_at, acknowledged_note, closed_by, closed_at, closed_note, outcome,
            answer_by
        FROM episode
        WHERE open AND NOT test AND acknowledged_at IS NULL AND (overdue OR answer_by <= ?) ORDER BY severity DESC, answer_by, id
        """
    case openCounts = """
        SELECT severity, count(*), sum(stale), sum(acknowledged_at IS NULL) FROM episode
        WHERE open AND NOT test GROUP BY severity
        """
    case episodeOfAlert = """
        SELECT episode.id FROM alert JOIN episode ON episode.number = alert.episode WHERE alert.id = ?
        """
    case isClosed = "SELECT closed_at IS NOT NULL FROM episode WHERE id = ?"
    case isOpen = "SELECT open FROM episode WHERE id = ?"
    case alertsOfEpisode = """
        SELECT id, made, bytes FROM alert WHERE episode = (SELECT number FROM episode WHERE id = ?) ORDER BY number
        """

    case calls = """
        SELECT made, bytes ->> '$.severity' AS severity
        FROM (SELECT made, number, iif(json_valid(CAST(bytes AS TEXT)), CAST(bytes AS TEXT), '{}') AS bytes
            FROM alert WHERE episode = (SELECT number FROM episode WHERE id = ?))
        WHERE severity <> 'none' AND bytes ->> '$.transition' <> 'eased' ORDER BY number
        """

    case told = """
        SELECT id, made, bytes ->> '$.transition', bytes ->> '$.severity', bytes ->> '$.time', bytes ->> '$.respond_by',
            bytes ->> '$.summary', bytes ->> '$.rule', bytes ->> '$.advice',
            (SELECT group_concat(value, '; ') FROM json_each(bytes, '$.source')),
            (SELECT group_concat(coalesce(value ->> '$.term' || ' ', '') || coalesce(value ->> '$.attribute' || ' ', '')
                || coalesce(value ->> '$.value', '') || coalesce(' ' || (value ->> '$.unit'), ''), char(10))
                FROM json_each(bytes, '$.evidence'))
        FROM (SELECT id, made, number, iif(json_valid(CAST(bytes AS TEXT)), CAST(bytes AS TEXT), '{}') AS bytes
            FROM alert WHERE episode = (SELECT number FROM episode WHERE id = ?)) ORDER BY number
        """

    // What staff do. The columns are those that `ActEntry.init(row:)` reads.
    case addAct = """
        INSERT INTO act (deed, at, by, episode, patient, rule, until, outcome, note) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    case acts = """
        SELECT number, deed, at, by, episode, patient, rule, until, outcome, note FROM act WHERE number > ?
        ORDER BY number
        """
    case actsOfEpisode = """
        SELECT number, deed, at, by, episode, patient, rule, until, outcome, note FROM act WHERE episode = ?
        ORDER BY number
        """
    case silences = """
        SELECT number, deed, at, by, episode, patient, rule, until, outcome, note FROM act
        WHERE deed = 'silence' AND at <= ?1 AND until > ?1 ORDER BY number
        """
    case silencesAfter = """
        SELECT number, deed, at, by, episode, patient, rule, until, outcome, note FROM act
        WHERE deed = 'silence' AND until > ? ORDER BY number
        """
    case silencesOver = """
        SELECT number, deed, at, by, episode, patient, rule, until, outcome, note FROM act
        WHERE deed = 'silence' AND until <= ? ORDER BY number
        """
    case act = """
        SELECT number, deed, at, by, episode, patient, rule, until, outcome, note FROM act WHERE number = ?
        """
    case acknowledge = """
        UPDATE episode SET acknowledged_by = ?2, acknowledged_at = ?3, acknowledged_note = ?4 WHERE id = ?1
        """
    case close = "UPDATE episode SET closed_by = ?2, closed_at = ?3, closed_note = ?4, outcome = ?5 WHERE id = ?1"

    // The audit log and the ledger.
    case addAudit = "INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?)"
    case audit = "SELECT number, at, by, deed, subject, detail, hash FROM audit ORDER BY number"
    case beginRun = "INSERT INTO run (started, command, pack, feeds) VALUES (?, ?, ?, ?)"
    case lastPack = "SELECT pack FROM run ORDER BY number DESC LIMIT 1"
    case keepSums = """
        UPDATE run SET records = ?2, events = ?3, rejects = ?4, graded = ?5, ungradable = ?6, unmatched = ?7,
            repeats = ?8, late = ?9, cancelled = ?10, skipped = ?11, patients = ?12, emergency = ?13, urgent = ?14,
            soon = ?15, routine = ?16, none = ?17, silenced = ?18, quieted = ?19 WHERE number = ?1
        """
    case endRun = "UPDATE run SET ended = ?2, status = ?3 WHERE number = ?1"
    case changePack = "UPDATE run SET pack = ? WHERE number = (SELECT max(number) FROM run)"
    case lastRun = """
        SELECT number, started, ended, command, pack, feeds, rejects, graded, ungradable, unmatched, repeats, late,
            cancelled, skipped, patients, emergency, urgent, soon, routine, none, silenced, quieted, status
        FROM run ORDER BY number DESC LIMIT 1
        """
    case runBefore = """
        SELECT number, started, ended, command, pack, feeds, rejects, graded, ungradable, unmatched, repeats, late,
            cancelled, skipped, patients, emergency, urgent, soon, routine, none, silenced, quieted, status
        FROM run WHERE started < ? ORDER BY number DESC LIMIT 1
        """
    case runs = """
        SELECT number, started, ended, command, pack, feeds, rejects, graded, ungradable, unmatched, repeats, late,
            cancelled, skipped, patients, emergency, urgent, soon, routine, none, silenced, quieted, status
        FROM run WHERE started >= ? ORDER BY number
        """

    // Care: checking, pruning, forgetting.
    case integrity = "PRAGMA integrity_check"
    case strayAlerts = "SELECT count(*) FROM alert WHERE episode NOT IN (SELECT number FROM episode)"
    case strayOutbox = """
        SELECT total(last - first + 1) - (SELECT count(*) FROM outbox JOIN alert ON number BETWEEN first AND last)
        FROM outbox
        """
    case strayActs = """
        SELECT count(*) FROM act WHERE episode IS NOT NULL AND episode NOT IN (SELECT id FROM episode)
        """
    case oddSums = """
        SELECT count(*) FROM run WHERE records <> events + rejects
            OR events <> graded + ungradable + unmatched + repeats + late + cancelled
        """
    case pruneEpisodes = """
        DELETE FROM episode WHERE NOT open AND max(coalesce(last, 0), coalesce(closed_at, 0)) < ?1
            AND NOT EXISTS (SELECT 1 FROM alert WHERE alert.episode = episode.number)
        """
    case pruneActs = """
        DELETE FROM act WHERE at < ?1 AND coalesce(until, 0) < ?1
            AND (episode IS NULL OR episode NOT IN (SELECT id FROM episode))
        """
    case prunePatients = """
        DELETE FROM patient WHERE touched < ?1 AND id NOT IN (SELECT patient FROM episode WHERE open)
        """
    case pruneRuns = "DELETE FROM run WHERE started < ?"
    case alertsOfPatient = """
        SELECT number FROM alert WHERE episode IN (SELECT number FROM episode WHERE patient = ?1) ORDER BY number
        """
    case forgetAlerts = "DELETE FROM alert WHERE episode IN (SELECT number FROM episode WHERE patient = ?1)"
    case forgetActs = """
        DELETE FROM act WHERE patient = ?1 OR episode IN (SELECT id FROM episode WHERE patient = ?1)
        """
    case forgetEpisodes = "DELETE FROM episode WHERE patient = ?1"
    case forgetMemory = "DELETE FROM patient WHERE id = ?1"
}
