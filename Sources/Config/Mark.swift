/// A place in a config file.
package struct Mark: Sendable, Hashable {
    /// The file's name as people know it.
    package var file: String
    /// Line and column from 1; the column counts characters. Line 0 means the file as a whole.
    package var line: Int
    package var column: Int

    package init(file: String, line: Int = 0, column: Int = 0) {
        self.file = file
        self.line = line
        self.column = column
    }
}
