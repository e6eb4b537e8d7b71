import Clinical

/// A sentence of the pack with places for names in braces, cut once.
///
/// What stands in square brackets with a place is left out, brackets and all, when there is nothing to fill in:
/// `{finding} possible[ ({reason})]`.
struct Template: Sendable {
    /// What may stand in braces.
    enum Place: String, Sendable, CaseIterable {
        case term, grade, reason, finding, therapy, day, title, span, status, feed
    }

    fileprivate enum Piece: Sendable {
        case literal([UInt8])
        case place(Place)
        /// Left out when a place in it stays empty.
        case optional([Piece])
    }

    private var pieces: [Piece] = []

    /// Cuts `{term} grade {grade}`.
    init(_ text: String) {
        var rest = Substring(text)
        while let open = rest.firstIndex(of: "["), let close = rest[open...].firstIndex(of: "]") {
            let inside = Self.cut(rest[rest.index(after: open)..<close])
            rest = cutBracket(inside, rest, from: open, through: close)
        }
        pieces += Self.cut(rest)
    }

    private mutating func cutBracket(
        _ inside: [Piece], _ text: Substring, from open: String.Index, through close: String.Index
    ) -> Substring {
        let rest = text[text.index(after: close)...]
        guard inside.contains(where: { if case .place = $0 { true } else { false } }) else {
            pieces += Self.cut(text[...close])
            return rest
        }
        pieces += Self.cut(text[..<open])
        pieces.append(.optional(inside))
        return rest
    }

    private static func cut(_ text: Substring) -> [Piece] {
        var pieces: [Piece] = []
        var literal: [UInt8] = []
        var rest = text
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            literal += rest[..<open].utf8
            if !literal.isEmpty { pieces.append(.literal(literal)) }
            literal = []
            if let place = Place(rawValue: String(rest[rest.index(after: open)..<close])) {
                pieces.append(.place(place))
            }
            rest = rest[rest.index(after: close)...]
        }
        literal += rest.utf8
        if !literal.isEmpty { pieces.append(.literal(literal)) }
        return pieces
    }

    /// What stands in braces and is no place.
    static func unknownPlaces(in text: String) -> [String] {
        text.split(separator: "{", omittingEmptySubsequences: false).dropFirst().compactMap { part in
            let name = String(part.prefix { $0 != "}" })
            return Place(rawValue: name) == nil ? name : nil
        }
    }

    /// Appends the sentence, asking `fill` to append what belongs into each place.
    func append(to text: inout [UInt8], _ fill: (Place, inout [UInt8]) -> Void) {
        _ = Self.append(pieces, to: &text, fill)
    }

    /// Whether every place had something to say.
    private static func append(_ pieces: [Piece], to text: inout [UInt8], _ fill: (Place, inout [UInt8]) -> Void)
        -> Bool
    {
        var isFull = true
        for piece in pieces {
            let start = text.count
            switch piece {
            case .literal(let bytes): text += bytes
            case .place(let name):
                fill(name, &text)
                if text.count == start { isFull = false }
            case .optional(let inside):
                if !append(inside, to: &text, fill) { text.removeLast(text.count - start) }
            }
        }
        return isFull
    }
}

/// The sentences of a pack's alerts, cut once.
struct AlertTemplates: Sendable {
    /// By grading: how a grade is said.
    let phrases: [Template]
    let possible: Template
    let notExcluded: Template
    let ungraded: Template
    let joined: Template
    let therapy: Template
    let day: Template
    let title: Template
    let unread: Template
    let retracted: Template
    let critical: Template
    let stale: Template
    let overdue: Template
    let silent: Template
    let heard: Template
    let closed: Template
    let feedSilent: Template
    let feedHeard: Template

    init(_ wording: Wording, _ phrases: [String]) {
        self.phrases = phrases.map { Template($0) }
        possible = Template(wording.possible)
        notExcluded = Template(wording.notExcluded)
        ungraded = Template(wording.ungraded)
        joined = Template(wording.joined)
        therapy = Template(wording.therapy)
        day = Template(wording.day)
        title = Template(wording.title)
        unread = Template(wording.unread)
        retracted = Template(wording.retracted)
        critical = Template(wording.critical)
        stale = Template(wording.stale)
        overdue = Template(wording.overdue)
        silent = Template(wording.silent)
        heard = Template(wording.heard)
        closed = Template(wording.closed)
        feedSilent = Template(wording.feedSilent)
        feedHeard = Template(wording.feedHeard)
    }
}

extension AlertTemplates: ImageValue {
    init(from image: inout ImageReader) {
        phrases = image.read()
        possible = image.read()
        notExcluded = image.read()
        ungraded = image.read()
        joined = image.read()
        therapy = image.read()
        day = image.read()
        title = image.read()
        unread = image.read()
        retracted = image.read()
        critical = image.read()
        stale = image.read()
        overdue = image.read()
        silent = image.read()
        heard = image.read()
        closed = image.read()
        feedSilent = image.read()
        feedHeard = image.read()
    }

    func write(to image: inout ImageWriter) {
        image.write(phrases, possible, notExcluded, ungraded, joined, therapy, day, title, unread, retracted)
        image.write(critical, stale, overdue, silent, heard, closed, feedSilent, feedHeard)
    }
}

extension Template: ImageValue {
    init(from image: inout ImageReader) { pieces = image.read() }
    func write(to image: inout ImageWriter) { image.write(pieces) }
}

extension Template.Piece: ImageValue {
    init(from image: inout ImageReader) {
        switch image.number() {
        case 0: self = .literal(Array(image.text().utf8))
        case 1: self = .place(image.read(orElse: .term))
        case 2: self = .optional(image.read())
        default:
            image.fail()
            self = .optional([])
        }
    }

    func write(to image: inout ImageWriter) {
        switch self {
        case .literal(let bytes):
            image.write(number: 0)
            image.write(text: String(decoding: bytes, as: UTF8.self))
        case .place(let place):
            image.write(number: 1)
            image.write(place.rawValue)
        case .optional(let inside):
            image.write(number: 2)
            image.write(inside)
        }
    }
}
