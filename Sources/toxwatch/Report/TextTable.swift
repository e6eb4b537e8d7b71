import Emitter

extension OutputBuffer {
    /// Appends rows of cells in aligned columns; what people must not see of a cell becomes visible.
    mutating func append(table rows: [[String]]) {
        let columns = rows.map(\.count).max() ?? 0
        let widths = (0..<columns).map { column in rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0 }
        for row in rows {
            for (column, cell) in row.enumerated() {
                append(visible: cell)
                if column + 1 == row.count { continue }
                append(verbatim: String(repeating: " ", count: widths[column] - cell.count + 2))
            }
            append("\n")
        }
    }
}
