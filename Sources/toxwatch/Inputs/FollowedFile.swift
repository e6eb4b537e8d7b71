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
    /// The file that is read.
    private var current: Opened?
    /// The one that has the name now.
    private var heir: Opened?
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
        guard let current = current ?? open() else { return nil }
        var isLeft = false
        while true {
            let count = try take(current, into: room, of: &bytes)
            if count > 0 { return .bytes(count) }
            if isLeft { return leave() }
            if current.isCut {
                current.rewind()
                return .end(note: "\(name): the file was cut; reading it again from its start")
            }
            isLeft = hasHeir(current)
            if !isLeft { return nil }
        }
    }

    private func take(
        _ file: Opened, into room: Range<Int>, of bytes: inout [UInt8]
    ) throws(SystemError) -> Int {
        do {
            return try file.read(into: room, of: &bytes)
        } catch {
            hasFailed = true
            throw error
        }
    }

    /// The file, if it can be opened; if not, this is said once.
    private func open() -> Opened? {
        do {
            current = try Opened(name)
            hasToldWaiting = false
        } catch {
            if !hasToldWaiting, !isQuiet { Diagnostics.say("waiting for \(name): \(error.message)") }
            hasToldWaiting = true
        }
        return current
    }

    /// Whether another file than the current one has the name, and holds something.
    ///
    /// It is opened at once, so that it is found although the name may move on again.
    private func hasHeir(_ current: Opened) -> Bool {
        if let heir, heir.size > 0 { return true }
        guard let named = try? Opened(name), !named.isSameFile(as: current) else {
            heir = nil
            return false
        }
        heir = named
        return named.size > 0
    }

    private func leave() -> Arrival {
        (current, heir) = (heir, nil)
        news.forget()
        return .end(note: isQuiet ? nil : "\(name): another file has this name now; reading that")
    }
}

extension FollowedFile {
    /// A file that is open, as far as it was read.
    private final class Opened {
        private let file: InputFile
        private var taken: Int64 = 0

        /// Only what can grow is opened: a named pipe would wait for whoever writes to it.
        init(_ path: String) throws(SystemError) {
            guard WholeFile.oddKind(path) == nil else { throw SystemError(ESPIPE) }
            file = try InputFile(path)
        }

        func read(into room: Range<Int>, of bytes: inout [UInt8]) throws(SystemError) -> Int {
            let count = try StandardStreams.read(into: room, of: &bytes, from: file.descriptor)
            taken += Int64(count)
            return count
        }

        var size: Int64 { Int64(status.st_size) }

        /// It is shorter than what was read of it.
        var isCut: Bool { size < taken }

        func rewind() {
            lseek(file.descriptor, 0, SEEK_SET)
            taken = 0
        }

        func isSameFile(as other: Opened) -> Bool {
            let (own, its) = (status, other.status)
            return own.st_dev == its.st_dev && own.st_ino == its.st_ino
        }

        private var status: stat {
            var status = stat()
            fstat(file.descriptor, &status)
            return status
        }
    }
}
