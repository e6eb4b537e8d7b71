import Emitter
import Glibc

/// How a plugin ends: always with a line on stdout and a status from 0 to 3.
enum PluginEnd {
    /// Ends as plugins do that were called wrongly, or asked for help: the message, its first line behind `UNKNOWN: `. No
    /// bar is in it, for that would begin performance data.
    static func end(_ message: String) -> Never {
        let lines = message.split(separator: "\n", omittingEmptySubsequences: false)
        var buffer = OutputBuffer()
        PluginLine(unknown: lines.first.map(String.init) ?? "").write(to: &buffer)
        for line in lines.dropFirst() { buffer.append(verbatim: line.replacing("|", with: "/") + "\n") }
        end(buffer, .unknown)
    }

    /// Ends with a line.
    static func end(_ line: PluginLine) -> Never {
        var buffer = OutputBuffer()
        line.write(to: &buffer)
        end(buffer, line.level)
    }

    private static func end(_ buffer: consuming OutputBuffer, _ level: PluginLevel) -> Never {
        buffer.withBytes { bytes in _ = try? StandardStreams.write(bytes, to: STDOUT_FILENO) }
        Glibc.exit(level.rawValue)
    }

    /// Sees to it that the plugin itself says that it took too long, before whoever called it does, and that even a
    /// crash ends as unknown.
    static func beForeseen(after seconds: UInt32, as level: PluginLevel) {
        for crash in [SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV] {
            signal(crash) { _ in PluginEnd.endAtOnce("UNKNOWN: toxwatch itself failed\n", 3) }
        }
        switch level {
        case .good: signal(SIGALRM) { _ in PluginEnd.endAtOnce("OK: gave up, the time of -t is over\n", 0) }
        case .warning: signal(SIGALRM) { _ in PluginEnd.endAtOnce("WARNING: gave up, the time of -t is over\n", 1) }
        case .critical: signal(SIGALRM) { _ in PluginEnd.endAtOnce("CRITICAL: gave up, the time of -t is over\n", 2) }
        case .unknown: signal(SIGALRM) { _ in PluginEnd.endAtOnce("UNKNOWN: gave up, the time of -t is over\n", 3) }
        }
        alarm(seconds)
    }

    /// Ends from within a signal, where little else may be done.
    private static func endAtOnce(_ words: StaticString, _ status: Int32) -> Never {
        _ = Glibc.write(STDOUT_FILENO, words.utf8Start, words.utf8CodeUnitCount)
        _exit(status)
    }
}
