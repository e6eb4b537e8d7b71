import Clinical
import Emitter

/// Where unreadable records go: a line each for people, and, where asked, a file that keeps them whole, at its end.
struct RejectSink: ~Copyable {
    private let file: OutputFile?
    private let descriptor: Int32?
    private let isQuiet: Bool
    private var told = 0
    private var buffer = OutputBuffer()

    /// Rejects told in full on stderr; the others are counted.
    static let toldAtMost = 20

    /// - Parameter path: the file of `--rejects`; nil for none.
    init(_ path: String?, isQuiet: Bool) throws(SystemError) {
        if let path {
            let file = try OutputFile(appendingTo: path)
            descriptor = file.descriptor
            self.file = consume file
        } else {
            descriptor = nil
            file = nil
        }
        self.isQuiet = isQuiet
    }

    /// Tells and keeps them; false when they could not be kept.
    mutating func take(_ rejects: [Reject]) -> Bool {
        for reject in rejects where !isQuiet {
            told += 1
            if told > Self.toldAtMost { continue }
            RejectWriter.tell(reject, to: &buffer)
            if told == Self.toldAtMost {
                buffer.append("toxwatch: further rejects are counted, not shown; --rejects FILE keeps them all\n")
            }
        }
        Diagnostics.write(buffer)
        buffer.removeAll()
        return keep(rejects)
    }

    private mutating func keep(_ rejects: [Reject]) -> Bool {
        guard let descriptor else { return true }
        RejectWriter.write(rejects, to: &buffer)
        defer { buffer.removeAll() }
        do {
            try buffer.withBytes { bytes throws(SystemError) in try StandardStreams.write(bytes, to: descriptor) }
            return true
        } catch {
            Diagnostics.say("cannot write the rejects: \(error.message)")
            return false
        }
    }
}
