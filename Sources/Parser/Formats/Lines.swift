import Clinical

/// Finds the ends of lines.
enum Lines {
    /// The index of the last newline in `bytes[from..<to]`.
    static func lastNewline(_ bytes: RawSpan, from: Int, to: Int) -> Int? {
        var index = to - 1
        while index >= from {
            if bytes.at(index) == UInt8(ascii: "\n") { return index }
            index -= 1
        }
        return nil
    }

    /// The index of the first newline from `index` on; there is one.
    static func end(_ bytes: RawSpan, _ index: Int) -> Int {
        var index = index
        while true {
            let newlines = JSONScanner.matches(bytes.eight(at: index), UInt8(ascii: "\n"))
            if newlines != 0 { return index + newlines.trailingZeroBitCount / 8 }
            index += 8
        }
    }

    /// The length of the UTF-8 byte order mark at `index`, 0 when there is none.
    static func byteOrderMark(_ bytes: RawSpan, at index: Int) -> Int {
        bytes.at(index) == 0xEF && bytes.at(index + 1) == 0xBB && bytes.at(index + 2) == 0xBF ? 3 : 0
    }
}
