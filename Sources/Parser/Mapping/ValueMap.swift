import Clinical

/// Words of a feed and what they stand for, found whatever the case they are written in.
struct ValueMap: Sendable {
    private var table = SymbolTable()
    private var meanings: [[UInt8]] = []

    init() {}

    var isEmpty: Bool { meanings.isEmpty }

    /// Adds a word; returns false when it was there already.
    mutating func add(_ word: String, meaning: String) -> Bool {
        guard !word.isEmpty else { return true }
        let isFirst = table.add(word, as: Symbol(meanings.count)) == nil
        if isFirst { meanings.append(Array(meaning.utf8)) }
        return isFirst
    }

    /// What the word in `bytes[from..<from + count]` stands for.
    func meaning(_ bytes: RawSpan, from: Int, count: Int) -> [UInt8]? {
        if meanings.isEmpty { return nil }
        let symbol = table.find(bytes, from: from, count: count)
        return symbol.isNone ? nil : meanings[symbol.index]
    }
}
