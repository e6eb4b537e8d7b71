/// Files and stdin, each read once, to its end.
final class InputFiles: InputSource {
    private var paths: ArraySlice<String>
    private let signals: Signals
    private var file: InputFile?
    private var descriptor: Int32 = -1
    private(set) var name = ""

    /// - Parameter paths: `-` is stdin, and so are none at all.
    init(_ paths: [String], signals: consuming Signals = Signals()) {
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
            let opened = try InputFile(name)
            name = opened.name
            descriptor = opened.descriptor
            file = consume opened
        }
        if let order = signals.next(or: descriptor) { return .order(order) }
        let count = try StandardStreams.read(into: room, of: &bytes, from: descriptor)
        return count == 0 ? .end() : .bytes(count)
    }
}
