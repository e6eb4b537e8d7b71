import Clinical

/// Guesses which member comes next, because the lines of a feed tend to keep their order.
///
/// A guess is the member's name with its closing quote and colon, compared as two words. When it holds, the place of the
/// value is known without searching for the quote, so that the processor need not wait for one member before the next.
struct MemberGuesses: Sendable {
    /// One guess.
    struct Guess: BitwiseCopyable, Sendable {
        let first: UInt64
        let firstMask: UInt64
        let second: UInt64
        let secondMask: UInt64
        /// The `FastHash` of the name.
        let hash: UInt64
        /// Bytes up to and with the colon.
        let length: Int32
        /// The member's bit, 0 for one that the program does not know.
        let bit: UInt32
        let member: Member
        /// Fills the guess up to 64 bytes, so that its place is found by a shift.
        private let unused: UInt64 = 0

        /// That the `length` bytes at `start`, 16 at the most, come again: a member's name, its closing quote and a colon.
        init(_ member: Member, hash: UInt64, _ bytes: RawSpan, at start: Int, length: Int) {
            firstMask = length >= 8 ? ~0 : 1 << UInt64(length * 8) - 1
            secondMask = length <= 8 ? 0 : length == 16 ? ~0 : 1 << UInt64(length * 8 - 64) - 1
            first = bytes.eight(at: start) & firstMask
            second = bytes.eight(at: start + 8) & secondMask
            self.hash = hash
            self.length = Int32(length)
            self.member = member
            bit = member == .other ? 0 : member.bit
        }

        /// Whether the bytes at `start` are this name, its closing quote and a colon.
        @inline(__always)
        func holds(_ bytes: RawSpan, at start: Int) -> Bool {
            (bytes.eight(at: start) ^ first) & firstMask | (bytes.eight(at: start &+ 8) ^ second) & secondMask == 0
        }
    }

    /// Two guesses for each member that may have come before, the likelier one first.
    private var guesses: [Guess]

    init() {
        let name = Array("patient\":".utf8) + [UInt8](repeating: 0, count: 16)
        let guess = Guess(.patient, hash: 0, name.span.bytes, at: 0, length: 9)
        guesses = Array(repeating: guess, count: 2 * (Member.allCases.count + 1))
    }

    /// The place of the guesses for the first member of a line.
    static let atStart = 2 * Member.allCases.count

    /// The place of the guesses for the member that follows another.
    @inline(__always)
    static func after(_ member: Member) -> Int { 2 &* Int(member.rawValue) }

    @inline(__always)
    subscript(_ place: Int) -> Guess { guesses[place] }

    /// Learns that at `place` came `member`, spelled by the `length` bytes at `start` that end in quote and colon.
    mutating func learn(_ member: Member, hash: UInt64, _ bytes: RawSpan, at start: Int, length: Int, place: Int) {
        guard length <= 16 else { return }
        let guess = Guess(member, hash: hash, bytes, at: start, length: length)
        guesses[place + 1] = guesses[place]
        guesses[place] = guess
    }
}
