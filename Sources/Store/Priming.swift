import Clinical

/// A prime builds memory from history and calls nobody. It stands in the ledger like any run, and in the audit log.
extension RunEntry {
    /// The command of a run that primes.
    package static let primeCommand = "prime"

    /// Whether it primed, so that nobody was told what it found.
    package var isPrime: Bool { command == Self.primeCommand }
}

extension RunState {
    /// Notes in the audit log that the state is primed, inside the transaction that begins the run.
    ///
    /// - Throws: `.refused` once a run has called staff: what a prime takes in is never told, so it must not take in what
    ///   such a run is there for.
    func notePrime(at started: Moment) throws(StateError) {
        guard try mayBePrimed() else {
            throw StateError(
                database.path,
                .refused("runs call staff by this state, and a prime would hide alerts; prime a state that is new"))
        }
        try database.audit(
            AuditEntry(
                at: started, by: RunEntry.primeCommand, deed: "prime", subject: "state",
                detail: "memory is built from history, and nobody is called"))
    }

    /// Primes may follow one another, whether they came to their end or not.
    private func mayBePrimed() throws(StateError) -> Bool {
        if let last = try reader.lastRun() { return last.isPrime }
        // The ledger may have been pruned.
        return try database.first(.patientCount) { $0.count(0) } ?? 0 == 0
    }
}

extension StateReader {
    /// The spans in which a prime was at work: what was made in them was told to nobody.
    ///
    /// One that died is taken to have gone on until the next run began.
    package func primes() throws(StateError) -> [Range<Int64>] {
        let runs = try runs(since: Moment(milliseconds: 0))
        return runs.indices.filter { runs[$0].isPrime }.map { place in
            let start = runs[place].started.milliseconds
            let next = place + 1 < runs.count ? runs[place + 1].started.milliseconds : .max
            let end = runs[place].ended.isKnown ? runs[place].ended.milliseconds + 1 : next
            return start..<max(start, end)
        }
    }
}
