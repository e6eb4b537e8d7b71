/// Finds the known name that a mistyped one most likely meant.
package enum NearestName {
    /// The nearest of `names` within a third of the word's length, or nil.
    package static func of(_ word: String, among names: some Sequence<String>) -> String? {
        let wanted = Array(word.lowercased().unicodeScalars.prefix(64))
        let farthest = max(1, (wanted.count + 2) / 3)
        var best: (name: String, distance: Int)?
        for name in names {
            let letters = Array(name.lowercased().unicodeScalars.prefix(64))
            if abs(letters.count - wanted.count) > farthest { continue }
            let distance = distance(wanted, letters)
            if let current = best, (current.distance, current.name) <= (distance, name) { continue }
            best = (name, distance)
        }
        guard let best, best.distance <= farthest else { return nil }
        return best.name
    }

    /// Insertions, deletions, replacements and swaps of neighbours between two words.
    private static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
        guard !left.isEmpty, !right.isEmpty else { return max(left.count, right.count) }
        var beforePrevious = [Int](repeating: 0, count: right.count + 1)
        var previous = Array(0...right.count)
        for row in 1...left.count {
            var current = [row] + [Int](repeating: 0, count: right.count)
            for column in 1...right.count {
                let cost = left[row - 1] == right[column - 1] ? 0 : 1
                current[column] = min(previous[column] + 1, current[column - 1] + 1, previous[column - 1] + cost)
                if row > 1, column > 1, left[row - 1] == right[column - 2], left[row - 2] == right[column - 1] {
                    current[column] = min(current[column], beforePrevious[column - 2] + 1)
                }
            }
            (beforePrevious, previous) = (previous, current)
        }
        return previous[right.count]
    }
}
