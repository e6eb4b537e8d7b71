import Glibc

extension StateReader {
    /// What is wrong with the state, a line for each thing; empty when nothing is.
    ///
    /// - Parameter isSound: whether the bytes that are kept of a patient are whole; only who wrote them can tell.
    package func check(isSound: ([UInt8]) -> Bool = { _ in true }) throws(StateError) -> [String] {
        var findings: [String] = []
        try database.each(.integrity) { row throws(StateError) in
            if row.text(0) != "ok" { findings.append("the database: \(row.text(0))") }
        }
        if !findings.isEmpty { return findings }
        let counts: [(Query, String)] = [
            (.strayAlerts, "alerts of no known episode"), (.strayOutbox, "deliveries of no known alert"),
            (.strayActs, "acts on no known episode"), (.oddSums, "runs whose sums do not add up"),
        ]
        for (query, words) in counts {
            let count = try database.first(query) { $0.count(0) } ?? 0
            if count > 0 { findings.append("\(words): \(count)") }
        }
        let damaged = try damagedMemories(isSound)
        if damaged > 0 { findings.append("patients whose memory is damaged: \(damaged)") }
        let audit = try verifyAudit()
        if case .intact = audit {} else { findings.append(audit.message) }
        findings += try changedActs()
        findings += try openFiles()
        return findings
    }

    private func damagedMemories(_ isSound: ([UInt8]) -> Bool) throws(StateError) -> Int {
        var count = 0
        try database.each(.memories) { row throws(StateError) in if !isSound(row.bytes(0)) { count += 1 } }
        return count
    }

    /// Acts that are not what the audit log tells of them. Forgotten and pruned ones are not there to be compared.
    private func changedActs() throws(StateError) -> [String] {
        var told: [Substring: AuditEntry] = [:]
        for entry in try auditLog() where entry.detail.hasPrefix("act ") {
            told[entry.detail.dropFirst(4).prefix { $0 != " " }] = entry
        }
        var findings: [String] = []
        for act in try acts(after: 0) where try told["\(act.number)"] != database.auditEntry(for: act) {
            findings.append("act \(act.number) is not what the audit log tells of it")
        }
        return findings
    }

    /// Files that others than their owner may read.
    private func openFiles() throws(StateError) -> [String] {
        let path = try StateLocation(database.path).path
        return ["", "-wal", "-shm", ".lock"].compactMap { ending in
            var status = stat()
            guard lstat(path + ending, &status) == 0, status.st_mode & 0o077 != 0 else { return nil }
            return "others than its owner may use the file \(database.path)\(ending)"
        }
    }
}
