import Clinical

/// Names met so far in one object, to notice the second of a kind; nearly always a handful.
struct NameSet: Sendable {
    private var count = 0
    private var handful = InlineArray<16, UInt64>(repeating: 0)
    /// Names beyond a handful, so that a hostile record cannot make the search slow.
    private var crowd: Set<UInt64> = []

    /// Forgets the names.
    @inline(__always)
    mutating func removeAll() {
        if count > handful.count { crowd.removeAll() }
        count = 0
    }

    /// Whether a name with this `FastHash` was met before; notes it.
    @inline(__always)
    mutating func isSecond(hash: UInt64) -> Bool {
        if count >= handful.count { return isSecondInCrowd(hash) }
        for index in 0..<count where handful[index] == hash { return true }
        handful[count] = hash
        count = count &+ 1
        return false
    }

    @inline(never)
    private mutating func isSecondInCrowd(_ hash: UInt64) -> Bool {
        for index in handful.indices where handful[index] == hash { return true }
        count = handful.count + 1
        return !crowd.insert(hash).inserted
    }
}
