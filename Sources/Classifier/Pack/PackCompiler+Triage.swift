import Clinical
import Config

extension PackCompiler {
    /// The triage table: for every node and grading, its rows and what they inherit.
    mutating func addTriage() {
        triage.gradingCount = gradings.count
        let places = tree.nodes.count * triage.gradingCount
        triage.termRows = Array(repeating: 0, count: places)
        triage.defaultRows = Array(repeating: 0, count: places)
        var definitions: [Int: TherapyDefinition] = [:]
        for therapy in definition.therapies {
            if let node = nodeIndex[therapy.name.value] { definitions[node] = therapy }
        }
        for node in parentsFirst() {
            if node != TherapyTree.root { inherit(node) }
            if let therapy = definitions[node] { addRows(therapy, node) }
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
            triage.termRows[node * triage.gradingCount + grading] = triage.termRows[parent * triage.gradingCount + grading]
            triage.defaultRows[node * triage.gradingCount + grading] = triage.defaultRows[parent * triage.gradingCount + grading]
        }
    }

    private mutating func addRows(_ therapy: TherapyDefinition, _ node: Int) {
        var added: [(isDefault: Bool, grading: Int, entries: [TriageEntry])] = []
        for row in therapy.triage {
            let entry = entry(row)
            for grading in gradings(of: row) {
                let isDefault = row.key.value == "default"
                if let index = added.firstIndex(where: { $0.isDefault == isDefault && $0.grading == grading }) {
                    added[index].entries.append(entry)
                } else {
                    added.append((isDefault, grading, [entry]))
                }
            }
        }
        var shared: [[Int]: UInt16] = [:]
        for (position, row) in added.enumerated() {
            let place = node * triage.gradingCount + row.grading
            let inherited = row.isDefault ? triage.defaultRows[place] : triage.termRows[place]
            // Rows that are the same for many gradings (the default) are kept once.
            let isShared = row.isDefault && therapy.triage.count { $0.key.value == "default" } > 0
            let key = isShared ? [Int(inherited), scaleKey(row.grading)] : [-1, position]
            if let known = shared[key] {
                set(known, row.isDefault, place)
                continue
            }
            let number = UInt16(triage.rows.count)
            triage.rows.append(row.entries + triage.rows[Int(inherited)])
            shared[key] = number
            set(number, row.isDefault, place)
        }
    }

    private func scaleKey(_ grading: Int) -> Int { gradings[grading].scale }

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
        let fitting = gradings.indices.filter {
            scale == nil ? gradings[$0].family == .grade : gradings[$0].scale == scale
        }
        if row.key.value == "default" { return fitting }
        guard let (term, direction) = termAndDirection(row.key) else { return [] }
        let found = fitting.filter {
            gradings[$0].term == term && (direction == .none || gradings[$0].direction == direction)
        }
        if found.isEmpty {
            mistakes.add(
                at: row.key.mark, "'\(row.key.value)' has no grades that this row could look at",
                help: row.scale == nil ? "it stands on no scale of the grade family; use 'triage_by_scale'" : "")
        }
        return found
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
                severity: cell.severity, respondWithin: Int32(cell.respondWithin ?? 0), source: catalogue.number(of: cell.source))
        }
        return TriageEntry(window: row.window.map(TherapyWindow.init), cells: cells)
    }
}
