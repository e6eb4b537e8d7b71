/// Where a pipeline gets its bytes: one input after the other, each read from its start.
protocol InputSource {
    /// The input that is read now, for messages; its ending may tell its format.
    var name: String { get }
    /// Goes on to the next input; false when there is none.
    func next() -> Bool
    /// Waits for what comes next, and puts bytes into the room.
    func read(into room: Range<Int>, of bytes: inout [UInt8]) throws(SystemError) -> Arrival
}

/// What came when an input was asked for more.
enum Arrival: Equatable {
    /// So many bytes, at least one.
    case bytes(Int)
    /// The input's end, and what people should know of it.
    case end(note: String? = nil)
    /// A signal, before anything else.
    case order(Signals.Order)
    /// Nothing, for as long as a pulse lasts.
    case nothing
}
