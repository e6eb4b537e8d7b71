/// A place in a config file.
package struct Mark: Sendable, Hashable {
    /// The file's name as people know it.
    package var file: String
    // Half as wide as `Int`: a pack holds twenty thousand places, and each of them is copied several times.
    private let shortLine: UInt32
    private let shortColumn: UInt32

    /// From 1; 0 means the file as a whole.
    package var line: Int { Int(shortLine) }
    /// From 1, in characters and not in bytes; 0 with line 0.
    package var column: Int { Int(shortColumn) }

    /// Points at the file as a whole unless a line and a column are given.
    package init(file: String, line: Int = 0, column: Int = 0) {
        self.file = file
        shortLine = UInt32(clamping: line)
        shortColumn = UInt32(clamping: column)
    }
}
