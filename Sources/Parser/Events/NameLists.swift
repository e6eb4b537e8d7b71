import Clinical

/// Where the names of an event's list members lie in the batch; the names of one member stand side by side.
struct NameLists: Sendable {
    var therapies = Run()
    var agents = Run()
    var modifiers = Run()
    var qualifiers = Run()

    /// Notes one more name in a list; returns how many were there before.
    @inline(__always)
    static func add(to list: inout Run, at place: Int) -> Int {
        if list.isEmpty { list = Run(start: place, count: 0) }
        list.count &+= 1
        return Int(list.count) &- 1
    }
}
