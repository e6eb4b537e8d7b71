import Clinical

/// A few fixed words of up to 16 bytes and what they stand for, found in one step: each word has a slot of its own.
///
/// The two halves of a word are compared as integers, so that no word is ever read byte by byte.
struct WordTable<Meaning: BitwiseCopyable & Sendable>: Sendable {
    private struct Slot: BitwiseCopyable {
        var first: UInt64 = 0
        var second: UInt64 = 0
        var meaning: Meaning?
    }

    /// The words, in their order.
    let words: [String]
    private var slots: [Slot] = []
    private var multiplier: UInt64 = 0x9E37_79B9_7F4A_7C15

    /// A table of words and their meanings; an empty word is left out.
    init(_ meanings: [(word: String, meaning: Meaning)]) {
        let meanings = meanings.filter { !$0.word.isEmpty }
        words = meanings.map(\.word)
        let halves = words.map { word in
            let bytes = Array(word.utf8)
            let key = NameKey(bytes.span.bytes, from: 0, count: bytes.count)
            return (key.first, key.second)
        }
        // Odd multipliers are tried in turn until no two words meet.
        while !place(halves, meanings.map(\.meaning)) { multiplier = multiplier &* 0xD134_2543_DE82_EF95 | 1 }
    }

    /// The meaning of the word with these halves.
    @inline(__always)
    func meaning(_ first: UInt64, _ second: UInt64) -> Meaning? {
        let slot = slots[index(first, second)]
        return slot.first == first && slot.second == second ? slot.meaning : nil
    }

    /// The meaning of the word in `bytes[from..<from + count]`.
    @inline(__always)
    func meaning(_ bytes: RawSpan, from: Int, count: Int) -> Meaning? {
        if count == 0 || count > 16 { return nil }
        return meaning(NameKey(bytes, from: from, count: count))
    }

    /// The meaning of the word with this key.
    func meaning(_ key: NameKey) -> Meaning? { key.count > 16 ? nil : meaning(key.first, key.second) }

    /// The same, whatever the case of its letters: as it stands, else in capitals, else in small letters.
    func meaning(inAnyCase key: NameKey) -> Meaning? {
        if let exact = meaning(key) { return exact }
        if key.count > 16 { return nil }
        let (first, second) = (Self.capitals(of: key.first), Self.capitals(of: key.second))
        return meaning(first.word, second.word)
            ?? meaning(first.word | first.letters, second.word | second.letters)
    }

    /// Eight characters in capitals, and the bits that make its letters small.
    private static func capitals(of half: UInt64) -> (word: UInt64, letters: UInt64) {
        var letters: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 64, by: 8) {
            let capital = UInt8(truncatingIfNeeded: half &>> shift) & 0xDF
            guard capital >= UInt8(ascii: "A"), capital <= UInt8(ascii: "Z") else { continue }
            letters |= 0x20 &<< shift
        }
        return (half & ~letters, letters)
    }

    @inline(__always)
    private func index(_ first: UInt64, _ second: UInt64) -> Int {
        Int(truncatingIfNeeded: ((first ^ second &* 0xA24B_AED4_963E_E407) &* multiplier) &>> 56)
    }

    private mutating func place(_ halves: [(UInt64, UInt64)], _ meanings: [Meaning]) -> Bool {
        slots = Array(repeating: Slot(), count: 256)
        for ((first, second), meaning) in zip(halves, meanings) {
            let index = index(first, second)
            if slots[index].first != 0 { return false }
            slots[index] = Slot(first: first, second: second, meaning: meaning)
        }
        return true
    }
}
