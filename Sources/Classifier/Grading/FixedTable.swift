import Clinical

/// An immutable table in memory of its own, which is read without counting references.
///
/// The walk over events looks up dozens of rows for each of them; with arrays, most of its time went into retaining and
/// releasing them. The one who makes a table frees it, when nobody reads it any more. Every access is checked. Nothing
/// changes a table once it is made, so that any thread may read it, which the compiler cannot see through a pointer.
struct FixedTable<Row: BitwiseCopyable>: @unchecked Sendable {
    private let rows: UnsafeMutablePointer<Row>
    let count: Int

    init(_ array: [Row]) {
        count = array.count
        rows = .allocate(capacity: max(1, array.count))
        for (index, row) in array.enumerated() { (rows + index).initialize(to: row) }
    }

    /// Gives the memory back.
    func free() { rows.deallocate() }

    @inline(__always)
    subscript(_ index: Int) -> Row {
        precondition(index >= 0 && index < count, "a row outside of its table")
        return rows[index]
    }
}

extension FixedTable: ImageValue where Row: ImageValue {
    init(from image: inout ImageReader) { self.init(image.read() as [Row]) }
    func write(to image: inout ImageWriter) { image.write((0..<count).map { self[$0] }) }
}
