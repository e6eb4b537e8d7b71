import Emitter
import Glibc

/// Messages for people, on stderr.
enum Diagnostics {
    /// Writes one line, `toxwatch: …`; control characters become visible.
    static func say(_ message: String) {
        var buffer = OutputBuffer()
        buffer.append("toxwatch: ")
        buffer.append(visible: message)
        buffer.append("\n")
        write(buffer)
    }

    /// Writes text that is made for stderr already.
    static func write(_ text: String) {
        var buffer = OutputBuffer()
        buffer.append(verbatim: text)
        write(buffer)
    }

    /// Writes a buffer; a stderr that cannot be written is nobody's to tell.
    static func write(_ buffer: borrowing OutputBuffer) {
        buffer.withBytes { bytes in _ = try? StandardStreams.write(bytes, to: STDERR_FILENO) }
    }

    /// Whether stderr is a terminal.
    static var isOnTerminal: Bool { isatty(STDERR_FILENO) == 1 }
}
