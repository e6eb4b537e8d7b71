extension Mistakes {
    /// All mistakes as people read them, by file in the order of reading and then by place, and their count.
    ///
    /// ```
    /// scales/labs.yaml:4:3: error: duplicate key 'alt'; it first stands at 3:3
    ///     alt: 2
    ///     ^
    ///   help: keep one of the two
    /// 1 mistake
    /// ```
    ///
    /// Lines are shown from `sources`, else from the bytes kept in `self.sources`. Empty when nothing is wrong.
    package func rendered(sources given: [String: [UInt8]] = [:], colour: Bool = false) -> String {
        guard !isEmpty else { return "" }
        let style = MistakeStyle(hasColour: colour)
        var text = ""
        var lines: (file: String, source: SourceLines)?
        for mistake in inOrderOfReading {
            let file = mistake.mark.file
            if lines?.file != file {
                lines = (given[file] ?? sources[file]).map { (file, SourceLines($0)) }
            }
            text += style.heading(mistake)
            if let line = lines?.source.line(mistake.mark.line), !line.isEmpty {
                text += style.excerpt(line, column: mistake.mark.column)
            }
            if !mistake.help.isEmpty { text += style.help(mistake.help) }
        }
        return text + "\(all.count) mistake\(all.count == 1 ? "" : "s")\n"
    }

    /// The mistakes by file, files in the order they were read, and in each by place.
    package var inOrderOfReading: [Mistake] {
        var ranks: [String: Int] = [:]
        for file in files + all.map(\.mark.file) where ranks[file] == nil { ranks[file] = ranks.count }
        let keyed = all.enumerated().map { (rank: ranks[$1.mark.file, default: 0], mistake: $1, turn: $0) }
        let sorted = keyed.sorted {
            ($0.rank, $0.mistake.mark.line, $0.mistake.mark.column, $0.turn)
                < ($1.rank, $1.mistake.mark.line, $1.mistake.mark.column, $1.turn)
        }
        return sorted.map(\.mistake)
    }
}

/// How the parts of a mistake look on a terminal or in a file.
private struct MistakeStyle {
    let hasColour: Bool

    func heading(_ mistake: Mistake) -> String {
        let mark = mistake.mark
        let place = VisibleText.message(mark.file) + (mark.line > 0 ? ":\(mark.line):\(mark.column)" : "")
        return "\(painted(place, "1")): \(painted("error:", "1;31")) \(VisibleText.message(mistake.problem))\n"
    }

    func excerpt(_ line: [UInt8], column: Int) -> String {
        let excerpt = SourceExcerpt(line, column: column)
        let caret = String(repeating: " ", count: excerpt.caret)
        return "    \(excerpt.text)\n    \(caret)\(painted("^", "1;31"))\n"
    }

    func help(_ help: String) -> String { "  \(painted("help:", "36")) \(VisibleText.message(help))\n" }

    private func painted(_ text: String, _ codes: String) -> String {
        hasColour ? "\u{1B}[\(codes)m\(text)\u{1B}[0m" : text
    }
}
