/// Files and stdin, each read once, to its end.
final class InputFiles: InputSource {
    private var paths: ArraySlice<String>
    private let signals: Signals
    private let pulse: Int32
    private var file: InputFile?
    private var descriptor: Int32 = -1
    private(set) var name = ""

    /// - Parameters:
    ///   - paths: `-` is stdin, and so are none at all.
    ///   - pulse: after how many milliseconds without news a wait ends; negative for never.
    init(_ paths: [String], signals: consuming Signals = Signals(), pulse: Int32 = -1) {
        self.pulse = pulse
        self.paths = paths.isEmpty ? ["-"] : paths[...]
        self.signals = signals
    }

    func next() -> Bool {
        file = nil
        descriptor = -1
        guard let path = paths.popFirst() else { return false }
        name = path
        return true
    }

    func read(into room: Range<Int>, of bytes: inout [UInt8]) throws(SystemError) -> Arrival {
        if descriptor < 0 {
            let opened = try InputFile(name, waits: false)
            name = opened.name
            descriptor = opened.descriptor
            file = consume opened
        }
        switch signals.next(or: descriptor, within: pulse) {
        case .order(let order): return .order(order)
        case .nothing: return .nothing
        case .input: break
        }
        let count = try StandardStreams.read(into: room, of: &bytes, from: descriptor)
        return count == 0 ? .end() : .bytes(count)
    }
}
