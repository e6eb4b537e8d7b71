import Clinical
import Foundation
import Glibc
import TestSupport

@testable import Store

/// A folder of its own for a test, with a state in it or not; gone with the test.
final class StatePlace {
    /// The folder.
    let folder: URL
    /// The path of the state.
    var path: String { folder.appendingPathComponent("state.db").path }

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("state-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// The state, in the hands of a run. A program that is being started may keep an earlier lock for a moment.
    func run(patience: Int = 1_000) throws(StateError) -> RunState {
        try RunState(path, holder: .test, patience: patience)
    }

    /// A process that does one of the things that `StateDriver` can.
    func driver() -> Program {
        let folderOfPrograms = Program(folder: "").path.dropLast("toxwatch".count)
        return Program(path: folderOfPrograms + "StateDriver", folder: folder.path)
    }

    /// A connection that may do what no toxwatch does.
    func tamper(_ sql: String) throws {
        try Database(StateLocation(path), .write).execute(sql)
    }

    /// Writes a file of the folder and returns its path.
    @discardableResult
    func write(_ bytes: [UInt8], to name: String) throws -> String {
        let file = folder.appendingPathComponent(name)
        try Data(bytes).write(to: file)
        return file.path
    }

    /// The bytes of the state's file. Not while this process has it open: reading would end its locks.
    func bytes() throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(fileURLWithPath: path))) }

    /// The rights of each file of the folder.
    func rights() throws -> [String: Int] {
        let manager = FileManager.default
        return Dictionary(
            uniqueKeysWithValues: try manager.contentsOfDirectory(atPath: folder.path).map { name in
                let attributes = try manager.attributesOfItem(atPath: folder.appendingPathComponent(name).path)
                return (name, (attributes[.posixPermissions] as? NSNumber)?.intValue ?? 0)
            })
    }
}

extension LockHolder {
    static let test = LockHolder(command: "test", since: .day(1))
}

extension Moment {
    /// Midnight of a day of March 2026.
    static func day(_ day: Int) -> Moment {
        Moment(milliseconds: (CalendarDay(year: 2026, month: 3, day: 1).number + Int64(day - 1)) * millisecondsPerDay)
    }
}

extension EpisodeEntry {
    /// An episode of the number, of patient `P` and the number.
    static func numbered(_ number: Int, severity: Severity = .urgent, day: Int = 1) -> EpisodeEntry {
        var episode = EpisodeEntry(
            id: StableID(high: 0xE0, low: UInt64(number)), patient: Array("P\(number)".utf8), concern: "bowel",
            severity: severity, therapy: "checkpoint_inhibitor", rule: "ici-colitis", transition: .opened)
        episode.opened = .day(day)
        episode.last = .day(day)
        episode.respondBy = .day(day + 1)
        return episode
    }
}

extension OutgoingAlert {
    /// An alert of the number, about the episode of that number.
    static func numbered(
        _ number: Int, of episode: Int? = nil, day: Int = 1, deliveries: [Delivery] = [.init(target: "ndjson")]
    ) -> OutgoingAlert {
        OutgoingAlert(
            id: StableID(high: 0xA0, low: UInt64(number)), episode: EpisodeEntry.numbered(episode ?? number).id,
            made: .day(day), bytes: Array(#"{"alert":\#(number)}"#.utf8), deliveries: deliveries)
    }
}

extension BatchRecord {
    /// A batch with an episode and an alert for each number.
    static func numbered(_ numbers: Int..., day: Int = 1) -> BatchRecord {
        var batch = BatchRecord()
        batch.journal = Array("events of \(numbers)".utf8)
        batch.episodes = numbers.map { .numbered($0, day: day) }
        batch.alerts = numbers.map { .numbered($0, day: day) }
        return batch
    }
}

/// The error that is thrown; nil when none is.
func stateError(_ body: () throws(StateError) -> Void) -> StateError? {
    do throws(StateError) {
        try body()
        return nil
    } catch {
        return error
    }
}

extension RunningProgram {
    /// Ends it at once, with nothing done that it still wanted to do.
    func end() { kill(process, SIGKILL) }
}

extension RunState {
    /// Whether an alert was kept before.
    func isKnown(_ alert: OutgoingAlert) throws(StateError) -> Bool { try isKnown(alert.id, of: alert.episode) }
}
