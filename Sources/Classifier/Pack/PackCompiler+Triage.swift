import Clinical
import Config

extension PackCompiler {
    /// The triage table: for every node and grading, its rows and what they inherit.
    mutating func addTriage() {
        triage.gradingCount = gradings.count
        let places = tree.nodes.count * triage.gradingCount
        triage.termRows = Array(repeating: 0, count: places)
        triage.defaultRows = Array(repeating: 0, count: places)
        var told: [Int?] = Array(repeating: nil, count: tree.nodes.count)
        for (index, therapy) in definition.therapies.enumerated() {
            if let node = nodeIndex[therapy.name.value] { told[node] = index }
        }
        for node in parentsFirst() {
            if node != TherapyTree.root { inherit(node) }
            if let index = told[node] { addRows(definition.therapies[index], node) }
        }
    }

    private func parentsFirst() -> [Int] {
        var ordered: [Int] = []
        var waiting = Array(tree.nodes.indices)
        while !waiting.isEmpty {
            let ready = waiting.filter { $0 == TherapyTree.root || ordered.contains(tree.nodes[$0].parent) }
            if ready.isEmpty { return ordered }
            ordered += ready
            waiting.removeAll { ready.contains($0) }
        }
        return ordered
    }

    private mutating func inherit(_ node: Int) {
        let parent = tree.nodes[node].parent
        for grading in 0..<triage.gradingCount {
            triage.termRows[node * triage.gradingCount + grading] =
                triage.termRows[parent * triage.gradingCount + grading]
            triage.defaultRows[node * triage.gradingCount + grading] =
                triage.defaultRows[parent * triage.gradingCount + grading]
        }
    }

    private mutating func addRows(_ therapy: TherapyDefinition, _ node: Int) {
        if therapy.triage.isEmpty { return }
        var added: [(isDefault: Bool, grading: Int, entries: [TriageEntry])] = []
        // By grading, for term rows and behind them for default rows: the place among the added.
        var places: [Int?] = Array(repeating: nil, count: 2 * triage.gradingCount)
        for row in therapy.triage {
            let entry = entry(row)
            let isDefault = row.key.value == "default"
            for grading in gradings(of: row) {
                let place = isDefault ? triage.gradingCount + grading : grading
                if let index = places[place] {
                    added[index].entries.append(entry)
                } else {
                    places[place] = added.count
                    added.append((isDefault, grading, [entry]))
                }
            }
        }
        // Default rows are the same for all gradings of a scale that inherit the same, and are kept once.
        var shared: [(inherited: UInt16, scale: Int, row: UInt16)] = []
        for row in added {
            let place = node * triage.gradingCount + row.grading
            let inherited = row.isDefault ? triage.defaultRows[place] : triage.termRows[place]
            let scale = gradings[row.grading].scale
            if row.isDefault, let known = shared.first(where: { $0.inherited == inherited && $0.scale == scale }) {
                set(known.row, row.isDefault, place)
                continue
            }
            let number = UInt16(triage.rows.count)
            triage.rows.append(row.entries + triage.rows[Int(inherited)])
            if row.isDefault { shared.append((inherited, scale, number)) }
            set(number, row.isDefault, place)
        }
    }

    private mutating func set(_ row: UInt16, _ isDefault: Bool, _ place: Int) {
        if isDefault { triage.defaultRows[place] = row } else { triage.termRows[place] = row }
    }

    /// The gradings that a row is for: of its scale, or of every scale of the grade family.
    private mutating func gradings(of row: TriageDefinition) -> [Int] {
        var scale: Int?
        if let name = row.scale {
            scale = definition.scales.firstIndex { $0.name.value == name.value }
            if scale == nil {
                mistakes.addUnknown("scale", name.value, known: definition.scales.map(\.name.value), at: name.mark)
                return []
            }
        }
        if row.key.value == "default" { return gradings.indices.filter { Self.isFitting(gradings[$0], scale) } }
        guard let (term, direction) = termAndDirection(row.key) else { return [] }
        let found = terms[term].gradings.filter {
            Self.isFitting(gradings[$0], scale) && (direction == .none || gradings[$0].direction == direction)
        }
        if found.isEmpty {
            mistakes.add(
                at: row.key.mark, "'\(row.key.value)' has no grades that this row could look at",
                help: row.scale == nil ? "it stands on no scale of the grade family; use 'triage_by_scale'" : "")
        }
        return found
    }

    private static func isFitting(_ grading: Grading, _ scale: Int?) -> Bool {
        scale == nil ? grading.family == .grade : grading.scale == scale
    }

    /// The term of a key such as `diarrhea` or `sodium.low`, and its direction.
    mutating func termAndDirection(_ key: Located<String>) -> (Int, Direction)? {
        let parts = key.value.split(separator: ".", maxSplits: 1).map(String.init)
        guard let first = parts.first, let term = termNamed(Located(first, at: key.mark)) else { return nil }
        guard parts.count == 2 else { return (term, .none) }
        switch parts[1] {
        case "low": return (term, .low)
        case "high": return (term, .high)
        default:
            mistakes.addUnknown("direction", parts[1], known: ["low", "high"], at: key.mark)
            return nil
        }
    }

    private mutating func entry(_ row: TriageDefinition) -> TriageEntry {
        var cells: [TriageVerdict?] = Array(repeating: nil, count: 6)
        for cell in row.cells {
            cells[cell.grade] = TriageVerdict(
                severity: cell.severity, respondWithin: Int32(cell.respondWithin ?? 0),
                source: catalogue.number(of: cell.source))
        }
        return TriageEntry(window: row.window.map(TherapyWindow.init), cells: cells)
    }
}
