import CScan
import Clinical

/// Names that were looked up before, with what they stand for, found by their bytes in one step.
///
/// A feed repeats a handful of names: the same spelling has the same end, the same symbol and the same hash.
struct Spellings: Sendable {
    /// A spelling of up to 31 bytes with the quote that ends it.
    struct Spelling: Sendable, BitwiseCopyable {
        var first = SIMD16<UInt8>()
        var second = SIMD16<UInt8>()
        /// One bit for each byte that counts; the highest one makes a spelling hold nowhere.
        var mask: UInt64 = 1 << 32
        /// The `FastHash` of the name.
        var hash: UInt64 = 0
        /// Bytes without the quote.
        var count: UInt32 = 0
        var symbol = Symbol.none

        @inline(always)
        func holds(_ bytes: RawSpan, at index: Int) -> Bool {
            let low = UInt64(cscan_unequal(bytes.sixteen(at: index), first) & 0xFFFF)
            let high = UInt64(cscan_unequal(bytes.sixteen(at: index &+ 16), second)) &<< 16
            return (low | high) & mask == 0
        }
    }

    /// The tables that names are looked up in.
    enum Table: Int, CaseIterable { case codes, units, attributes, treatments, qualifiers, labels, statuses }

    /// Pairs of neighbours, a name stands in either; the last one is for names too long to keep.
    private var spellings = Array(repeating: Spelling(), count: Table.allCases.count * Self.perTable + 1)

    private static let perTable = 128

    /// A place of the table, empty until something is kept there.
    static func firstPlace(in table: Table) -> Int { table.rawValue * perTable }

    @inline(always)
    subscript(_ place: Int) -> Spelling {
        // A span would be checked for its alignment each time.
        spellings.withUnsafeBufferPointer { $0[place] }
    }

    /// Where the spelling at `index` is kept, or nil.
    @inline(always)
    func find(_ bytes: RawSpan, at index: Int, in table: Table) -> Int? {
        let place = Self.place(bytes, index, table)
        if self[place].holds(bytes, at: index) { return place }
        return self[place ^ 1].holds(bytes, at: index) ? place ^ 1 : nil
    }

    /// Keeps the name with `key`, which stands at `index` and ends in a quote; returns where, until the next one is kept.
    mutating func keep(_ symbol: Symbol, _ key: NameKey, _ bytes: RawSpan, at index: Int, in table: Table) -> Int {
        var spelling = Spelling()
        spelling.hash = key.hash
        spelling.symbol = symbol
        spelling.count = UInt32(truncatingIfNeeded: key.count)
        guard key.count < 32 else {
            spellings[spellings.count - 1] = spelling
            return spellings.count - 1
        }
        spelling.first = bytes.sixteen(at: index)
        spelling.second = bytes.sixteen(at: index + 16)
        spelling.mask = (1 << UInt64(key.count + 1)) - 1
        let place = Self.place(bytes, index, table)
        spellings[place ^ 1] = spellings[place]
        spellings[place] = spelling
        return place
    }

    /// The first of the two places of a name; its first eight bytes choose it.
    @inline(always)
    private static func place(_ bytes: RawSpan, _ index: Int, _ table: Table) -> Int {
        let place = (bytes.eight(at: index) &* 0x9E37_79B9_7F4A_7C15) &>> 57
        return table.rawValue &* perTable &+ Int(truncatingIfNeeded: place)
    }
}
