/// A few terms, most often one, which needs no list.
struct TermList: Sendable, Equatable {
    private var others: [Int32] = []
    /// -1 for none.
    private var first: Int32

    init(_ term: Int32) { first = term }

    static let none = TermList(-1)

    var isEmpty: Bool { first < 0 }
    var isSeveral: Bool { !others.isEmpty }

    func contains(_ term: Int32) -> Bool { first == term || isSeveral && others.contains(term) }

    mutating func insert(_ term: Int32) {
        if isEmpty { first = term } else if !contains(term) { others.append(term) }
    }

    mutating func remove(_ term: Int32) {
        if first == term {
            first = others.isEmpty ? -1 : others.removeFirst()
        } else {
            others.removeAll { $0 == term }
        }
    }

    /// The terms, in the order they came.
    var all: [Int32] { isEmpty ? [] : [first] + others }

    func forEach(_ body: (Int32) -> Void) {
        if !isEmpty { body(first) }
        for term in others { body(term) }
    }
}
