/// A number that stands for a name of the pack. `.none` stands for a name that the pack does not have.
package struct Symbol: Sendable, Hashable, BitwiseCopyable {
    package var rawValue: UInt16
    @inlinable package init(_ rawValue: UInt16) { self.rawValue = rawValue }
    @inlinable package init(_ index: Int) { rawValue = UInt16(index) }

    /// No symbol: the name is unknown, or there was none.
    package static let none = Symbol(UInt16.max)

    @inlinable package var isNone: Bool { rawValue == UInt16.max }
    @inlinable package var index: Int { Int(rawValue) }
}

/// Names to small numbers, looked up by bytes, case-tolerant.
///
/// Several spellings may stand for one symbol. The exact spelling is tried first, the lower-cased one only on a miss.
package struct SymbolTable: Sendable {
    @usableFromInline struct Slot: Sendable, BitwiseCopyable {
        @usableFromInline var hash: UInt64
        @usableFromInline var start: UInt32
        @usableFromInline var count: UInt16
        @usableFromInline var symbol: Symbol
    }

    @usableFromInline var slots: [Slot]
    @usableFromInline var mask: Int
    @usableFromInline var keys: [UInt8] = []
    /// How many spellings the table holds.
    package private(set) var count = 0

    package init() {
        slots = Array(repeating: Slot(hash: 0, start: 0, count: 0, symbol: .none), count: 16)
        mask = 15
    }

    /// Makes `name` a spelling of `symbol`; returns the symbol it already stood for, if it did, and changes nothing then.
    @discardableResult
    package mutating func add(_ name: String, as symbol: Symbol) -> Symbol? {
        let bytes = Array(name.utf8)
        let known = find(bytes.span.bytes, from: 0, count: bytes.count)
        guard known.isNone else { return known }
        insert(bytes, symbol)
        let folded = bytes.map(Self.folded)
        if folded != bytes, findExact(folded.span.bytes, from: 0, count: folded.count).isNone { insert(folded, symbol) }
        return nil
    }

    /// The symbol of `name`, or nil.
    package func symbol(_ name: String) -> Symbol? {
        let bytes = Array(name.utf8)
        let found = find(bytes.span.bytes, from: 0, count: bytes.count)
        return found.isNone ? nil : found
    }

    /// The symbol spelled by `bytes[from..<from + count]`, or `.none`.
    @inlinable
    package func find(_ bytes: RawSpan, from: Int, count: Int) -> Symbol {
        let exact = findExact(bytes, from: from, count: count)
        return exact.isNone ? findFolded(bytes, from: from, count: count) : exact
    }

    @inlinable
    func findExact(_ bytes: RawSpan, from: Int, count: Int) -> Symbol {
        let hash = FastHash.hash(bytes, from: from, count: count) | 1
        var index = Int(truncatingIfNeeded: hash &>> 8) & mask
        while true {
            let slot = slots[index]
            if slot.hash == 0 { return .none }
            if slot.hash == hash, Int(slot.count) == count, matches(slot, bytes, from: from) { return slot.symbol }
            index = (index &+ 1) & mask
        }
    }

    @inlinable
    func matches(_ slot: Slot, _ bytes: RawSpan, from: Int) -> Bool {
        for offset in 0..<Int(slot.count) where keys[Int(slot.start) + offset] != bytes.byte(from + offset) { return false }
        return true
    }

    @usableFromInline
    func findFolded(_ bytes: RawSpan, from: Int, count: Int) -> Symbol {
        guard count <= 256 else { return .none }
        var folded: [UInt8] = []
        folded.reserveCapacity(count)
        for offset in 0..<count { folded.append(Self.folded(bytes.byte(from + offset))) }
        return findExact(folded.span.bytes, from: 0, count: count)
    }

    private static func folded(_ byte: UInt8) -> UInt8 {
        byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
    }

    private mutating func insert(_ name: [UInt8], _ symbol: Symbol) {
        if (count + 1) * 2 > slots.count { grow() }
        let hash = FastHash.hash(name.span.bytes, from: 0, count: name.count) | 1
        place(Slot(hash: hash, start: UInt32(keys.count), count: UInt16(clamping: name.count), symbol: symbol))
        keys += name
        count += 1
    }

    private mutating func place(_ slot: Slot) {
        var index = Int(truncatingIfNeeded: slot.hash &>> 8) & mask
        while slots[index].hash != 0 { index = (index + 1) & mask }
        slots[index] = slot
    }

    private mutating func grow() {
        let old = slots
        slots = Array(repeating: Slot(hash: 0, start: 0, count: 0, symbol: .none), count: old.count * 2)
        mask = slots.count - 1
        for slot in old where slot.hash != 0 { place(slot) }
    }
}
