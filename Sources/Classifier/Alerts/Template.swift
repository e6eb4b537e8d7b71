import Clinical

/// A sentence of the pack with places for names in braces, cut once.
struct Template: Sendable {
    /// What may stand in braces.
    enum Place: String, Sendable, CaseIterable { case term, grade, reason, therapy, day, title }

    private enum Piece: Sendable {
        case literal([UInt8])
        case place(Place)
    }

    private var pieces: [Piece] = []

    /// Cuts `{term} grade {grade}`.
    init(_ text: String) {
        var literal: [UInt8] = []
        var rest = Substring(text)
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            literal += rest[..<open].utf8
            if !literal.isEmpty { pieces.append(.literal(literal)) }
            literal = []
            if let place = Place(rawValue: String(rest[rest.index(after: open)..<close])) { pieces.append(.place(place)) }
            rest = rest[rest.index(after: close)...]
        }
        literal += rest.utf8
        if !literal.isEmpty { pieces.append(.literal(literal)) }
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
        for piece in pieces {
            switch piece {
            case .literal(let bytes): text += bytes
            case .place(let name): fill(name, &text)
            }
        }
    }
}

/// The sentences of a pack's alerts, cut once.
struct AlertTemplates: Sendable {
    /// By grading: how a grade is said.
    let phrases: [Template]
    let possible: Template
    let ungraded: Template
    let joined: Template
    let therapy: Template
    let day: Template
    let title: Template
    let unread: Template

    init(_ wording: Wording, _ phrases: [String]) {
        self.phrases = phrases.map { Template($0) }
        possible = Template(wording.possible)
        ungraded = Template(wording.ungraded)
        joined = Template(wording.joined)
        therapy = Template(wording.therapy)
        day = Template(wording.day)
        title = Template(wording.title)
        unread = Template(wording.unread)
    }
}
