/// The pack that memory is kept under: memory holds numbers, and what they mean is the pack's.
package struct PackNumbers: Sendable {
    /// Tells the pack from others.
    package var key: UInt64
    /// What the numbers mean, to be kept for good.
    package var names: [UInt8]
    /// All rules that an alert may be of, by name.
    package var rules: [String]

    package init(key: UInt64, names: [UInt8], rules: [String]) {
        self.key = key
        self.names = names
        self.rules = rules
    }

    /// Under which name the state keeps the rules of the pack at hand.
    static let rulesName = "rules"

    /// Under which name the state keeps what numbers mean.
    static func name(of key: UInt64) -> String { "names \(key)" }
}

extension StateReader {
    /// What numbers mean under a key; nil for one that memory was never kept under.
    package func names(of key: UInt64) throws(StateError) -> [UInt8]? { try shared(PackNumbers.name(of: key)) }
}

extension StateReader {
    /// All rules that an alert of the last run's pack may be of; nil before the first run.
    package func ruleNames() throws(StateError) -> [String]? {
        try shared(PackNumbers.rulesName).map {
            String(decoding: $0, as: UTF8.self).split(separator: "\n").map(String.init)
        }
    }
}

extension RunState {
    /// What numbers mean under a key; nil for one that memory was never kept under.
    package func names(of key: UInt64) throws(StateError) -> [UInt8]? { try reader.names(of: key) }

    /// Takes note of the pack that memory is kept under from now on, unless it is the one of before.
    ///
    /// Of whomever something is open, time is asked at once, for when it makes something follows from the pack.
    package func adopt(_ key: UInt64, _ numbers: () -> PackNumbers) throws(StateError) {
        let word = Array("\(key)".utf8)
        if try shared("pack") == word { return }
        let numbers = numbers()
        try database.transaction { () throws(StateError) in
            try database.run(.keepShared, .text("pack"), .bytes(word))
            try database.run(.keepShared, .text(PackNumbers.name(of: key)), .bytes(numbers.names))
            try database.run(
                .keepShared, .text(PackNumbers.rulesName), .bytes(Array(numbers.rules.joined(separator: "\n").utf8)))
            try database.run(.dueAtOnce)
        }
    }
}
