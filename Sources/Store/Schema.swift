/// The tables, and the steps by which they came to be.
///
/// Who writes what: a run, which holds the writer's lock, writes `patient`, `journal`, `shared`, `episode`, `alert`,
/// `outbox` and `run`. Staff write `act`, and the columns of `episode` from `acknowledged_by` on; a run only empties the
/// acknowledgement, when the episode calls again. Both write `audit` and `meta`. Each does so in short transactions,
/// which SQLite puts one after the other, so that staff need not wait for a run to end.
///
/// Times are milliseconds since 1970, ids the sixteen bytes of a `StableID`, patients their bytes as text came in.
enum Schema {
    /// Marks the file as toxwatch's, `txwt`.
    static let applicationID: Int64 = 0x7478_7774

    /// Each step makes the schema of its number, from 1, out of the one before. Steps that were released never change.
    static let steps = [first]

    private static let first = """
        -- What the room itself keeps: `secret`, the key of pseudonyms; `audit_rows` and `audit_head`.
        CREATE TABLE meta (name TEXT PRIMARY KEY, value NOT NULL) WITHOUT ROWID;
        INSERT INTO meta VALUES ('secret', randomblob(16)), ('audit_rows', 0), ('audit_head', '');

        -- What the fold remembers: of each patient, beside the patients, and what is not folded in yet.
        CREATE TABLE patient (
            id BLOB NOT NULL UNIQUE, touched INTEGER NOT NULL, memory BLOB NOT NULL, due INTEGER);
        CREATE INDEX patient_due ON patient (due) WHERE due IS NOT NULL;
        CREATE TABLE shared (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
        CREATE TABLE journal (number INTEGER PRIMARY KEY, events BLOB NOT NULL);

        CREATE TABLE episode (
            number INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, patient BLOB NOT NULL,
            concern TEXT NOT NULL, severity INTEGER NOT NULL,
            therapy TEXT NOT NULL, rule TEXT NOT NULL, transition TEXT NOT NULL, opened INTEGER, last INTEGER,
            respond_by INTEGER, answer_by INTEGER, stale INTEGER NOT NULL, overdue INTEGER NOT NULL, test INTEGER NOT NULL,
            acknowledged_by TEXT, acknowledged_at INTEGER, acknowledged_note TEXT,
            closed_by TEXT, closed_at INTEGER, outcome TEXT, closed_note TEXT,
            open INTEGER NOT NULL
                GENERATED ALWAYS AS (closed_at IS NULL AND transition NOT IN ('resolved', 'retracted')) VIRTUAL);
        CREATE INDEX episode_of_patient ON episode (patient);
        CREATE INDEX episode_open ON episode (overdue, answer_by) WHERE open;

        -- All that was said, in order, each of the episode of that number; and to whom it is still to be said, a row for
        -- alerts that follow on one another. Null bytes stand for the alerts' own; a row with bytes is of one alert. An
        -- alert that was taken back, or was over, and stands again is another issue of it, counted from 0.
        CREATE TABLE alert (
            number INTEGER PRIMARY KEY, id BLOB NOT NULL, episode INTEGER NOT NULL, made INTEGER NOT NULL,
            severity INTEGER NOT NULL, bytes BLOB NOT NULL, issue INTEGER NOT NULL, UNIQUE (episode, id, issue));
        CREATE TABLE outbox (
            target TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, due INTEGER NOT NULL, bytes BLOB,
            PRIMARY KEY (target, first)) WITHOUT ROWID;

        -- What staff did, numbered so that no number comes twice.
        CREATE TABLE act (
            number INTEGER PRIMARY KEY AUTOINCREMENT, deed TEXT NOT NULL, at INTEGER NOT NULL, by TEXT NOT NULL,
            episode BLOB, patient BLOB, rule TEXT, until INTEGER, outcome TEXT, note TEXT NOT NULL);
        CREATE INDEX act_of_episode ON act (episode) WHERE episode IS NOT NULL;
        CREATE INDEX act_of_patient ON act (patient) WHERE patient IS NOT NULL;

        -- Each row's hash covers the row and the hash before it. Rows name no patient.
        CREATE TABLE audit (
            number INTEGER PRIMARY KEY, at INTEGER NOT NULL, by TEXT NOT NULL, deed TEXT NOT NULL,
            subject TEXT NOT NULL, detail TEXT NOT NULL, hash TEXT NOT NULL);

        -- The ledger of runs; one that died has no end.
        CREATE TABLE run (
            number INTEGER PRIMARY KEY, started INTEGER NOT NULL, ended INTEGER, status INTEGER, command TEXT NOT NULL,
            pack TEXT NOT NULL, feeds TEXT NOT NULL, records INTEGER NOT NULL DEFAULT 0,
            events INTEGER NOT NULL DEFAULT 0, rejects INTEGER NOT NULL DEFAULT 0, graded INTEGER NOT NULL DEFAULT 0,
            ungradable INTEGER NOT NULL DEFAULT 0, unmatched INTEGER NOT NULL DEFAULT 0,
            repeats INTEGER NOT NULL DEFAULT 0, late INTEGER NOT NULL DEFAULT 0,
            cancelled INTEGER NOT NULL DEFAULT 0, skipped INTEGER NOT NULL DEFAULT 0,
            patients INTEGER NOT NULL DEFAULT 0, emergency INTEGER NOT NULL DEFAULT 0,
            urgent INTEGER NOT NULL DEFAULT 0, soon INTEGER NOT NULL DEFAULT 0, routine INTEGER NOT NULL DEFAULT 0,
            none INTEGER NOT NULL DEFAULT 0, silenced INTEGER NOT NULL DEFAULT 0, quieted INTEGER NOT NULL DEFAULT 0);
        """
}
