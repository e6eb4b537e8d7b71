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

    /// The index of the first LF or CR in `bytes[from..<to]`.
    static func firstEnd(_ bytes: RawSpan, from: Int, to: Int) -> Int? {
        var index = from
        while index < to {
            if bytes.at(index) == UInt8(ascii: "\n") || bytes.at(index) == UInt8(ascii: "\r") { return index }
            index += 1
        }
        return nil
    }

    /// The index after the line end at `index`: LF, CR, or CRLF when both are before `to`.
    static func next(_ bytes: RawSpan, _ index: Int, to: Int) -> Int {
        let isPair =
            bytes.at(index) == UInt8(ascii: "\r") && index + 1 < to && bytes.at(index + 1) == UInt8(ascii: "\n")
        return isPair ? index + 2 : index + 1
    }

    /// How many lines end in `bytes[from..<to]`; CRLF is one end.
    static func count(_ bytes: RawSpan, from: Int, to: Int) -> UInt64 {
        var count: UInt64 = 0
        var index = from
        while let end = firstEnd(bytes, from: index, to: to) {
            count += 1
            index = next(bytes, end, to: to)
        }
        return count
    }
}
