import Clinical

/// Pieces of JSON that are rendered once and copied many times.
struct JSONPieces: Sendable {
    // The pieces, one after the other, and zeros behind them so that whole blocks can be read.
    private var pool = [UInt8](repeating: 0, count: 16)
    private var runs: [Run] = []

    /// Room for `count` pieces, none of them rendered.
    init(count: Int) {
        runs = Array(repeating: Run(), count: count)
    }

    /// Renders `prefix` and the name as a JSON string, for each of the names.
    init(_ prefix: String, names: [String]) {
        self.init(count: names.count)
        for (number, name) in names.enumerated() { render("\(prefix)\"\(name)\"", as: number) }
    }

    /// Whether the piece has been rendered.
    @inline(__always)
    func has(_ number: Int) -> Bool { runs[number].count != 0 }

    /// Renders a piece, which is not empty.
    mutating func render(_ piece: String, as number: Int) {
        let start = pool.count - 16
        pool.replaceSubrange(start..<start, with: piece.utf8)
        runs[number] = Run(start: start, count: piece.utf8.count)
    }

    /// Appends a piece by its number.
    @inline(__always)
    func append(_ number: Int, to buffer: inout OutputBuffer) {
        buffer.append(runs[number].range, ofPadded: pool.span.bytes)
    }
}

/// The pack's texts as JSON values: each is escaped when it is first used, and copied from then on.
struct PackTextsAsJSON: Sendable {
    private let catalogue: Catalogue
    // By `PackText`.
    private var pieces: JSONPieces

    init(_ catalogue: Catalogue) {
        self.catalogue = catalogue
        pieces = JSONPieces(count: catalogue.count)
        pieces.render("null", as: 0)
    }

    /// Appends the text as a JSON string, or `null` for none.
    @inline(__always)
    mutating func append(_ text: PackText, to buffer: inout OutputBuffer) {
        let number = Int(text.rawValue)
        if !pieces.has(number) { render(text) }
        pieces.append(number, to: &buffer)
    }

    @inline(never)
    private mutating func render(_ text: PackText) {
        var rendered = OutputBuffer(capacity: 64)
        rendered.append(json: catalogue[text])
        pieces.render(rendered.string, as: Int(text.rawValue))
    }
}
