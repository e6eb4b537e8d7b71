/// What stands of an episode: most often one thing, which needs no list.
struct StandingList: Sendable, Equatable {
    private var first: Episode.Standing?
    private var others: [Episode.Standing] = []

    init() {}

    mutating func append(_ standing: Episode.Standing) {
        if first == nil { first = standing } else { others.append(standing) }
    }

    mutating func remove(at index: Int) {
        if index > 0 {
            others.remove(at: index - 1)
        } else {
            first = others.isEmpty ? nil : others.removeFirst()
        }
    }
}

extension StandingList: RandomAccessCollection, MutableCollection {
    var startIndex: Int { 0 }
    var endIndex: Int { first == nil ? 0 : 1 + others.count }

    subscript(index: Int) -> Episode.Standing {
        get {
            if index == 0, let first { return first }
            return others[index - 1]
        }
        set {
            if index == 0 { first = newValue } else { others[index - 1] = newValue }
        }
    }
}
