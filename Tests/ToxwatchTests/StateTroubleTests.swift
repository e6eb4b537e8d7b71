import Clinical
import Glibc
import TestSupport
import Testing

@testable import Store
@testable import toxwatch

/// A run whose state cannot be written or read says so with its status, leaves the state as it was, and loses nothing.
@Suite struct StateTroubleTests {
    private let place: Workplace
    private static let run = "toxwatch run --quiet --no-tick --now 2026-03-01T09:00:00Z --state state.db"

    init() throws {
        place = try Workplace(environment: ["TOXWATCH_CONFIG": ""])
        try place.write(Feed.manyFevers(20), to: "begin.ndjson")
        try place.write(Feed.manyFevers(600), to: "feed.ndjson")
    }

    private func alerts(_ lines: [Substring]) -> [String] { lines.compactMap { JSONText($0.utf8)?["alert"]?.string } }

    /// Runs over the beginning of the feed, over all of it where there is no room, and again where there is.
    private func runOut(of room: (String) -> String) throws -> Program.Result {
        let first = try place.shell(Self.run + " begin.ndjson")
        #expect(first.status == 0 && first.lines.count == 20)
        let full = try place.shell(room(Self.run + " feed.ndjson"))
        #expect(full.status == 74)
        #expect(try place.shell("toxwatch state check --state state.db").status == 0)
        let rest = try place.shell(Self.run + " feed.ndjson")
        #expect(rest.status == 0)
        let told = alerts(first.lines + full.lines + rest.lines)
        #expect(told.count == 600 && Set(told).count == 600)
        return full
    }

    // MARK: No room

    @Test func `a run that may not let its state grow ends with 74, and the next one goes on`() throws {
        let full = try runOut { "trap '' XFSZ; ulimit -f 100; \($0)" }
        #expect(full.told.hasPrefix("toxwatch: state.db: ") && full.told.hasSuffix("\n"), "\(full.told)")
        #expect(full.text == "")
    }

    /// Whether this machine lets a test have a disk of its own.
    private static let hasSmallDisks =
        (try? Workplace().shell("mkdir disk && unshare -rm mount -t tmpfs -o size=1500k tmpfs disk").status) == 0

    @Test(.enabled(if: hasSmallDisks, "no small disks here"))
    func `a run on a full disk ends with 74, and the next one goes on when there is room`() throws {
        try place.write(Feed.manyFevers(3000), to: "feed.ndjson")
        let run = Self.run.replacing("state.db", with: "disk/state.db")
        let result = try place.shell(
            """
            mkdir disk; unshare -rm sh -c '
                mount -t tmpfs -o size=1500k tmpfs disk
                \(run) begin.ndjson; echo $?
                \(run) feed.ndjson; echo $?
                toxwatch state check --state disk/state.db; echo $?
                mount -o remount,size=50m disk
                \(run) feed.ndjson; echo $?'
            """)
        #expect(
            result.lines.filter { !$0.hasPrefix("{") } == ["0", "74", "disk/state.db: all holds together", "0", "0"])
        #expect(result.told == "toxwatch: \(StateError("disk/state.db", .diskFull).message)\n")
        let told = alerts(result.lines)
        #expect(told.count == 3000 && Set(told).count == 3000)
    }

    @Test func `alerts that found no room are written by the next run`() throws {
        let full = try place.shell(Self.run + " begin.ndjson > /dev/full")
        #expect(full.status == 74)
        #expect(full.told == "toxwatch: cannot write: No space left on device\n")
        #expect(try place.shell(Self.run + " < /dev/null").lines.count == 20)
        #expect(try place.shell(Self.run + " begin.ndjson").text == "")
    }

    // MARK: No state

    /// A run over a state that was spoilt; its bytes stay as they are.
    private func expect(_ status: Int32, _ reason: StateError.Reason, after spoiling: String, as user: String = "")
        throws
    {
        let spoilt = try place.shell("\(spoiling) && cksum state.db")
        #expect(spoilt.status == 0)
        let result = try place.shell("\(user) \(Self.run) feed.ndjson")
        #expect(result.status == status && result.text == "")
        #expect(result.told == "toxwatch: \(StateError("state.db", reason).message)\n", "\(result.told)")
        #expect(try place.shell("chmod 700 .; cksum state.db").text == spoilt.text)
    }

    @Test func `a file of another kind is 78`() throws {
        try expect(78, .notADatabase, after: "cp feed.ndjson state.db")
    }

    @Test func `a state of a later toxwatch is 78`() throws {
        do {
            let path = place.toxwatch.folder + "/state.db"
            let state = try RunState(path, holder: LockHolder(command: "test", since: Moment(milliseconds: 0)))
            try state.database.execute("PRAGMA user_version = 99; PRAGMA wal_checkpoint(TRUNCATE)")
        }
        try expect(78, .newerSchema(found: 99, known: Schema.steps.count), after: "true")
    }

    @Test(arguments: ["chmod 444 state.db", "chmod 555 ."])
    func `a state that may not be written is 74`(forbidding: String) throws {
        #expect(try place.shell(Self.run + " begin.ndjson").status == 0)
        // Root may write everywhere, unless that right of root's is taken away.
        let user = getuid() == 0 ? "setpriv --bounding-set -dac_override,-dac_read_search" : ""
        try expect(74, .readOnly, after: forbidding, as: user)
    }

    @Test func `a state whose middle is overwritten is 74, or gives what it still holds`() throws {
        #expect(try place.shell(Self.run + " begin.ndjson").status == 0)
        let size = try #require(Int(place.shell("stat -c %s state.db").text.dropLast()))
        let pages = size / 4096
        for page in stride(from: 1, to: pages, by: max(1, pages / 8)) {
            let spoil =
                "cp state.db spoilt.db; dd if=/dev/urandom of=spoilt.db bs=4096 seek=\(page) count=1 conv=notrunc"
            #expect(try place.shell(spoil + " 2> /dev/null").status == 0)
            let run = Self.run.replacing("state.db", with: "spoilt.db")
            let result = try place.shell(run + " begin.ndjson")
            #expect([0, 74].contains(result.status), "\(result.told)")
            if result.status == 74 {
                #expect(result.told.contains("spoilt.db: the state is damaged: "), "\(result.told)")
            }
        }
    }
}
