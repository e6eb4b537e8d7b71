package import Clinical

/// What one batch of events leaves behind: it is kept whole or not at all.
package struct BatchRecord: Sendable {
    /// The events as the fold wants them back after a crash; empty for none.
    package var journal: [UInt8] = []
    /// Episodes that are new or have changed.
    package var episodes: [EpisodeEntry] = []
    /// What is to be said, in order. An alert that was kept before is not kept again.
    package var alerts: [OutgoingAlert] = []
    /// What the fold keeps beside patients, each under its name.
    package var shared: [String: [UInt8]] = [:]
    /// How many of these alerts silences hid, by the number of the act.
    package var hidden: [Int64: Int] = [:]
    /// The run's sums up to here; nil leaves them as they are.
    package var sums: RunSums?

    package init() {}
}

/// An alert on its way out: its own bytes for the timeline, and whom it is to be written to.
package struct OutgoingAlert: Sendable {
    /// The same for the same input, so that none is kept twice.
    package var id: StableID
    /// An episode of this batch or of an earlier one.
    package var episode: StableID
    /// When it was made, by the run's clock.
    package var made: Moment
    /// The alert in native form.
    package var bytes: [UInt8]
    /// To whom it is to be written; nobody when a silence hides it.
    package var deliveries: [Delivery]

    package init(id: StableID, episode: StableID, made: Moment, bytes: [UInt8], deliveries: [Delivery]) {
        self.id = id
        self.episode = episode
        self.made = made
        self.bytes = bytes
        self.deliveries = deliveries
    }

    /// One target of an alert.
    package struct Delivery: Sendable {
        /// The target's name, such as `ndjson` or `text=today.txt`.
        package var target: String
        /// The bytes that it gets; nil for the alert's own.
        package var bytes: [UInt8]?
        /// Not before this instant, as in quiet hours; unknown for at once.
        package var due: Moment

        package init(target: String, bytes: [UInt8]? = nil, due: Moment = .unknown) {
            self.target = target
            self.bytes = bytes
            self.due = due
        }
    }
}

/// An alert that is kept but not known to be written.
package struct UnwrittenAlert: Sendable, Equatable {
    /// Its place among all alerts; the oldest has the lowest.
    package var number: Int64
    /// The target's name.
    package var target: String
    /// What is to be written.
    package var bytes: [UInt8]
}

/// What the fold remembers of one patient.
package struct KeptPatient: Sendable, Equatable {
    /// The patient's id as it came in.
    package var id: [UInt8]
    /// Bytes that only the fold understands.
    package var memory: [UInt8]
    /// When time makes something of the patient next; unknown for never.
    package var due: Moment

    package init(id: [UInt8], memory: [UInt8], due: Moment = .unknown) {
        self.id = id
        self.memory = memory
        self.due = due
    }
}

/// How much waits to be folded into patients' memories.
package struct JournalSize: Sendable, Equatable {
    /// Batches.
    package var batches = 0
    /// Bytes of all batches.
    package var bytes = 0
}
