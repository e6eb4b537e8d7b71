import Emitter

/// The line that tells, on a terminal, how far long work has come.
struct Progress {
    private let isWanted = Diagnostics.isOnTerminal
    private let start = Clock.monotonic
    private var last = Clock.monotonic
    private var isShown = false

    /// Shows the count, a few times a second, once the work has taken a while.
    mutating func show(_ records: Int) {
        guard isWanted else { return }
        let now = Clock.monotonic
        guard now - start > 1500, now - last > 200 else { return }
        last = now
        isShown = true
        var buffer = OutputBuffer()
        RunProgress.write(records: records, milliseconds: now - start, to: &buffer)
        Diagnostics.write(buffer)
    }

    /// Wipes the line, if there is one.
    mutating func clear() {
        guard isShown else { return }
        isShown = false
        var buffer = OutputBuffer()
        RunProgress.clear(&buffer)
        Diagnostics.write(buffer)
    }
}
