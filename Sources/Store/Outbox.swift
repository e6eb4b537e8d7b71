import Clinical

/// Alerts on their way into the outbox: what follows on one another, goes to one target and is due at one time is one row.
struct Outbox {
    /// Alerts of one target whose row is not written yet.
    fileprivate struct Span {
        var target: String
        var first: Int64
        var last: Int64
        var due: Int64
    }

    private var spans: [Span] = []

    /// Adds an alert for one target; numbers come in their order.
    mutating func add(
        _ number: Int64, _ delivery: OutgoingAlert.Delivery, to database: Database
    ) throws(StateError) {
        let due = delivery.due.isKnown ? delivery.due.milliseconds : .min
        // What waits may come out by itself.
        if delivery.bytes != nil || delivery.due.isKnown {
            try database.run(
                .addOutbox, .text(delivery.target), .integer(number), .integer(number), .integer(due),
                .optional(delivery.bytes))
            return
        }
        let fresh = Span(target: delivery.target, first: number, last: number, due: due)
        guard let place = spans.firstIndex(where: { $0.target == delivery.target }) else {
            spans.append(fresh)
            return
        }
        if spans[place].last == number - 1, spans[place].due == due {
            spans[place].last = number
        } else {
            try database.add(spans[place])
            spans[place] = fresh
        }
    }

    /// Writes what is not written yet.
    mutating func close(_ database: Database) throws(StateError) {
        for span in spans { try database.add(span) }
        spans = []
    }
}

extension Database {
    fileprivate func add(_ span: Outbox.Span) throws(StateError) {
        try run(.addOutbox, .text(span.target), .integer(span.first), .integer(span.last), .integer(span.due), .null)
    }

    /// Takes alerts out of what is still to be said to a target, inside a transaction.
    func takeOut(_ alerts: some Sequence<Int64>, of target: String) throws(StateError) {
        var span: ClosedRange<Int64>?
        for alert in alerts {
            if let known = span, alert == known.upperBound + 1 {
                span = known.lowerBound...alert
            } else {
                if let span { try takeOut(span, of: target) }
                span = alert...alert
            }
        }
        if let span { try takeOut(span, of: target) }
    }

    private func takeOut(_ span: ClosedRange<Int64>, of target: String) throws(StateError) {
        let ends: (Value, Value) = (.integer(span.lowerBound), .integer(span.upperBound))
        try run(.emptyOutbox, .text(target), ends.0, ends.1)
        // What is left of rows that reach beyond.
        for (first, last, due) in try all(
            .outboxAround, .text(target), ends.0, ends.1, read: { ($0.integer(0), $0.integer(1), $0.integer(2)) })
        {
            if first < span.lowerBound {
                try run(.cutOutbox, .text(target), .integer(first), .integer(span.lowerBound - 1))
            } else {
                try run(.emptyOutbox, .text(target), .integer(first), .integer(last))
            }
            if last > span.upperBound {
                try run(
                    .addOutbox, .text(target), .integer(span.upperBound + 1), .integer(last), .integer(due), .null)
            }
        }
    }
}
