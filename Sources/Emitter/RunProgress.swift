/// How far a long run has come, on one line of a terminal that is written over again and again.
///
/// ```
/// toxwatch: 1204000 records, 850000 a second
/// ```
package enum RunProgress {
    /// Appends the line over the one before; no line feed ends it.
    package static func write(records: Int, milliseconds: Int, to buffer: inout OutputBuffer) {
        buffer.append("\r\u{1B}[Ktoxwatch: ")
        buffer.append(records)
        buffer.append(" records, ")
        buffer.append(milliseconds > 0 ? Int(Int64(records) * 1000 / Int64(milliseconds)) : 0)
        buffer.append(" a second")
    }

    /// Appends what wipes the line, before other messages and at the end.
    package static func clear(_ buffer: inout OutputBuffer) {
        buffer.append("\r\u{1B}[K")
    }
}
