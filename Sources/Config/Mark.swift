/// A place in a config file.
package struct Mark: Sendable, Hashable {
    /// The file's name as people know it.
    package var file: String
    /// From 1; 0 means the file as a whole.
    package var line: Int
    /// From 1, in characters and not in bytes; 0 with line 0.
    package var column: Int

    /// Points at the file as a whole unless a line and a column are given.
    package init(file: String, line: Int = 0, column: Int = 0) {
        self.file = file
        self.line = line
        self.column = column
    }
}
