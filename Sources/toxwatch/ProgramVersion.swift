import Config

/// The version of this program, and whether a pack is written for it.
struct ProgramVersion: Comparable, CustomStringConvertible {
    private var parts: [Int]

    /// This program.
    static let current = ProgramVersion(parts: [0, 1, 0])

    private init(parts: [Int]) { self.parts = parts }

    /// Reads such as `0.1.0`, one to three numbers.
    init?(_ text: some StringProtocol) {
        let numbers = text.split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
        let parts = numbers.compactMap(\.self)
        guard parts.count == numbers.count, (1...3).contains(parts.count) else { return nil }
        self.parts = parts + Array(repeating: 0, count: 3 - parts.count)
    }

    var description: String { parts.map(String.init).joined(separator: ".") }

    static func < (left: ProgramVersion, right: ProgramVersion) -> Bool {
        left.parts.lexicographicallyPrecedes(right.parts)
    }

    /// Notes a mistake when the pack asks for a later program, or does not say so in a way that can be read.
    static func check(_ requirement: Located<String>?, _ mistakes: inout Mistakes) {
        guard let requirement else { return }
        let words = requirement.value.split(separator: " ")
        guard words.count == 2, words[0] == ">=", let least = ProgramVersion(words[1]) else {
            mistakes.add(
                at: requirement.mark, "'\(requirement.value)' is not a requirement",
                help: "write it as \">= \(current)\"")
            return
        }
        if current < least {
            mistakes.add(
                at: requirement.mark, "the pack needs toxwatch \(least) or later; this is \(current)",
                help: "install a later toxwatch")
        }
    }
}
