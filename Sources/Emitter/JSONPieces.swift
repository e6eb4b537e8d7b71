import Clinical

/// Pieces of JSON that are rendered once and copied many times.
struct JSONPieces: Sendable {
    private var pool: [UInt8] = []
    private var starts: [Int] = [0]

    init() {}

    /// Renders `prefix` + name as a JSON string for each of the names.
    init(_ prefix: String, names: [String]) {
        for name in names { add("\(prefix)\"\(name)\"") }
    }

    /// Keeps one more piece and returns its number.
    @discardableResult
    mutating func add(_ piece: String) -> Int {
        add(Array(piece.utf8))
    }

    /// Keeps one more piece and returns its number.
    @discardableResult
    mutating func add(_ piece: [UInt8]) -> Int {
        pool += piece
        starts.append(pool.count)
        return starts.count - 2
    }

    /// Appends a piece by its number.
    @inline(__always)
    func append(_ number: Int, to buffer: inout OutputBuffer) {
        let range = starts[number]..<starts[number &+ 1]
        pool.withUnsafeBytes { buffer.append(UnsafeRawBufferPointer(rebasing: $0[range])) }
    }
}

/// The pack's texts as JSON values: each is escaped when it is first used, and copied from then on.
struct PackTextsAsJSON: Sendable {
    private let catalogue: Catalogue
    private var pieces = JSONPieces()
    // By `PackText`: the number of its piece, or -1 while it has none.
    private var numbers: [Int32]

    init(_ catalogue: Catalogue) {
        self.catalogue = catalogue
        numbers = Array(repeating: -1, count: catalogue.count)
        numbers[0] = Int32(pieces.add("null"))
    }

    /// Appends the text as a JSON string, or `null` for none.
    @inline(__always)
    mutating func append(_ text: PackText, to buffer: inout OutputBuffer) {
        let number = numbers[Int(text.rawValue)]
        pieces.append(number >= 0 ? Int(number) : render(text), to: &buffer)
    }

    @inline(never)
    private mutating func render(_ text: PackText) -> Int {
        var rendered = OutputBuffer(capacity: 64)
        rendered.append(json: catalogue[text])
        let number = pieces.add(rendered.bytes)
        numbers[Int(text.rawValue)] = Int32(number)
        return number
    }
}
