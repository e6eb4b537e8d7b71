import Clinical
import Glibc
import TestSupport
import Testing

@testable import StateDriver
@testable import Store

/// A process that commits in a loop is killed at any instant, over and over: nothing that it said it kept is lost, and
/// nothing is kept by halves.
@Suite struct CrashTests {
    private static let kills = Trials.count(50)

    @Test func `a kill at any instant loses nothing and halves nothing`() throws {
        let place = try StatePlace()
        var random = SeededGenerator(seed: 7)
        var said = Said()
        for _ in 0..<Self.kills {
            var running = try place.driver().start(["commit", "state.db"])
            usleep(UInt32.random(in: 0..<50_000, using: &random))
            running.end()
            let result = running.finish()
            #expect(result.status == -SIGKILL && result.told == "", "\(result.text) \(result.told)")
            for line in result.text.split(separator: "\n") { said.take(line) }
            said.committed = try check(place, said)
        }
        #expect(said.committed > Self.kills)
    }

    @Test func `a kill while a state is made leaves one that can be used`() throws {
        var random = SeededGenerator(seed: 8)
        for _ in 0..<Self.kills / 5 {
            let place = try StatePlace()
            var running = try place.driver().start(["commit", "state.db"])
            usleep(UInt32.random(in: 5_000..<30_000, using: &random))
            running.end()
            _ = running.finish()
            let state = try place.run()
            #expect(try state.reader.check() == [])
            #expect(try state.reader.auditLog().map(\.deed) == ["create"])
        }
    }

    /// What the processes have said up to now.
    private struct Said {
        var committed = 0
        var written = 0

        mutating func take(_ line: Substring) {
            let words = line.split(separator: " ")
            guard words.count == 2, let number = Int(words[1]) else { return }
            if words[0] == "commit" { committed = number }
            if words[0] == "written" { written = number }
        }
    }

    /// Returns the number of the last batch that is kept.
    private func check(_ place: StatePlace, _ said: Said) throws -> Int {
        let state = try place.run(patience: 1_000)
        #expect(try state.reader.check() == [])
        let last = try CountedBatch.last(in: state)
        // What was said is kept; of what was not said, at most the batch that was being kept.
        #expect(last == said.committed || last == said.committed + 1)
        #expect(try state.shared("last").map { String(decoding: $0, as: UTF8.self) } == (last > 0 ? "\(last)" : nil))
        var kept: [String] = []
        try state.database.each(
            once: "SELECT count(*) || ' alerts' FROM alert UNION SELECT count(*) || ' episodes' FROM episode"
        ) {
            kept.append(String(decoding: $0, as: UTF8.self))
        }
        #expect(kept.sorted() == ["\(2 * last) alerts", "\(last) episodes"].sorted())
        for number in max(1, last - 20)..<(last + 2) {
            for alert in CountedBatch(number).record.alerts { #expect(try state.isKnown(alert) == (number <= last)) }
        }
        // Alerts are numbered from 1, two a batch.
        let unwritten = try state.unwritten(at: .day(1)).map { Int($0.number) }
        #expect(unwritten.allSatisfy { $0 > 2 * said.written })
        #expect(unwritten == Array((2 * last - unwritten.count + 1)..<(2 * last + 1)))
        return last
    }
}
