/// The lines of a file, found by number.
struct SourceLines {
    /// The bytes of the file, without a byte order mark at its start.
    let bytes: [UInt8]
    private let starts: [Int]

    init(_ file: [UInt8]) {
        bytes = Self.withoutByteOrderMark(file)
        var starts = [0]
        for (offset, byte) in bytes.enumerated() where Self.isBreak(byte) {
            let isFirstOfPair = byte == UInt8(ascii: "\r") && offset + 1 < bytes.count
            if isFirstOfPair, bytes[offset + 1] == UInt8(ascii: "\n") { continue }
            starts.append(offset + 1)
        }
        self.starts = starts
    }

    /// The bytes of a line, counted from 1, without its line break; empty when there is no such line.
    func line(_ number: Int) -> [UInt8] {
        guard number >= 1, number <= starts.count else { return [] }
        var end = number < starts.count ? starts[number] : bytes.count
        while end > starts[number - 1], Self.isBreak(bytes[end - 1]) { end -= 1 }
        return Array(bytes[starts[number - 1]..<end])
    }

    /// The line and column, both from 1, of the character at `offset`.
    func place(of offset: Int) -> (line: Int, column: Int) {
        let line = starts.partitioningIndex { $0 > offset }
        var (column, cursor) = (1, starts[line - 1])
        while cursor < offset {
            cursor += UTF8Step.character(in: bytes, at: cursor).length
            column += 1
        }
        return (line, column)
    }

    /// The line and column, both from 1, where the text ends but for blanks and line breaks.
    var endOfText: (line: Int, column: Int) {
        let blanks: [UInt8] = [0x20, 0x09, 0x0A, 0x0D]
        return place(of: (bytes.lastIndex { !blanks.contains($0) } ?? -1) + 1)
    }

    /// The character at a line and column, both from 1; nil at the end of the line.
    func character(line number: Int, column: Int) -> Unicode.Scalar? {
        String(decoding: line(number), as: UTF8.self).unicodeScalars.dropFirst(column - 1).first
    }

    /// The column of the first tab among the blanks that a line begins with; nil when there is none.
    func indentingTab(line number: Int) -> Int? {
        let blanks = line(number).prefix { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
        return blanks.firstIndex(of: UInt8(ascii: "\t")).map { $0 + 1 }
    }

    /// Whether nothing but blanks stands before the column.
    func isFirst(column: Int, ofLine number: Int) -> Bool {
        line(number).prefix(column - 1).allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    }

    /// The bytes of a file without a byte order mark at their start.
    static func withoutByteOrderMark(_ bytes: [UInt8]) -> [UInt8] {
        bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
    }

    private static func isBreak(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
    }
}

extension [Int] {
    /// The first index of a sorted array whose member passes `isBeyond`.
    fileprivate func partitioningIndex(where isBeyond: (Int) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if isBeyond(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
