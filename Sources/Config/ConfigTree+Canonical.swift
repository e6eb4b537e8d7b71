extension ConfigTree {
    /// Keys at the top of a file that say nothing about what the config means.
    private static let keysLeftOut: Set<String> = ["include", "approval"]

    /// The meaning of the config in one form, to be hashed.
    ///
    /// Comments, quotes, the order of keys, and the order and names of files leave no trace; every other change does.
    /// The top-level keys `include` and `approval` are left out, and so is a file that holds nothing else.
    package func canonicalBytes() -> [UInt8] {
        var form = CanonicalForm()
        for document in documents {
            let kept = document.root.entries?.filter { !Self.keysLeftOut.contains($0.key) }
            if let kept, kept.isEmpty { continue }
            form.add(file: kept.map { Node(.mapping($0), at: document.root.mark) } ?? document.root)
        }
        return form.whole
    }
}

/// Bytes in which every piece begins with its kind and its length, so that no two trees look alike.
private struct CanonicalForm {
    private var bytes: [UInt8] = []
    private var files: [Range<Int>] = []

    mutating func add(file: Node) {
        let start = bytes.count
        add(file)
        files.append(start..<bytes.count)
    }

    /// The files in the order of their bytes.
    var whole: [UInt8] {
        var whole = CanonicalForm()
        whole.bytes.reserveCapacity(bytes.count + 16)
        whole.begin("f", files.count)
        let ordered = files.sorted { bytes[$0].lexicographicallyPrecedes(bytes[$1]) }
        for file in ordered { whole.bytes += bytes[file] }
        return whole.bytes
    }

    private mutating func add(_ node: Node) {
        switch node.content {
        case .scalar where node.isNull: begin("n", 0)
        case .scalar(let text, _): add(text)
        case .sequence(let members):
            begin("l", members.count)
            for member in members { add(member) }
        case .mapping(let entries):
            begin("m", entries.count)
            for (_, place) in Self.inOrder(entries) {
                add(entries[place].key)
                add(entries[place].value)
            }
        }
    }

    /// The places of the entries by their keys, byte by byte.
    private static func inOrder(_ entries: [Node.Entry]) -> [(start: UInt64, place: Int)] {
        var ranked = entries.indices.map { (start: start(of: entries[$0].key), place: $0) }
        ranked.sort { left, right in
            if left.start != right.start { return left.start < right.start }
            return entries[left.place].key.utf8.lexicographicallyPrecedes(entries[right.place].key.utf8)
        }
        return ranked
    }

    /// The first eight bytes of a key as one number, the first byte highest, zero-filled.
    private static func start(of key: String) -> UInt64 {
        var start: UInt64 = 0
        var left = 8
        for byte in key.utf8 {
            if left == 0 { break }
            left -= 1
            start |= UInt64(byte) << UInt64(left * 8)
        }
        return start
    }

    private mutating func add(_ text: String) {
        begin("t", text.utf8.count)
        bytes += text.utf8
    }

    private mutating func begin(_ kind: Unicode.Scalar, _ count: Int) {
        bytes.append(UInt8(ascii: kind))
        withUnsafeBytes(of: UInt64(count).bigEndian) { bytes += $0 }
    }
}
