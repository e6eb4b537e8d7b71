import Clinical
import Glibc
import Store

/// What the tests of Store need a process of its own for; they kill it, or start it as somebody else.
///
/// `commit PATH` commits until it is killed and says what it has done, `hold PATH` holds the lock until its input ends,
/// `open PATH` says how opening went, `act PATH` acknowledges the episode of the first batch.
@main struct StateDriver {
    static func main() {
        let words = CommandLine.arguments
        guard words.count == 3 else { exit(64) }
        do throws(StateError) {
            switch words[1] {
            case "commit": try commit(words[2])
            case "hold": try hold(words[2])
            case "open": _ = try RunState(words[2], holder: holder("open"), patience: 50).journalSize
            case "act": try act(words[2])
            default: exit(64)
            }
        } catch {
            say(error.message)
            exit(error.ending == .configuration ? 78 : error.ending == .usage ? 64 : 74)
        }
    }

    /// A line on stdout, all at once, so that whoever reads it has it before the next step.
    private static func say(_ line: String) {
        let bytes = Array((line + "\n").utf8)
        _ = bytes.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
    }

    private static func holder(_ command: String) -> LockHolder {
        LockHolder(command: command, since: Moment(milliseconds: 1_772_000_000_000))
    }

    private static func hold(_ path: String) throws(StateError) {
        let state = try RunState(path, holder: holder("hold"), patience: 0)
        say("held")
        var byte: UInt8 = 0
        while read(STDIN_FILENO, &byte, 1) > 0 {}
        _ = state.journalSize
    }

    private static func act(_ path: String) throws(StateError) {
        let deed = StaffAct.Deed.acknowledge(episode: CountedBatch(1).episode, note: "seen")
        try StaffDesk(path).record(StaffAct(deed, by: "Nurse A", at: Moment(milliseconds: 1)))
    }

    /// Counts on from where the state ends: `commit 7` stands for a batch that is kept, `written 7` for its marks.
    private static func commit(_ path: String) throws(StateError) {
        var state = try RunState(path, holder: holder("commit"))
        var last = try CountedBatch.last(in: state)
        for alert in try state.unwritten(at: Moment(milliseconds: 0)) {
            say("again \(alert.number)")
            try state.markWritten([alert.number], to: alert.target)
        }
        while true {
            last += 1
            let batch = CountedBatch(last)
            let isLong = state.journalSize.batches >= 7
            let numbers =
                isLong
                ? try state.checkpoint(batch.patients, at: Moment(milliseconds: 0), with: batch.record)
                : try state.commit(batch.record)
            say("commit \(last)")
            try state.markWritten(numbers.compactMap { $0 }, to: "ndjson")
            say("written \(last)")
        }
    }
}
