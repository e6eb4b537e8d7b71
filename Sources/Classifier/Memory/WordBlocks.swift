import CMemory

/// Blocks of words, cut from pages that never move.
///
/// What is remembered of a patient grows by a block twice as large each time. In arrays of their own, most of the time
/// went into allocating, counting references and testing for sole ownership. Here a block is a number, and a block that
/// was given back is cut out again for the next one who needs that size.
struct WordBlocks: ~Copyable {
    /// A block by the number of its first unit; 0 is no block.
    typealias Place = UInt32

    private var pages: [UnsafeMutablePointer<UInt64>] = []
    /// The first unit that was never given out.
    private var next: Place = 1
    /// By size class: the first block that was given back; its first word is the place of the next such block.
    private var spare: [Place] = Array(repeating: 0, count: WordBlocks.classes)

    /// Words in a unit, which is a line of the processor's cache: no block begins in the midst of one.
    static let unit = 8
    /// Block sizes: class 0 is one unit, each further one twice the one before.
    static let classes = 12
    /// Units in a page, a multiple of the largest block: 2 MiB.
    private static let pageUnits = 32768

    deinit { for page in pages { page.deallocate() } }

    /// Words in a block of a class.
    @inline(__always)
    static func words(_ sizeClass: Int) -> Int { unit &<< sizeClass }

    /// The words of a block that `take` gave out, which has `count` of them; the caller stays within.
    @inline(__always)
    func words(at place: Place, count: Int) -> UnsafeMutableBufferPointer<UInt64> {
        let page = pages[Int(place) / Self.pageUnits]
        return UnsafeMutableBufferPointer(start: page + Int(place) % Self.pageUnits &* Self.unit, count: count)
    }

    /// Asks for a word of a block that will be looked at soon.
    @inline(__always)
    func fetch(_ place: Place, word: Int) {
        let page = Int(place) / Self.pageUnits
        if page < pages.count { cmemory_prefetch(pages[page] + Int(place) % Self.pageUnits &* Self.unit + word) }
    }

    /// Gives out a block, with whatever was left in it.
    mutating func take(_ sizeClass: Int) -> Place {
        let count = Self.words(sizeClass)
        var place = spare[sizeClass]
        if place != 0 {
            spare[sizeClass] = Place(truncatingIfNeeded: words(at: place, count: count)[0])
        } else {
            place = fresh(count / Self.unit)
        }
        return place
    }

    /// Takes a block back.
    mutating func giveBack(_ place: Place, _ sizeClass: Int) {
        words(at: place, count: Self.words(sizeClass))[0] = UInt64(spare[sizeClass])
        spare[sizeClass] = place
    }

    /// Units that no page has given out yet; a block lies in one page.
    private mutating func fresh(_ units: Int) -> Place {
        let left = Self.pageUnits - Int(next) % Self.pageUnits
        if left < units { next += Place(left) }
        while Int(next) / Self.pageUnits >= pages.count { addPage() }
        let place = next
        next += Place(units)
        return place
    }

    /// Pages are as large and as aligned as the system's large ones; the first stays as it is, for a short feed.
    private mutating func addPage() {
        let bytes = Self.pageUnits * Self.unit * MemoryLayout<UInt64>.size
        let page = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: bytes)
        if !pages.isEmpty { cmemory_use_large_pages(page, bytes) }
        // Not cleared, because that would take hold of memory before it is needed.
        pages.append(page.bindMemory(to: UInt64.self, capacity: Self.pageUnits * Self.unit))
    }
}
