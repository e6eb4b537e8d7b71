import Clinical

/// Finds answer labels, however their words are joined: `Self care`, `self_care` and `self care` are one.
enum Labels {
    /// The symbol of a label with its words joined by spaces, or else by underscores; `.none` when neither is known.
    static func find(_ text: [UInt8], in table: SymbolTable) -> Symbol {
        guard text.count <= longest else { return .none }
        let words = text.split { isJoint($0) }
        guard let first = words.first, words.count > 1 || first.count < text.count else { return .none }
        for joint in [UInt8(ascii: " "), UInt8(ascii: "_")] {
            let name = Array(words.joined(separator: [joint]))
            let symbol = table.find(name.span.bytes, from: 0, count: name.count)
            if !symbol.isNone { return symbol }
        }
        return .none
    }

    private static let longest = 128

    private static func isJoint(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "\t")
    }
}
