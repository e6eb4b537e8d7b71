import ArgumentParser
import Glibc

/// A file that is read to its end and on as it grows, like `tail -F`: until a signal comes.
///
/// When the name comes to stand for another file, the old one is read on until the new one holds something, then to its
/// end, then the new one from its start: whoever writes may go on in the old one for a while. A file that was cut is
/// read again from its start. One that is not there yet is waited for.
final class FollowedFile: InputSource {
    let name: String
    private let signals: Signals
    private var news: FileNews
    private let isQuiet: Bool
    private let pulse: Int32
    /// When something came last.
    private var lastArrival = Clock.monotonic
    private var file: InputFile?
    private var descriptor: Int32 = -1
    /// Bytes of the file that were read.
    private var taken: Int64 = 0
    /// The name stands for another file: this one is read to its end.
    private var isLeft = false
    private var hasFailed = false
    private var hasToldWaiting = false

    /// For how long no look is taken at a file whose changes wake us, in milliseconds, and at any other.
    private static let pauses: (watched: Int32, unwatched: Int32) = (250, 20)

    /// - Parameters:
    ///   - isQuiet: only what is wrong is told, as a file that was cut is.
    ///   - pulse: after how many milliseconds without news a wait ends; negative for never.
    init(_ path: String, signals: consuming Signals, isQuiet: Bool, pulse: Int32 = -1) {
        self.pulse = pulse
        name = path
        self.signals = signals
        self.isQuiet = isQuiet
        news = FileNews(of: path)
    }

    /// Sees to it that there is one file to follow, and that it is one that can grow.
    static func check(_ paths: [String]) throws(ValidationError) {
        guard paths.count == 1, paths[0] != "-" else {
            throw ValidationError("--follow follows one FILE; stdin that stays open is followed without it")
        }
        let kind = WholeFile.names(inFolder: paths[0]) == nil ? WholeFile.oddKind(paths[0]) : "a folder"
        guard let kind else { return }
        throw ValidationError("--follow follows a file; \(paths[0]) is \(kind)")
    }

    func next() -> Bool { !hasFailed }

    func read(into room: Range<Int>, of bytes: inout [UInt8]) throws(SystemError) -> Arrival {
        if case .order(let order) = signals.next(within: 0) { return .order(order) }
        while true {
            // Before the look: what changes after it wakes.
            let isWatched = news.watch()
            if let arrival = try arrival(into: room, of: &bytes) {
                lastArrival = Clock.monotonic
                return arrival
            }
            if pulse >= 0, Clock.monotonic - lastArrival >= Int(pulse) {
                lastArrival = Clock.monotonic
                return .nothing
            }
            let look = isWatched ? Self.pauses.watched : Self.pauses.unwatched
            let pause = pulse < 0 ? look : min(look, pulse)
            if case .order(let order) = signals.next(or: news.descriptor, within: pause) { return .order(order) }
            news.clear()
        }
    }

    /// What has come; nil for nothing yet.
    private func arrival(into room: Range<Int>, of bytes: inout [UInt8]) throws(SystemError) -> Arrival? {
        guard descriptor >= 0 || open() else { return nil }
        while true {
            let count = try take(into: room, of: &bytes)
            if count > 0 { return .bytes(count) }
            if isLeft { return leave(isQuiet ? nil : "\(name): another file has this name now; reading that") }
            switch look() {
            case .same: return nil
            case .another: isLeft = true
            case .cut: return leave("\(name): the file was cut; reading it again from its start")
            }
        }
    }

    private func take(into room: Range<Int>, of bytes: inout [UInt8]) throws(SystemError) -> Int {
        do {
            let count = try StandardStreams.read(into: room, of: &bytes, from: descriptor)
            taken += Int64(count)
            return count
        } catch {
            hasFailed = true
            throw error
        }
    }

    private func leave(_ note: String?) -> Arrival {
        file = nil
        descriptor = -1
        news.forget()
        return .end(note: note)
    }

    /// Whether the file could be opened; if not, this is said once.
    private func open() -> Bool {
        if let kind = WholeFile.oddKind(name) { return wait("it is \(kind)") }
        do {
            let opened = try InputFile(name)
            descriptor = opened.descriptor
            file = consume opened
            taken = 0
            isLeft = false
            hasToldWaiting = false
            return true
        } catch {
            return wait(error.message)
        }
    }

    private func wait(_ reason: String) -> Bool {
        if !hasToldWaiting, !isQuiet { Diagnostics.say("waiting for \(name): \(reason)") }
        hasToldWaiting = true
        return false
    }

    private enum Sight { case same, another, cut }

    /// What became of the file whose end was reached.
    private func look() -> Sight {
        var (own, named) = (stat(), stat())
        guard fstat(descriptor, &own) == 0 else { return .same }
        if own.st_size < taken { return .cut }
        guard stat(name, &named) == 0, named.st_size > 0 else { return .same }
        return own.st_dev == named.st_dev && own.st_ino == named.st_ino ? .same : .another
    }
}
