/// A number that stands for a name of the pack. `.none` stands for a name that the pack does not have.
package struct Symbol: Sendable, Hashable, BitwiseCopyable {
    package var rawValue: UInt16
    @inlinable package init(_ rawValue: UInt16) { self.rawValue = rawValue }
    @inlinable package init(_ index: Int) { rawValue = UInt16(index) }

    /// No symbol: the name is unknown, or there was none.
    package static let none = Symbol(UInt16.max)

    /// Whether it stands for no known name.
    @inlinable package var isNone: Bool { rawValue == UInt16.max }
    /// Its place in tables; only of a symbol that is not `.none`.
    @inlinable package var index: Int { Int(rawValue) }
}

/// Names to small numbers, looked up by bytes, case-tolerant.
///
/// Several spellings may stand for one symbol. The exact spelling is tried first, the lower-cased one only on a miss.
package struct SymbolTable: Sendable {
    @usableFromInline struct Slot: Sendable, BitwiseCopyable {
        /// 0 for an empty slot.
        @usableFromInline var hash: UInt64 = 0
        @usableFromInline var first: UInt64 = 0
        @usableFromInline var second: UInt64 = 0
        @usableFromInline var start: UInt32 = 0
        @usableFromInline var count: UInt16 = 0
        @usableFromInline var symbol = Symbol.none

        @usableFromInline init() {}

        init(_ key: NameKey, start: Int, _ symbol: Symbol) {
            hash = key.hash | 1
            first = key.first
            second = key.second
            self.start = UInt32(start)
            count = UInt16(clamping: key.count)
            self.symbol = symbol
        }
    }

    @usableFromInline var slots: [Slot]
    /// All spellings, one after the other, with eight zero bytes at the end.
    @usableFromInline var keys = [UInt8](repeating: 0, count: 8)
    /// How many spellings the table holds.
    package private(set) var count = 0

    package init() { self.init(capacity: 0) }

    /// An empty table with room for so many spellings.
    private init(capacity: Int) {
        var places = 16
        while places < capacity * 2 { places *= 2 }
        slots = Array(repeating: Slot(), count: places)
    }

    /// Makes `name` a spelling of `symbol`; returns the symbol it already stood for, if it did, and changes nothing then.
    @discardableResult
    package mutating func add(_ name: String, as symbol: Symbol) -> Symbol? {
        let letters = name.utf8
        let bytes = letters.span.bytes
        let key = NameKey(bytes, from: 0, count: bytes.byteCount)
        let known = find(key, bytes, from: 0)
        guard known.isNone else { return known }
        insert(key, letters, symbol)
        if letters.contains(where: { Self.folded($0) != $0 }) { addFolded(letters.map(Self.folded), symbol) }
        return nil
    }

    private mutating func addFolded(_ folded: [UInt8], _ symbol: Symbol) {
        let key = NameKey(folded.span.bytes, from: 0, count: folded.count)
        if findExact(key, folded.span.bytes, from: 0).isNone { insert(key, folded, symbol) }
    }

    /// The symbol of `name`, or nil.
    package func symbol(_ name: String) -> Symbol? {
        let letters = name.utf8
        let bytes = letters.span.bytes
        let found = find(bytes, from: 0, count: bytes.byteCount)
        return found.isNone ? nil : found
    }

    /// Every spelling, in no order, for a message that suggests one.
    package var spellings: [String] {
        slots.filter { $0.hash != 0 }.map { slot in
            String(decoding: keys[Int(slot.start)..<Int(slot.start) + Int(slot.count)], as: UTF8.self)
        }
    }

    /// The symbol spelled by `bytes[from..<from + count]`, or `.none`.
    @inlinable
    package func find(_ bytes: RawSpan, from: Int, count: Int) -> Symbol {
        find(NameKey(bytes, from: from, count: count), bytes, from: from)
    }

    /// The same for a caller that has the key of the spelling already.
    @inlinable @inline(__always)
    package func find(_ key: NameKey, _ bytes: RawSpan, from: Int) -> Symbol {
        let exact = findExact(key, bytes, from: from)
        return exact.isNone ? findFolded(bytes, from: from, count: key.count) : exact
    }

    func findExact(_ bytes: RawSpan, from: Int, count: Int) -> Symbol {
        findExact(NameKey(bytes, from: from, count: count), bytes, from: from)
    }

    @inlinable @inline(__always)
    func findExact(_ key: NameKey, _ bytes: RawSpan, from: Int) -> Symbol {
        let marked = key.hash | 1
        let mask = slots.count &- 1
        var index = Int(truncatingIfNeeded: key.hash &>> 8) & mask
        while true {
            let slot = slots[index]
            if slot.hash == 0 { return .none }
            if slot.hash == marked, slot.first == key.first, slot.second == key.second, Int(slot.count) == key.count {
                if key.count <= 16 || matches(slot, bytes, from: from) { return slot.symbol }
            }
            index = (index &+ 1) & mask
        }
    }

    @usableFromInline @inline(never)
    func matches(_ slot: Slot, _ bytes: RawSpan, from: Int) -> Bool {
        let keys = keys.span.bytes
        // The first 16 bytes were compared already.
        var offset = 16
        while offset < Int(slot.count) {
            let left = min(8, Int(slot.count) - offset)
            let known = FastHash.tail(keys, from: Int(slot.start) + offset, count: left)
            if known != FastHash.tail(bytes, from: from + offset, count: left) { return false }
            offset += left
        }
        return true
    }

    @usableFromInline @inline(never)
    func findFolded(_ bytes: RawSpan, from: Int, count: Int) -> Symbol {
        guard count <= Self.foldedLimit else { return .none }
        // Blanks around a name are nobody's intention.
        var (from, count) = (from, count)
        let length = count
        while count > 0, bytes.byte(from) <= 0x20 { (from, count) = (from + 1, count - 1) }
        while count > 0, bytes.byte(from + count - 1) <= 0x20 { count -= 1 }
        var folded = InlineArray<256, UInt8>(repeating: 0)
        var hasCapital = false
        for offset in 0..<count {
            let byte = bytes.byte(from + offset)
            folded[offset] = Self.folded(byte)
            hasCapital = hasCapital || folded[offset] != byte
        }
        if count < length {
            let exact = findExact(bytes, from: from, count: count)
            if !exact.isNone { return exact }
        }
        return hasCapital ? findExact(folded.span.bytes, from: 0, count: count) : .none
    }

    /// Longer names are only known by their exact spelling.
    private static let foldedLimit = 256

    private static func folded(_ byte: UInt8) -> UInt8 {
        byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
    }

    private mutating func insert(_ key: NameKey, _ name: some Collection<UInt8>, _ symbol: Symbol) {
        if (count + 1) * 2 > slots.count { grow() }
        count += 1
        place(Slot(key, start: keys.count - 8, symbol))
        keys.insert(contentsOf: name, at: keys.count - 8)
    }

    private mutating func place(_ slot: Slot) {
        let mask = slots.count - 1
        var index = Int(truncatingIfNeeded: slot.hash &>> 8) & mask
        while slots[index].hash != 0 { index = (index + 1) & mask }
        slots[index] = slot
    }

    private mutating func grow() {
        let old = slots
        slots = Array(repeating: Slot(), count: old.count * 2)
        for slot in old where slot.hash != 0 { place(slot) }
    }
}

extension SymbolTable: ImageValue {
    /// Reads every spelling with its symbol.
    package init(from image: inout ImageReader) {
        let spellings = image.count()
        self.init(capacity: spellings)
        keys = Array(image.text().utf8) + keys
        var start = 0
        for _ in 0..<spellings {
            let length = Int(image.read() as UInt16)
            guard start + length <= keys.count - 8 else {
                image.fail()
                return
            }
            place(Slot(NameKey(keys.span.bytes, from: start, count: length), start: start, image.read()))
            count += 1
            start += length
        }
    }

    /// Writes every spelling with its symbol.
    package func write(to image: inout ImageWriter) {
        image.write(number: UInt64(count))
        image.write(text: String(decoding: keys.dropLast(8), as: UTF8.self))
        for slot in slots.filter({ $0.hash != 0 }).sorted(by: { $0.start < $1.start }) {
            image.write(slot.count, slot.symbol)
        }
    }
}
