extension SymbolTable {
    /// What each symbol is in another table: the symbol of the first of its spellings, in the order in which they were
    /// added, that the other one has; `.none` where it has none of them.
    package func translation(to other: SymbolTable) -> [Symbol] {
        var symbols: [Symbol] = []
        for slot in slotsInOrder {
            let symbol = slot.symbol.index
            if symbol >= symbols.count { symbols += Array(repeating: .none, count: symbol + 1 - symbols.count) }
            guard symbols[symbol].isNone else { continue }
            symbols[symbol] = other.find(keys.span.bytes, from: Int(slot.start), count: Int(slot.count))
        }
        return symbols
    }

    /// The first spelling of a symbol; empty for one that has none.
    package func spelling(of symbol: Symbol) -> [UInt8] {
        guard let slot = slotsInOrder.first(where: { $0.symbol == symbol }) else { return [] }
        return Array(keys[Int(slot.start)..<Int(slot.start) + Int(slot.count)])
    }

    /// All that hold a spelling, as they were added.
    private var slotsInOrder: [Slot] { slots.filter { $0.hash != 0 }.sorted { $0.start < $1.start } }
}
