/// One line of a file as it is shown, with the place for a caret under one of its characters.
struct SourceExcerpt {
    /// How many columns of the terminal the line may take.
    private static let widest = 100
    /// How many of them may stand before the caret.
    private static let widestBefore = 80
    private static let tabStop = 4

    /// The line, or the part of it around the caret, with `…` where something is cut off.
    let text: String
    /// How many columns of the terminal stand before the caret.
    let caret: Int

    init(_ line: [UInt8], column: Int) {
        let cells = Self.cells(line, around: column)
        let target = min(max(column - 1 - cells.skipped, 0), cells.shown.count)
        var (first, end, width) = (target, target, 0)
        while first > 0, width + cells.shown[first - 1].width <= Self.widestBefore {
            first -= 1
            width += cells.shown[first].width
        }
        while end < cells.shown.count, width + cells.shown[end].width <= Self.widest {
            width += cells.shown[end].width
            end += 1
        }
        let isCutBefore = first > 0 || cells.skipped > 0
        let isCutAfter = end < cells.shown.count || cells.isCutAfter
        let middle = cells.shown[first..<end].map(\.text).joined()
        text = (isCutBefore ? "…" : "") + middle + (isCutAfter ? "…" : "")
        caret = cells.shown[first..<target].reduce(isCutBefore ? 1 : 0) { $0 + $1.width }
    }

    private typealias Cell = (text: String, width: Int)

    /// The characters of a line as they are shown: those at most one full width away from the column.
    private static func cells(
        _ line: [UInt8], around column: Int
    ) -> (shown: [Cell], skipped: Int, isCutAfter: Bool) {
        var shown: [Cell] = []
        var (offset, index, width) = (0, 0, 0)
        let skipped = max(0, column - 1 - widest)
        while offset < line.count, index < column + widest {
            let (scalar, length) = UTF8Step.character(in: line, at: offset)
            offset += length
            index += 1
            if index <= skipped { continue }
            let cell = cell(scalar, byte: line[offset - length], at: width)
            width += cell.width
            shown.append(cell)
        }
        return (shown, skipped, offset < line.count)
    }

    private static func cell(_ scalar: Unicode.Scalar?, byte: UInt8, at width: Int) -> Cell {
        guard let scalar else { return ("<\(VisibleText.byte(byte))>", 4) }
        if scalar == "\t" {
            let blanks = tabStop - width % tabStop
            return (String(repeating: " ", count: blanks), blanks)
        }
        let text = VisibleText.shown(scalar)
        return (text, text.unicodeScalars.reduce(0) { $0 + VisibleText.width($1) })
    }
}
