import Clinical
import Store

/// Alerts leave, and are marked as written.
extension KeptRun {
    /// About as many bytes of alerts as are written at a time.
    private static let mostWritten = 1 << 20

    /// Writes what is due and not known to be written.
    static func writeDue(
        _ shelf: Shelf, _ options: [String], _ now: Moment, _ written: inout Written, _ sinks: borrowing AlertSink.Group
    ) throws(Failure) {
        let unwritten = try Failure.ofState { () throws(StateError) in try shelf.state.unwritten(at: now) }
        if unwritten.isEmpty { return }
        for place in sinks.places {
            let own = unwritten.filter { $0.target == options[place] }
            if own.isEmpty { continue }
            try write(Array(own.map(\.bytes).joined()), own.map(\.number), options[place], place, shelf, sinks)
            for alert in own { written.note(alert.severity) }
        }
        let others = unwritten.count { !options.contains($0.target) }
        if others > 0 { Diagnostics.say("alerts wait for an output that this run does not write to: \(others)") }
    }

    /// Writes alerts to one place, and marks them there.
    private static func write(
        _ bytes: [UInt8], _ numbers: [Int64], _ target: String, _ place: Int, _ shelf: Shelf,
        _ sinks: borrowing AlertSink.Group
    ) throws(Failure) {
        do throws(SystemError) { try sinks.write(bytes, at: place) } catch { throw .system(error) }
        try Failure.ofState { () throws(StateError) in try shelf.state.markWritten(numbers, to: target) }
    }

    /// Writes what was just kept and need not wait, and marks it.
    mutating func write(
        _ record: BatchRecord, _ numbers: [Int64?], _ sinks: borrowing AlertSink.Group
    ) throws(Failure) {
        for place in sinks.places {
            var bytes: [UInt8] = []
            var marks: [Int64] = []
            var severities: [Severity] = []
            for (alert, number) in zip(record.alerts, numbers) {
                guard let number, let delivery = alert.deliveries.first(where: { $0.target == options[place] }),
                    !delivery.due.isKnown
                else { continue }
                bytes += delivery.bytes ?? alert.bytes
                severities.append(alert.severity)
                marks.append(number)
                if bytes.count >= Self.mostWritten {
                    do throws(SystemError) { try sinks.write(bytes, at: place) } catch { throw .system(error) }
                    bytes.removeAll(keepingCapacity: true)
                }
            }
            if !marks.isEmpty { try Self.write(bytes, marks, options[place], place, shelf, sinks) }
            for severity in severities { written.note(severity) }
        }
    }
}
